"""Annex tables on slides: native tables of at most twelve rows, three rules, one line a row, what is marked in violet."""

from collections.abc import Iterator, Sequence
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from dashboard import formats
from dashboard.report.model import Cell, Column, Table
from dashboard.report.slide import BODY, Box, clean, face, inches
from dashboard.report.text_fit import shortened, width_of
from dashboard.theme import LIGHT

MOST_ROWS = 12
_ROW, _GAP, _WIDEST = 0.36, 0.24, 4.6
_SIZES = (20, 18, 16, 14, 12)
_SHAPES = dict(zip("◆●■▼", LIGHT.tiers, strict=True))


def pages(table: Table) -> Iterator[tuple[int, Sequence[tuple[Cell, ...]]]]:
    """Parts of twelve rows with the number of their first; an empty table has one empty part."""
    for first in range(0, max(1, len(table.rows)), MOST_ROWS):
        yield first, table.rows[first : first + MOST_ROWS]


def words_of(value: Cell, column: Column) -> str:
    """A cell as it is written: rounded only here; — where there is no value."""
    if isinstance(value, str):
        return " ".join(clean(value).split())
    if column.kind == "percent":
        return formats.percent(value)
    if column.kind == "decimal":
        return formats.decimal(value)
    return formats.integer(value)


def draw_table(slide: Any, table: Table, first: int, rows: Sequence[tuple[Cell, ...]]) -> None:
    """A part of a table in the body of a slide."""
    texts = [
        [words_of(value, column) for value, column in zip(row, table.columns, strict=True)] for row in rows
    ]
    heads = [" ".join(clean(column.title).split()) for column in table.columns]
    # Every part of a table is set alike, so that columns stand still from slide to slide.
    everything = [
        [words_of(value, column) for value, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    size, widths = _fitted([heads, *everything])
    height = (len(rows) + 1) * _ROW
    box = Box(BODY.left, BODY.top, sum(widths), height)
    frame = slide.shapes.add_table(len(rows) + 1, len(heads), *inches(box))
    grid = frame.table
    _plain(grid)
    for n, width in enumerate(widths):
        grid.columns[n].width = Inches(width)
    for n, words in enumerate([heads, *texts]):
        grid.rows[n].height = Inches(_ROW)
        marked = n > 0 and first + n - 1 in table.marked
        last = n == len(texts)
        for place, word in enumerate(words):
            right = table.columns[place].kind != "text"
            room = widths[place] - _GAP
            colour = LIGHT.muted if n == 0 else LIGHT.violet if marked else LIGHT.ink
            cell = grid.cell(n, place)
            _write(cell, shortened(word, size, room), size, colour, right=right, bold=marked)
            _rules(cell, head=n == 0, last=last)


def _fitted(rows: Sequence[Sequence[str]]) -> tuple[float, list[float]]:
    """The largest size at which all columns fit beside each other, and their widths; the widest give way at the last."""
    for size in _SIZES:
        widths = [
            min(_WIDEST, max(width_of(words, size) for words in column) + _GAP)
            for column in zip(*rows, strict=True)
        ]
        if sum(widths) <= BODY.width:
            break
    while sum(widths) > BODY.width + 1e-6:
        widest = max(widths)
        second = max([width for width in widths if width < widest - 1e-6], default=0.0)
        wide = [n for n, width in enumerate(widths) if width >= widest - 1e-6]
        cut = min(widest - second, (sum(widths) - BODY.width) / len(wide))
        for n in wide:
            widths[n] -= cut
    spare = (BODY.width - sum(widths)) / len(widths)
    return size, [width + spare for width in widths]


def _plain(grid: Any) -> None:
    """Without the bands and colours of the theme's table style."""
    grid.first_row, grid.horz_banding = True, False
    style = grid._tbl.tblPr.find(qn("a:tableStyleId"))
    if style is not None:
        # "No style, no grid" of the format.
        style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def _write(cell: Any, words: str, size: float, colour: str, *, right: bool, bold: bool) -> None:
    cell.margin_top = cell.margin_bottom = 0
    cell.margin_left = cell.margin_right = Inches(_GAP / 2)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame = cell.text_frame
    frame.word_wrap = False
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    paragraph.line_spacing = Pt(size * 1.15)
    shape = words[:1] if words[:1] in _SHAPES else ""
    for part, shade in ((shape, _SHAPES.get(shape, colour)), (words[len(shape) :], colour)):
        if part or not shape:
            run = paragraph.add_run()
            run.text = part
            face(run.font, size, shade, bold)


def _rules(cell: Any, *, head: bool, last: bool) -> None:
    """Ink above the head and below the last row, thinner ink below the head, hairlines between rows."""
    cell.fill.background()
    properties = cell._tc.get_or_add_tcPr()
    top = _line("a:lnT", 2.25, LIGHT.ink) if head else None
    bottom = _line("a:lnB", 1 if head else 2.25 if last else 0.75, LIGHT.ink if head or last else LIGHT.rule)
    for n, line in enumerate(one for one in (top, bottom) if one):
        properties.insert(n, parse_xml(line))


def _line(tag: str, points: float, colour: str) -> str:
    return (
        f'<{tag} {nsdecls("a")} w="{int(points * 12700)}" cap="flat" cmpd="sng"><a:solidFill>'
        f'<a:srgbClr val="{colour[1:]}"/></a:solidFill><a:prstDash val="solid"/></{tag}>'
    )
