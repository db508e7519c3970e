"""Monthly lines with their names at the ends and, between two of them, the gap that matters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.components.headline import Head, block_head
from dashboard.components.markup import text
from dashboard.formats import decimal, month_tick, period_label, short_count
from dashboard.theme import CHART_CONFIG, Palette, axis, figure, palette, rgba
from dashboard.translations import _
from pipelines.periods import Period


@dataclass(frozen=True)
class Line:
    """A named series of counts, one value per month."""

    name: str
    values: Sequence[float]


def trend_chart(head: Head, months: Sequence[Period], lines: Sequence[Line], gap: str, key: str) -> None:
    """First line teal, second gold with the gap to the first shaded and named, the others muted."""
    block_head(*head)
    st.plotly_chart(_figure(palette(), months, lines, gap), theme=None, config=CHART_CONFIG, key=key)


def _figure(colours: Palette, months: Sequence[Period], lines: Sequence[Line], gap: str) -> dict[str, Any]:
    x = list(range(len(months)))
    top = max((value for line in lines for value in line.values), default=1) * 1.08 or 1
    paint = [colours.teal, colours.gold, colours.muted, colours.comparison]
    traces: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    order = [1, 0, *range(2, len(lines))] if len(lines) > 1 else [0]
    for place in order:
        line, colour = lines[place], paint[min(place, 3)]
        traces.append(
            _trace(x, months, line, colour, 2.4 if place < 2 else 1.5, filled=place == 0 and len(lines) > 1)
        )
        traces[-1]["fillcolor"] = rgba(colours.gold, 0.11)
    for line, place, y in _spread(lines, top):
        number, unit = short_count(line.values[-1])
        annotations.append(
            _end_label(f"<b>{text(line.name)} {number}{unit}</b>", x[-1], y, paint[min(place, 3)])
        )
    if gap and len(lines) > 1:
        middle = (lines[0].values[-2] + lines[1].values[-2]) / 2 if len(x) > 1 else 0
        annotations.append(
            {
                "x": x[-1] - 0.55,
                "y": middle,
                "text": text(gap),
                "showarrow": False,
                "xanchor": "right",
                "font": {"size": 13, "color": colours.gold},
            }
        )
    ticks = [n for n, month in enumerate(months) if month.start.month in (1, 4, 7, 10) or n in (0, x[-1])]
    ticks = [n for n in ticks if n in (0, x[-1]) or 1 < n < x[-1] - 1]
    firsts = {
        min(n for n in ticks if months[n].start.year == year)
        for year in {months[n].start.year for n in ticks}
    }
    steps = _count_ticks(top)
    return figure(
        traces,
        colours,
        height=300,
        margin=(12, 98, 44, 44),
        annotations=annotations,
        xaxis=axis(
            colours,
            line=True,
            range=[-0.3, x[-1] + 0.15],
            ticks="outside",
            ticklen=5,
            tickcolor=colours.comparison,
            tickvals=ticks,
            ticktext=[month_tick(months[n], n in firsts) for n in ticks],
        ),
        yaxis=axis(
            colours,
            grid=True,
            range=[0, top],
            tickvals=steps,
            ticktext=[_axis_number(step) for step in steps],
        ),
    )


def _trace(
    x: list[int], months: Sequence[Period], line: Line, colour: str, width: float, filled: bool
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": x,
        "y": list(line.values),
        "line": {"color": colour, "width": width},
        "marker": {"color": colour, "size": [0] * (len(x) - 1) + [8], "opacity": 1, "line": {"width": 0}},
        "fill": "tonexty" if filled else "none",
        "name": line.name,
        "text": [
            f"{period_label(month)} {line.name} {decimal(value, 0)}"
            for month, value in zip(months, line.values, strict=True)
        ],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _spread(lines: Sequence[Line], top: float) -> list[tuple[Line, int, float]]:
    """End labels pushed apart to at least a line's height, keeping their order."""
    room, placed, y = top * 0.085, [], -top
    for place, line in sorted(enumerate(lines), key=lambda pair: pair[1].values[-1]):
        y = max(line.values[-1], y + room)
        placed.append((line, place, y))
    return placed


def _end_label(words: str, x: float, y: float, colour: str) -> dict[str, Any]:
    return {"x": x, "y": y, "text": words, "showarrow": False, "xanchor": "left", "xshift": 9,
            "font": {"size": 13, "color": colour}}  # fmt: skip


def _count_ticks(top: float) -> list[float]:
    """At most six round steps from 0."""
    steps = (base * 10**power for power in range(9) for base in (1, 2, 5))
    step = next((step for step in steps if top / step < 6), top)
    return [n * step for n in range(int(top / step) + 1)]


def _axis_number(value: float) -> str:
    if value < 10_000:
        return decimal(value, 0)
    places = 0 if value % 10_000 == 0 else 1
    return f"{decimal(value / 10_000, places)}{_('ten-thousand')}"
