"""Every unit as one mark on the score axis, with the score lines drawn and near-line units ringed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.components.headline import block_head
from dashboard.components.markup import text
from dashboard.formats import decimal
from dashboard.theme import CHART_CONFIG, TIER_MARKERS, TIER_SHAPES, Palette, axis, figure, palette
from dashboard.translations import _

_LANES = (0, 1, -1, 2, -2, 3, -3)


@dataclass(frozen=True)
class Mark:
    """One unit: name, score, place of its tier (0 is the best, None without score lines), near a line or not."""

    name: str
    score: float
    tier: int | None
    near_line: bool


def unit_strip(
    title: str, subtitle: str, marks: Sequence[Mark], words: Sequence[str], lines: Sequence[float], key: str
) -> None:
    """Draw the strip; `lines` are the score lines from the highest down, empty when none is in force."""
    block_head(title, subtitle)
    st.plotly_chart(_figure(palette(), marks, words, lines), theme=None, config=CHART_CONFIG, key=key)


def _figure(colours: Palette, marks: Sequence[Mark], words: Sequence[str], lines: Sequence[float]) -> dict[str, Any]:
    values = [mark.score for mark in marks] + list(lines)
    low, high = min(values, default=0), max(values, default=1)
    pad = max((high - low) * 0.06, 1)
    low, high = low - pad, high + pad
    lanes = _lanes(marks, (high - low) / 62)
    ringed = [mark.near_line for mark in marks]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [mark.score for mark in marks],
        "y": lanes,
        "marker": {
            "symbol": [TIER_MARKERS[mark.tier] if mark.tier is not None else "circle" for mark in marks],
            "color": [colours.tiers[mark.tier] if mark.tier is not None else colours.muted for mark in marks],
            "size": [14 if mark.tier == 0 else 12 for mark in marks],
            "opacity": 1,
            "line": {"color": colours.red, "width": [2.4 if ring else 0 for ring in ringed]},
        },
        "text": [f"{text(mark.name)} {decimal(mark.score)}" for mark in marks],
        "hovertemplate": "%{text}<extra></extra>",
    }
    shapes = [
        {"type": "line", "x0": line, "x1": line, "y0": 0, "y1": 0.86, "yref": "paper", "layer": "below",
         "line": {"color": colours.ink, "width": 1.4}}
        for line in lines
    ]  # fmt: skip
    reach = max([3, *(abs(lane) for lane in lanes)])
    return figure(
        [trace],
        colours,
        height=170,
        margin=(8, 6, 26, 6),
        shapes=shapes,
        annotations=_names(colours, marks, words, lines, low, high),
        xaxis=axis(colours, line=True, range=[low, high], nticks=9, ticks="outside", ticklen=4,
                   tickcolor=colours.comparison),
        yaxis=axis(colours, range=[-reach - 0.8, reach + 2.6], showticklabels=False),
    )  # fmt: skip


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


def _names(
    colours: Palette, marks: Sequence[Mark], words: Sequence[str], lines: Sequence[float], low: float, high: float
) -> list[dict[str, Any]]:
    """Line names above their lines, tier names with counts midway between them."""
    names = [_line_name(n, words) for n in range(len(lines))]
    found = [_above(line, f"{name} {decimal(line, 0 if line == int(line) else 1)}", colours.ink)
             for line, name in zip(lines, names, strict=True)]  # fmt: skip
    edges = [high, *lines, low]
    for place in range(len(lines) + 1):
        count = sum(mark.tier == place for mark in marks)
        words_here = f"{TIER_SHAPES[place]} {text(words[place])} <b>{count}</b>"
        found.append(_above((edges[place] + edges[place + 1]) / 2, words_here, colours.tier_words[place]))
    return found


def _line_name(place: int, words: Sequence[str]) -> str:
    return _("{tier} line").format(tier=text(words[place]))


def _above(x: float, words: str, colour: str) -> dict[str, Any]:
    return {"x": x, "y": 1, "yref": "paper", "yanchor": "top", "text": words, "showarrow": False,
            "font": {"size": 13, "color": colour}}  # fmt: skip
