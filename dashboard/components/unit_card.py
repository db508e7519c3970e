"""Why a unit has its score: the division, the sources of its points, how they spread over its people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard import formats
from dashboard.components.headline import block, block_head
from dashboard.components.markup import cell, position, show, table, text, tier_mark
from dashboard.theme import CHART_CONFIG, Palette, axis, figure, palette
from dashboard.translations import _


@dataclass(frozen=True)
class Source:
    """Points of one kind in the quarter."""

    kind: str
    points: float


def score_card(title: str, tier: tuple[int, str] | None, note: str, points: float, headcount: int) -> None:
    """Points ÷ people = score, written out."""
    mark = tier_mark(*tier) + "&emsp;" if tier else ""
    show(
        block(title),
        f'<p class="sub">{mark}{text(note)}</p>',
        '<div class="sum" style="margin-top:14px">'
        f"<div>{text(_('Points in total'))}<b>{formats.decimal(points, 0 if points == int(points) else 1)}</b></div>"
        f"<i>÷</i><div>{text(_('People at the end'))}<b>{formats.integer(headcount)}</b></div><i>=</i>"
        f"<div>{text(_('Unit score'))}<b>{formats.decimal(points / headcount if headcount else None)}</b></div></div>",
    )


def source_table(sources: Sequence[Source], headcount: int) -> None:
    """Kinds of points with their sum, the share per person and their part of the whole; deductions in violet."""
    total = sum(source.points for source in sources) or 1
    largest = max((abs(source.points) for source in sources), default=1) or 1
    headers = [(_("Source"), ""), (_("Points"), "r"), (_("Per person"), "r"), (_("Share"), "")]
    rows = []
    for source in sources:
        bar = (
            f'<span class="track"><i class="{"bad" if source.points < 0 else ""}" '
            f'style="width:{position(abs(source.points), 0, largest) * 0.72}%"></i>'
            f'<span class="mute">{formats.decimal(source.points / total * 100, 0)}%</span></span>'
        )
        rows.append(
            "<tr>"
            + cell(text(source.kind))
            + cell(formats.decimal(source.points, 0), "r")
            + cell(formats.decimal(source.points / headcount if headcount else None), "r mute")
            + f'<td style="width:45%">{bar}</td></tr>'
        )
    show(table(headers, rows))


def spread_chart(title: str, subtitle: str, points: Sequence[float], zero: int, key: str) -> None:
    """How many people earned how much; those without any point stand apart in violet."""
    block_head(title, subtitle)
    st.plotly_chart(_spread(palette(), points, zero), theme=None, config=CHART_CONFIG, key=key)


def fact_rows(facts: Sequence[tuple[str, str]]) -> None:
    """Two columns: what, and its value."""
    show(f'<div class="facts">{"".join(f"<span>{text(name)}</span><b>{text(value)}</b>" for name, value in facts)}</div>')


def _spread(colours: Palette, points: Sequence[float], zero: int) -> dict[str, Any]:
    some = [value for value in points if value != 0]
    top = max(some, default=1.0)
    width = next((step for step in (5, 10, 20, 30, 50, 100, 200, 500) if top / step <= 12), 1000)
    first = int(min([0.0, *some]) // width)
    bins = {n: 0 for n in range(first, int(top // width) + 1)}
    for value in some:
        bins[int(value // width)] += 1
    base: dict[str, Any] = {"type": "bar", "hovertemplate": "%{text}<extra></extra>"}
    people = _("{count} people")
    spread = base | {
        "x": [(n + 0.5) * width for n in bins], "y": list(bins.values()), "width": width * 0.92,
        "marker": {"color": colours.sequential[2] if colours.dark else colours.teal},
        "text": [f"{n * width}–{(n + 1) * width}: {people.format(count=count)}" for n, count in bins.items()],
        "textposition": "none",
    }  # fmt: skip
    at = (first - 0.6) * width
    none = base | {
        "x": [at], "y": [zero], "width": width * 0.85, "marker": {"color": colours.tiers[3]},
        "text": [_("Without points: {count}").format(count=zero)], "textposition": "none",
    }  # fmt: skip
    tallest = max([zero, *bins.values(), 1])
    label = {
        "x": at, "y": zero, "yanchor": "bottom", "text": _("Zero {count}").format(count=zero), "showarrow": False,
        "font": {"size": 12, "color": colours.violet},
    }  # fmt: skip
    return figure(
        [spread, none],
        colours,
        height=150,
        margin=(14, 4, 24, 34),
        annotations=[label] if zero else [],
        bargap=0,
        xaxis=axis(colours, line=True, range=[at - width * 0.7, (max(bins, default=0) + 1.2) * width], nticks=6),
        yaxis=axis(colours, grid=True, range=[0, tallest * 1.18], nticks=4),
    )
