"""All units at once: a strip per ranking group over one score axis, a shape per unit, stacked in bins along the lines."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor

from dashboard.components.sheet_parts import (
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Scale,
    body,
    box,
    line,
    rule,
    shape,
    tier_word,
    upright,
    words,
)
from dashboard.components.unit_strip import spaced

STRIPS_A_SHEET = 4
_AXIS_LEFT, _FIRST, _LAST = 430, 312, 900
_SIZES = (30, 26, 22, 18, 14, 11)
_WIDTHS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
_NAMED_LINE, _FEWEST_NAMED, _SCORE = 36, 2, 92
# The tier that is named needs room for names beside the group's label.
_ROOM_FOR_NAMES = 0.27


@dataclass(frozen=True)
class Unit:
    """One unit: score, place of its tier (0 is the best, None without score lines); name and score where it is named."""

    score: float
    tier: int | None
    name: str = ""
    shown: str = ""


@dataclass(frozen=True)
class Strip:
    """A ranking group: name, lines under the name, its units, and what stands for those that are not named."""

    name: str
    notes: Sequence[str]
    units: Sequence[Unit]
    more: str = ""


@dataclass(frozen=True)
class ScoreLine:
    """A score line (best first) and how it is written."""

    score: float
    written: str


def strips_body(
    strips: Sequence[Strip], words_of: Sequence[tuple[int, str]], lines: Sequence[ScoreLine]
) -> str:
    """The strips; `words_of` holds place and words of each tier that has units ("优秀 16")."""
    span = _span(strips, lines)
    scale = Scale(*span, _AXIS_LEFT + _SIZES[0] / 2, RIGHT - _AXIS_LEFT - _SIZES[0])
    height = (_LAST - _FIRST) / len(strips)
    size, width = _bins(strips, lines, scale, height)
    drawn = "".join(
        _strip(strip, _FIRST + n * height, height, lines, scale, size, width)
        for n, strip in enumerate(strips)
    )
    uprights = "".join(upright(scale.at(one.score), _FIRST - 6, _LAST - _FIRST + 12) for one in lines)
    return body(_tier_words(words_of, lines, scale), uprights, drawn, _axis(lines, scale, span))


def bin_width(strips: Sequence[Strip], lines: Sequence[ScoreLine]) -> int:
    """The points that one bin holds, for the note."""
    scale = Scale(*_span(strips, lines), _AXIS_LEFT + _SIZES[0] / 2, RIGHT - _AXIS_LEFT - _SIZES[0])
    return _bins(strips, lines, scale, (_LAST - _FIRST) / len(strips))[1]


def _span(strips: Sequence[Strip], lines: Sequence[ScoreLine]) -> tuple[float, float]:
    scores = [unit.score for strip in strips for unit in strip.units] + [one.score for one in lines]
    low, high = min(scores), max(scores)
    pad = max((high - low) * 0.02, 1.0)
    low, high = low - pad, high + pad
    if lines and any(unit.name for strip in strips for unit in strip.units):
        last = lines[-1].score
        low = min(low, last - (high - last) * _ROOM_FOR_NAMES / (1 - _ROOM_FOR_NAMES))
    return low, high


def _bins(
    strips: Sequence[Strip], lines: Sequence[ScoreLine], scale: Scale, height: float
) -> tuple[float, int]:
    """Size of the shapes and points a bin: the largest shapes whose stacks fit, in the narrowest bins that hold them."""
    found = (float(_SIZES[-1]), _WIDTHS[-1])
    for size in _SIZES:
        width = next(
            (one for one in _WIDTHS if one * scale.width / (scale.high - scale.low) >= size + 1), _WIDTHS[-1]
        )
        found = (float(size), width)
        if all(_pitch(strip, lines, width, height) >= size + 2 for strip in strips):
            break
    return found


def _pitch(strip: Strip, lines: Sequence[ScoreLine], width: int, height: float) -> float:
    """The most pixels a shape may take in its stack; stacks below names leave these their room."""
    room = height - 26
    named = [unit for unit in strip.units if unit.name]
    below = room - _FEWEST_NAMED * _NAMED_LINE
    return min(room / _highest(strip.units, lines, width), below / _highest(named, lines, width))


def _highest(units: Sequence[Unit], lines: Sequence[ScoreLine], width: int) -> int:
    return max(Counter(_bin(unit, lines, width) for unit in units).values(), default=1)


def _edges(unit: Unit, lines: Sequence[ScoreLine]) -> tuple[float | None, float | None]:
    """The score lines below and above a unit."""
    if not lines or unit.tier is None:
        return None, None
    below = lines[unit.tier].score if unit.tier < len(lines) else None
    above = lines[unit.tier - 1].score if unit.tier else None
    return below, above


def _bin(unit: Unit, lines: Sequence[ScoreLine], width: int) -> float:
    """The middle of a unit's bin: counted from the line below, in the last tier from the line above."""
    below, above = _edges(unit, lines)
    start = below if below is not None else above if above is not None else 0.0
    low = start + floor((unit.score - start) / width) * width
    high = low + width if above is None else min(low + width, above)
    return (low + high) / 2


def _strip(
    strip: Strip, top: float, height: float, lines: Sequence[ScoreLine], scale: Scale, size: float, width: int
) -> str:
    base = top + height - 12
    stacks = Counter(_bin(unit, lines, width) for unit in strip.units)
    pitch = min(size + 2, _pitch(strip, lines, width, height))
    reached: Counter[float] = Counter()
    drawn = []
    for unit in sorted(strip.units, key=lambda unit: unit.score):
        middle = _bin(unit, lines, width)
        drawn.append(shape(unit.tier, scale.at(middle), base - size / 2 - reached[middle] * pitch, size))
        reached[middle] += 1
    failing = [stacks[_bin(unit, lines, width)] for unit in strip.units if unit.tier == 3]
    names_end = base - max(failing, default=0) * pitch - 4
    return (
        _label(strip, top, height)
        + _names(strip, top, names_end, scale, lines)
        + "".join(drawn)
        + rule(LEFT, top + height, WIDTH)
    )


def _label(strip: Strip, top: float, height: float) -> str:
    lines = [line(LEFT, 0, _AXIS_LEFT - LEFT - 40, words(strip.name), "name", 50)]
    lines += [
        line(LEFT, 50 + n * 42, _AXIS_LEFT - LEFT - 40, words(note), "note", 42)
        for n, note in enumerate(strip.notes)
    ]
    tall = 50 + 42 * len(strip.notes)
    start = top + max(4, (height - tall) / 2)
    return f'<div style="left:0;top:{start:.1f}px">{"".join(lines)}</div>'


def _names(strip: Strip, top: float, end: float, scale: Scale, lines: Sequence[ScoreLine]) -> str:
    """The named units left of the last line, the lowest last; `more` stands for those without room."""
    named = sorted((unit for unit in strip.units if unit.name), key=lambda unit: -unit.score)
    if not named or not lines:
        return ""
    right = scale.at(lines[-1].score) - 16
    room = max(_FEWEST_NAMED, floor((end - top - 4) / _NAMED_LINE))
    rest = len(named) - room + 1 if len(named) > room else 0
    start = end - _NAMED_LINE * (len(named) - rest + bool(rest))
    left, parts = _AXIS_LEFT - 20, []
    if rest:
        more = words(strip.more.format(count=rest))
        parts.append(line(left, start, right - left, more, "small bad b r", _NAMED_LINE))
    for n, unit in enumerate(named[rest:]):
        top = start + (n + bool(rest)) * _NAMED_LINE
        parts.append(
            line(left, top, right - left - _SCORE - 10, words(unit.name), "small bad b r", _NAMED_LINE)
        )
        parts.append(line(right - _SCORE, top, _SCORE, words(unit.shown), "small bad b r", _NAMED_LINE))
    return "".join(parts)


def _tier_words(words_of: Sequence[tuple[int, str]], lines: Sequence[ScoreLine], scale: Scale) -> str:
    if not lines:
        return ""
    edges = [scale.high, *(one.score for one in lines), scale.low]
    middles = [(scale.at(high) + scale.at(low)) / 2 for high, low in pairwise(edges)]
    placed = sorted((middles[place], place, said) for place, said in words_of)
    widths = [(len(said) * 36 + 60) / WIDTH * 100 for _middle, _place, said in placed]
    centres = spaced([(middle - LEFT) / WIDTH * 100 for middle, _place, _said in placed], widths)
    parts = []
    for centre, share, (_middle, place, said) in zip(centres, widths, placed, strict=True):
        wide = share / 100 * WIDTH
        kind = "name c bad" if place == 3 else "name c"
        parts.append(
            line(LEFT + centre / 100 * WIDTH - wide / 2, TOP + 4, wide, tier_word(place, said), kind, 56)
        )
    return "".join(parts)


def _axis(lines: Sequence[ScoreLine], scale: Scale, span: tuple[float, float]) -> str:
    if lines:
        return "".join(
            line(scale.at(one.score) - 120, _LAST + 12, 240, words(one.written), "b c", 44) for one in lines
        )
    step = next((one for one in _WIDTHS if (span[1] - span[0]) / one <= 9), _WIDTHS[-1])
    first = int(-(-span[0] // step))
    ticks = [n * step for n in range(first, int(span[1] // step) + 1)]
    return "".join(
        line(scale.at(tick) - 120, _LAST + 12, 240, str(tick), "note c", 44)
        + box(scale.at(tick), _LAST, 2, 10, "", "tally")
        for tick in ticks
    )
