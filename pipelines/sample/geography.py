"""The invented district: its outline, its communities as polygons, their grids and registered points.

Everything is laid out in metres around the middle of the district and turned into degrees at the end
(GCJ-02, like the maps that offices use).
"""

import json
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from pipelines.sample.names import COMMUNITY_STEMS, DISTRICT, SUBDISTRICTS
from pipelines.sample.plan import Plan

Floats = NDArray[np.float64]

_LONGITUDE, _LATITUDE = 112.86, 30.93
_METRES_PER_DEGREE = 111_320.0
COMMUNITIES = 108
_IN_TOWN = 68
_SMALL_SUBDISTRICT = "石桥街道"
_TOWN = np.array([2_500.0, 9_500.0])
# Middle and reach of each subdistrict, in the order of SUBDISTRICTS; a longer reach takes more land.
_MIDDLES = np.array(
    [[700, 8_800], [3_900, 11_200], [7_200, -3_000], [5_000, 6_900], [300, 14_800], [-7_500, -2_500]], float
)
_REACH = np.array([0.8, 0.7, 1.35, 0.78, 0.85, 1.3])


@dataclass(frozen=True)
class Geography:
    """The communities of a district, numbered 0 … n-1; grids follow each other community by community.

    `points` are the registered points in metres, `polygons` shapely polygons in metres.
    """

    names: list[str]
    subdistrict: NDArray[np.int64]
    polygons: NDArray[np.object_]
    points: Floats
    population: NDArray[np.int64]
    grids: NDArray[np.int64]

    @property
    def count(self) -> int:
        """Number of communities."""
        return len(self.names)

    @cached_property
    def codes(self) -> list[str]:
        """Community codes: district letter, subdistrict digit, running number."""
        order = [int(np.sum(self.subdistrict[:i] == s)) + 1 for i, s in enumerate(self.subdistrict)]
        return [f"Q{s + 1}{number:02d}" for s, number in zip(self.subdistrict, order, strict=True)]

    @cached_property
    def grid_codes(self) -> list[str]:
        """Codes of all grids, community by community."""
        return [
            f"{code}{n + 1:02d}"
            for code, count in zip(self.codes, self.grids, strict=True)
            for n in range(count)
        ]

    @cached_property
    def first_grid(self) -> NDArray[np.int64]:
        """Position of the first grid of each community, and the number of grids at the end."""
        return np.concatenate([[0], np.cumsum(self.grids)])

    def only(self, subdistrict: str) -> "Geography":
        """The same district cut down to one subdistrict."""
        kept = self.subdistrict == SUBDISTRICTS.index(subdistrict)
        names = [name for name, keep in zip(self.names, kept, strict=True) if keep]
        return Geography(
            names,
            self.subdistrict[kept],
            self.polygons[kept],
            self.points[kept],
            self.population[kept],
            self.grids[kept],
        )


def make_geography(plan: Plan) -> Geography:
    """Lay out the district of a plan."""
    rng = plan.stream("geography")
    outline = _outline(rng)
    seeds = _relaxed(_seeds(rng, outline), outline)
    polygons = _warped(_cells(seeds, outline))
    subdistrict = np.argmin(np.linalg.norm(seeds[:, None] - _MIDDLES, axis=2) / _REACH, axis=1)
    order = np.lexsort((-seeds[:, 1].round(-3), seeds[:, 0], subdistrict))
    polygons, subdistrict = polygons[order], subdistrict[order]
    points = np.array([[p.x, p.y] for p in map(_registered_point, polygons)])
    stems = rng.permutation(COMMUNITY_STEMS)[: len(order)]
    density = np.exp(-np.linalg.norm(points - _TOWN, axis=1) / 5_000)
    population = (np.round(rng.lognormal(8.35, 0.28, len(order)) * (0.55 + 0.75 * density))).astype(np.int64)
    grids = np.clip(np.round(population / 720), 4, 10).astype(np.int64)
    names = [_name(stem, sub, d) for stem, sub, d in zip(stems, subdistrict, density, strict=True)]
    geography = Geography(names, subdistrict, polygons, points, population, grids)
    return geography.only(_SMALL_SUBDISTRICT) if plan.small else geography


def to_degrees(metres: Floats) -> Floats:
    """Longitude and latitude (GCJ-02) of points in metres, to six decimals (0.1 m)."""
    shrink = np.cos(np.radians(_LATITUDE))
    longitude = _LONGITUDE + metres[..., 0] / (_METRES_PER_DEGREE * shrink)
    latitude = _LATITUDE + metres[..., 1] / _METRES_PER_DEGREE
    return np.round(np.stack([longitude, latitude], axis=-1), 6)


def boundaries_geojson(geography: Geography) -> str:
    """The polygons of the communities as GeoJSON, one feature to a line."""
    features = []
    for code, name, polygon in zip(geography.codes, geography.names, geography.polygons, strict=True):
        ring = to_degrees(np.asarray(polygon.exterior.coords)).tolist()
        feature = {
            "type": "Feature",
            "properties": {"area_code": code, "name": name},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        features.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    head = json.dumps({"name": DISTRICT}, ensure_ascii=False)[1:-1]
    return '{"type":"FeatureCollection",' + head + ',"features":[\n' + ",\n".join(features) + "\n]}\n"


def _outline(rng: np.random.Generator) -> shapely.Polygon:
    """A star-shaped coast of hills and rivers: a few waves around the middle, then broken smaller and smaller."""
    angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    radius = 15_500 * (1 + 0.16 * np.cos(2 * angle + 1.1) + 0.12 * np.cos(3 * angle + 2.4))
    radius *= 1 + 0.07 * rng.standard_normal(24)
    ring = np.stack([0.86 * radius * np.cos(angle), 1.14 * radius * np.sin(angle)], axis=1)
    for step in range(5):
        edge = np.roll(ring, -1, axis=0) - ring
        normal = np.stack([-edge[:, 1], edge[:, 0]], axis=1)
        bend = rng.normal(0, 0.15 if step < 3 else 0.17, len(ring)).clip(-0.3, 0.3)
        middle = ring + edge / 2 + normal * bend[:, None]
        ring = np.stack([ring, middle], axis=1).reshape(-1, 2)
    polygon = shapely.make_valid(shapely.Polygon(ring))
    return max(shapely.get_parts(polygon), key=shapely.area)


def _seeds(rng: np.random.Generator, outline: shapely.Polygon) -> Floats:
    """Where communities lie: most in the town, the others over the whole country, never too close."""
    inner = outline.buffer(-350)
    kept: list[Floats] = []
    while len(kept) < COMMUNITIES:
        town = len(kept) < _IN_TOWN
        point = rng.normal(_TOWN, 2_500) if town else rng.uniform([-16_000, -20_000], [16_000, 21_000])
        nearest = min((float(np.hypot(*(point - other))) for other in kept), default=np.inf)
        if nearest > (560 if town else 2_300) and shapely.contains_xy(inner, *point):
            kept.append(point)
    return np.array(kept)


def _relaxed(seeds: Floats, outline: shapely.Polygon) -> Floats:
    """Seeds moved towards the middle of their cells, so that no sliver remains (Lloyd)."""
    for _ in range(2):
        middles = shapely.centroid(_cells(seeds, outline))
        seeds = seeds + 0.8 * (np.stack([shapely.get_x(middles), shapely.get_y(middles)], axis=1) - seeds)
    return seeds


def _cells(seeds: Floats, outline: shapely.Polygon) -> NDArray[np.object_]:
    """Voronoi cells of the seeds within the outline, in the order of the seeds, the largest piece of each."""
    cells = shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=outline, ordered=True)
    clipped = shapely.intersection(shapely.get_parts(cells), outline)
    largest = [max(shapely.get_parts(cell), key=shapely.area) for cell in clipped]
    return np.array(largest, dtype=object)


def _warped(cells: NDArray[np.object_]) -> NDArray[np.object_]:
    """Straight borders bent by one smooth field, so that neighbours stay seamless."""
    fine = shapely.segmentize(cells, 420)
    return np.asarray(shapely.transform(fine, _bent), dtype=object)


def _bent(points: Floats) -> Floats:
    x, y = points[:, 0], points[:, 1]
    east = 85 * np.sin(y / 390 + 1.3) + 330 * np.sin(y / 2_900 + x / 5_200)
    north = 85 * np.sin(x / 410 + 0.4) + 330 * np.sin(x / 2_700 - y / 4_800 + 2.0)
    # To the centimetre: the shared corner of two communities must be one point.
    return np.round(np.stack([x + east, y + north], axis=1), 2)


def _registered_point(polygon: shapely.Polygon) -> shapely.Point:
    middle = polygon.centroid
    return middle if polygon.buffer(-60).contains(middle) else polygon.representative_point()


def _name(stem: str, subdistrict: int, density: float) -> str:
    town = "镇" in SUBDISTRICTS[subdistrict]
    return f"{stem}村" if (town and density < 0.42) or density < 0.15 else f"{stem}社区"
