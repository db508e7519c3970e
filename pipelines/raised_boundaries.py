"""Areas as blocks that stand up: fewer corners than on paper, and a top that leaves the block's edge in sight.

Drawing a block costs a wall for each of its corners. Seen at a slant, corners closer than a pixel or two of a screen
show nothing; neighbours lose the same ones, so that no gap opens between them.
"""

from collections.abc import Sequence
from math import cos, radians
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

# Shares of the district's width, which a screen draws some 600 pixels wide: corners are left out that cut off less than
# a square of that side (Visvalingam's measure), and tops are drawn in by that much, that of a chosen area by more.
_FINE = 1 / 300
_EDGE, _BROAD_EDGE = 1 / 600, 1 / 180


class Block(NamedTuple):
    """What an area stands on, what it shows on top, and what is left of that inside a broad edge."""

    walls: BaseGeometry
    top: BaseGeometry
    core: BaseGeometry


def raised_boundaries(areas: Sequence[BaseGeometry]) -> list[Block]:
    """The blocks of the areas of one level, which do not overlap, in degrees as they came; none of them is empty.

    An area too small for an edge has none.
    """
    if not areas:
        return []
    west, south, east, north = shapely.total_bounds(areas)
    # A degree of longitude is shorter than one of latitude.
    shrunk = np.array([cos(radians((south + north) / 2)), 1.0])
    flat = shapely.transform(np.array(areas, dtype=object), lambda points: points * shrunk)
    wide = max((east - west) * shrunk[0], north - south)
    walls = shapely.coverage_simplify(flat, wide * _FINE)
    tops = _drawn_in(walls, wide * _EDGE)
    parts = (walls, tops, _drawn_in(tops, wide * (_BROAD_EDGE - _EDGE)))
    found = (shapely.transform(part, lambda points: points / shrunk).tolist() for part in parts)
    return [Block(*block) for block in zip(*found, strict=True)]


def _drawn_in(areas: NDArray[np.object_], by: float) -> NDArray[np.object_]:
    smaller = shapely.buffer(areas, -by, join_style="mitre", mitre_limit=2)
    return np.where(shapely.is_empty(smaller), areas, smaller)
