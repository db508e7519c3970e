"""Monthly lines with their names at the ends and, between two of them, the gap that matters."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.headline import Head, block
from dashboard.components.markup import show
from dashboard.components.plot import Plot, PlotLine, plot
from dashboard.formats import decimal, month_tick, period_label, short_count
from pipelines.periods import Period

HEIGHT = 262
_PAINT = ("teal", "gold", "muted", "comparison")


@dataclass(frozen=True)
class Line:
    """A named series of counts, one value per month."""

    name: str
    values: Sequence[float]


def trend_chart(
    head: Head, months: Sequence[Period], lines: Sequence[Line], gap: str, height: int = HEIGHT
) -> None:
    """First line teal, second gold with the gap to the first shaded and named, the others muted; height in pixels."""
    top = max((value for line in lines for value in line.values), default=1) * 1.06 or 1
    drawn = [
        PlotLine(line.values, _PAINT[min(place, 3)], 2.4 if place < 2 else 1.5, _end(line))
        for place, line in enumerate(lines)
    ]
    tips = [
        [period_label(month), *(f"{line.name} {decimal(line.values[place], 0)}" for line in lines)]
        for place, month in enumerate(months)
    ]
    ticks = [(value, _axis_number(value)) for value in _count_ticks(top)]
    shown = Plot(drawn, (0, top), ticks, _names(months), tips, gap if len(lines) > 1 else "")
    show(block(*head), plot(shown, height, "trend"))


def _end(line: Line) -> str:
    number, unit = short_count(line.values[-1])
    return f"{line.name} {number}{unit}"


def _names(months: Sequence[Period]) -> list[tuple[int, str]]:
    """Quarter starts and both ends; the year under the first name of a year."""
    last = len(months) - 1
    places = [
        n
        for n, month in enumerate(months)
        if n in (0, last) or (month.start.month % 3 == 1 and 1 < n < last - 1)
    ]
    years = [months[n].start.year for n in places]
    return [
        (n, month_tick(months[n], years.index(months[n].start.year) == at)) for at, n in enumerate(places)
    ]


def _count_ticks(top: float) -> list[float]:
    """At most six round steps from 0."""
    steps = (base * 10**power for power in range(9) for base in (1, 2, 5))
    step = next((step for step in steps if top / step < 6), top)
    return [n * step for n in range(int(top / step) + 1)]


def _axis_number(value: float) -> str:
    if value < 10_000:
        return decimal(value, 0)
    number, unit = short_count(value)
    return f"{number.rstrip('0').rstrip('.') if '.' in number else number}{unit}"
