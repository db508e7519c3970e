"""The layers of the raised map: areas as blocks or columns, what lies on them, names.

Without a graphics card every stroke of a line is drawn by itself and every kind of layer has a program to compile, half a
second each: so edges are what a smaller top leaves of its block, and the chosen area has walls of its own colour.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pydeck as pdk

from dashboard.components.map_frame import polygons
from dashboard.components.map_marks import CELL, MarkLayer, site_paint
from dashboard.components.map_picture import MapPicture, Shape
from dashboard.components.markup import visible
from dashboard.theme import FONT, Palette, rgb

_METRES_PER_DEGREE = 111_195
# Under a layer areas keep this share of their colour.
_PALE = 0.5
# Walls and the edge round a top are darker than the class by this share of ink, in the dark of black.
_SHADE, _SHADE_IN_THE_DARK = 0.35, 0.5
# A top lies this share of the district's width above its walls' own, or the two would flicker.
_ABOVE = 0.0008
_LONGEST_NAME = 12


@dataclass(frozen=True)
class Block:
    """An area that stands up: what its height counts, and its parts (GeoJSON; None without boundaries).

    `top` leaves an edge of the walls in sight, `core` a broad one.
    """

    height: float
    walls: Mapping[str, Any] | None = None
    top: Mapping[str, Any] | None = None
    core: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class _Standing:
    """A block in its place: its shape, its height in metres, its class's colour as drawn."""

    shape: Shape
    block: Block
    metres: int
    fill: list[int]
    chosen: bool

    def row(self, fill: Sequence[int]) -> dict[str, Any]:
        """What deck.gl and a click need of it."""
        return {
            "area_code": self.shape.area_code,
            "hover": _lines(self.shape.hover),
            "fill": fill,
            "high": self.metres,
        }


def area_layers(
    picture: MapPicture, blocks: Sequence[Block], rise: float, wide: float, colours: Palette
) -> list[pdk.Layer]:
    """The areas, `rise` metres for each one that is counted, in a district so many metres `wide`.

    Columns where an area has no boundaries.
    """
    page, classes, share = rgb(colours.page), picture.fills(colours), _PALE if picture.layer else 1.0
    standing = [
        _Standing(
            shape, block, round(block.height * rise),
            _mixed(page, rgb(colours.rule if shape.colour_class is None else classes[shape.colour_class]), share),
            shape.area_code == picture.selected,
        )
        for shape, block in zip(picture.shapes, blocks, strict=True)
    ]  # fmt: skip
    if not all(one.block.walls for one in standing):
        return [_columns(standing, wide)]
    return [_blocks(standing, share, colours), _tops(standing, round(wide * _ABOVE))]


def _columns(standing: Sequence[_Standing], wide: float) -> pdk.Layer:
    rows = [one.row(one.fill) | {"position": [one.shape.longitude, one.shape.latitude]} for one in standing]
    return pdk.Layer(
        "ColumnLayer", rows, id="areas", get_position="position", get_fill_color="fill", get_elevation="high",
        radius=wide / 80, extruded=True, pickable=True,
    )  # fmt: skip


def _blocks(standing: Sequence[_Standing], share: float, colours: Palette) -> pdk.Layer:
    """The walls, darker than the tops; those of the chosen area in the colour of what is chosen."""
    mark = rgb(colours.gold if colours.dark else colours.red)
    shade, dark = ([0, 0, 0], _SHADE_IN_THE_DARK) if colours.dark else (rgb(colours.ink), _SHADE)
    features = [
        {"type": "Feature", "properties": {}, "geometry": one.block.walls}
        | one.row(mark if one.chosen else _mixed(one.fill, shade, dark * share))
        for one in standing
    ]
    return pdk.Layer(
        "GeoJsonLayer", features, id="areas", get_fill_color="fill", get_elevation="high", extruded=True, stroked=False,
        pickable=True, material={"ambient": 0.65, "diffuse": 0.5, "shininess": 8},
    )  # fmt: skip


def _tops(standing: Sequence[_Standing], above: int) -> pdk.Layer:
    """The tops in the colours of the key, without light and shade."""
    rows = [
        {"fill": one.fill, "top": [[[x, y, one.metres + above] for x, y in ring] for ring in polygon]}
        for one in standing
        for top in [one.block.core if one.chosen else one.block.top]
        if top
        for polygon in polygons(top)
    ]
    return pdk.Layer(
        "SolidPolygonLayer", rows, id="tops", get_polygon="top", get_fill_color="fill", pickable=False
    )


def _mixed(one: Sequence[int], other: Sequence[int], share: float) -> list[int]:
    """A colour with a share of another."""
    return [round(a + (b - a) * share) for a, b in zip(one, other, strict=True)]


def mark_layer(layer: MarkLayer, highest: float, colours: Palette) -> pdk.Layer:
    """What lies on the areas as columns, the largest so many metres high."""
    sites = layer.way == "sites"
    # A site is a site: all stand equally high, a pin rather than an amount.
    tallest = 4 if sites else max((mark.count for mark in layer.marks), default=1)
    rows = [
        {
            "hover": _lines(mark.hover),
            "position": [mark.longitude, mark.latitude],
            "high": mark.count / tallest * highest,
            "fill": rgb(site_paint(mark.shape, colours) if sites else getattr(colours, layer.colour)),
        }
        for mark in layer.marks
    ]
    return pdk.Layer(
        "ColumnLayer", rows, id="marks", get_position="position", get_elevation="high", extruded=True, pickable=True,
        get_fill_color="fill", radius=CELL * _METRES_PER_DEGREE * (0.18 if sites else 0.36), disk_resolution=12,
    )  # fmt: skip


def name_layer(picture: MapPicture, size: int, colours: Palette) -> pdk.Layer:
    """The names of the subdistricts, so many pixels high, above everything."""
    rows = [
        {"name": visible(outline.name)[:_LONGEST_NAME], "position": [outline.longitude, outline.latitude]}
        for outline in picture.outlines
    ]
    return pdk.Layer(
        "TextLayer", rows, id="names", get_position="position", get_text="name", get_size=size, get_color=rgb(colours.ink),
        character_set=pdk.types.String("auto"), font_family=pdk.types.String(FONT.replace("'", "")), font_weight=700,
        outline_width=4, outline_color=rgb(colours.page), font_settings={"sdf": True, "fontSize": 48, "buffer": 8},
        pickable=False, parameters={"depthTest": False},
    )  # fmt: skip


def _lines(hover: str) -> str:
    """Without control characters but with its line breaks."""
    return "\n".join(visible(line) for line in hover.split("\n"))
