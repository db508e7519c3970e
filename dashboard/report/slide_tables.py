"""Annex tables on slides: native tables of at most twelve rows, three rules, one line a row, what is marked in violet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches

from dashboard.report.model import Cell, Table
from dashboard.report.shown import shown
from dashboard.report.slide import BODY, Box, clean, face, inches
from dashboard.report.text_fit import shortened, width_of
from dashboard.theme import LIGHT

MOST_ROWS = 12
_TALLEST_ROW, _HEAD_ROW, _HEAD_SIZE = 0.55, 0.6, 14
_GAP, _WIDEST = 0.24, 4.6
_SIZES = (24, 22, 20, 18, 16, 14, 12, 10, 9)
# The tallest natural line of the fonts, in ems, with a little air.
_LINE = 1.5
_SHAPE_OF = "◆●■▼"
_SHAPES = dict(zip(_SHAPE_OF, LIGHT.tiers, strict=True))


@dataclass(frozen=True)
class Part:
    """Rows of a table that stand on one slide, and the number of the first."""

    table: Table
    first: int
    rows: Sequence[tuple[Cell, ...]]


def parts_of(table: Table) -> Iterator[Part]:
    """Parts of at most twelve rows, equally long; an empty table has one empty part."""
    parts = max(1, -(-len(table.rows) // MOST_ROWS))
    most = max(1, -(-len(table.rows) // parts))
    for first in range(0, max(1, len(table.rows)), most):
        yield Part(table, first, table.rows[first : first + most])


def draw_table(slide: Any, part: Part, tiers: Sequence[str] = ()) -> None:
    """A part of a table in the body of a slide; the words for tiers get their shapes."""
    # Every part of a table is set alike, so that columns stand still from slide to slide.
    table, rows = part.table, part.rows
    longest = max(len(one.rows) for one in parts_of(table))
    room = min(_TALLEST_ROW, (BODY.height - _HEAD_ROW) / max(1, longest))
    size, widths = _fitted(table, tuple(tiers), room)
    heads = [_one_line(column.title) for column in table.columns]
    lines = [heads, *(_texts(row, table, tiers) for row in rows)]
    box = Box(BODY.left, BODY.top, sum(widths), _HEAD_ROW + len(rows) * room)
    grid = slide.shapes.add_table(len(lines), len(heads), *inches(box)).table
    _plain(grid)
    for n, width in enumerate(widths):
        grid.columns[n].width = Inches(width)
    for n, words in enumerate(lines):
        grid.rows[n].height = Inches(room if n else _HEAD_ROW)
        marked = n > 0 and part.first + n - 1 in table.marked
        colour = LIGHT.muted if n == 0 else LIGHT.violet if marked else LIGHT.ink
        own, most = (size, 1) if n else (min(size, _HEAD_SIZE), 2)
        for place, word in enumerate(words):
            cell = grid.cell(n, place)
            fits = shortened(word, own, widths[place] - _GAP, most)
            _write(cell, fits, own, colour, right=table.columns[place].kind != "text", bold=marked)
            _rules(cell, head=n == 0, last=n == len(lines) - 1)


def _texts(row: Sequence[Cell], table: Table, tiers: Sequence[str]) -> list[str]:
    pairs = zip(row, table.columns, strict=True)
    words = [_one_line(shown(value, column.kind)) for value, column in pairs]
    return [f"{_SHAPE_OF[tiers.index(word)]} {word}" if word in tiers else word for word in words]


def _one_line(words: str) -> str:
    return " ".join(clean(words).split())


@lru_cache(maxsize=32)
def _fitted(table: Table, tiers: tuple[str, ...], row: float) -> tuple[float, list[float]]:
    """The largest size at which all columns fit beside each other, and their widths; words give way, numbers never."""
    words = [column.kind == "text" for column in table.columns]
    heads = [_one_line(column.title) for column in table.columns]
    columns = list(zip(*(_texts(one, table, tiers) for one in table.rows), strict=True)) or [()] * len(words)
    for size in (size for size in _SIZES if size * _LINE <= row * 72 + 1):
        widths = []
        for head, column in zip(heads, columns, strict=True):
            # A head has two lines, and is cut before it makes a column of numbers wide.
            named = min(width_of(head, min(size, _HEAD_SIZE)) * (0.6 if len(head) > 4 else 1.05), 1.5)
            # What is marked is bold.
            needed = 1.05 * max((width_of(value, size) for value in column), default=0.0)
            widths.append(min(_WIDEST, max(needed, named)) + _GAP)
        least = sum(width for width, text in zip(widths, words, strict=True) if not text) + 1.2 * sum(words)
        if sum(widths) <= BODY.width or (size <= _HEAD_SIZE and least <= BODY.width):
            break
    _narrow(widths, [n for n, text in enumerate(words) if text] or list(range(len(words))))
    spare = max(0.0, BODY.width - sum(widths)) / max(1, sum(2 if text else 1 for text in words))
    return size, [width + spare * (2 if text else 1) for width, text in zip(widths, words, strict=True)]


def _narrow(widths: list[float], giving: Sequence[int]) -> None:
    """Take what is too much from the widest of the columns that may give way."""
    while (over := sum(widths) - BODY.width) > 1e-6:
        widest = max(widths[n] for n in giving)
        wide = [n for n in giving if widths[n] >= widest - 1e-6]
        second = max((widths[n] for n in giving if n not in wide), default=0.5)
        cut = min(max(widest - second, 0.01), over / len(wide))
        if widest <= 0.5:
            giving = range(len(widths))
        for n in wide:
            widths[n] -= cut


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
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if colour == LIGHT.muted else MSO_ANCHOR.MIDDLE
    frame = cell.text_frame
    frame.word_wrap = True
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
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
