"""The overview of a meeting: six numbers, the line of the one to look at, and where most has changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.sheet_parts import Scale, body, box, line, rule, words

_TILE_LEFTS, _TILE_WIDTH = (96, 480, 864), 348
_ROWS = (256, 612)
_RIGHT, _RIGHT_WIDTH = 1288, 536
_CHART_TOP, _CHART_BOTTOM = 396, 486
_FIRST_POINT, _LAST_POINT = 1300, 1764
_LONG = 5


@dataclass(frozen=True)
class Tile:
    """A number: label, digits, suffix, change against the period before, what it rests on.

    `looked` is the one to see; `uncompared` says why there is no change, which is no news.
    """

    label: str
    number: str
    suffix: str
    change: str
    base: str
    looked: bool = False
    uncompared: bool = False


@dataclass(frozen=True)
class Course:
    """The values of one figure by month, None where there is none; labels of months and of values."""

    label: str
    values: Sequence[float | None]
    months: Sequence[str]
    shown: Sequence[str]
    looked: bool = False


@dataclass(frozen=True)
class Mover:
    """What changed most: a name and a signed number; `looked` for the one to see."""

    name: str
    change: str
    looked: bool = False


def overview_body(
    tiles: Sequence[Tile],
    course: Course | None,
    no_course: str,
    head: str,
    movers: Sequence[Mover],
    none: str,
) -> str:
    """Up to six tiles, the line at the right (or why there is none), and below it the largest changes."""
    places = [(left, top) for top in _ROWS for left in _TILE_LEFTS]
    parts = [_tile(tile, left, top) for tile, (left, top) in zip(tiles, places, strict=False)]
    parts.append(rule(_RIGHT, _ROWS[0], _RIGHT_WIDTH, "group"))
    if course is None:
        parts.append(box(_RIGHT, _ROWS[0] + 24, _RIGHT_WIDTH, 200, words(no_course), "mute"))
    else:
        parts.append(_course(course))
    parts += [
        rule(_RIGHT, _ROWS[1], _RIGHT_WIDTH, "group"),
        line(_RIGHT, _ROWS[1] + 22, _RIGHT_WIDTH, words(head), "label mute", 48),
    ]
    for place, mover in enumerate(movers):
        top, kind = _ROWS[1] + 88 + place * 68, "b bad" if mover.looked else ""
        parts.append(line(_RIGHT, top, _RIGHT_WIDTH - 120, words(mover.name), kind, 52))
        parts.append(line(_RIGHT + _RIGHT_WIDTH - 120, top, 120, words(mover.change), f"r b {kind}", 52))
    if not movers:
        parts.append(box(_RIGHT, _ROWS[1] + 92, _RIGHT_WIDTH, 200, words(none), "mute"))
    return body(*parts)


def _tile(tile: Tile, left: float, top: float) -> str:
    colour = "bad" if tile.looked else ""
    suffix = f'<span class="suffix">{words(tile.suffix)}</span>' if tile.suffix else ""
    return "".join(
        (
            rule(left, top, _TILE_WIDTH, "look" if tile.looked else "group"),
            line(left, top + 22, _TILE_WIDTH, words(tile.label), "label mute", 48),
            line(
                left,
                top + 70,
                _TILE_WIDTH,
                f"{words(tile.number)}{suffix}",
                f"hero {colour} {'long' if len(tile.number) > _LONG else ''}",
                140,
            ),
            line(
                left,
                top + 212,
                _TILE_WIDTH,
                words(tile.change),
                "mute" if tile.uncompared else f"b {colour}",
                48,
            ),
            line(left, top + 260, _TILE_WIDTH, words(tile.base), "note", 48),
        )
    )


def _course(course: Course) -> str:
    """The line, in ink up to its turn and marked after it where it fell; ends and turn are labelled."""
    known = [place for place, value in enumerate(course.values) if value is not None]
    values = {place: float(course.values[place] or 0) for place in known}
    across = Scale(known[0], known[-1], _FIRST_POINT, _LAST_POINT - _FIRST_POINT)
    up = Scale(-max(values.values()), -min(values.values()), _CHART_TOP, _CHART_BOTTOM - _CHART_TOP)
    points = {place: (across.at(place), up.at(-value)) for place, value in values.items()}
    last = known[-1]
    turn = _turn(known, values) if course.looked else last
    parts = [
        line(_RIGHT, _ROWS[0] + 22, _RIGHT_WIDTH, words(course.label), "label mute", 48),
        _lines(points, [place for place in known if place <= turn], "ink"),
        _lines(points, [place for place in known if place >= turn], "look-fill"),
    ]
    for place in sorted({known[0], turn, last}):
        x, y = points[place]
        is_last = place == last
        kind = "b bad" if is_last and course.looked else "b" if is_last else ""
        below = is_last and course.looked
        parts.append(box(x - 8, y - 8, 16, 16, "", "dot look" if below else "dot"))
        near = place != last and x > points[last][0] - 110
        if not near or place == turn:
            width = 140
            start = min(max(x - width / 2, _RIGHT - 4), _RIGHT + _RIGHT_WIDTH - width)
            align = "" if place == known[0] else "c"
            parts.append(
                line(start, y + 12 if below else y - 56, width, words(course.shown[place]), f"{align} {kind}")
            )
    parts += [
        line(_RIGHT, 552, 180, words(course.months[known[0]]), "note"),
        line(_RIGHT + _RIGHT_WIDTH - 180, 552, 180, words(course.months[last]), "note r"),
    ]
    return "".join(parts)


def _turn(known: Sequence[int], values: dict[int, float]) -> int:
    """Where the fall began that lasts until the end."""
    at = len(known) - 1
    while at > 0 and values[known[at - 1]] > values[known[at]]:
        at -= 1
    return known[at]


def _lines(points: dict[int, tuple[float, float]], places: Sequence[int], colour: str) -> str:
    path = " ".join(f"{points[place][0]:.1f},{points[place][1]:.1f}" for place in places)
    return (
        '<svg style="left:0;top:0" width="1920" height="1080" aria-hidden="true">'
        f'<polyline points="{path}" fill="none" stroke="var(--{colour})" stroke-width="6" stroke-linejoin="round"/></svg>'
    )
