"""Estimates with their intervals, a row each: waves of the district above, areas of the last wave below."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.sheet_parts import LEFT, RIGHT, TOP, Scale, body, box, line, rule, upright, words

ROWS_A_SHEET = 10
_WIDTH, _NAME, _SIZE, _VALUE = 1220, 260, 170, 190
_FIRST, _LAST = TOP + 54, 904
_SIDE_LEFT = LEFT + _WIDTH + 88
_DOT, _BAR = 28, 10
_STEPS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)
_WIDEST_ROW = 76
# Between the middles of two labels below the axis.
_APART = 150


@dataclass(frozen=True)
class Estimated:
    """A row: name, n as written, value and bounds (shares), the value as written; without value the words instead."""

    name: str
    n: str
    value: float | None
    low: float
    high: float
    shown: str
    look: bool = False


@dataclass(frozen=True)
class Beside:
    """A number at the right: label, number, what follows it small, lines below; `good` or `bad` colours the last."""

    label: str
    number: str
    suffix: str
    lines: Sequence[str]
    kind: str = ""


def intervals_body(
    head: str,
    groups: Sequence[Sequence[Estimated]],
    band: tuple[float, float, float] | None,
    beside: Sequence[Beside],
    mark: str,
) -> str:
    """Groups of rows parted by an ink rule; `band` is value, low and high of the district, named `mark` below."""
    listed = [one for group in groups for one in group]
    scale = _scale(listed, band)
    height = min(float(_WIDEST_ROW), (_LAST - _FIRST) / max(len(listed), 1))
    end = _FIRST + height * len(listed)
    parts = [line(LEFT, TOP, _WIDTH, words(head), "note", 44)]
    if band is not None:
        left, right = scale.at(band[1]), scale.at(band[2])
        parts.append(box(left, _FIRST, right - left, end - _FIRST, "", "band"))
        parts.append(upright(scale.at(band[0]), _FIRST, end - _FIRST, "dim"))
    if any(one.value is not None for one in listed):
        parts += _ticks(scale, end, band, mark)
    top = float(_FIRST)
    for group in groups:
        if group:
            parts.append(rule(LEFT, top - 1, _WIDTH, "group"))
        for place, one in enumerate(group):
            parts.append(_estimated(one, top, height, scale) + (rule(LEFT, top, _WIDTH) if place else ""))
            top += height
    return body(*parts, *_beside(beside))


def _scale(listed: Sequence[Estimated], band: tuple[float, float, float] | None) -> Scale:
    values = [bound for one in listed if one.value is not None for bound in (one.low, one.high)]
    values += list(band or ())
    low, high = min(values, default=0.0), max(values, default=1.0)
    air = max((high - low) * 0.05, 0.002)
    left = LEFT + _NAME + _SIZE
    return Scale(max(0.0, low - air), min(1.0, high + air), left, _WIDTH - _NAME - _SIZE - _VALUE)


def _ticks(scale: Scale, end: float, band: tuple[float, float, float] | None, mark: str) -> list[str]:
    """Faint uprights at round shares, and the district's value by name; labels never cover each other."""
    step = next((one for one in _STEPS if (scale.high - scale.low) / one <= 4), _STEPS[-1])
    first = int(-(-scale.low // step))
    ticks = [n * step for n in range(first, int(scale.high / step + 1e-9) + 1)]
    named = None if band is None else scale.at(band[0])
    parts = [] if named is None else [line(named - 150, end + 6, 300, words(mark), "small b c", 44)]
    for tick in ticks:
        at = scale.at(tick)
        if named is None or abs(at - named) > _APART:
            parts.append(upright(at, _FIRST, end - _FIRST, "faint"))
            parts.append(line(at - 70, end + 6, 140, f"{round(tick * 100, 1):g}%", "note c", 44))
    return parts


def _estimated(one: Estimated, top: float, height: float, scale: Scale) -> str:
    kind = "bad" if one.look else ""
    texts = line(LEFT, top, _NAME - 12, words(one.name), f"b {kind}", height) + line(
        LEFT + _NAME, top, _SIZE - 8, words(one.n), "note", height
    )
    right = LEFT + _WIDTH
    if one.value is None:
        return texts + line(right - 400, top, 400, words(one.shown), "mute r", height)
    middle, look = top + height / 2, " look" if one.look else ""
    left, end = scale.at(one.low), scale.at(one.high)
    return (
        texts
        + box(left, middle - _BAR / 2, max(end - left, 2), _BAR, "", f"interval{look}")
        + box(scale.at(one.value) - _DOT / 2, middle - _DOT / 2, _DOT, _DOT, "", f"dot{look}")
        + line(right - _VALUE, top, _VALUE, words(one.shown), f"name r {kind}", height)
    )


def _beside(beside: Sequence[Beside]) -> list[str]:
    parts, top, width = [], float(TOP + 54), RIGHT - _SIDE_LEFT
    for one in beside:
        parts.append(rule(_SIDE_LEFT, top - 1, width, "group"))
        parts.append(line(_SIDE_LEFT, top + 14, width, words(one.label), "label mute", 50))
        number = f'{words(one.number)}<span class="suffix">{words(one.suffix)}</span>'
        parts.append(line(_SIDE_LEFT, top + 66, width, number, "hero", 130))
        for place, said in enumerate(one.lines):
            last = place == len(one.lines) - 1 and one.kind
            parts.append(
                line(
                    _SIDE_LEFT,
                    top + 204 + place * 46,
                    width,
                    words(said),
                    f"b {one.kind}" if last else "small mute",
                    46,
                )
            )
        top += 204 + 46 * len(one.lines) + 34
    return parts
