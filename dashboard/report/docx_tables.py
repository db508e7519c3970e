"""Annex tables in the DOCX: three lines, repeated heads, every row kept."""

from typing import Any

from docx.document import Document as DocumentType
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Emu, Length, Pt

from dashboard.report.docx_layout import (
    BLACK,
    BODY,
    CELL_MARGIN,
    RED,
    TEXT_WIDTH,
    exact,
    keep_whole,
    repeat_head,
    set_font,
    set_widths,
    three_lines,
)
from dashboard.report.model import Column, Table
from dashboard.report.shown import shown_rows

_LATIN = {"%": 0.95, "+": 0.84, "−": 0.84, ">": 0.84, "<": 0.84, ",": 0.33, ".": 0.33}
_LONG = 9


def add_table(document: DocumentType, number: int, table: Table, first: bool) -> None:
    """Caption, table and note. The first annex opens a page; a long table is kept with its caption, never within."""
    caption = document.add_paragraph()
    caption.paragraph_format.page_break_before = first
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(14), Pt(4)
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_font(caption.add_run(f"附表{number}　{table.title}"), BLACK, Pt(14))
    size = Pt(12 if len(table.columns) <= 6 else 10.5 if len(table.columns) <= 8 else 10)
    rows = shown_rows(table)
    made = document.add_table(rows=1 + len(rows), cols=len(table.columns))
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    three_lines(made)
    grid = [list(row.cells) for row in made.rows]
    for cell, column in zip(grid[0], table.columns, strict=True):
        _fill(cell, column.title, column, size, face=BLACK)
    for place, (cells, texts) in enumerate(zip(grid[1:], rows, strict=True)):
        for cell, text, column in zip(cells, texts, table.columns, strict=True):
            _fill(cell, text, column, size, marked=place in table.marked)
    short = len(rows) <= _LONG
    for place, row in enumerate(made.rows):
        keep_whole(row)
        if place < len(rows) and (short or place < 2):
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
    repeat_head(made.rows[0])
    set_widths(made, _widths(table, rows, size))
    _add_note(document, table.note)


def _fill(cell: Any, text: str, column: Column, size: Length, face: str = BODY, marked: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    side = WD_ALIGN_PARAGRAPH.LEFT if column.kind == "text" else WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if column.title == "序号" else side
    exact(paragraph, Pt(20) if size >= Pt(12) else Pt(17))
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    set_font(paragraph.add_run(text), face, size, RED if marked else None)


def _widths(table: Table, rows: list[tuple[str, ...]], size: Length) -> list[Length]:
    """The whole text width, shared out: numbers never break, a head may once or twice, and long texts give way."""
    heads = [column.title for column in table.columns]
    longest = [max([_length(row[place]) for row in rows] or [0.0]) for place in range(len(heads))]
    least = [max(cell, 2.0, _length(head) / 2 + 0.8) for cell, head in zip(longest, heads, strict=True)]
    margins = 2 * CELL_MARGIN * len(heads)
    room = (TEXT_WIDTH - margins) / size
    texts = [place for place, column in enumerate(table.columns) if column.kind == "text"]
    over = sum(least) - room
    if over > 0:
        words = sum(least[place] for place in texts)
        for place in texts:
            least[place] = max(4.0, least[place] - over * least[place] / words)
    spare = max(0.0, room - sum(least)) / len(heads)
    return [Emu(int((one + spare) * size) + 2 * CELL_MARGIN) for one in least]


def _length(text: str) -> float:
    """Width in characters of Chinese text, by the widest Latin face that may stand in for the one asked for."""
    return sum(1.0 if ord(one) > 0x2E80 else _LATIN.get(one, 0.64) for one in text)


def _add_note(document: DocumentType, text: str) -> None:
    note = document.add_paragraph()
    exact(note, Pt(18))
    if text:
        set_font(note.add_run(f"注：{text}"), BODY, Pt(10.5))
