"""Colours of a chart's series: tiers in the tiers' colours, one series in teal, what is compared with in grey."""

from dashboard.report.model import Chart
from dashboard.theme import LIGHT

# Shapes of the four tiers, best first.
SHAPE_KEYS = "◆●■▼"
_SEVERAL = (LIGHT.teal, LIGHT.gold, LIGHT.tiers[1], LIGHT.tiers[2], LIGHT.muted, LIGHT.comparison)
# Fills on which white letters stand out; the others bear dark ones.
_DEEP = (
    LIGHT.teal,
    LIGHT.violet,
    LIGHT.gold,
    LIGHT.tiers[0],
    LIGHT.tiers[3],
    LIGHT.muted,
    *LIGHT.sequential[4:],
)


def colours_of(chart: Chart) -> list[str]:
    """One colour a series, in their order."""
    count = len(chart.series)
    if chart.kind == "stacked" and count == len(SHAPE_KEYS):
        return list(LIGHT.tiers)
    if chart.kind == "line":
        return [LIGHT.teal, *(LIGHT.gold if n == 0 and count > 2 else LIGHT.muted for n in range(count - 1))]
    if count == 1:
        # With one bar in violet the others step back.
        return [LIGHT.sequential[2] if chart.marked is not None else LIGHT.sequential[3]]
    return [_SEVERAL[n % len(_SEVERAL)] for n in range(count)]


def inside_colour(fill: str) -> str:
    """The colour of letters on a fill."""
    return "#FFFFFF" if fill in _DEEP else "#14110D"


def known_values(chart: Chart) -> list[float]:
    """All values of a chart that there are."""
    return [value for series in chart.series for value in series.values if value is not None]


def number_format(chart: Chart) -> str:
    """Excel's format of the values: percent with one decimal, whole numbers, or one decimal."""
    if chart.percent:
        return "0.0%"
    return "#,##0" if all(value == int(value) for value in known_values(chart)) else "#,##0.0"
