"""The district as a map in the browser: pointer, click, zoom and the months under a slider."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.components.headline import Head, block
from dashboard.components.map_picture import MapPicture, map_keys, map_svg
from dashboard.components.markup import at_size, show, text, visible
from dashboard.components.page_sheet import drawn_by_script
from dashboard.selection import keep
from dashboard.theme import palette
from dashboard.translations import _

_DRAW = st.components.v2.component(
    "red_steward.district_map",
    html='<div class="rs map"></div>',
    js=(Path(__file__).parent / "district_map.js").read_text("utf-8"),
    isolate_styles=False,
)
_NO_CLASS = "-"
# Squares in a row of the legend, as in the stylesheet.
_ACROSS = 5


@dataclass(frozen=True)
class MapMonth:
    """A month under the slider: its key, what is written beside the slider, the class of each shape (None: no colour)."""

    key: str
    label: str
    classes: Sequence[int | None]


def district_map(
    picture: MapPicture,
    choice: str = "",
    months: Sequence[MapMonth] = (),
    month: str = "",
    exact: bool = False,
) -> None:
    """Draw the map.

    A click makes the area the choice of that name; the slider repaints the map while it moves and, let go, makes its
    month the period. It begins at `month`; `exact` when that is what the map shows. Without `choice` or `months` the
    map answers to the pointer alone.
    """
    show_map(map_data(picture, choice, months, month, exact), choice)


def map_data(
    picture: MapPicture, choice: str, months: Sequence[MapMonth], month: str, exact: bool
) -> dict[str, Any]:
    """What the script in the browser draws the map from: plain values, so that they can be kept."""
    colours = palette()
    at = next((place for place, one in enumerate(months) if one.key == month), len(months) - 1)
    return {
        "picture": map_svg(picture, colours),
        "keys": at_size(map_keys(picture, colours)),
        "title": visible(picture.title),
        "reading": visible(picture.reading),
        "fills": list(picture.fills(colours)),
        "blank": colours.page,
        "clickable": bool(choice),
        "near": list(picture.near) if picture.near else None,
        "months": [{"key": one.key, "label": one.label, "classes": _classes(one.classes)} for one in months],
        "at": at,
        "exact": exact,
        "words": _words(),
    }


def show_map(data: dict[str, Any], choice: str) -> None:
    """Draw the map from its data."""
    drawn_by_script()
    _DRAW(
        key="map",
        data=[data],
        on_month_change=partial(_take_month, "map"),
        on_area_change=partial(_take_area, "map", choice),
    )


def _words() -> dict[str, str]:
    return {
        "closer": _("Zoom in"),
        "farther": _("Zoom out"),
        "whole": _("Whole map"),
        "months": _("Months"),
        "play": _("Play the months"),
        "stop": _("Stop"),
    }


def _take_area(key: str, choice: str) -> None:
    area = st.session_state[key].get("area")
    if area and choice:
        keep(choice, str(area))


def _take_month(key: str) -> None:
    month = st.session_state[key].get("month")
    if month:
        keep("grain", "month")
        keep("period", str(month))


def _classes(classes: Sequence[int | None]) -> str:
    """One character a shape: the slider's data for two years stay below 3 kB for a hundred areas."""
    return "".join(_NO_CLASS if one is None else str(one) for one in classes)


def map_legend(
    head: Head, classes: Sequence[tuple[str, int]], without: tuple[str, int], diverging: bool
) -> None:
    """One square per area over its class; `without` names those too small to be coloured."""
    colours = palette()
    fills = colours.diverging if diverging else colours.sequential
    columns = "".join(
        _column(count, _squares(count, fill)) for (_name, count), fill in zip(classes, fills, strict=True)
    )
    names = "".join(f"<span>{text(name)}</span>" for name, _count in classes)
    if without[1]:
        columns += _column(without[1], "<i></i>" * without[1], "none")
        names += f"<span>{text(without[0])}</span>"
    show(
        block(*head),
        f'<div class="legend" style="margin-top:12px">{columns}</div><div class="legendx">{names}</div>',
    )


def _column(count: int, squares: str, kind: str = "") -> str:
    return f'<div class="{kind}"><b>{count}</b><div class="sq">{squares}</div></div>'


def _squares(count: int, fill: str) -> str:
    """Rows of five and what is left, each drawn as one box: an element for each area costs a browser 5 ms."""
    rows, rest = divmod(count, _ACROSS)
    boxes = [(_ACROSS, rows)] * (rows > 0) + [(rest, 1)] * (rest > 0)
    return "".join(f'<i class="many" style="color:{fill};--n:{n};--rows:{high}"></i>' for n, high in boxes)
