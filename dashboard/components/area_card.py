"""One community's card: its line against the district, its place among all, and the neighbours at the bottom."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.components.headline import Head, block_head
from dashboard.components.markup import cell, position, show, table, text
from dashboard.components.small_multiples import share_ticks
from dashboard.formats import decimal, is_missing
from dashboard.theme import CHART_CONFIG, Palette, axis, figure, palette
from dashboard.translations import _


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
    block_head(*head)
    drawn = _line(palette(), chart.own, chart.district, chart.ends, chart.label, chart.lags, chart.share)
    st.plotly_chart(drawn, theme=None, config=CHART_CONFIG, key="card")


def standing_table(standings: Sequence[Standing], areas: int) -> None:
    """Own value, district value, and a dot on the line from the lowest to the highest area."""
    headers = [
        (_("Metric"), ""),
        (_("This community"), "r"),
        (_("District"), "r"),
        (_("Place among {count} communities").format(count=areas), ""),
    ]
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


def _line(
    colours: Palette,
    own: Sequence[float | None],
    district: Sequence[float | None],
    ends: tuple[str, str],
    label: str,
    lags: bool,
    share: bool,
) -> dict[str, Any]:
    colour = colours.violet if lags else colours.teal
    known = [float(value) for value in (*own, *district) if not is_missing(value)]  # type: ignore[arg-type]
    if share:
        ticks = share_ticks(known)
        low, high = min(ticks[0][0], min(known)), max(ticks[-1][0], max(known))
        if len(ticks) > 4:
            ticks = ticks[1:-1:2]
    else:
        low, high = 0.0, max(known, default=1.0) * 1.1 or 1.0
        ticks = [(value, decimal(value, 0 if high > 5 else 1)) for value in (0.0, high / 2, high)]
    pad = (high - low) * 0.06
    x = list(range(len(own)))
    traces = [
        _stroke(x, district, colours.comparison, 1.5, 0),
        _stroke(x, own, colour, 2.4, 8),
    ]
    ends_at = [
        (_last(district), _("District"), colours.muted, False),
        (_last(own), label, colour, True),
    ]
    apart = (high - low) * 0.26
    if None not in (ends_at[0][0], ends_at[1][0]) and abs(ends_at[0][0] - ends_at[1][0]) < apart:  # type: ignore[operator]
        up = 1 if ends_at[0][0] >= ends_at[1][0] else -1  # type: ignore[operator]
        ends_at[0] = (ends_at[1][0] + up * apart, *ends_at[0][1:])  # type: ignore[operator]
    notes = [
        {"x": x[-1], "y": y, "text": f"<b>{text(words)}</b>" if strong else text(words), "xanchor": "left", "xshift": 9, "showarrow": False,
         "font": {"size": 13 if strong else 12, "color": paint}}
        for y, words, paint, strong in ends_at if y is not None
    ]  # fmt: skip
    return figure(
        traces,
        colours,
        height=96,
        margin=(8, 64, 24, 32),
        annotations=notes,
        xaxis=axis(colours, line=True, range=[-0.3, x[-1] + 0.2], tickvals=[0, x[-1]], ticktext=list(ends)),
        yaxis=axis(
            colours,
            grid=True,
            range=[low - pad, high + pad],
            tickvals=[t[0] for t in ticks],
            ticktext=[t[1] for t in ticks],
        ),
    )


def _stroke(
    x: list[int], values: Sequence[float | None], colour: str, width: float, end: int
) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines+markers", "x": x, "y": [None if is_missing(v) else v for v in values],
        "line": {"color": colour, "width": width}, "connectgaps": True, "hoverinfo": "skip",
        "marker": {"color": colour, "size": [0] * (len(x) - 1) + [end], "opacity": 1, "line": {"width": 0}},
    }  # fmt: skip


def _last(values: Sequence[float | None]) -> float | None:
    return next((float(value) for value in reversed(values) if not is_missing(value)), None)  # type: ignore[arg-type]
