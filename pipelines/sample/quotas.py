"""How many points each cadre is to earn in each month, so that the scores of the units come out exactly."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.sample.people import People
from pipelines.sample.plan import Plan, apportion, first_day, last_day, month_of_year, year_of
from pipelines.sample.unit_scores import unit_points
from pipelines.sample.units import Units

Ints = NDArray[np.int64]

CHECKINS_A_YEAR = 12
_IDLE_SHARE = 0.012
_IDLE_UNITS = 5


@dataclass(frozen=True)
class Quotas:
    """Rows are the cadres in the order of `people.cadres`, columns the months of the plan.

    `points` to earn and valid `checkins` to make.
    """

    points: Ints
    checkins: Ints


def make_quotas(plan: Plan, people: People, units: Units) -> Quotas:
    """Quotas of all months of the plan."""
    cadres = people.cadres
    active = np.array([people.active(first_day(m), last_day(m))[cadres] for m in plan.months]).T
    quarter_of = [month - month_of_year(month) % 3 for month in plan.months]
    points = np.zeros(active.shape, dtype=np.int64)
    idle = np.zeros(active.shape, dtype=np.bool_)
    for quarter in dict.fromkeys(quarter_of):
        columns = np.flatnonzero([q == quarter for q in quarter_of])
        shares, resting = _quarter(plan, people, units, quarter, active[:, columns])
        points[:, columns], idle[:, columns] = shares, resting[:, None]
    checkins = np.zeros(active.shape, dtype=np.int64)
    years = np.array([year_of(month) for month in plan.months])
    for year in np.unique(years):
        rng = plan.stream("checkins of the year", int(year))
        checkins[:, years == year] = _yearly_checkins(rng, active[:, years == year] & ~idle[:, years == year])
    return Quotas(points, checkins)


def _quarter(
    plan: Plan, people: People, units: Units, quarter: np.datetime64, active: NDArray[np.bool_]
) -> tuple[Ints, NDArray[np.bool_]]:
    """Points by cadre and month of one quarter, and who earns nothing in it."""
    rng = plan.stream("quotas", int(quarter.astype(int)))
    cadres, end = people.cadres, last_day(quarter + 2)
    counted = people.on_roster(end)[cadres]
    unit = np.where(people.moved_on[cadres] > end, people.unit_before[cadres], people.unit[cadres])
    idle = rng.random(len(cadres)) < _IDLE_SHARE
    idle |= (unit % (units.count // _IDLE_UNITS + 1) == 3) & (rng.random(len(cadres)) < 0.10)
    # Newcomers of the year work: they have twelve check-ins to make in fewer months.
    idle &= people.joined_on[cadres] < first_day(quarter.astype("datetime64[Y]").astype("datetime64[M]"))
    weight = active.sum(axis=1) * np.clip(rng.normal(1, 0.085, len(cadres)), 0.7, 1.3) * ~idle
    headcount = np.bincount(unit[counted], minlength=units.count)
    wanted = unit_points(plan, units, headcount, quarter) * active.shape[1] // 3
    total = np.where(counted, 0, np.round(weight * 55)).astype(np.int64)
    for u in np.flatnonzero(headcount):
        own = np.flatnonzero(counted & (unit == u))
        if weight[own].any():
            total[own] = apportion(int(wanted[u]), weight[own])
    return _split(rng, total, active), idle


def _split(rng: np.random.Generator, total: Ints, active: NDArray[np.bool_]) -> Ints:
    """Totals split over the active months of each person, about evenly, in whole points."""
    share = np.cumsum(active * rng.uniform(0.85, 1.15, active.shape), axis=1)
    reached = np.floor(total[:, None] * share / np.maximum(share[:, -1:], 1e-9) + 1e-9).astype(np.int64)
    return np.diff(reached, axis=1, prepend=0)


def _yearly_checkins(rng: np.random.Generator, able: NDArray[np.bool_]) -> Ints:
    """At least twelve check-ins a year (fewer months: their share) over the months in which one is able."""
    months = able.shape[1]
    wanted = -(-CHECKINS_A_YEAR * months // 12) + rng.choice(3, size=len(able), p=[0.62, 0.26, 0.12])
    months_able = able.sum(axis=1)
    each = np.where(months_able > 0, wanted // np.maximum(months_able, 1), 0)
    left_over = np.where(months_able > 0, wanted - each * months_able, 0)
    order = np.argsort(np.argsort(np.where(able, rng.random(able.shape), 2.0), axis=1), axis=1)
    return np.asarray(able * each[:, None] + (order < left_over[:, None]) * able)
