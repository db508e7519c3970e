"""Every unit as one mark on the score axis, with the score lines drawn and near-line units ringed."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.headline import Head, block
from dashboard.components.markup import position, show, text, tier_mark
from dashboard.formats import decimal
from dashboard.translations import _

_LANES = (0, 1, -1, 2, -2, 3, -3)
_LANE_HEIGHT = 17
_MARKS_ACROSS = 62
# Pixels of a letter at 13 px, of the tier's shape, between two labels, and of the narrowest strip (below, they flow).
_WIDE_LETTER, _LETTER, _LATIN = 13.0, 7.5, 0x2E7F
_MARK_WIDTH, _AIR, _NARROWEST = 3.4, 14.0, 480.0
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500)


@dataclass(frozen=True)
class Mark:
    """One unit: name, score, place of its tier (0 is the best, None without score lines), near a line or not."""

    name: str
    score: float
    tier: int | None
    near_line: bool


def unit_strip(head: Head, marks: Sequence[Mark], words: Sequence[str], lines: Sequence[float]) -> None:
    """Draw the strip; `lines` are the score lines from the highest down, empty when none is in force."""
    values = [mark.score for mark in marks] + list(lines)
    low, high = min(values, default=0.0), max(values, default=1.0)
    pad = max((high - low) * 0.04, 1)
    span = (low - pad, high + pad)
    lanes = _lanes(marks, (span[1] - span[0]) / _MARKS_ACROSS)
    reach = max([2, *(abs(lane) for lane in lanes)])
    drawn = "".join(_mark(mark, lane, reach, span) for mark, lane in zip(marks, lanes, strict=True))
    height = (2 * reach + 1) * _LANE_HEIGHT + 14
    tier_names, line_names = _names(marks, words, lines, span)
    show(
        block(*head),
        f'<div class="strip"><div class="tiers">{tier_names}</div><div class="tiers lines">{line_names}</div>'
        f'<div class="field" style="height:{height}px">{_lines(lines, span)}{drawn}</div>'
        f'<div class="ticks">{_ticks(span)}</div></div>',
    )


def _lanes(marks: Sequence[Mark], width: float) -> list[int]:
    """A lane per mark so that neighbours closer than a mark's width do not cover each other."""
    taken: dict[int, float] = {}
    lanes = [0] * len(marks)
    for n in sorted(range(len(marks)), key=lambda n: marks[n].score):
        lane = next(
            (lane for lane in _LANES if marks[n].score - taken.get(lane, -1e18) >= width),
            min(_LANES, key=lambda lane: taken.get(lane, -1e18)),
        )
        lanes[n], taken[lane] = lane, marks[n].score
    return lanes


def _mark(mark: Mark, lane: int, reach: int, span: tuple[float, float]) -> str:
    shape = f"s{mark.tier + 1}" if mark.tier is not None else "s0"
    top = (reach - lane) * _LANE_HEIGHT + _LANE_HEIGHT / 2 + 7
    place = f'style="left:{position(mark.score, *span)}%;top:{top:.1f}px"'
    ring = f'<i class="mark ring {shape}" {place}></i>' if mark.near_line else ""
    return f'{ring}<i class="mark {shape}" {place} title="{text(f"{mark.name} {decimal(mark.score)}")}"></i>'


def _lines(lines: Sequence[float], span: tuple[float, float]) -> str:
    return "".join(f'<i class="at" style="left:{position(line, *span)}%"></i>' for line in lines)


def _names(
    marks: Sequence[Mark], words: Sequence[str], lines: Sequence[float], span: tuple[float, float]
) -> tuple[str, str]:
    """Two rows: tier names with counts midway between their lines, and line names over their lines."""
    if not lines:
        return "", ""
    tiers, edges = [], [span[1], *lines, span[0]]
    for n in range(len(lines) + 1):
        count = sum(mark.tier == n for mark in marks)
        if count:
            label = f'<span class="w{n + 1}">{tier_mark(n, words[n])} <b>{count}</b></span>'
            middle = position((edges[n] + edges[n + 1]) / 2, *span)
            tiers.append((middle, _width(f"{words[n]} {count}") + _MARK_WIDTH, label))
    named = []
    for n, line in enumerate(lines):
        label = f"{_('{tier} line').format(tier=words[n])} {decimal(line, 0 if line == int(line) else 1)}"
        named.append((position(line, *span), _width(label), text(label)))
    return _row(tiers), _row(named)


def _row(labels: Sequence[tuple[float, float, str]]) -> str:
    """Labels (place, width, HTML) in percent of the strip, moved apart where they would cover each other."""
    ordered = sorted(labels)
    places = spaced([place for place, _, _ in ordered], [width for _, width, _ in ordered])
    return "".join(
        f'<div style="left:{place:.2f}%">{label}</div>'
        for place, (_, _, label) in zip(places, ordered, strict=True)
    )


def spaced(places: Sequence[float], widths: Sequence[float]) -> list[float]:
    """Centres in ascending order within 0–100, moved as little as two sweeps can so that no two labels overlap."""
    found: list[float] = []
    edge = 0.0
    for place, width in zip(places, widths, strict=True):
        found.append(max(place, edge + width / 2))
        edge = found[-1] + width / 2
    edge = 100.0
    for n in reversed(range(len(found))):
        found[n] = min(found[n], edge - widths[n] / 2)
        edge = found[n] - widths[n] / 2
    return found


def _width(label: str) -> float:
    """Width of a label in percent of the narrowest strip that draws labels at their places, with air around it."""
    letters = sum(_WIDE_LETTER if ord(letter) > _LATIN else _LETTER for letter in label)
    return (letters + _AIR) / _NARROWEST * 100


def _ticks(span: tuple[float, float]) -> str:
    step = next((step for step in _STEPS if (span[1] - span[0]) / step <= 9), 1000)
    first = int(-(-span[0] // step))
    marks = [n * step for n in range(first, int(span[1] // step) + 1)]
    return "".join(f'<span style="left:{position(value, *span)}%">{value}</span>' for value in marks)
