"""What lies on the areas of a map: circles by count, cells by density, sites by shape."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from dashboard.components.map_frame import MapFrame
from dashboard.components.markup import text, visible
from dashboard.theme import Palette

# Edge of a cell in degrees, as the marts gather tasks and check-ins.
CELL = 0.005
_LARGEST = 12.0
_SMALLEST = 2.2
# So many circles may have a name, of so many characters; the browser shows those that have room.
_LABELLED, _LONGEST_LABEL = 60, 16
_OPACITY = (0.22, 0.4, 0.58, 0.78, 1.0)
_SHAPES = (
    "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    "M-4.4-4.4h8.8v8.8h-8.8z",
    "M0-6.2L6.2 0 0 6.2-6.2 0z",
    "M0-6L5.6 4.4H-5.6z",
    "M0 6L5.6-4.4H-5.6z",
    "M-2-5.6h4v3.6h3.6v4h-3.6v3.6h-4v-3.6h-3.6v-4h3.6z",
    "M0-6.4L1.9-2 6.4-2 2.9 1 4.2 5.6 0 2.9-4.2 5.6-2.9 1-6.4-2-1.9-2z",
)
_PAINTS: tuple[Callable[[Palette], str], ...] = (
    lambda colours: colours.teal,
    lambda colours: colours.gold,
    lambda colours: colours.violet,
    lambda colours: colours.ink,
    lambda colours: colours.muted,
    lambda colours: colours.tiers[1],
    lambda colours: colours.tiers[2],
)


@dataclass(frozen=True)
class Mark:
    """A place with its count; `shape` picks shape and colour of a site; `hover` is told under the pointer.

    A circle's `label` stands beside it where there is room.
    """

    longitude: float
    latitude: float
    count: int
    hover: str
    shape: int = 0
    label: str = ""


@dataclass(frozen=True)
class MarkLayer:
    """Marks of one way of drawing, their colour as a field of the palette, and the key below the map.

    `breaks` are the lower bounds of the second to fifth class of a density.
    """

    way: str  # circles, cells or sites
    marks: Sequence[Mark]
    title: str
    key: Sequence[tuple[int, str]]
    colour: str = "gold"
    breaks: tuple[int, ...] = ()


def marks_svg(layer: MarkLayer, frame: MapFrame, colours: Palette) -> str:
    """The layer as SVG; sites and circles keep their size when the reader zooms."""
    draw = {"circles": _circle, "cells": _cell, "sites": _site}[layer.way]
    largest = max((mark.count for mark in layer.marks), default=1)
    parts = "".join(
        draw(mark, frame, largest, layer, colours)
        for mark in layer.marks
        if frame.holds(mark.longitude, mark.latitude)
    )
    labels = "".join(_label(mark, frame, largest, colours) for mark in layer.marks[:_LABELLED] if mark.label)
    named = f'<g class="labels" pointer-events="none">{labels}</g>' if labels else ""
    return f'<g class="marks">{_site_shapes(layer, colours)}{parts}</g>{named}'


def _label(mark: Mark, frame: MapFrame, largest: int, colours: Palette) -> str:
    x, y = frame.at(mark.longitude, mark.latitude)
    words = visible(mark.label)[:_LONGEST_LABEL]
    return (
        f'<g transform="translate({x:.1f} {y:.1f})"><text class="k" x="{radius(mark.count, largest) + 4:.1f}" '
        f'dominant-baseline="central" font-size="13" fill="{colours.ink}" stroke="{colours.page}" stroke-width="3" '
        f'paint-order="stroke" stroke-linejoin="round">{text(words)}</text></g>'
    )


def _site_shapes(layer: MarkLayer, colours: Palette) -> str:
    """Each shape once: a thousand sites then cost a third."""
    if layer.way != "sites":
        return ""
    drawn = "".join(
        f'<path id="site{place}" d="{_shape(place)}" fill="{site_paint(place, colours)}" stroke="{colours.page}" stroke-width=".8"/>'
        for place in sorted({mark.shape for mark in layer.marks})
    )
    return f"<defs>{drawn}</defs>"


def key_html(layer: MarkLayer, colours: Palette) -> str:
    """The key: what a colour, size or shape means."""
    items = "".join(
        f"<span>{_sample(place, layer, colours)}{text(words)}</span>" for place, words in layer.key
    )
    return f'<div class="mapkey"><b>{text(layer.title)}</b>{items}</div>'


def density_class(count: int, breaks: Sequence[int]) -> int:
    """The class of a count; one equal to a break belongs to the class above it."""
    return sum(count >= edge for edge in breaks)


def radius(count: int, largest: int) -> float:
    """A circle's area is proportional to its count."""
    return max(_SMALLEST, _LARGEST * sqrt(count / max(1, largest)))


def _circle(mark: Mark, frame: MapFrame, largest: int, layer: MarkLayer, colours: Palette) -> str:
    x, y = frame.at(mark.longitude, mark.latitude)
    return (
        f'<g transform="translate({x:.1f} {y:.1f})"><circle class="k" r="{radius(mark.count, largest):.1f}" '
        f'fill="{getattr(colours, layer.colour)}" fill-opacity=".72" stroke="{colours.page}" stroke-width=".7" '
        f'data-t="{text(mark.hover)}"/></g>'
    )


def _cell(mark: Mark, frame: MapFrame, _largest: int, layer: MarkLayer, colours: Palette) -> str:
    left, top = frame.at(mark.longitude - CELL / 2, mark.latitude + CELL / 2)
    right, bottom = frame.at(mark.longitude + CELL / 2, mark.latitude - CELL / 2)
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{bottom - top:.1f}" '
        f'fill="{getattr(colours, layer.colour)}" fill-opacity="{_OPACITY[density_class(mark.count, layer.breaks)]}" '
        f'data-t="{text(mark.hover)}"/>'
    )


def _site(mark: Mark, frame: MapFrame, _largest: int, _layer: MarkLayer, _colours: Palette) -> str:
    x, y = frame.at(mark.longitude, mark.latitude)
    return (
        f'<g transform="translate({x:.1f} {y:.1f})">'
        f'<use class="k" href="#site{mark.shape}" data-t="{text(mark.hover)}"/></g>'
    )


def _sample(place: int, layer: MarkLayer, colours: Palette) -> str:
    if layer.way == "sites":
        inner = f'<path d="{_shape(place)}" fill="{site_paint(place, colours)}"/>'
    elif layer.way == "cells":
        inner = f'<path d="M-5-5h10v10h-10z" fill="{getattr(colours, layer.colour)}" fill-opacity="{_OPACITY[place]}"/>'
    else:
        largest = max((mark.count for mark in layer.marks), default=1)
        size = 2 * radius(place, largest) + 2
        return (
            f'<svg width="{size:.0f}" height="{size:.0f}" viewBox="{-size / 2:.1f} {-size / 2:.1f} {size:.1f} {size:.1f}">'
            f'<circle r="{radius(place, largest):.1f}" fill="{getattr(colours, layer.colour)}" fill-opacity=".72"/></svg>'
        )
    return f'<svg width="14" height="14" viewBox="-7 -7 14 14">{inner}</svg>'


def _shape(place: int) -> str:
    return _SHAPES[place % len(_SHAPES)]


def site_paint(place: int, colours: Palette) -> str:
    """The colour of a kind of site."""
    return _PAINTS[place % len(_PAINTS)](colours)
