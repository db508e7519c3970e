"""Survey rates with their 95 % intervals: over the waves, and area by area against the district."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard import formats
from dashboard.components.headline import block, block_head
from dashboard.components.markup import position, show, text
from dashboard.theme import CHART_CONFIG, Palette, axis, figure, palette, rgba
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


def wave_chart(title: str, subtitle: str, waves: Sequence[Estimate], span: float, second: bool, key: str) -> None:
    """Waves left to right, oldest first; `span` is the height of the axis, shared by charts that stand together."""
    block_head(title, subtitle)
    st.plotly_chart(_figure(palette(), waves, span, second), theme=None, config=CHART_CONFIG, key=key)


def axis_span(waves: Sequence[Estimate]) -> float:
    """Distance between the lowest and the highest bound, as the shared height needs it."""
    return max((one.high for one in waves), default=1.0) - min((one.low for one in waves), default=0.0)


def _figure(colours: Palette, waves: Sequence[Estimate], span: float, second: bool) -> dict[str, Any]:
    colour = colours.gold if second else colours.teal
    x = list(range(len(waves)))
    top = max(one.high for one in waves)
    bottom = top - max(span, 0.01)
    foot, head = bottom - span * 0.16, top + span * 0.14
    labels = [f"{text(one.name)} {formats.percent(one.value)} ({formats.interval(one.low, one.high)}, n={one.n:,})" for one in waves]
    bars = {
        "type": "scatter", "mode": "lines", "hoverinfo": "skip", "line": {"color": rgba(colour, 0.35), "width": 5},
        "x": [v for n in x for v in (n, n, None)], "y": [v for one in waves for v in (one.low, one.high, None)],
    }  # fmt: skip
    dots = {
        "type": "scatter", "mode": "lines+markers", "x": x, "y": [one.value for one in waves],
        "line": {"color": colour, "width": 1.5}, "text": labels, "hovertemplate": "%{text}<extra></extra>",
        "marker": {"color": colour, "size": 10, "opacity": 1, "line": {"color": colours.page, "width": 2}},
    }  # fmt: skip
    last = waves[-1]
    notes = [
        {"x": x[-1], "y": last.value, "xanchor": "left", "xshift": 14, "showarrow": False, "align": "left",
         "text": f"<b><span style='font-size:17px'>{formats.percent(last.value)}</span></b><br>"
                 f"{formats.interval(last.low, last.high)}", "font": {"size": 12, "color": colour}},
    ]  # fmt: skip
    for n, one in zip(x, waves, strict=True):
        notes.append(_note(n, foot, f"n={one.n:,}", colours.muted, "bottom"))
        if one.mark:
            notes.append(_note(n, head, text(one.mark), colours.red if n == x[-1] else colours.muted, "top"))
    return figure(
        [bars, dots],
        colours,
        height=272,
        margin=(6, 98, 26, 40),
        annotations=notes,
        xaxis=axis(colours, line=True, range=[-0.4, x[-1] + 0.3], tickvals=x, ticktext=[text(one.name) for one in waves],
                   type="linear", ticks="outside", ticklen=4, tickcolor=colours.comparison),
        yaxis=axis(colours, grid=True, range=[foot, head], **_percent_ticks(bottom, min(top, 1.0))),
    )  # fmt: skip


def _note(x: float, y: float, words: str, colour: str, anchor: str) -> dict[str, Any]:
    return {"x": x, "y": y, "text": words, "showarrow": False, "yanchor": anchor, "font": {"size": 12, "color": colour}}


def _percent_ticks(low: float, high: float) -> dict[str, Any]:
    step = next((step for step in (0.005, 0.01, 0.02, 0.05, 0.1, 0.2) if (high - low) / step <= 4.2), 0.25)
    ticks = [n * step for n in range(int(low / step + 0.999), int(high / step + 1e-6) + 1)]
    return {"tickvals": ticks, "ticktext": [formats.decimal(tick * 100, 1 if step < 0.01 else 0) for tick in ticks]}


def interval_rows(title: str, subtitle: str, district: float, rows: Sequence[Estimate]) -> None:
    """One row per area, best first; coloured only where the interval excludes the district's value."""
    low = min([district, *(row.low for row in rows)])
    high = min(1.0, max([district, *(row.high for row in rows)]))
    low -= (high - low) * 0.05
    middle = position(district, low, high)
    drawn = "".join(_interval_row(row, district, low, high, middle) for row in rows)
    ticks = _percent_ticks(low, high)
    scale = "".join(
        f'<span style="left:{position(value, low, high)}%">{name}</span>'
        for value, name in zip(ticks["tickvals"], ticks["ticktext"], strict=True)
    )
    show(
        block(title, subtitle),
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
