"""The export 红管家: the people as rows of a roster, with names and phones."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.sample.columns import joined, moments_column, texts, whole
from pipelines.sample.geography import Geography
from pipelines.sample.names import GIVEN_FIRST, GIVEN_SECOND, SURNAMES
from pipelines.sample.people import BUILDINGS, People
from pipelines.sample.plan import Plan
from pipelines.sample.units import Units

Ints = NDArray[np.int64]

_TWICE_ON_ROSTER = 3
_OFF_BAND = 0.004


def roster_table(plan: Plan, geography: Geography, units: Units, people: People) -> pa.Table:
    """The export 红管家: a row per term, with a second row for those who moved to another unit."""
    rng = plan.stream("roster")
    who = np.arange(people.count)
    names = _names(rng, who)
    phones = 100_00000000 + (who * 7_368_787 + plan.seed * 7919) % 10**8
    # Five to fifteen households to a building head, but for a few.
    linked = np.where(rng.random(people.count) < _OFF_BAND, 19, rng.integers(5, 16, people.count))
    households = np.where(people.number == 6, linked, -1)
    for one, other in _same_persons(rng, people):
        names[other], phones[other] = names[one], phones[one]
    moved = np.flatnonzero(~np.isnat(people.moved_on))
    rows = np.concatenate([who, moved])
    later = np.arange(len(rows)) >= len(who)
    moved_on = people.moved_on[rows]
    joined_on = np.where(later, moved_on, people.joined_on[rows])
    left_on = np.where(~later & ~np.isnat(moved_on), people.away_from[rows], people.left_on[rows])
    unit = np.where(~later & (people.unit_before[rows] >= 0), people.unit_before[rows], people.unit[rows])
    building = people.building[rows]
    return pa.table(
        {
            "steward_id": people.steward_id.take(pa.array(rows)),
            "name": pa.array(names[rows]),
            "steward_number": whole(people.number[rows]),
            "unit_id": texts(units.codes, unit),
            "community_code": texts(geography.codes, people.community[rows]),
            "grid_code": texts(geography.grid_codes, people.grid[rows]),
            "building": texts(BUILDINGS, building),
            "party_member": texts(["否", "是"], people.party[rows].astype(np.int64)),
            "phone": whole(phones[rows]),
            "households": whole(households[rows], households[rows] < 0),
            "joined_on": moments_column(joined_on),
            "left_on": moments_column(left_on),
        }
    )


def _names(rng: np.random.Generator, who: Ints) -> NDArray[np.object_]:
    surname = np.floor(len(SURNAMES) * rng.random(len(who)) ** 1.7).astype(np.int64)
    first = np.where(rng.random(len(who)) < 0.22, -1, rng.integers(0, len(GIVEN_FIRST), len(who)))
    second = rng.integers(0, len(GIVEN_SECOND), len(who))
    parts = joined(
        texts(SURNAMES, surname), pc.fill_null(texts(GIVEN_FIRST, first), ""), texts(GIVEN_SECOND, second)
    )
    return np.asarray(parts.to_numpy(zero_copy_only=False), dtype=object)


def _same_persons(rng: np.random.Generator, people: People) -> list[tuple[int, int]]:
    """Pairs of codes that are one person, entered twice: in class 5 and class 6 of the same community."""
    pairs = []
    for c in rng.permutation(len(people.first) - 1)[:_TWICE_ON_ROSTER]:
        own = np.arange(people.first[c], people.first[c + 1])
        fifth, sixth = own[people.number[own] == 5], own[people.number[own] == 6]
        if len(fifth) and len(sixth):
            pairs.append((int(fifth[0]), int(sixth[0])))
    return pairs
