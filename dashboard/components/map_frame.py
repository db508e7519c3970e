"""From degrees to the picture: web Mercator, fitted to the district, paths written once and kept.

Areas and everything that lies on them come in the district's datum, so they agree without any conversion.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import asinh, atan, degrees, pi, radians, sinh, tan
from typing import Any

Geometry = Mapping[str, Any]
Point = tuple[float, float]
# Left, top, width and height in units of the picture.
Box = tuple[float, float, float, float]

# Units of the picture along its longer side, and what is left free around the district.
SIZE = 720.0
_MARGIN = 10.0
# A part of the picture is so much wider than what it shows; the narrowest is this share of it, as near as the reader gets.
_AROUND = 1.25
CLOSEST = 30
# A district without any place: a window of about 50 km.
_SOMEWHERE = ((112.0, 30.8), (112.5, 31.2))


@dataclass(frozen=True)
class MapFrame:
    """The rectangle that holds a district: edges in Mercator, units per Mercator unit."""

    west: float
    north: float
    scale: float
    width: float
    height: float

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Degrees to units of the picture, x to the right and y down."""
        x, y = _mercator(longitude, latitude)
        return _MARGIN + (x - self.west) * self.scale, _MARGIN + (self.north - y) * self.scale

    @property
    def spans(self) -> tuple[float, float]:
        """Width and height of what it holds, as shares of the world's width in Mercator."""
        return (self.width - 2 * _MARGIN) / self.scale, (self.height - 2 * _MARGIN) / self.scale

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """West, east, south and north of what it holds, in degrees."""
        wide, tall = self.spans
        return self.west * 360, (self.west + wide) * 360, _latitude(self.north - tall), _latitude(self.north)

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether a place lies within the picture."""
        x, y = self.at(longitude, latitude)
        return 0 <= x <= self.width and 0 <= y <= self.height

    def around(self, corners: Iterable[Point]) -> Box:
        """The part of the picture round some places, of the picture's own proportions, with a margin."""
        places = [self.at(*corner) for corner in corners]
        left, right = min(x for x, _y in places), max(x for x, _y in places)
        top, bottom = min(y for _x, y in places), max(y for _x, y in places)
        share = max((right - left) / self.width, (bottom - top) / self.height) * _AROUND
        share = min(max(share, 1 / CLOSEST), 1.0)
        wide, tall = self.width * share, self.height * share
        x = min(max((left + right - wide) / 2, 0.0), self.width - wide)
        y = min(max((top + bottom - tall) / 2, 0.0), self.height - tall)
        return x, y, wide, tall

    @cached_property
    def _paths(self) -> dict[int, tuple[Geometry, str]]:
        return {}

    def path(self, geometry: Geometry) -> str:
        """The outline as SVG path data, a tenth of a unit fine; a geometry is written once and kept with the frame."""
        kept = self._paths.get(id(geometry))
        if kept is not None and kept[0] is geometry:
            return kept[1]
        written = "".join(self._ring(ring) for polygon in polygons(geometry) for ring in polygon)
        self._paths[id(geometry)] = geometry, written
        return written

    def _ring(self, ring: Sequence[Sequence[float]]) -> str:
        before = (0, 0)
        steps: list[str] = []
        for point in ring:
            x, y = self.at(point[0], point[1])
            here = round(x * 10), round(y * 10)
            step = here[0] - before[0], here[1] - before[1]
            if step != (0, 0) or not steps:
                steps.append(f"{'l' if steps else 'M'}{step[0] / 10:g} {step[1] / 10:g}")
            before = here
        return f"{''.join(steps)}z"


def map_frame(geometries: Sequence[Geometry], points: Sequence[Point]) -> MapFrame:
    """The frame that holds all polygons, or without any all points."""
    corners = [corner for geometry in geometries for corner in corners_of(geometry)] or list(points)
    places = [_mercator(*corner) for corner in corners or _SOMEWHERE]
    west, east = min(x for x, _y in places), max(x for x, _y in places)
    south, north = min(y for _x, y in places), max(y for _x, y in places)
    longer = max(east - west, north - south, 1e-9)
    scale = (SIZE - 2 * _MARGIN) / longer
    return MapFrame(
        west, north, scale, (east - west) * scale + 2 * _MARGIN, (north - south) * scale + 2 * _MARGIN
    )


def _mercator(longitude: float, latitude: float) -> tuple[float, float]:
    return longitude / 360, asinh(tan(radians(latitude))) / (2 * pi)


def _latitude(y: float) -> float:
    return degrees(atan(sinh(2 * pi * y)))


def polygons(geometry: Geometry) -> Sequence[Any]:
    """The rings of each polygon of a polygon or multipolygon."""
    found: Sequence[Any] = geometry["coordinates"]
    return [found] if geometry["type"] == "Polygon" else found


def corners_of(geometry: Geometry) -> Iterator[Point]:
    """The corners of the outer rings."""
    for polygon in polygons(geometry):
        for point in polygon[0]:
            yield float(point[0]), float(point[1])
