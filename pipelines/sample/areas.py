"""The export 区划: district, subdistricts, communities with their registered points, grids."""

import numpy as np
import pyarrow as pa

from pipelines.sample.columns import decimals, texts, whole
from pipelines.sample.geography import Geography, to_degrees
from pipelines.sample.names import DISTRICT, SUBDISTRICTS
from pipelines.sample.places import Places
from pipelines.sample.plan import Plan

DISTRICT_CODE = "Q"
_PEOPLE_PER_HOUSEHOLD = 2.7


def area_table(plan: Plan, geography: Geography, places: Places) -> pa.Table:
    """All areas, the wider ones first; numbers of a wider area are sums of its communities."""
    used = [int(s) for s in np.unique(geography.subdistrict)]
    points = to_degrees(geography.points)
    grid_people, grid_points = _grids(plan, geography, places)
    people = geography.population
    codes = [DISTRICT_CODE, *(f"Q{s + 1}" for s in used), *geography.codes, *geography.grid_codes]
    own = [f"Q{s + 1}" for s in geography.subdistrict]
    home = np.repeat(np.arange(geography.count), geography.grids)
    parents = [None, *([DISTRICT_CODE] * len(used)), *own, *(geography.codes[c] for c in home)]
    names = [
        DISTRICT,
        *(SUBDISTRICTS[s] for s in used),
        *geography.names,
        *(f"{geography.names[c]}第{g - geography.first_grid[c] + 1}网格" for g, c in enumerate(home)),
    ]
    towns = ["镇" if SUBDISTRICTS[s].endswith("镇") else "街道" for s in used]
    levels = ["区", *towns, *(name[-1] if name.endswith("村") else "社区" for name in geography.names)]
    levels += ["网格"] * len(grid_people)
    population = np.concatenate(
        [[people.sum()], [people[geography.subdistrict == s].sum() for s in used], people, grid_people]
    )
    middles = [points[geography.subdistrict == s].mean(axis=0) for s in used]
    degrees = np.round(np.concatenate([[points.mean(axis=0)], middles, points, grid_points]), 6)
    return pa.table(
        {
            "area_code": pa.array(codes),
            "name": pa.array(names),
            "level": texts(levels, np.arange(len(levels))),
            "parent_code": pa.array(parents, pa.string()),
            "longitude": decimals(degrees[:, 0]),
            "latitude": decimals(degrees[:, 1]),
            "households": whole(np.round(population / _PEOPLE_PER_HOUSEHOLD)),
            "population": whole(population),
        }
    )


def _grids(plan: Plan, geography: Geography, places: Places) -> tuple[np.ndarray, np.ndarray]:
    """People of each grid, uneven, and the middle of its buildings."""
    rng = plan.stream("grids")
    people = [
        rng.multinomial(size, rng.dirichlet(np.full(count, 18.0)))
        for size, count in zip(geography.population, geography.grids, strict=True)
    ]
    count = len(geography.grid_codes)
    members = np.bincount(places.grid, minlength=count)
    middles = np.stack(
        [
            np.bincount(places.grid, weights=places.degrees[:, axis], minlength=count) / members
            for axis in (0, 1)
        ],
        axis=1,
    )
    return np.concatenate(people), middles
