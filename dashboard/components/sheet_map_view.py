"""Which part of a district a sheet shows, and where the numerals stand; all in units of the map's frame."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import hypot

from dashboard.components.map_frame import MapFrame, polygons
from dashboard.components.map_picture import Shape

Place = tuple[float, float]
_AROUND = 0.16
_SMALLEST = 1 / 7
_PUSHES = 40
# A zoom that gains less costs the overview for nothing: the whole district has more of the sheet's height.
_WORTH_ZOOMING = 2.0
# Areas narrower than this many stage pixels would vanish under their numeral.
_UNDER_A_NUMERAL = 66


@dataclass(frozen=True)
class View:
    """A rectangle of the frame; `scale` are stage pixels per unit."""

    left: float
    top: float
    width: float
    height: float
    scale: float

    @property
    def box(self) -> str:
        """As SVG's viewBox."""
        return f"{self.left:.2f} {self.top:.2f} {self.width:.2f} {self.height:.2f}"


def whole_view(frame: MapFrame, width: float, height: float, points: bool = False) -> View:
    """The whole district in a slot of stage pixels, with a numeral's air around it where areas are mere points."""
    air = min(frame.width, frame.height) * _AROUND if points else 0.0
    return _fitted(-air, -air, frame.width + 2 * air, frame.height + 2 * air, width, height)


def zoomed_view(frame: MapFrame, shapes: Sequence[Shape], width: float, height: float) -> View | None:
    """The shapes with some air around them; None where they span half of the district, or there are none."""
    corners = [corner for shape in shapes for corner in _corners(frame, shape)]
    if not corners:
        return None
    left, right = min(x for x, _y in corners), max(x for x, _y in corners)
    top, bottom = min(y for _x, y in corners), max(y for _x, y in corners)
    if right - left > frame.width / 2 or bottom - top > frame.height / 2:
        return None
    whole = min(width / frame.width, height / frame.height)
    least = max(frame.width, frame.height) * _SMALLEST
    wide, tall = max(right - left, least), max(bottom - top, least)
    air = max(wide, tall) * _AROUND
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    wide, tall = wide + 2 * air, tall + 2 * air
    view = _fitted(middle_x - wide / 2, middle_y - tall / 2, wide, tall, width, height)
    return view if view.scale > whole * _WORTH_ZOOMING else None


def _fitted(left: float, top: float, wide: float, tall: float, width: float, height: float) -> View:
    scale = min(width / wide, height / tall)
    return View(
        left - (width / scale - wide) / 2,
        top - (height / scale - tall) / 2,
        width / scale,
        height / scale,
        scale,
    )


def _corners(frame: MapFrame, shape: Shape) -> Iterator[Place]:
    if shape.geometry is None:
        yield frame.at(shape.longitude, shape.latitude)
        return
    for polygon in polygons(shape.geometry):
        for point in polygon[0]:
            yield frame.at(point[0], point[1])


def middle(frame: MapFrame, shape: Shape) -> Place:
    """Where a numeral stands: the centre of the largest part, or the area's own point where that lies outside."""
    own = frame.at(shape.longitude, shape.latitude)
    if shape.geometry is None:
        return own
    rings = [_ring(frame, polygon[0]) for polygon in polygons(shape.geometry)]
    areas = [(abs(_doubled_area(ring)), ring) for ring in rings]
    size, ring = max(areas, key=lambda one: one[0])
    if not size:
        return own
    centre = _centre(ring)
    return centre if _holds(ring, centre) else own


@dataclass(frozen=True)
class Numeral:
    """A numeral's place, and the place that a line leads to where it stands aside."""

    number: int
    place: Place
    leads_to: Place | None = None


def numerals(frame: MapFrame, shapes: Sequence[Shape | None], view: View, apart: float) -> list[Numeral]:
    """Numerals 1, 2 … of the shapes: on the area, or at the edge with a line where the area is too small for one."""
    known = [(n + 1, shape, middle(frame, shape)) for n, shape in enumerate(shapes) if shape is not None]
    small = [
        shape.geometry is not None and _across(frame, shape) * view.scale < _UNDER_A_NUMERAL
        for _n, shape, _at in known
    ]
    wide = [(number, at) for (number, _shape, at), aside in zip(known, small, strict=True) if not aside]
    spread = spread_out([at for _number, at in wide], apart / view.scale)
    found = [Numeral(number, place) for (number, _at), place in zip(wide, spread, strict=True)]
    aside = [(number, at) for (number, _shape, at), out in zip(known, small, strict=True) if out]
    middle_x = view.left + view.width / 2
    for left in (True, False):
        side = sorted(
            ((number, at) for number, at in aside if (at[0] < middle_x) == left), key=lambda one: one[1][1]
        )
        found += _at_edge(side, view, apart / view.scale, left)
    return sorted(found, key=lambda one: one.number)


def _at_edge(side: Sequence[tuple[int, Place]], view: View, apart: float, left: bool) -> list[Numeral]:
    x = view.left + apart / 2 if left else view.left + view.width - apart / 2
    lowest = view.top + view.height - apart / 2
    heights: list[float] = []
    for _number, (_x, y) in side:
        heights.append(max(y, heights[-1] + apart if heights else view.top + apart / 2))
    for n in reversed(range(len(heights))):
        heights[n] = min(heights[n], lowest)
        lowest = heights[n] - apart
    return [Numeral(number, (x, y), at) for (number, at), y in zip(side, heights, strict=True)]


def _across(frame: MapFrame, shape: Shape) -> float:
    corners = list(_corners(frame, shape))
    wide = max(x for x, _y in corners) - min(x for x, _y in corners)
    return min(wide, max(y for _x, y in corners) - min(y for _x, y in corners))


def _ring(frame: MapFrame, points: Sequence[Sequence[float]]) -> list[Place]:
    return [frame.at(point[0], point[1]) for point in points]


def _doubled_area(ring: Sequence[Place]) -> float:
    return sum(x * below - beside * y for (x, y), (beside, below) in pairwise([*ring, ring[0]]))


def _centre(ring: Sequence[Place]) -> Place:
    """The centroid of a polygon (Bourke, 1988)."""
    size = 3 * _doubled_area(ring)
    x = y = 0.0
    for (x0, y0), (x1, y1) in pairwise([*ring, ring[0]]):
        cross = x0 * y1 - x1 * y0
        x, y = x + (x0 + x1) * cross, y + (y0 + y1) * cross
    return x / size, y / size


def _holds(ring: Sequence[Place], place: Place) -> bool:
    """Whether a place lies inside: a ray from it crosses the ring an odd number of times."""
    x, y = place
    crossed = False
    for (x0, y0), (x1, y1) in pairwise([*ring, ring[0]]):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            crossed = not crossed
    return crossed


def spread_out(places: Sequence[Place], apart: float) -> list[Place]:
    """The same places, pushed from each other until no two are nearer than `apart`."""
    found = list(places)
    for _push in range(_PUSHES):
        near = False
        for one, other in combinations(range(len(found)), 2):
            (x0, y0), (x1, y1) = found[one], found[other]
            distance = hypot(x1 - x0, y1 - y0)
            if distance >= apart:
                continue
            near = True
            push = (apart - distance) / 2 + apart * 0.01
            across, down = ((x1 - x0) / distance, (y1 - y0) / distance) if distance else (1.0, 0.0)
            found[one] = x0 - across * push, y0 - down * push
            found[other] = x1 + across * push, y1 + down * push
        if not near:
            break
    return found
