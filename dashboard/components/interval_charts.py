"""Survey rates with their 95 % intervals: over the waves, and area by area against the district."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import formats
from dashboard.components.headline import Head, block
from dashboard.components.markup import picture, position, show, text
from dashboard.components.svg import stretched
from dashboard.theme import palette
from dashboard.translations import _


@dataclass(frozen=True)
class Estimate:
    """A rate with its interval (shares), the number of answers, and a mark above it (the provincial rank)."""

    name: str
    value: float
    low: float
    high: float
    n: int
    mark: str = ""


@dataclass(frozen=True)
class WaveChart:
    """Title and subtitle, and the waves oldest first."""

    head: Head
    waves: Sequence[Estimate]


def wave_charts(charts: Sequence[WaveChart]) -> None:
    """Charts below each other on the same number of pixels per percentage point, the first in teal, others in gold."""
    span = max((_span(chart.waves) for chart in charts), default=1.0)
    for place, chart in enumerate(charts):
        _wave_chart(chart.head, chart.waves, span, place > 0)


def _wave_chart(head: Head, waves: Sequence[Estimate], span: float, second: bool) -> None:
    top = max(one.high for one in waves)
    bottom = top - max(span, 0.01)
    scale = (bottom - (top - bottom) * 0.16, top + (top - bottom) * 0.14)
    grid = "".join(
        f'<i class="grid" style="bottom:{position(value, *scale)}%"><em>{name}</em></i>'
        for value, name in _percent_ticks(bottom, min(top, 1.0))
    )
    ends = [_across(n, len(waves)) for n in range(len(waves))]
    drawn = "".join(
        _wave(one, at, scale, n == len(waves) - 1)
        for n, (one, at) in enumerate(zip(waves, ends, strict=True))
    )
    colour = palette().gold if second else palette().teal
    line = picture(stretched([([one.value for one in waves], colour, 1.6)], *scale))
    show(
        block(*head),
        f'<div class="waves {"second" if second else ""}"><div class="field">{grid}<div class="across" style="left:{ends[0]:.2f}%;right:{ends[0]:.2f}%">{line}</div>{drawn}</div></div>',
    )


def _span(waves: Sequence[Estimate]) -> float:
    return max((one.high for one in waves), default=1.0) - min((one.low for one in waves), default=0.0)


def _across(place: int, count: int) -> float:
    return (place + 0.5) / count * 100


def _wave(one: Estimate, at: float, scale: tuple[float, float], last: bool) -> str:
    low, middle, high = (position(value, *scale) for value in (one.low, one.value, one.high))
    hover = text(
        f"{one.name} {formats.percent(one.value)} ({formats.interval(one.low, one.high)}, n={one.n:,})"
    )
    label = (
        f'<div class="last" style="bottom:{middle}%"><b>{formats.percent(one.value)}</b>'
        f"{formats.interval(one.low, one.high)}</div>"
        if last
        else ""
    )
    return (
        f'<div class="wave" style="left:{at:.2f}%" title="{hover}"><u style="bottom:{low}%;height:{high - low:.2f}%"></u>'
        f'<i style="bottom:{middle}%"></i><span class="mark{" red" if last else ""}">{text(one.mark)}</span>'
        f'<span class="n"><span class="mid">n=</span>{one.n:,}</span><span class="name">{text(one.name)}</span>{label}</div>'
    )


def _percent_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Even ticks between two shares, at most five, with their writing in percent."""
    step = next((step for step in (0.005, 0.01, 0.02, 0.05, 0.1, 0.2) if (high - low) / step <= 5.2), 0.25)
    ticks = [n * step for n in range(int(low / step + 0.999), int(high / step + 1e-6) + 1)]
    return [(tick, formats.decimal(tick * 100, 1 if step < 0.01 else 0)) for tick in ticks]


def interval_rows(head: Head, district: float, rows: Sequence[Estimate]) -> None:
    """One row per area, best first; coloured only where the interval excludes the district's value."""
    if not rows:
        return
    low = min([district, *(row.low for row in rows)])
    high = min(1.0, max([district, *(row.high for row in rows)]))
    low -= (high - low) * 0.05
    middle = position(district, low, high)
    drawn = "".join(_interval_row(row, district, low, high, middle) for row in rows)
    scale = "".join(
        f'<span style="left:{position(value, low, high)}%">{name}</span>'
        for value, name in _percent_ticks(low, high)
    )
    show(
        block(*head),
        f'<div class="intervals" style="margin-top:8px">{drawn}<span></span><div class="scale">{scale}</div>'
        "<span></span><span></span></div>",
    )


def _interval_row(row: Estimate, district: float, low: float, high: float, middle: float) -> str:
    side = "below" if row.high < district else "above" if row.low > district else ""
    left, right = position(row.low, low, high), position(row.high, low, high)
    mood = {"below": "bad", "above": "good"}.get(side, "")
    return (
        f'<span>{text(row.name)}</span><div class="cell {side}" style="--mid-at:{middle}%">'
        f'<u style="left:{left}%;width:{right - left:.2f}%"></u><i style="left:{position(row.value, low, high)}%"></i></div>'
        f'<b class="{mood}">{formats.percent_number(row.value)}</b><span class="mute">{_("n={n}").format(n=f"{row.n:,}")}</span>'
    )
