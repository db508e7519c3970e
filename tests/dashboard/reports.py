"""Reports for the tests: the board of a warehouse without a server, a report's text, what a file says."""

from pathlib import Path

from dashboard.board.door import Serving, serving_version
from dashboard.report.model import Report
from pipelines.warehouse import Warehouse


def board_of(root: Path) -> Serving:
    """The board of the current version of a warehouse."""
    return serving_version(str(root), Warehouse(root).current().id)


def text_of(report: Report) -> str:
    """Everything that is read as a sentence."""
    lines = [report.title]
    for section in report.sections:
        lines += [section.heading, *(f"{one.heading}{one.text}" for one in section.paragraphs)]
    return "\n".join([*lines, report.closing_note])


def template(root: Path, name: str, text: str) -> Path:
    """A template of the district in a warehouse."""
    path = root / "report" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path
