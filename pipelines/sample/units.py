"""The units whose cadres report in: names, ranking groups, sizes, linked communities."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.sample.columns import texts
from pipelines.sample.geography import Geography
from pipelines.sample.names import ALLIANCE, UNITS
from pipelines.sample.plan import Plan, apportion

GROUPS = tuple(UNITS)


@dataclass(frozen=True)
class Units:
    """Units 0 … n-1; `group` numbers the ranking groups, `sizes` counts cadres at the end of 2023."""

    names: list[str]
    kinds: list[str]
    group: NDArray[np.int64]
    sizes: NDArray[np.int64]
    community: NDArray[np.int64]

    @property
    def count(self) -> int:
        """Number of units."""
        return len(self.names)

    @cached_property
    def codes(self) -> list[str]:
        """Unit codes D001 …"""
        return [f"D{n + 1:03d}" for n in range(self.count)]

    def communities_of_cadres(self, rng: np.random.Generator, communities: int) -> NDArray[np.int64]:
        """Where the cadres report in: most in the linked community of their unit, some where few are."""
        unit = np.repeat(np.arange(self.count), self.sizes)
        home = self.community[unit]
        away = rng.random(len(unit)) < 0.45
        room = np.bincount(home[~away], minlength=communities)
        need = apportion(int(away.sum()), np.maximum(room.mean() * 2 - room, 0.3).astype(np.float64))
        home[away] = rng.permutation(np.repeat(np.arange(communities), need))
        return home


def make_units(plan: Plan, geography: Geography) -> Units:
    """Units of all groups; a small district has the first ones of each."""
    rng = plan.stream("units")
    listed = [(group, name, kind) for group in GROUPS for name, kind in UNITS[group]]
    wanted = apportion(plan.units, np.array([len(UNITS[group]) for group in GROUPS], dtype=np.float64))
    kept: list[tuple[str, str, str]] = []
    for group, count in zip(GROUPS, wanted, strict=True):
        kept += [unit for unit in listed if unit[0] == group][:count]
    # Small, middling and large units side by side, none below five people at full size.
    weights = 0.25 + rng.lognormal(0, 0.62, len(kept))
    floor = 5 if plan.figures.cadres >= 12 * len(kept) else 0
    sizes = floor + apportion(plan.figures.cadres - floor * len(kept), weights)
    community = np.resize(rng.permutation(geography.count), len(kept))
    return Units(
        [name for _, name, _ in kept],
        [kind for _, _, kind in kept],
        np.array([GROUPS.index(group) for group, _, _ in kept]),
        sizes,
        community,
    )


def unit_table(geography: Geography, units: Units) -> pa.Table:
    """The export 单位."""
    merchants = np.array([kind in ("两新", "企业") for kind in units.kinds])
    return pa.table(
        {
            "unit_id": pa.array(units.codes),
            "name": pa.array(units.names),
            "kind": pa.array(units.kinds),
            "ranking_group": texts(GROUPS, units.group),
            "community_code": texts(geography.codes, units.community),
            "alliance": texts([ALLIANCE], np.where(merchants & (np.arange(units.count) % 2 == 0), 0, -1)),
        }
    )
