"""The district raised: areas in class colours, as high as what they count, drawn by deck.gl.

The flat map (`district_map`) is what every machine can draw; this one needs WebGL and says so where there is none.
"""

import json
from collections.abc import Sequence
from math import cos, log2, radians
from pathlib import Path
from typing import Any

import pydeck as pdk
import streamlit as st
from pydeck.bindings.json_tools import default_serialize

from dashboard.components.map_frame import polygons
from dashboard.components.map_marks import CELL, MarkLayer, site_paint
from dashboard.components.map_picture import MapPicture, map_keys
from dashboard.components.markup import show, text, visible
from dashboard.selection import keep
from dashboard.theme import FONT, Palette, palette, rgb

_CHECK = st.components.v2.component(
    "red_steward.screen",
    html="<span hidden></span>",
    js=(Path(__file__).parent / "screen.js").read_text("utf-8"),
)
# Height of the map in pixels; a view in degrees cannot follow the width of a phone by itself.
_TALL, _NARROW = 624, 358
_CLICKS = "deck_clicks"
_TILE = 512
_PITCH = 42
_METRES_PER_DEGREE = 111_195
# The highest area stands this share of the district's width above the ground.
_HIGHEST = 0.14
_FADED, _FULL = 90, 235
_MIDDLE = 0.45


def deck_map(
    picture: MapPicture, heights: Sequence[float], reading: str, choice: str, drawing: tuple[str, str]
) -> None:
    """Draw the picture raised; `heights` belong to its shapes, `reading` says what they count.

    A click makes the area the choice of that name. In a browser without WebGL the `drawing` (name of the choice and
    code of the flat map) is chosen instead.
    """
    colours = palette()
    narrow = bool(st.session_state.get("screen", {}).get("narrow"))
    _CHECK(
        key="screen",
        data=[{"narrow": narrow}],
        on_missing_change=lambda: keep(*drawing),
        on_narrow_change=lambda: None,
    )
    pixels = _NARROW if narrow else _TALL
    # A chart with a selection fades everything else, so a click is answered by a new chart; any other choice keeps it,
    # for a new one compiles its shaders and forgets how the reader has turned it.
    clicks = st.session_state.setdefault(_CLICKS, 0)
    event: Any = st.pydeck_chart(
        _deck(picture, heights, pixels, colours),
        height=pixels,
        on_select="rerun",
        selection_mode="single-object",
        key=f"deck-{pixels}-{clicks}",
    )
    show(f'<div class="rs map"><div class="mapkey">{text(reading)}</div>{map_keys(picture, colours)}</div>')
    clicked = event.selection.objects.get("areas", [])
    if clicked:
        st.session_state[_CLICKS] = clicks + 1
        keep(choice, str(clicked[0]["area_code"]))
        st.rerun()


class _Deck(pdk.Deck):  # type: ignore[misc]  # pydeck has no types
    def to_json(self) -> str:
        """What pydeck writes, without line breaks: a quarter of the bytes, and written by json's own C."""
        return json.dumps(self, sort_keys=True, default=default_serialize, separators=(",", ":"))


def _deck(picture: MapPicture, heights: Sequence[float], pixels: int, colours: Palette) -> _Deck:
    """Areas, the chosen one's outline, marks and names, seen from the south."""
    west, east, south, north = picture.frame.edges
    wide = max((east - west) * _METRES_PER_DEGREE * cos(radians((south + north) / 2)), 1_000)
    # What lies on the areas rises instead of them.
    rise = 0.0 if picture.layer else _HIGHEST * wide / max([*heights, 1e-9])
    raised = [height * rise for height in heights]
    layers = [_areas(picture, raised, wide, colours), _chosen(picture, raised, colours)]
    if picture.layer is not None:
        layers.append(_marks(picture.layer, wide, colours))
    layers.append(_names(picture, colours))
    return _Deck(
        map_provider=None,
        initial_view_state=pdk.ViewState(
            # The near edge looks larger than the far one.
            longitude=(west + east) / 2, latitude=south + _MIDDLE * (north - south), zoom=_zoom(picture, pixels),
            pitch=_PITCH, bearing=0,
        ),
        layers=layers,
        tooltip={
            "text": "{hover}",
            "style": {"backgroundColor": colours.band, "color": colours.ink, "fontSize": "13px"},
        },
    )  # fmt: skip


def _areas(picture: MapPicture, raised: Sequence[float], wide: float, colours: Palette) -> pdk.Layer:
    fills = picture.fills(colours)
    alpha = _FADED if picture.layer else _FULL
    rows = [
        {
            "area_code": shape.area_code,
            "hover": _lines(shape.hover),
            "fill": [
                *rgb(colours.rule if shape.colour_class is None else fills[shape.colour_class]),
                alpha,
            ],
            "high": metres,
            "position": [shape.longitude, shape.latitude],
            "geometry": shape.geometry,
        }
        for shape, metres in zip(picture.shapes, raised, strict=True)
    ]
    if not all(shape.geometry for shape in picture.shapes):
        return pdk.Layer(
            "ColumnLayer", rows, id="areas", get_position="position", get_fill_color="fill", get_elevation="high",
            radius=wide / 80, extruded=True, pickable=True,
        )  # fmt: skip
    features = [{"type": "Feature", "properties": {}, **row} for row in rows]
    return pdk.Layer(
        "GeoJsonLayer", features, id="areas", get_fill_color="fill", get_elevation="high", extruded=True,
        get_line_color=rgb(colours.page), wireframe=True, pickable=True,
        material={"ambient": 0.65, "diffuse": 0.5, "shininess": 8},
    )  # fmt: skip


def _marks(layer: MarkLayer, wide: float, colours: Palette) -> pdk.Layer:
    sites = layer.way == "sites"
    # A site is a site: all stand equally high, a pin rather than an amount.
    tallest = 4 if sites else max((mark.count for mark in layer.marks), default=1)
    rows = [
        {
            "hover": _lines(mark.hover),
            "position": [mark.longitude, mark.latitude],
            "high": mark.count / tallest * _HIGHEST * wide,
            "fill": [
                *rgb(site_paint(mark.shape, colours) if sites else getattr(colours, layer.colour)),
                _FULL,
            ],
        }
        for mark in layer.marks
    ]
    return pdk.Layer(
        "ColumnLayer", rows, id="marks", get_position="position", get_elevation="high", extruded=True, pickable=True,
        get_fill_color="fill", radius=CELL * _METRES_PER_DEGREE * (0.18 if sites else 0.36), disk_resolution=12,
    )  # fmt: skip


def _chosen(picture: MapPicture, raised: Sequence[float], colours: Palette) -> pdk.Layer:
    """The outline of the chosen area, at its height."""
    paths = [
        {"path": [[point[0], point[1], metres] for point in ring]}
        for shape, metres in zip(picture.shapes, raised, strict=True)
        if shape.area_code == picture.selected
        for polygon in (polygons(shape.geometry) if shape.geometry else ())
        for ring in polygon
    ]
    return pdk.Layer(
        "PathLayer", paths, id="chosen", get_path="path", pickable=False, get_width=3,
        get_color=rgb(colours.gold if colours.dark else colours.red), width_units=pdk.types.String("pixels"),
        parameters={"depthTest": False},
    )  # fmt: skip


def _names(picture: MapPicture, colours: Palette) -> pdk.Layer:
    rows = [
        {"name": visible(outline.name)[:12], "position": [outline.longitude, outline.latitude]}
        for outline in picture.outlines
    ]
    return pdk.Layer(
        "TextLayer", rows, id="names", get_position="position", get_text="name", get_size=19, get_color=rgb(colours.ink),
        character_set=pdk.types.String("auto"), font_family=pdk.types.String(FONT.replace("'", "")), font_weight=700,
        outline_width=4, outline_color=rgb(colours.page), font_settings={"sdf": True, "fontSize": 48, "buffer": 8},
        pickable=False, parameters={"depthTest": False},
    )  # fmt: skip


def _lines(hover: str) -> str:
    """Without control characters but with its line breaks."""
    return "\n".join(visible(line) for line in hover.split("\n"))


def _zoom(picture: MapPicture, pixels: int) -> float:
    """The zoom that fits the tilted district into so many pixels."""
    wide, tall = picture.frame.spans
    return min(log2(pixels * 0.94 / (_TILE * max(tall * cos(radians(_PITCH)) * 1.15, wide * 1.05, 1e-9))), 16)
