"""One community's card: its line against the district, its place among all, and the neighbours at the bottom."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.headline import Head, block
from dashboard.components.markup import cell, position, show, table, text
from dashboard.components.plot import Plot, PlotLine, plot
from dashboard.components.small_multiples import share_ticks
from dashboard.formats import decimal, is_missing
from dashboard.translations import _

_HEIGHT = 72


@dataclass(frozen=True)
class Standing:
    """A metric of one area: its value and the district's as shown, and all areas' values to place it among."""

    name: str
    own: str
    district: str
    value: float | None
    middle: float | None
    spread: tuple[float, float]


@dataclass(frozen=True)
class CardChart:
    """Monthly values of an area and of the district behind it; shares when `share`, else amounts."""

    own: Sequence[float | None]
    district: Sequence[float | None]
    ends: tuple[str, str]
    label: str
    lags: bool
    share: bool


def card_line(head: Head, chart: CardChart) -> None:
    """The area's own line over the district's grey one."""
    show(block(*head), plot(_plot(chart), _HEIGHT, "card"))


def _plot(chart: CardChart) -> Plot:
    known = [float(value) for value in (*chart.own, *chart.district) if value is not None]
    if chart.share:
        ticks = share_ticks(known)
        bounds = (ticks[0][0], ticks[-1][0])
        ticks = ticks if len(ticks) < 5 else ticks[::2]
    else:
        high = max(known, default=1.0) * 1.1 or 1.0
        bounds = (0.0, high)
        ticks = [(value, decimal(value, 0 if high > 5 else 1)) for value in (0.0, high / 2)]
    own = PlotLine(chart.own, "violet" if chart.lags else "teal", 2.4, chart.label)
    behind = PlotLine(chart.district, "comparison", 1.5, _("District"), strong=False)
    lines = [own, behind] if chart.district else [own]
    return Plot(lines, bounds, ticks, [(0, chart.ends[0]), (len(chart.own) - 1, chart.ends[1])])


def standing_table(standings: Sequence[Standing], areas: int, level: str = "community") -> None:
    """Own value, district value, and a dot on the line from the lowest to the highest of so many areas of the level."""
    own, place = _("This community"), _("Place among {count} communities")
    if level == "subdistrict":
        own, place = _("This subdistrict"), _("Place among {count} subdistricts")
    headers = [(_("Metric"), ""), (own, "r"), (_("District"), "r"), (place.format(count=areas), "")]
    rows = [
        "<tr>"
        + cell(text(one.name))
        + cell(text(one.own), "r strong")
        + cell(text(one.district), "r mute")
        + f'<td style="width:36%">{_axis(one)}</td></tr>'
        for one in standings
    ]
    show(table(headers, rows))


def _axis(one: Standing) -> str:
    if is_missing(one.value) or is_missing(one.middle):
        return ""
    at, middle = position(one.value or 0, *one.spread), position(one.middle or 0, *one.spread)
    return f'<span class="axis"><i style="left:{middle}%"></i><b style="left:{at}%"></b></span>'
