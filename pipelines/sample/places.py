"""Where things happen inside a community: buildings, markets, streets; and the sites of the programme."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from pipelines.sample.columns import decimals, texts
from pipelines.sample.geography import Floats, Geography, to_degrees
from pipelines.sample.names import MARKETS, SHOPS, STREETS
from pipelines.sample.plan import Plan, apportion

BUILDINGS_PER_GRID = 6
_MARKETS_AND_STREETS = 5
_CANTEENS = 3
_SHOPS_FOR_POINTS = 24


@dataclass(frozen=True)
class Places:
    """Named places, community by community; `first[c]` to `first[c + 1]` are those of community c.

    `grid` counts over the whole district, `degrees` are longitude and latitude.
    """

    names: pa.Array
    grid: NDArray[np.int64]
    degrees: Floats
    first: NDArray[np.int64]

    def draw(self, rng: np.random.Generator, community: NDArray[np.int64]) -> NDArray[np.int64]:
        """A place in each of the communities; buildings and markets alike, the first of each more often."""
        span = self.first[community + 1] - self.first[community]
        return self.first[community] + np.floor(span * rng.random(len(community)) ** 1.6).astype(np.int64)


def make_places(plan: Plan, geography: Geography) -> Places:
    """Buildings around the middle of each grid, then markets and streets."""
    names: list[str] = []
    grids: list[int] = []
    metres: list[Floats] = []
    first = [0]
    for c, polygon in enumerate(geography.polygons):
        rng = plan.stream("places", int(geography.points[c].sum() * 100) % 2**32)
        count = int(geography.grids[c])
        middles = _scattered(rng, polygon, count)
        own = np.repeat(np.arange(count), BUILDINGS_PER_GRID)
        reach = 0.22 * np.sqrt(polygon.area / count)
        spots = [_inside(polygon, middles[g] + rng.normal(0, reach, 2), middles[g]) for g in own]
        stem = geography.names[c].removesuffix("社区").removesuffix("村")
        order = rng.permutation(len(own))
        for at in order:
            names.append(f"{stem}{at // BUILDINGS_PER_GRID + 1}区{at % BUILDINGS_PER_GRID + 1}栋")
            grids.append(int(geography.first_grid[c] + own[at]))
            metres.append(spots[at])
        for n, spot in enumerate(_scattered(rng, polygon, _MARKETS_AND_STREETS)):
            at = len(order) * (n + 1) // (_MARKETS_AND_STREETS + 1)
            names.insert(
                first[-1] + at, stem + (MARKETS[n] if n < len(MARKETS) else STREETS[n - len(MARKETS)])
            )
            grids.insert(first[-1] + at, int(geography.first_grid[c] + n % count))
            metres.insert(first[-1] + at, spot)
        first.append(len(names))
    return Places(pa.array(names), np.array(grids), to_degrees(np.array(metres)), np.array(first))


def site_table(plan: Plan, geography: Geography, places: Places) -> pa.Table:
    """The export 阵地: a studio per community, stations, merchants, canteens, points shops."""
    rng = plan.stream("sites")
    share = geography.count / 108
    stations = _stations(rng, geography, round(plan.figures.stations * share))
    merchants = apportion(
        round(plan.figures.merchants * share), geography.population * rng.uniform(0.2, 2, geography.count)
    )
    by_size = np.argsort(-geography.population, kind="stable")
    few = [np.zeros(geography.count, dtype=np.int64) for _ in range(2)]
    few[0][by_size[: min(_CANTEENS, geography.count)]] = 1
    few[1][by_size[: max(1, round(_SHOPS_FOR_POINTS * share))]] = 1
    rows: list[tuple[str, str, str, int]] = []
    kinds = ("工作室", "驿站", "商户", "食堂", "积分超市")
    for letter, kind, numbers in zip(
        "GYSTJ", kinds, (np.ones(geography.count, dtype=np.int64), stations, merchants, *few), strict=True
    ):
        for c in range(geography.count):
            for n in range(int(numbers[c])):
                rows.append(
                    (f"{letter}{len(rows) + 1:04d}", kind, _site_name(geography.names[c], kind, n), c)
                )
    community = np.array([row[3] for row in rows])
    degrees = places.degrees[places.draw(rng, community)] + np.round(rng.normal(0, 4e-5, (len(rows), 2)), 6)
    studio = np.array([row[1] == "工作室" for row in rows])
    degrees[studio] = to_degrees(geography.points)
    return pa.table(
        {
            "site_id": pa.array([row[0] for row in rows]),
            "kind": pa.array([row[1] for row in rows]),
            "name": pa.array([row[2] for row in rows]),
            "community_code": texts(geography.codes, community),
            "longitude": decimals(np.round(degrees[:, 0], 6)),
            "latitude": decimals(np.round(degrees[:, 1], 6)),
        }
    )


def _stations(rng: np.random.Generator, geography: Geography, total: int) -> NDArray[np.int64]:
    weights = geography.population * rng.uniform(0.6, 1.5, geography.count)
    # A few communities have no station yet: the map should show them.
    weights[rng.choice(geography.count, max(1, geography.count // 18), replace=False)] = 0
    return apportion(total, weights)


def _site_name(community: str, kind: str, n: int) -> str:
    stem = community.removesuffix("社区").removesuffix("村")
    if kind == "工作室":
        return f"{community}红管家工作室"
    if kind == "驿站":
        return f"{stem}{n + 1}号驿站"
    if kind == "商户":
        return f"{stem}{SHOPS[(n + len(stem) * 3 + ord(stem[0])) % len(SHOPS)]}"
    return f"{stem}幸福食堂" if kind == "食堂" else f"{stem}积分超市"


def _scattered(rng: np.random.Generator, polygon: shapely.Polygon, count: int) -> Floats:
    """Points over a polygon, evenly spread: the best of a few candidates is taken each time."""
    west, south, east, north = polygon.bounds
    candidates = rng.uniform([west, south], [east, north], (count * 30, 2))
    candidates = candidates[shapely.contains_xy(polygon.buffer(-25), candidates[:, 0], candidates[:, 1])]
    kept = [0]
    distance = np.hypot(*(candidates - candidates[0]).T)
    while len(kept) < count:
        kept.append(int(np.argmax(distance * (0.6 + 0.4 * rng.random(len(distance))))))
        distance = np.minimum(distance, np.hypot(*(candidates - candidates[kept[-1]]).T))
    return np.asarray(candidates[kept])


def _inside(polygon: shapely.Polygon, spot: Floats, fallback: Floats) -> Floats:
    return spot if shapely.contains_xy(polygon, spot[0], spot[1]) else fallback
