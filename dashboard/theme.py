"""Palette of the board: one place for every colour that Python has to know.

The stylesheet carries the same colours for HTML through `light-dark()`; pictures (Plotly, pydeck, SVG) cannot read it, so
they take a `Palette` chosen from the theme of the browser.
"""

from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

FONT = "'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif"


@dataclass(frozen=True)
class Palette:
    """Colours of one theme; `tiers` runs from the best tier to the worst, class scales from low to high."""

    dark: bool
    page: str
    band: str
    ink: str
    muted: str
    rule: str
    comparison: str
    red: str
    gold: str
    teal: str
    violet: str
    tiers: tuple[str, str, str, str]
    sequential: tuple[str, str, str, str, str]
    diverging: tuple[str, str, str, str, str]


LIGHT = Palette(
    dark=False,
    page="#FCFAF6",
    band="#F3EEE4",
    ink="#221E19",
    muted="#6B6358",
    rule="#EAE4D8",
    comparison="#B9AF9F",
    red="#C8102E",
    gold="#8A6414",
    teal="#0F5463",
    violet="#9641A1",
    tiers=("#084747", "#439293", "#CBA553", "#9641A1"),
    sequential=("#E3EDEA", "#B4D3D2", "#7BB2B6", "#418893", "#0F5463"),
    diverging=("#8A2F97", "#B97FC4", "#F1EBE0", "#A6D3CC", "#23777A"),
)
DARK = Palette(
    dark=True,
    page="#171512",
    band="#24211C",
    ink="#EDE7DC",
    muted="#A79F91",
    rule="#2E2A24",
    comparison="#5A5348",
    red="#E8505B",
    gold="#E0B252",
    teal="#6FC3CC",
    violet="#C99BE2",
    tiers=("#A9E5E3", "#68A9B0", "#F2B54A", "#AE72D0"),
    sequential=("#20343A", "#275561", "#34808C", "#62B0B8", "#B5E6E6"),
    diverging=("#E0A8F5", "#9660B3", "#3D3933", "#2B625F", "#63C2A8"),
)


# Whether the run of the script is that of a sheet; fragments, which run alone, do not know.
_paper: ContextVar[bool | None] = ContextVar("paper", default=None)
# Ground of a printed sheet: white paper instead of warm paper.
PAPER = replace(LIGHT, page="#FFFFFF")
# A sheet is 1600 px wide and read at 156 mm: the smallest type of the desk, 12 px, has to become 18 there.
PAPER_SCALE = 1.5


def take_medium() -> None:
    """Looked up once at the beginning of a run: a screen asks thirty times whether it is on paper."""
    _paper.set(st.query_params.get("mode") == "page")


def on_paper() -> bool:
    """Whether this is page mode: a white sheet for print, without anything to press."""
    known = _paper.get()
    return st.query_params.get("mode") == "page" if known is None else known


def type_scale() -> float:
    """By how much type and measures of the desk grow on what is shown now."""
    return PAPER_SCALE if on_paper() else 1.0


def palette() -> Palette:
    """The palette of the theme that the reader's browser shows now; a sheet is always light."""
    if on_paper():
        return PAPER
    return DARK if st.context.theme.type == "dark" else LIGHT


def rgb(colour: str) -> list[int]:
    """`#RRGGBB` as the three numbers that pydeck wants."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def figure_layout(colours: Palette, scale: float = 1.0) -> dict[str, Any]:
    """The part of a Plotly layout that all figures share: transparent, our type, horizontal grid only."""
    axis = {"tickfont": {"size": 12 * scale, "color": colours.muted}, "zeroline": False, "fixedrange": False}
    return {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13 * scale, "color": colours.ink},
        "showlegend": False,
        "dragmode": "zoom",
        "hoverlabel": {
            "bgcolor": colours.band,
            "bordercolor": colours.comparison,
            "font": {"family": FONT, "size": 13, "color": colours.ink},
            "align": "left",
        },
        "xaxis": axis | {"showgrid": False, "showline": True, "linecolor": colours.comparison},
        "yaxis": axis | {"gridcolor": colours.rule, "showline": False},
    }
