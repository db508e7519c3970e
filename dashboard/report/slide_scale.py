"""Axis of a chart: round limits around its values with at most six lines; bars begin at zero."""

import math
from dataclasses import dataclass

from dashboard.report.model import Chart
from dashboard.report.slide_series import known_values

_STEPS = (1, 2, 2.5, 5, 10)
_MOST_LINES = 5
# A line of shares spans five percentage points at least: less would make drama of a tenth.
_LEAST_SHARES = 0.05


@dataclass(frozen=True)
class Scale:
    """Both ends of an axis and the distance of its lines."""

    low: float
    high: float
    step: float

    def share(self, value: float) -> float:
        """Where a value stands between the ends, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)


def scale_of(chart: Chart) -> Scale:
    """The value axis of a chart."""
    known = known_values(chart)
    if chart.kind == "stacked":
        columns = zip(*(series.values for series in chart.series), strict=True)
        known = [sum(value for value in column if value is not None) for column in columns]
    low, high = min(known, default=0.0), max(known, default=0.0)
    if chart.kind != "line":
        # Room for the label behind the longest bar; a stack bears its labels inside.
        room = 1.02 if chart.kind == "stacked" else 1.12
        high, low = max(high, 0.0) * room, min(low, 0.0) * room
        return Scale(low, high if high > low else low + 1, (high - low) or 1.0)
    low, high = _widened(low, high, _LEAST_SHARES if chart.percent else abs(high) * 0.1 or 1.0)
    step = _step((high - low) / _MOST_LINES)
    # Shares end at 100 %, counts at 0.
    bottom = math.floor(low / step + 1e-9) * step
    top = math.ceil(high / step - 1e-9) * step
    if low >= 0:
        bottom = max(0.0, bottom)
    if chart.percent and known and max(known) <= 1:
        top = min(1.0, top)
    return Scale(round(bottom, 9), round(top, 9), round(step, 9))


def _widened(low: float, high: float, least: float) -> tuple[float, float]:
    """The same middle with the least span around it."""
    lack = max(0.0, least - (high - low)) / 2
    return (max(0.0, low - lack) if low >= 0 else low - lack), high + lack


def _step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in _STEPS if step * power >= least * (1 - 1e-9))
