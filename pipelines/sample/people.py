"""The roster: who is a steward where, since when, for which unit; and the codes that tell it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.sample.columns import joined, texts
from pipelines.sample.geography import Geography
from pipelines.sample.places import BUILDINGS_PER_GRID
from pipelines.sample.plan import Plan, apportion
from pipelines.sample.units import Units

Days = NDArray[np.datetime64]
Ints = NDArray[np.int64]

# Groups: steward number, unit, grid, building. Leaders (1) belong to a community without a grid.
CODE_PATTERN = r"^(?P<number>[1-6])(?P<unit>D\d{3})?(?:(?P<grid>Q\d{5})|Q\d{3})(?P<building>\d{2})?-\d{3,5}$"
_TRANSFERS = 9
_AWAY = 2
_PROMOTED = 5
BUILDINGS = tuple(f"{n + 1:02d}" for n in range(BUILDINGS_PER_GRID))


@dataclass(frozen=True)
class People:
    """One element per person, ordered by community; `first[c]` to `first[c + 1]` are those of community c.

    `grid` counts over the district, -1 without; `unit` -1 without, the last one for those who moved.
    `moved_on` is the day of a transfer to `unit` from `unit_before`, `away_from` the day on which the old
    term ended: earlier for the few who were on no roster in between.
    """

    steward_id: pa.Array
    number: Ints
    community: Ints
    grid: Ints
    building: Ints
    unit: Ints
    joined_on: Days
    left_on: Days
    moved_on: Days
    away_from: Days
    unit_before: Ints
    party: NDArray[np.bool_]
    first: Ints

    @property
    def count(self) -> int:
        """Number of persons, those who left included."""
        return len(self.number)

    def on_roster(self, day: np.datetime64) -> NDArray[np.bool_]:
        """Who is on the roster on a day: joined by then, not left by then."""
        return self.active(day, day)

    def active(self, first: np.datetime64, last: np.datetime64) -> NDArray[np.bool_]:
        """Who is on the roster all the days from `first` to `last`."""
        away = (self.away_from <= last) & (self.moved_on > first)
        return (self.joined_on <= first) & ~(self.left_on <= last) & ~away

    @cached_property
    def cadres(self) -> Ints:
        """Positions of the persons with a unit."""
        return np.flatnonzero(self.unit >= 0)


def make_people(plan: Plan, geography: Geography, units: Units) -> People:
    """Everybody who is or was on the roster."""
    rng = plan.stream("people")
    number, community, unit = _posts(rng, plan, geography, units)
    present = np.ones(len(number), dtype=np.bool_)
    gone = _leavers(rng, number, unit, plan.figures.leavers)
    number, community, unit = (np.concatenate([a, a[gone]]) for a in (number, community, unit))
    present = np.concatenate([present, np.zeros(len(gone), dtype=np.bool_)])
    order = np.argsort(community, kind="stable")
    number, community, unit, present = number[order], community[order], unit[order], present[order]
    grid, building = _homes(rng, geography, number, community)
    joined_on, left_on = _terms(rng, number, present)
    moved_on, away_from, unit_before = _transfers(rng, unit, joined_on, present, units.count)
    written = _written_numbers(rng, number, present)
    first = np.searchsorted(community, np.arange(geography.count + 1))
    party = _party(rng, number, present, plan.figures.party)
    unit_written = np.where(unit_before >= 0, unit_before, unit)
    steward_id = _steward_ids(geography, units, written, community, grid, building, unit_written)
    return People(
        steward_id, number, community, grid, building, unit, joined_on, left_on, moved_on, away_from, unit_before, party, first
    )  # fmt: skip


def _posts(
    rng: np.random.Generator, plan: Plan, geography: Geography, units: Units
) -> tuple[Ints, Ints, Ints]:
    """Number, community and unit of everybody on the roster at the end of the year."""
    figures = plan.figures
    size = geography.population * rng.uniform(0.88, 1.12, geography.count)
    even = np.ones(geography.count)
    numbers: list[Ints] = []
    communities: list[Ints] = []
    for each, total, weights in (
        (1, figures.leaders, even),
        (3, figures.staff, 0.5 * size / size.mean() + 0.5),
        (4, figures.council, even),
        (5, figures.keen, size),
        (6, figures.heads, geography.grids * rng.uniform(0.9, 1.1, geography.count)),
    ):
        shares = apportion(total, weights)
        numbers.append(np.full(total, each))
        communities.append(np.repeat(np.arange(geography.count), shares))
    cadre_unit = np.repeat(np.arange(units.count), units.sizes)
    numbers.append(np.full(len(cadre_unit), 2))
    communities.append(units.communities_of_cadres(rng, geography.count))
    number = np.concatenate(numbers).astype(np.int64)
    unit = np.concatenate([np.full(len(number) - len(cadre_unit), -1), cadre_unit])
    return number, np.concatenate(communities).astype(np.int64), unit.astype(np.int64)


def _leavers(rng: np.random.Generator, number: Ints, unit: Ints, count: int) -> Ints:
    """Whose likes were there before and left; every unit that loses somebody keeps its people."""
    weights = np.array([0, 0.1, 0.9, 0.7, 1.0, 1.4, 1.0])[number]
    return rng.choice(len(number), size=min(count, len(number)), p=weights / weights.sum(), replace=False)


def _homes(
    rng: np.random.Generator, geography: Geography, number: Ints, community: Ints
) -> tuple[Ints, Ints]:
    """Grid (not for leaders) and building (for residents 5 and 6)."""
    inside = np.floor(rng.random(len(number)) * geography.grids[community]).astype(np.int64)
    grid = np.where(number == 1, -1, geography.first_grid[community] + inside)
    building = np.where(number >= 5, rng.integers(0, BUILDINGS_PER_GRID, len(number)), -1)
    return grid, building


def _terms(rng: np.random.Generator, number: Ints, present: NDArray[np.bool_]) -> tuple[Days, Days]:
    """Joined and left, the programme growing over the years."""
    count = len(number)
    year = rng.choice(4, size=count, p=[0.60, 0.15, 0.14, 0.11])
    year = np.where(number == 2, rng.choice(4, size=count, p=[0.82, 0.07, 0.07, 0.04]), year)
    year = np.where(number == 1, 0, year)
    # 2020 starts in June; cadres of 2023 come by September, so that twelve check-ins remain possible.
    opens = np.array(["2020-06-01", "2021-01-01", "2022-01-01", "2023-01-01"], dtype="datetime64[D]")[year]
    length = np.where(year == 0, 200, np.where((number == 2) & (year == 3), 255, 345))
    joined_on = opens + np.floor(rng.random(count) * length).astype("timedelta64[D]")
    leave = np.datetime64("2021-03-01", "D") + rng.integers(0, 1_020, count).astype("timedelta64[D]")
    joined_on = np.where(present, joined_on, np.minimum(joined_on, leave - 75))
    return joined_on, np.where(present, np.datetime64("NaT"), leave)


def _transfers(
    rng: np.random.Generator, unit: Ints, joined_on: Days, present: NDArray[np.bool_], units: int
) -> tuple[Days, Days, Ints]:
    """A few cadres who moved from one unit to another within the two years, in the middle of a quarter."""
    moved_on = np.full(len(unit), np.datetime64("NaT"), dtype="datetime64[D]")
    unit_before = np.full(len(unit), -1)
    early = np.flatnonzero(present & (unit >= 0) & (joined_on < np.datetime64("2021-06-01")))
    if units < 2 or len(early) < 40:
        return moved_on, moved_on, unit_before
    who = rng.choice(early, _TRANSFERS, replace=False)
    quarter = rng.integers(0, 8, _TRANSFERS)
    month = np.datetime64("2022-01", "M") + 3 * quarter + 1
    moved_on[who] = month.astype("datetime64[D]") + rng.integers(4, 20, _TRANSFERS)
    unit_before[who] = (unit[who] + rng.integers(1, units, _TRANSFERS)) % units
    away_from = moved_on.copy()
    away_from[who[:_AWAY]] -= rng.integers(5, 25, _AWAY).astype("timedelta64[D]")
    return moved_on, away_from, unit_before


def _written_numbers(rng: np.random.Generator, number: Ints, present: NDArray[np.bool_]) -> Ints:
    """The number inside the code: a few keen residents became building heads and kept their old code."""
    written = number.copy()
    heads = np.flatnonzero(present & (number == 6))
    if len(heads) >= 100:
        written[rng.choice(heads, _PROMOTED, replace=False)] = 5
    return written


def _party(
    rng: np.random.Generator, number: Ints, present: NDArray[np.bool_], total: int
) -> NDArray[np.bool_]:
    """Party members: leaders and cadres all, then by class, `total` among those on the roster."""
    liking = np.array([0, 1e9, 1e9, 2.6, 1.6, 0.7, 0.8])[number]
    keys = rng.exponential(size=len(number)) / liking
    party = np.zeros(len(number), dtype=np.bool_)
    for group, size in ((present, total), (~present, round(0.3 * np.count_nonzero(~present)))):
        members = np.flatnonzero(group)
        party[members[np.argsort(keys[members], kind="stable")[:size]]] = True
    return party


def _steward_ids(
    geography: Geography, units: Units, number: Ints, community: Ints, grid: Ints, building: Ints, unit: Ints
) -> pa.Array:
    heads = joined(
        pc.cast(pa.array(number), pa.string()),
        pc.fill_null(texts(units.codes, unit), ""),
        pc.fill_null(texts(geography.grid_codes, grid), texts(geography.codes, community)),
        pc.fill_null(texts(BUILDINGS, building), ""),
    )
    # Running number among equal heads, in the order of the roster.
    codes = pc.dictionary_encode(heads).indices.to_numpy()
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], codes[order])
    running = np.empty(len(codes), dtype=np.int64)
    running[order] = np.arange(len(codes)) - starts + 1
    return joined(heads, "-", pc.utf8_lpad(pc.cast(pa.array(running), pa.string()), 3, "0"))
