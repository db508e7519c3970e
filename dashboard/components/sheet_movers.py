"""Who moved in the ranking: an arrow from last quarter's place to this one, the first place at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.sheet_parts import LEFT, RIGHT, TOP, WIDTH, Cell, Scale, body, box, row, rule, words

LISTED = 5
_ROW, _AXIS_LEFT, _AXIS_WIDTH = 62, 660, 700
_TIP, _DOT, _SHAFT, _GAP = 30, 20, 10, 14


@dataclass(frozen=True)
class Moved:
    """A unit: its place before and now among so many units of its group, and how the move is written."""

    name: str
    group: str
    before: int
    now: int
    ranked: int
    places: str
    moved: str


@dataclass(frozen=True)
class MoverHeads:
    """Heads: unit, group, last place, what the axis shows, first place, places before and now, movement."""

    unit: str
    group: str
    last: str
    axis: str
    first: str
    places: str
    moved: str


def movers_body(risen: Sequence[Moved], fallen: Sequence[Moved], heads: MoverHeads) -> str:
    """Those who rose above those who fell."""
    middle = _AXIS_LEFT + _AXIS_WIDTH / 2
    head = row(
        TOP,
        44,
        [
            Cell(LEFT, 320, words(heads.unit), "note"),
            Cell(LEFT + 335, 200, words(heads.group), "note"),
            Cell(_AXIS_LEFT, 200, words(heads.last), "note"),
            Cell(middle - 150, 300, words(heads.axis), "note c"),
            Cell(_AXIS_LEFT + _AXIS_WIDTH - 200, 200, words(heads.first), "note r"),
            Cell(RIGHT - 430, 250, words(heads.places), "note r"),
            Cell(RIGHT - 160, 160, words(heads.moved), "note r"),
        ],
    )
    parts = [head, rule(LEFT, TOP + 54, WIDTH, "group")]
    top = TOP + 58.0
    for group in (risen, fallen):
        for one in group:
            parts.append(_moved(one, top))
            top += _ROW
        if group is risen and risen and fallen:
            top += _GAP
            parts.append(rule(LEFT, top - 3, WIDTH, "group"))
    return body(*parts)


def _moved(one: Moved, top: float) -> str:
    kind = "up" if one.now < one.before else "down"
    cells = [
        Cell(LEFT, 320, words(one.name), "b"),
        Cell(LEFT + 335, 215, words(one.group), "small mute"),
        Cell(RIGHT - 430, 250, words(one.places), "b r"),
        Cell(RIGHT - 160, 160, words(one.moved), f"b r {'good' if kind == 'up' else 'bad'}"),
    ]
    return (
        row(top, _ROW, cells)
        + rule(_AXIS_LEFT, top + _ROW / 2 - 1, _AXIS_WIDTH, "faint")
        + _arrow(one, top + _ROW / 2, kind)
        + rule(LEFT, top + _ROW - 1, WIDTH)
    )


def _arrow(one: Moved, middle: float, kind: str) -> str:
    """From the hollow of last quarter to the tip of this one; places that left the group's size stay on the axis."""
    scale = Scale(
        -float(max(one.ranked, one.before, one.now)), -1.0, _AXIS_LEFT + _DOT, _AXIS_WIDTH - 2 * _DOT
    )
    start, end = scale.at(-one.before), scale.at(-one.now)
    left, right = min(start, end), max(start, end)
    tip = end - _TIP if end > start else end
    shaft = (left, right - _TIP / 2) if end > start else (left + _TIP / 2, right)
    return (
        box(shaft[0], middle - _SHAFT / 2, max(shaft[1] - shaft[0], 0), _SHAFT, "", f"shaft {kind}")
        + box(tip, middle - _TIP / 2, _TIP, _TIP, "", f"tip {kind}")
        + box(start - _DOT / 2, middle - _DOT / 2, _DOT, _DOT, "", f"hollow {kind}")
    )
