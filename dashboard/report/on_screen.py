"""The report as the screen shows it: the words of the paper, and the same as plain text for copying."""

from collections.abc import Mapping

from dashboard.board.door import Serving
from dashboard.components.paper import WHOLE, Annex, Chapter, Paper, Passage, paper
from dashboard.report.model import Report
from dashboard.report.reading import Kept, made
from dashboard.report.shown import shown_rows
from dashboard.theme import on_paper
from dashboard.wording.pieces import piece


@piece
def printed(board: Serving, kept: Kept, extent: str) -> None:
    """The report on its paper, kept as it is drawn; annex tables with the extent WHOLE and on a sheet."""
    paper(as_paper(made(board, kept), dict(kept.passages)), extent == WHOLE or on_paper())


def as_paper(report: Report, own: Mapping[str, str]) -> Paper:
    """Everything on the printed report but its pictures; `own` are the passages that the district wrote itself."""
    chapters = [
        Chapter(
            section.heading,
            [
                Passage(one.heading, one.text, bool(one.free) and one.free in own)
                for one in section.paragraphs
            ],
        )
        for section in report.sections
    ]
    annexes = [
        Annex(
            f"附表{number}　{table.title}",
            [(column.title, column.kind != "text") for column in table.columns],
            shown_rows(table),
            table.marked,
            table.note,
        )
        for number, table in enumerate(report.tables, start=1)
    ]
    return Paper(
        report.masthead, report.issue_line, report.issuer, f"数据截至{report.data_until}", report.title, chapters,
        report.closing_note, annexes,
    )  # fmt: skip


def as_text(report: Report) -> str:
    """Title and text without tables, a line a paragraph."""
    lines = [report.title, ""]
    for section in report.sections:
        lines.append(section.heading)
        for paragraph in section.paragraphs:
            lines += [line for line in (paragraph.heading, paragraph.text) if line]
    return "\n".join([*lines, report.closing_note]).strip() + "\n"
