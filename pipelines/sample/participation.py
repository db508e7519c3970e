"""What people did together: activities, meetings, projects; and the few incidents."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.sample.columns import codes, decimals, moments_column, running_numbers, texts, whole
from pipelines.sample.geography import Geography
from pipelines.sample.names import ACTIVITIES, ALLIANCE
from pipelines.sample.people import People
from pipelines.sample.plan import Plan, month_code
from pipelines.sample.seasons import draw_days, monthly
from pipelines.sample.stories import Stories
from pipelines.sample.units import Units

Ints = NDArray[np.int64]

MEETINGS = ("议事厅", "恳谈会", "院坝会", "积分奖励大会")
INCIDENTS = ("信访", "安全事故", "治安案件")
_COUNCILS_A_YEAR, _TALKS_A_YEAR, _YARD_MEETINGS_A_YEAR, _INCIDENTS_A_YEAR = 1_290, 640, 480, 30


def make_activities(
    plan: Plan, geography: Geography, units: Units, stories: Stories, month: np.datetime64
) -> pa.Table:
    """The export 活动 of a month."""
    rng = plan.stream("activities", month_code(month))
    count = monthly(plan.figures.activities, month)
    weight = (0.4 + stories.diligence(month)) * np.sqrt(geography.population)
    community = rng.choice(geography.count, size=count, p=weight / weight.sum())
    kind = rng.choice(len(ACTIVITIES), size=count, p=[0.24, 0.17, 0.15, 0.09, 0.11, 0.12, 0.08, 0.04])
    participants = np.round(np.exp(rng.normal(2.9, 0.5, count))).astype(np.int64) + 3
    served = np.where(kind <= 3, np.round(participants * rng.uniform(0.8, 3.0, count)), -1).astype(np.int64)
    funds = np.where(rng.random(count) < 0.08, rng.integers(2, 60, count) * 50, -1)
    by_unit = np.where(rng.random(count) < 0.35, rng.integers(0, units.count, count), -1)
    return pa.table(
        {
            "activity_id": codes("H", running_numbers(month_code(month), plan.sequence_width, count)),
            "kind": texts(ACTIVITIES, kind),
            "community_code": texts(geography.codes, community),
            "unit_id": texts(units.codes, by_unit),
            "held_on": moments_column(np.sort(draw_days(rng, month, count))),
            "participants": whole(participants),
            "served": whole(served, served < 0),
            "alliance": texts([ALLIANCE], np.where(rng.random(count) < 0.05, 0, -1)),
            "funds": whole(funds, funds < 0),
        }
    )


def make_meetings(plan: Plan, geography: Geography, month: np.datetime64) -> pa.Table:
    """The export 议事 of a month."""
    rng = plan.stream("meetings", month_code(month))
    part = geography.count / 108
    sizes = [
        monthly(round(size * part), month)
        for size in (_COUNCILS_A_YEAR, _TALKS_A_YEAR, _YARD_MEETINGS_A_YEAR, plan.figures.prize_meetings)
    ]
    kind = rng.permutation(np.repeat(np.arange(len(MEETINGS)), sizes))
    prize = kind == 3
    raised = np.where(prize, 0, rng.poisson(3.1, len(kind)) + 1)
    return pa.table(
        {
            "meeting_id": codes("Y", running_numbers(month_code(month), plan.sequence_width, len(kind))),
            "kind": texts(MEETINGS, kind),
            "community_code": texts(geography.codes, rng.integers(0, geography.count, len(kind))),
            "held_on": moments_column(np.sort(draw_days(rng, month, len(kind)))),
            "attendees": whole(
                np.where(prize, rng.integers(40, 160, len(kind)), rng.integers(8, 45, len(kind)))
            ),
            "raised": whole(raised),
            "settled": whole(rng.binomial(raised, 0.74)),
        }
    )


def make_incidents(plan: Plan, geography: Geography, month: np.datetime64) -> pa.Table:
    """The export 三零事件 of a month: few."""
    rng = plan.stream("incidents", month_code(month))
    count = int(rng.poisson(_INCIDENTS_A_YEAR / 12 * geography.count / 108))
    occurred_on = np.sort(draw_days(rng, month, count))
    closed_on = occurred_on + rng.integers(1, 45, count).astype("timedelta64[D]")
    return pa.table(
        {
            "incident_id": codes("B", running_numbers(month_code(month), plan.sequence_width, count)),
            "kind": texts(INCIDENTS, rng.choice(3, size=count, p=[0.62, 0.1, 0.28])),
            "community_code": texts(geography.codes, rng.integers(0, geography.count, count)),
            "occurred_on": moments_column(occurred_on),
            "closed_on": moments_column(closed_on),
        }
    )


# kind → (measuring unit, total of 2023, pieces, decimals); each is begun and finished within its year.
_OUTCOMES = {
    "违建拆除": ("平方米", 2_300.0, 26, 0),
    "污水管网": ("公里", 9.8, 14, 1),
    "背街小巷": ("平方米", 21_500.0, 31, 0),
    "绿化": ("平方米", 30_000.0, 22, 0),
    "幸福食堂": ("个", 3.0, 3, 0),
    "食堂日供餐": ("人次/日", 1_000.0, 3, 0),
}
# kind → (measuring unit, pieces a year); some of these are still being built.
_OTHER_PROJECTS = {
    "加装电梯": ("部", 18),
    "充电车棚": ("处", 26),
    "口袋公园": ("处", 9),
    "楼道亮化": ("栋", 40),
}


def make_projects(plan: Plan, geography: Geography, people: People, year: int) -> pa.Table:
    """The export 实事项目 of a year, in the order of their beginning."""
    rng = plan.stream("projects", year)
    share = {2021: 0.3, 2022: 0.6, 2023: 1.0}[year]
    part = geography.count / 108
    rows: list[tuple[str, str, float, np.datetime64, np.datetime64]] = []
    for kind, (suffix, total, pieces, places) in _OUTCOMES.items():
        count = pieces if year == 2023 and part == 1 else max(1, round(pieces * share * part))
        whole_units = round(
            total * (1.0 if part == 1 else part) * (1 if year == 2023 else share) * 10**places
        )
        sizes = _pieces(rng, max(whole_units, count), count) / 10**places
        rows += [(kind, suffix, float(size), *_built(rng, year, True)) for size in sizes]
    for kind, (suffix, pieces) in _OTHER_PROJECTS.items():
        counts = rng.integers(1, 4, max(1, round(pieces * share * part)))
        rows += [(kind, suffix, float(count), *_built(rng, year, False)) for count in counts]
    rows.sort(key=lambda row: (row[3], row[0]))
    community = rng.integers(0, geography.count, len(rows))
    leads = np.flatnonzero(
        people.party & (people.joined_on < np.datetime64(f"{year}-01-01")) & np.isnat(people.left_on)
    )
    names = [f"{geography.names[c]}{row[0]}项目" for c, row in zip(community, rows, strict=True)]
    return pa.table(
        {
            "project_id": codes("S", running_numbers(year % 100, 4, len(rows))),
            "name": pa.array(names),
            "kind": pa.array([row[0] for row in rows]),
            "community_code": texts(geography.codes, community),
            "steward_id": people.steward_id.take(pa.array(rng.choice(leads, len(rows)))),
            "started_on": moments_column(np.array([row[3] for row in rows])),
            "finished_on": moments_column(np.array([row[4] for row in rows])),
            "quantity": decimals(np.array([row[2] for row in rows])),
            "suffix": pa.array([row[1] for row in rows]),
            "amount": whole(rng.integers(4, 300, len(rows)) * 1_000),
        }
    )


def _built(rng: np.random.Generator, year: int, in_time: bool) -> tuple[np.datetime64, np.datetime64]:
    """First and last day of a project; not in time means: perhaps after the year."""
    start = np.datetime64(f"{year}-01-08", "D") + int(rng.integers(0, 270))
    end = start + int(rng.integers(20, 85)) if in_time else start + int(rng.integers(40, 260))
    return start, min(end, np.datetime64(f"{year}-12-30", "D")) if in_time else end


def _pieces(rng: np.random.Generator, total: int, count: int) -> Ints:
    """Uneven whole pieces of a total, none empty."""
    cuts = rng.dirichlet(np.full(count, 3.0)) * (total - count)
    pieces = np.floor(cuts).astype(np.int64) + 1
    pieces[np.argmax(pieces)] += total - pieces.sum()
    return pieces
