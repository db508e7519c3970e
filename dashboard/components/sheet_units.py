"""Units on sheets: the ranking a page at a time, and what follows from it in two columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.sheet_parts import (
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Cell,
    Scale,
    body,
    line,
    row,
    rule,
    shape,
    tier_word,
    upright,
    words,
)

ROWS_A_PAGE = 12
ROWS_A_COLUMN = 10
_ROW, _HEAD, _SCALE_LEFT, _SCALE_WIDTH = 54, 56, 760, 560
_COLUMNS = (LEFT, LEFT + 880)
_COLUMN_WIDTH, _COLUMN_ROW = 848, 56
# Characters of a name in full size; longer ones are set as small as anything on a sheet may be.
_LONG_NAME = 10


@dataclass(frozen=True)
class ListedUnit:
    """A row of the ranking, written; `score` places its shape, None without people."""

    rank: str
    name: str
    tier: int | None
    tier_word: str
    score: float | None
    shown: str
    headcount: str
    movement: str


@dataclass(frozen=True)
class ListHeads:
    """Heads of the columns: rank, unit, tier, score, people, movement."""

    rank: str
    unit: str
    tier: str
    score: str
    people: str
    movement: str


def list_body(
    units: Sequence[ListedUnit], heads: ListHeads, lines: Sequence[float], span: tuple[float, float]
) -> str:
    """Up to twelve units; the scale is the whole group's, so that pages can be compared."""
    scale = Scale(*span, _SCALE_LEFT, _SCALE_WIDTH)
    top = TOP + _HEAD
    end = top + 4 + _ROW * len(units)
    marks = "".join(
        line(scale.at(one) - 60, TOP, 120, f"{one:g}", "note c", 44)
        + upright(scale.at(one), top, end - top, "dim")
        for one in lines
    )
    drawn = [_listed(unit, top + 4 + n * _ROW, scale) for n, unit in enumerate(units)]
    return body(_list_heads(heads), rule(LEFT, top, WIDTH, "group"), marks, *drawn)


def _list_heads(heads: ListHeads) -> str:
    cells = [
        Cell(LEFT, 130, words(heads.rank), "note"),
        Cell(LEFT + 140, 330, words(heads.unit), "note"),
        Cell(LEFT + 480, 170, words(heads.tier), "note"),
        Cell(RIGHT - 490, 140, words(heads.score), "note r"),
        Cell(RIGHT - 335, 150, words(heads.people), "note r"),
        Cell(RIGHT - 175, 175, words(heads.movement), "note r"),
    ]
    return row(TOP, 44, cells)


def _listed(unit: ListedUnit, top: float, scale: Scale) -> str:
    kind = "bad" if unit.tier == 3 else ""
    cells = [
        Cell(LEFT, 132, words(unit.rank), "b"),
        Cell(LEFT + 140, 330, words(unit.name), "b"),
        Cell(LEFT + 480, 180, tier_word(unit.tier, unit.tier_word), kind),
        Cell(RIGHT - 490, 140, words(unit.shown), "b r"),
        Cell(RIGHT - 335, 150, words(unit.headcount), "r"),
        Cell(RIGHT - 175, 175, words(unit.movement), "r"),
    ]
    at = "" if unit.score is None else shape(unit.tier, scale.at(unit.score), top + _ROW / 2, 30)
    axis = rule(scale.left, top + _ROW / 2 - 1, scale.width, "faint") if at else ""
    return row(top, _ROW, cells) + axis + at + rule(LEFT, top + _ROW - 1, WIDTH)


@dataclass(frozen=True)
class Followed:
    """A unit and what follows from its rank: name, place in its group, score, tier."""

    name: str
    place: str
    score: str
    tier: int | None
    tier_word: str


@dataclass(frozen=True)
class Column:
    """One half of the sheet: head, kind of its rule (good or look), its units, sentences below."""

    head: str
    kind: str
    units: Sequence[Followed]
    notes: Sequence[str] = ()


def columns_body(columns: Sequence[Column]) -> str:
    """Commended at the left, explaining at the right."""
    return body(*(_column(one, left) for one, left in zip(columns, _COLUMNS, strict=False)))


def _column(column: Column, left: float) -> str:
    kind = "gold" if column.kind == "good" else "bad"
    parts = [
        line(left, TOP, _COLUMN_WIDTH, words(column.head), f"name {kind}", 52),
        rule(left, TOP + 58, _COLUMN_WIDTH, column.kind),
    ]
    top = TOP + 70.0
    for unit in column.units:
        parts.append(_followed(unit, left, top))
        top += _COLUMN_ROW
    for note in column.notes:
        parts.append(line(left, top + 8, _COLUMN_WIDTH, words(note), "note", 44))
        top += 44
    return "".join(parts)


def _followed(unit: Followed, left: float, top: float) -> str:
    cells = [
        Cell(left, 346, words(unit.name), "b small" if len(unit.name) > _LONG_NAME else "b"),
        Cell(left + 354, 250, words(unit.place), "note"),
        Cell(left + 600, 104, words(unit.score), "small b r"),
        Cell(
            left + 716, 136, tier_word(unit.tier, unit.tier_word), "small bad" if unit.tier == 3 else "small"
        ),
    ]
    return row(top, _COLUMN_ROW, cells) + rule(left, top + _COLUMN_ROW - 1, _COLUMN_WIDTH)
