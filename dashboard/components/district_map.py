"""Community polygons coloured by a rate or an amount, drawn wholly offline, and the legend that is a histogram."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import asinh, atan, degrees, log2, pi, radians, sinh, tan
from typing import Any

import pydeck as pdk
import streamlit as st

from dashboard.components.headline import Head, block
from dashboard.components.markup import show, text, visible
from dashboard.selection import keep
from dashboard.theme import FONT, Palette, palette, rgb

_TALL = 720
_LONGEST_NAME = 12
_MERCATOR_TILE = 512


@dataclass(frozen=True)
class Shape:
    """One community: its polygon (GeoJSON geometry, None without boundaries), its point, its class (None: no colour)."""

    area_code: str
    name: str
    geometry: Mapping[str, Any] | None
    longitude: float
    latitude: float
    colour_class: int | None
    hover: str


@dataclass(frozen=True)
class Outline:
    """A subdistrict: name, label point and dissolved outline."""

    name: str
    geometry: Mapping[str, Any] | None
    longitude: float
    latitude: float


def district_map(
    shapes: Sequence[Shape], outlines: Sequence[Outline], diverging: bool, selected: str, choice: str
) -> None:
    """Draw the map; a click makes the community the choice of that name and runs the screen again."""
    colours = palette()
    fills = colours.diverging if diverging else colours.sequential
    layers = [
        _communities(colours, shapes, fills),
        _lines(colours, "outlines", [o.geometry for o in outlines if o.geometry], colours.muted, 1.6),
        _lines(
            colours, "chosen", [s.geometry for s in shapes if s.geometry and s.area_code == selected],
            colours.gold if colours.dark else colours.red, 3,
        ),
        _names(colours, outlines),
    ]  # fmt: skip
    deck = pdk.Deck(
        map_provider=None,
        initial_view_state=_view(shapes),
        layers=[layer for layer in layers if layer is not None],
        tooltip={
            "text": "{hover}",
            "style": {"backgroundColor": colours.band, "color": colours.ink, "fontSize": "13px"},
        },
    )
    with st.container(key="map"):
        # A chart with a selection fades everything else: the new choice gets a chart without one.
        event = st.pydeck_chart(
            deck, height=_TALL, on_select="rerun", selection_mode="single-object", key=f"{choice}-{selected}"
        )
    clicked = _clicked(event)
    if clicked and clicked != selected:
        keep(choice, clicked)
        st.rerun()


def _clicked(event: Any) -> str | None:
    chosen = event.selection.objects.get("communities", []) if event else []
    return str(chosen[0]["area_code"]) if chosen else None


def _communities(colours: Palette, shapes: Sequence[Shape], fills: Sequence[str]) -> pdk.Layer:
    border = rgb(colours.page if colours.dark else colours.comparison)
    rows = [
        {
            "area_code": shape.area_code,
            "hover": visible(shape.hover),
            "fill": [*rgb(fills[shape.colour_class]), 255]
            if shape.colour_class is not None
            else [*rgb(colours.page), 255],
            "position": [shape.longitude, shape.latitude],
        }
        for shape in shapes
    ]
    if not all(shape.geometry for shape in shapes):
        return pdk.Layer(
            "ScatterplotLayer", rows, id="communities", get_position="position", get_fill_color="fill",
            get_line_color=border, stroked=True, get_radius=9, radius_units=pdk.types.String("pixels"),
            line_width_min_pixels=1, pickable=True,
        )  # fmt: skip
    features = [
        {"type": "Feature", "geometry": shape.geometry, "properties": row, **row}
        for shape, row in zip(shapes, rows, strict=True)
    ]
    return pdk.Layer(
        "GeoJsonLayer", features, id="communities", get_fill_color="fill", get_line_color=border,
        line_width_units=pdk.types.String("pixels"), get_line_width=0.7, stroked=True, filled=True, pickable=True,
        auto_highlight=False,
    )  # fmt: skip


def _lines(
    colours: Palette, name: str, geometries: Sequence[Mapping[str, Any]], colour: str, width: float
) -> pdk.Layer | None:
    if not geometries:
        return None
    features = [{"type": "Feature", "geometry": geometry, "properties": {}} for geometry in geometries]
    return pdk.Layer(
        "GeoJsonLayer", features, id=name, filled=False, stroked=True, get_line_color=rgb(colour),
        line_width_units=pdk.types.String("pixels"), get_line_width=width, pickable=False,
    )  # fmt: skip


def _names(colours: Palette, outlines: Sequence[Outline]) -> pdk.Layer | None:
    if not outlines:
        return None
    rows = [
        {"name": visible(outline.name)[:_LONGEST_NAME], "position": [outline.longitude, outline.latitude]}
        for outline in outlines
    ]
    return pdk.Layer(
        "TextLayer", rows, id="names", get_position="position", get_text="name", get_size=19, get_color=rgb(colours.ink),
        character_set=pdk.types.String("auto"), font_family=pdk.types.String(FONT.replace("'", "")),
        font_weight=700, outline_width=4, outline_color=rgb(colours.page), font_settings={"sdf": True, "fontSize": 48, "buffer": 8},
        pickable=False,
    )  # fmt: skip


def _view(shapes: Sequence[Shape]) -> pdk.ViewState:
    """The view that fits the whole district into a map of the drawn height (web Mercator)."""
    west, east, south, north = _bounds(shapes)
    bottom, top = (asinh(tan(radians(latitude))) for latitude in (south, north))
    tall = max((top - bottom) / (2 * pi), 1e-9)
    wide = max((east - west) / 360, 1e-9)
    zoom = min(log2(_TALL * 0.94 / (_MERCATOR_TILE * tall)), log2(_TALL * 0.94 / (_MERCATOR_TILE * wide)))
    middle = degrees(atan(sinh((top + bottom) / 2)))
    return pdk.ViewState(longitude=(west + east) / 2, latitude=middle, zoom=min(zoom, 16), pitch=0, bearing=0)


def _bounds(shapes: Sequence[Shape]) -> tuple[float, float, float, float]:
    points = [point for shape in shapes for point in _corners(shape)]
    if not points:
        return 112.0, 112.5, 30.8, 31.2
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return min(xs), max(xs), min(ys), max(ys)


def _corners(shape: Shape) -> list[tuple[float, float]]:
    if shape.geometry is None:
        return [(shape.longitude, shape.latitude)]
    polygons = shape.geometry["coordinates"]
    if shape.geometry["type"] == "Polygon":
        polygons = [polygons]
    return [(point[0], point[1]) for polygon in polygons for point in polygon[0]]


def map_legend(
    head: Head, classes: Sequence[tuple[str, int]], without: tuple[str, int], diverging: bool
) -> None:
    """One square per community over its class; `without` names those too small to be coloured."""
    colours = palette()
    fills = colours.diverging if diverging else colours.sequential
    columns = "".join(
        _column(count, f"background:{fill}") for (_name, count), fill in zip(classes, fills, strict=True)
    )
    names = "".join(f"<span>{text(name)}</span>" for name, _count in classes)
    if without[1]:
        columns += _column(without[1], "", "none")
        names += f"<span>{text(without[0])}</span>"
    show(
        block(*head),
        f'<div class="legend" style="margin-top:12px">{columns}</div><div class="legendx">{names}</div>',
    )


def _column(count: int, style: str, kind: str = "") -> str:
    squares = f'<i style="{style}"></i>' * count
    return f'<div class="{kind}"><b>{count}</b><div class="sq">{squares}</div></div>'
