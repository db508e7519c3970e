"""The map as SVG text: areas in class colours, outlines, names, the chosen area, and what lies on them.

The flat map is SVG and not WebGL: a hundred polygons and a thousand gathered marks need no graphics card, the
picture is the same on every machine, it prints, and 3 MB of scripts stay away from a first visit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.components.map_frame import SIZE, Box, MapFrame, corners_of
from dashboard.components.map_marks import MarkLayer, key_html, marks_svg
from dashboard.components.markup import text, visible
from dashboard.theme import FONT, Palette

_LONGEST_NAME = 12
# Areas step back behind what lies on them.
_FADED = ".28"


@dataclass(frozen=True)
class Shape:
    """One area: its polygon (GeoJSON geometry, None without boundaries), its point, its class (None: no colour)."""

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


@dataclass(frozen=True)
class MapPicture:
    """Everything on one map; `title` and `reading` go with it when it is downloaded.

    `near` is the part of it that is shown at first, None for the whole.
    """

    frame: MapFrame
    shapes: Sequence[Shape]
    outlines: Sequence[Outline]
    diverging: bool
    title: str
    reading: str
    legend: Sequence[str]
    without: str = ""
    selected: str = ""
    layer: MarkLayer | None = None
    named: bool = field(default=True)
    near: Box | None = None

    def fills(self, colours: Palette) -> tuple[str, ...]:
        """The class colours from low to high."""
        return colours.diverging if self.diverging else colours.sequential


def brought_near(picture: MapPicture) -> MapPicture:
    """The chosen area and what lies on it from near, with the names of its neighbours in place of the subdistricts'."""
    chosen = next((shape for shape in picture.shapes if shape.area_code == picture.selected), None)
    if chosen is None:
        return picture
    marks = picture.layer.marks if picture.layer else ()
    corners = list(corners_of(chosen.geometry)) if chosen.geometry else []
    near = picture.frame.around(
        corners or [(chosen.longitude, chosen.latitude), *((mark.longitude, mark.latitude) for mark in marks)]
    )
    lines = [replace(outline, name="") for outline in picture.outlines]
    names = [
        Outline(shape.name, None, shape.longitude, shape.latitude)
        for shape in picture.shapes
        if shape is not chosen and _within(near, *picture.frame.at(shape.longitude, shape.latitude))
    ]
    return replace(picture, outlines=[*lines, *names], near=near)


def _within(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[0] + box[2] and box[1] <= y <= box[1] + box[3]


def map_svg(picture: MapPicture, colours: Palette) -> str:
    """The picture; `--k` (units per pixel of the screen) keeps type and marks at their size."""
    frame, fills = picture.frame, picture.fills(colours)
    border = colours.page if colours.dark else colours.comparison
    areas = "".join(_area(shape, frame, fills, colours) for shape in picture.shapes)
    fade = f' opacity="{_FADED}"' if picture.layer else ""
    lines = "".join(
        _line(outline.geometry, frame, colours.muted, 1.6) for outline in picture.outlines if outline.geometry
    )
    chosen = next((shape for shape in picture.shapes if shape.area_code == picture.selected), None)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="mapsvg" viewBox="0 0 {frame.width:.1f} {frame.height:.1f}" '
        f'role="img" aria-label="{text(picture.title)}" style="--k:1" font-family="{FONT}">'
        f'<g class="areas"{fade} stroke="{border}" stroke-width=".7">{areas}</g>'
        f'<g pointer-events="none">{lines}</g>'
        f"{marks_svg(picture.layer, frame, colours) if picture.layer else ''}"
        f'<g pointer-events="none">{_chosen(chosen, frame, colours)}'
        f"{''.join(_name(one, frame, colours) for one in picture.outlines) if picture.named else ''}</g></svg>"
    )


def map_keys(picture: MapPicture, colours: Palette) -> str:
    """The classes and the key of the layer, as they stand below the picture."""
    swatches = "".join(
        f'<span><i style="background:{fill}"></i>{text(words)}</span>'
        for fill, words in zip(picture.fills(colours), picture.legend, strict=True)
    )
    if picture.without:
        swatches += f'<span><i style="box-shadow:inset 0 0 0 1px {colours.comparison}"></i>{text(picture.without)}</span>'
    layer = key_html(picture.layer, colours) if picture.layer else ""
    return f'{layer}<div class="mapkey classkey">{swatches}</div>'


def _area(shape: Shape, frame: MapFrame, fills: Sequence[str], colours: Palette) -> str:
    fill = colours.page if shape.colour_class is None else fills[shape.colour_class]
    told = f'fill="{fill}" data-code="{text(shape.area_code)}" data-t="{_lines(shape.hover)}"'
    if shape.geometry is not None:
        return f'<path {told} d="{frame.path(shape.geometry)}" vector-effect="non-scaling-stroke"/>'
    x, y = frame.at(shape.longitude, shape.latitude)
    return f'<g transform="translate({x:.1f} {y:.1f})"><circle class="k" {told} r="9"/></g>'


def _line(geometry: Mapping[str, Any], frame: MapFrame, colour: str, width: float) -> str:
    return (
        f'<path d="{frame.path(geometry)}" fill="none" stroke="{colour}" stroke-width="{width}" '
        'stroke-linejoin="round" vector-effect="non-scaling-stroke"/>'
    )


def _chosen(shape: Shape | None, frame: MapFrame, colours: Palette) -> str:
    if shape is None:
        return ""
    colour = colours.gold if colours.dark else colours.red
    if shape.geometry is not None:
        return f'<g class="chosen">{_line(shape.geometry, frame, colour, 3)}</g>'
    x, y = frame.at(shape.longitude, shape.latitude)
    return (
        f'<g class="chosen" transform="translate({x:.1f} {y:.1f})">'
        f'<circle class="k" r="9" fill="none" stroke="{colour}" stroke-width="3"/></g>'
    )


def _name(outline: Outline, frame: MapFrame, colours: Palette) -> str:
    x, y = frame.at(outline.longitude, outline.latitude)
    if not (outline.name and 0 <= x <= SIZE and 0 <= y <= SIZE):
        return ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" dominant-baseline="central" font-weight="700" '
        f'fill="{colours.ink}" stroke="{colours.page}" paint-order="stroke" stroke-linejoin="round" '
        'style="font-size:calc(var(--k)*var(--name,18)*1px);stroke-width:calc(var(--k)*4px)">'
        f"{text(visible(outline.name)[:_LONGEST_NAME])}</text>"
    )


def _lines(hover: str) -> str:
    """Escaped line by line: control characters are dropped from data, so the breaks are put in afterwards."""
    return "&#10;".join(text(line) for line in hover.split("\n"))
