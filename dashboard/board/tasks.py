"""Tasks: how far do they come, how long does each step take, what is overdue, which channel lags?"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from dashboard.board.area_tree import inside, number_of, with_places
from dashboard.board.door import Serving, answer, ask, fetched, rows
from dashboard.board.figures import Value, by_dimension, one_value, trend_months
from dashboard.board.month_sums import by_day, summed, summed_rows
from dashboard.formats import number
from pipelines.periods import Period

LOOP = ("accepted", "routed", "supervised", "fed_back", "closed", "assessed")
SERVICE = ("published", "claimed", "completed", "verified", "five_star")
# Code of the age, as the marts have it → days from and up to (None: no end).
AGES: dict[str, tuple[int, int | None]] = {
    "0-2": (0, 3),
    "3-6": (3, 7),
    "7-29": (7, 30),
    "30-89": (30, 90),
    "90+": (90, None),
}
CALENDAR_WEEKS = 53
LISTED = 10
# Overdue for more than so many days is overdue for long, as marts.overdue counts it.
LONG_OVERDUE = 30
MOST_DOWNLOADED = 20_000
_DAY = 86_400
_STEPS_OF = {
    "loop": {
        "route": "routed",
        "supervise": "supervised",
        "feedback": "fed_back",
        "close": "closed",
        "assess": "assessed",
    },
    "service": {"claim": "claimed", "complete": "completed", "verify": "verified"},
}


@dataclass(frozen=True)
class Overdue:
    """Number of overdue tasks, of those overdue for long, and the longest ones with their days."""

    count: int
    long: int
    listed: pd.DataFrame


@dataclass(frozen=True)
class StepTime:
    """Days from the step before: median and the 10th and 90th percentile of so many tasks."""

    median: float
    p10: float
    p90: float
    tasks: int


@dataclass(frozen=True)
class Channels:
    """Months (oldest first), and by channel its name, its rates in them (None: no base) and its tasks of the period."""

    months: list[Period]
    names: dict[str, str]
    rates: dict[str, list[float | None]]
    counts: dict[str, float]


@answer
def step_counts(serving: Serving, period: Period, area: str | None) -> dict[str, dict[str, int]]:
    """Tasks of the period that reached each step by data until, of the five-step loop and of the service."""
    found = {}
    for process, statement in (("loop", _LOOP), ("service", _SERVICE)):
        counted = summed(serving, statement.format(inside=inside(serving, area)), period)
        found[process] = {step: int(tasks) for step, tasks in counted.items()}
    return found


def step_times(serving: Serving, period: Period, area: str | None, process: str) -> dict[str, StepTime]:
    """Time taken to reach each step of a process, for the district, a subdistrict or a community."""
    steps = _STEPS_OF[process]
    found = _times(serving, period.grain, area).get(period.start, {})
    return {steps[step]: time for step, time in found.items() if step in steps}


@answer
def _times(serving: Serving, grain: str, area: str | None) -> dict[date, dict[str, StepTime]]:
    """First day of a period → step as the mart calls it → its time."""
    found: dict[date, dict[str, StepTime]] = {}
    for row in fetched(serving, _TIMES, (grain, number_of(serving, area))):
        median, p10, p90 = (float(row[name]) / _DAY for name in ("p50", "p10", "p90"))
        time = StepTime(median, p10, p90, int(row["tasks"]))
        found.setdefault(row["period_start"], {})[str(row["step"])] = time
    return found


@answer
def rate_by_channel(serving: Serving, period: Period, area: str | None) -> Channels:
    """In-time rate of each channel by month, and the tasks of the period by channel."""
    months = trend_months(serving, period)
    lines = _channel_lines(serving, area)
    values = {code: [known.get(month.key) for month in months] for code, (_name, known) in lines.items()}
    counts = by_dimension(serving, "in_time_rate", period, "channel", area)
    return Channels(
        months,
        {code: name for code, (name, _known) in lines.items()},
        values,
        dict(zip(counts["channel"].tolist(), counts["denominator"].tolist(), strict=True)),
    )


@answer
def _channel_lines(serving: Serving, area: str | None) -> dict[str, tuple[str, dict[str, float | None]]]:
    """Code of a channel, in order → its name, and month → rate."""
    frame = ask(serving.root, serving.version, "in_time_rate", "month", by="channel", area=area)
    columns = (frame[name].tolist() for name in ("channel", "channel_name", "period", "value"))
    found: dict[str, tuple[str, dict[str, float | None]]] = {}
    for code, name, month, value in sorted(zip(*columns, strict=True), key=lambda row: str(row[0])):
        found.setdefault(code, (name, {}))[1][month] = number(value)
    return found


@answer
def overdue(serving: Serving, area: str | None) -> Overdue:
    """Open tasks past their due time at data until: their number, and the longest overdue."""
    ages = _overdue_ages(serving, area).values()
    count, long = (sum(counts[place] for counts in ages) for place in (0, 1))
    return Overdue(count, long, _overdue(serving, area, LISTED))


def overdue_to_download(serving: Serving, area: str | None) -> pd.DataFrame:
    """The overdue tasks as a list, longest first, at most so many as a spreadsheet is read with."""
    return _overdue(serving, area, MOST_DOWNLOADED)


def _overdue(serving: Serving, area: str | None, most: int) -> pd.DataFrame:
    statement = _OVERDUE.format(inside=inside(serving, area))
    until = serving.data_until
    return with_places(serving, rows(serving.root, serving.version, statement, (until, until, most)))


@answer
def waiting(serving: Serving, area: str | None) -> pd.DataFrame:
    """age (code), overdue (days past due) and unclaimed (days since publication): open tasks at data until.

    The ages are those of the metric tasks_unclaimed.
    """
    overdue_tasks = _overdue_ages(serving, area)
    counted = ask(serving.root, serving.version, "tasks_unclaimed", "all", by="age", area=area)
    unclaimed = dict(zip(counted["age"].tolist(), counted["value"].tolist(), strict=True))
    found = [(age, overdue_tasks.get(age, (0, 0))[0], int(unclaimed.get(age, 0))) for age in AGES]
    return pd.DataFrame(found, columns=["age", "overdue", "unclaimed"])


@answer
def _overdue_ages(serving: Serving, area: str | None) -> dict[str, tuple[int, int]]:
    """Age (code) → overdue tasks, and those of them that are overdue for long."""
    found = fetched(serving, _OVERDUE_AGES.format(inside=inside(serving, area)))
    return {row["age"]: (int(row["tasks"]), int(row["overdue_long"])) for row in found}


@answer
def published_by_day(serving: Serving, period: Period, area: str | None) -> dict[date, int]:
    """Tasks published on each day of the weeks up to the period's end, days without any left out."""
    last = min(period.end, serving.last_day)
    first = last - timedelta(days=7 * CALENDAR_WEEKS - 7 + last.weekday())
    every = by_day(serving, _BY_DAY.format(inside=inside(serving, area)))
    return {day: count for day, count in every.items() if first <= day <= last}


@answer
def by_category(serving: Serving, period: Period, area: str | None) -> list[dict[str, Any]]:
    """category, tasks, closed, accepted, in_time, due, overdue: tasks of the period, most first."""
    return summed_rows(serving, _CATEGORIES.format(inside=inside(serving, area)), period, "category")


@answer
def difficulty_mix(serving: Serving, period: Period, area: str | None) -> list[dict[str, Any]]:
    """Tasks and overdue tasks of the period by difficulty; empty where exports name none."""
    return summed_rows(serving, _DIFFICULTY.format(inside=inside(serving, area)), period, "difficulty")


@answer
def closing(serving: Serving, period: Period, area: str | None) -> Value:
    """Closing rate of the period, with closed and accepted tasks."""
    return one_value(serving, "closing_rate", period, area)


_LOOP = """
SELECT period_start, sum(accepted) AS accepted, sum(routed) AS routed, sum(supervised) AS supervised, sum(fed_back) AS fed_back,
    sum(closed) AS closed, sum(assessed) AS assessed
FROM marts.tasks
WHERE grain = 'month' AND dimension = '' AND {inside}
GROUP BY period_start
"""

_SERVICE = """
SELECT period_start, sum(published) AS published, sum(claimed) AS claimed, sum(completed) AS completed, sum(verified) AS verified,
    sum(five_star) AS five_star
FROM marts.publications
WHERE grain = 'month' AND dimension = '' AND {inside}
GROUP BY period_start
"""

_TIMES = (
    "SELECT period_start, step, tasks, p10, p50, p90 FROM marts.loop_times WHERE grain = ? AND area_no = ?"
)

_OVERDUE_AGES = """
SELECT age, sum(tasks) AS tasks, sum(overdue_long) AS overdue_long
FROM marts.overdue
WHERE {inside}
GROUP BY age
"""

_OVERDUE = """
SELECT
    task_id, title, community_no, difficulty, accepted_at, routed_at, supervised_at, feedback_at,
    CAST(date_diff('day', due_at, CAST(? AS TIMESTAMP)) AS INTEGER) AS days
FROM marts.open_tasks
WHERE due_at < ? AND {inside}
ORDER BY due_at, task_id
LIMIT ?
"""

_BY_DAY = """
SELECT period_start, sum(published) AS tasks
FROM marts.publications
WHERE grain = 'day' AND dimension = '' AND {inside}
GROUP BY period_start
"""

_CATEGORIES = """
SELECT period_start, code AS category, sum(tasks) AS tasks, sum(closed) AS closed, sum(accepted) AS accepted, sum(in_time) AS in_time,
    sum(due) AS due, sum(overdue) AS overdue
FROM marts.tasks
WHERE grain = 'month' AND dimension = 'category' AND {inside}
GROUP BY period_start, code
"""

_DIFFICULTY = """
SELECT period_start, code AS difficulty, sum(tasks) AS tasks, sum(overdue) AS overdue
FROM marts.tasks
WHERE grain = 'month' AND dimension = 'difficulty' AND code <> '' AND {inside}
GROUP BY period_start, code
"""
