"""What happens in a district, month after month: one table per export, with all that will become of each record."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.sample.checkins import make_checkins
from pipelines.sample.claims import Claims, make_claims
from pipelines.sample.honours import HonourRoll
from pipelines.sample.ledger import (
    CHECKIN,
    POINTS_PER_CHECKIN,
    Entries,
    Ledger,
    filled_up,
    ledger_table,
    of_the_others,
    off_rule,
    spent,
    together,
)
from pipelines.sample.participation import make_activities, make_incidents, make_meetings
from pipelines.sample.plan import first_day, last_day, month_code
from pipelines.sample.surveys import make_bulletin, make_safety, make_satisfaction, wave_of
from pipelines.sample.tasks import Tasks, make_tasks
from pipelines.sample.wishes import make_wishes
from pipelines.sample.world import World

Ints = NDArray[np.int64]

# Of what the tasks leave open of a month's quota, so much at most may come from tasks.
_TASK_SHARE = 0.82


def happenings(world: World, district_code: str, merchants: list[str]) -> Iterator[dict[str, pa.Table]]:
    """For each month of the plan the new records of every monthly export (but roster and projects)."""
    people = world.people
    ledger = Ledger(np.zeros(people.count, dtype=np.int64))
    roll = HonourRoll(people)
    earlier: list[Tasks] = []
    for nth, month in enumerate(world.plan.months):
        tables, tasks = _work(world, ledger, roll, earlier, merchants, nth)
        earlier = [tasks]
        plan, geography, stories = world.plan, world.geography, world.stories
        tables["wishes"] = make_wishes(plan, geography, people, stories, month)
        tables["activities"] = make_activities(plan, geography, world.units, stories, month)
        tables["meetings"] = make_meetings(plan, geography, month)
        tables["incidents"] = make_incidents(plan, geography, month)
        if wave_of(plan, month) >= 0:
            tables["satisfaction"] = make_satisfaction(plan, geography, stories, month)
            tables["safety"] = make_safety(plan, geography, stories, month)
            tables["bulletins"] = make_bulletin(plan, month, district_code)
        yield tables


def _work(
    world: World, ledger: Ledger, roll: HonourRoll, earlier: list[Tasks], merchants: list[str], nth: int
) -> tuple[dict[str, pa.Table], Tasks]:
    """Tasks, claims, check-ins, points and honours of one month, which hang together."""
    plan, people, month = world.plan, world.people, world.plan.months[nth]
    quota = world.quotas.points[:, nth]
    active = people.active(first_day(month), last_day(month))
    tasks, task_table = make_tasks(plan, world.geography, world.places, world.stories, month)
    came, came_at, checkin_table = make_checkins(
        plan, world.geography, people, month, world.quotas.checkins[:, nth]
    )
    paid = _paid(people.cadres, quota, came)
    checkin_points = Entries.of(
        came[paid], came_at[paid], np.full(int(paid.sum()), POINTS_PER_CHECKIN), CHECKIN
    )
    allowance = np.full(people.count, -1)
    allowance[people.cadres] = 0
    np.add.at(allowance, checkin_points.steward, -POINTS_PER_CHECKIN)
    allowance[people.cadres] = (quota + allowance[people.cadres]) * _TASK_SHARE
    weight = world.claim_weight(active, quota)
    claims, claim_table = make_claims(
        plan, people, world.stories, [*earlier, tasks], month, weight, allowance
    )
    entries = _month_of_ledger(world, ledger, claims, checkin_points, active, nth, len(merchants))
    earned = np.zeros(people.count, dtype=np.int64)
    np.add.at(earned, entries.steward, np.maximum(entries.points, 0))
    return {
        "tasks": task_table,
        "claims": claim_table,
        "checkins": checkin_table,
        "points": ledger_table(plan, people, merchants, month, entries),
        "honours": roll.awarded(plan, month, earned),
    }, tasks


def _paid(cadres: Ints, quota: Ints, came: Ints) -> NDArray[np.bool_]:
    """Which valid check-ins earn points: each person's first ones, as far as the quota of the month goes."""
    order = np.argsort(came, kind="stable")
    nth = np.empty(len(came), dtype=np.int64)
    nth[order] = np.arange(len(came)) - np.searchsorted(came[order], came[order])
    most = quota // POINTS_PER_CHECKIN
    return np.asarray(nth < most[np.searchsorted(cadres, came)])


def _month_of_ledger(
    world: World,
    ledger: Ledger,
    claims: Claims,
    checkin_points: Entries,
    active: NDArray[np.bool_],
    nth: int,
    merchants: int,
) -> Entries:
    plan, people, month = world.plan, world.people, world.plan.months[nth]
    rng = plan.stream("points", month_code(month))
    by_tasks = ledger.task_points(claims, month)
    booked = [by_tasks, checkin_points]
    entries = [
        off_rule(rng, plan, people, by_tasks),
        checkin_points,
        *filled_up(rng, people, month, world.quotas.points[:, nth], booked),
        *of_the_others(rng, plan, people, month, active, world.eager),
        *spent(rng, people, month, ledger, claims, merchants),
    ]
    found = together(entries)
    ledger.book(found)
    return found
