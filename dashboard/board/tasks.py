"""Tasks: how far do they come, how long does each step take, what is overdue, which channel lags?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pandas as pd

from dashboard.board.area_tree import inside, number_of, with_places
from dashboard.board.door import Serving, answer, rows
from dashboard.board.figures import Value, by_dimension, monthly_by, one_value, trend_months
from dashboard.board.month_sums import by_day, summed, summed_by
from dashboard.table_rows import rows_of
from pipelines.periods import Period

LOOP = ("accepted", "routed", "supervised", "fed_back", "closed", "assessed")
SERVICE = ("published", "claimed", "completed", "verified", "five_star")
# Code of the age → days from and up to (None: no end).
AGES: dict[str, tuple[int, int | None]] = {
    "0-2": (0, 3),
    "3-6": (3, 7),
    "7-29": (7, 30),
    "30-89": (30, 90),
    "90+": (90, None),
}
CALENDAR_WEEKS = 53
LISTED = 10
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


@answer
def step_counts(serving: Serving, period: Period, area: str | None) -> dict[str, dict[str, int]]:
    """Tasks of the period that reached each step by data until, of the five-step loop and of the service."""
    found = {}
    for process, statement in (("loop", _LOOP), ("service", _SERVICE)):
        counted = summed(serving, statement.format(inside=inside(serving, area)), period)
        found[process] = {step: int(tasks) for step, tasks in counted.items()}
    return found


@answer
def step_times(serving: Serving, period: Period, area: str | None, process: str) -> dict[str, StepTime]:
    """Time taken to reach each step of a process, for the district, a subdistrict or a community."""
    steps = _STEPS_OF[process]
    frame = rows(
        serving.root, serving.version, _TIMES, (period.grain, period.start, number_of(serving, area))
    )
    return {
        steps[str(row["step"])]: StepTime(
            float(row["p50"]) / _DAY, float(row["p10"]) / _DAY, float(row["p90"]) / _DAY, int(row["tasks"])
        )
        for row in rows_of(frame)
        if str(row["step"]) in steps
    }


@answer
def rate_by_channel(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """In-time rate of each channel by month; `attrs`: names, months, counts (tasks of the period by channel)."""
    months = trend_months(serving, period)
    wide = monthly_by(serving, "in_time_rate", months, "channel", area)
    counts = by_dimension(serving, "in_time_rate", period, "channel", area)
    wide.attrs["counts"] = dict(zip(counts["channel"], counts["denominator"], strict=True))
    wide.attrs["months"] = months
    return wide


@answer
def overdue(serving: Serving, area: str | None) -> Overdue:
    """Open tasks past their due time at data until: their number, and the longest overdue."""
    counted = rows(
        serving.root,
        serving.version,
        _OVERDUE_COUNTS.format(inside=inside(serving, area)),
        (serving.data_until, LONG_OVERDUE, serving.data_until),
    ).iloc[0]
    return Overdue(int(counted["tasks"]), int(counted["long"]), _overdue(serving, area, LISTED))


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
    until = serving.data_until
    counts, spans = [], []
    for column, condition in (("due_at", "due_at < ?"), ("published_at", "claims = 0")):
        for first, last in AGES.values():
            counts.append(
                f"count(CASE WHEN {condition} AND {column} <= ? AND {column} > ? THEN 1 END) "
                f"AS {column}_{first}"
            )
            spans += [*([until] if "?" in condition else []), until - timedelta(days=first)]
            spans.append(datetime.min if last is None else until - timedelta(days=last))
    statement = f"SELECT {', '.join(counts)} FROM marts.open_tasks WHERE {inside(serving, area)}"
    found = rows(serving.root, serving.version, statement, tuple(spans)).iloc[0].tolist()
    return pd.DataFrame({"age": list(AGES), "overdue": found[: len(AGES)], "unclaimed": found[len(AGES) :]})


@answer
def published_by_day(serving: Serving, period: Period, area: str | None) -> dict[date, int]:
    """Tasks published on each day of the weeks up to the period's end, days without any left out."""
    last = min(period.end, serving.last_day)
    first = last - timedelta(days=7 * CALENDAR_WEEKS - 7 + last.weekday())
    every = by_day(serving, _BY_DAY.format(inside=inside(serving, area)))
    return {day: count for day, count in every.items() if first <= day <= last}


@answer
def by_category(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """category, tasks, closed, accepted, in_time, due, overdue: tasks of the period, most first."""
    return summed_by(serving, _CATEGORIES.format(inside=inside(serving, area)), period, "category")


@answer
def difficulty_mix(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """Tasks and overdue tasks of the period by difficulty; empty where exports name none."""
    return summed_by(serving, _DIFFICULTY.format(inside=inside(serving, area)), period, "difficulty")


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

_TIMES = "SELECT step, tasks, p10, p50, p90 FROM marts.loop_times WHERE grain = ? AND period_start = ? AND area_no = ?"

_OVERDUE_COUNTS = """
SELECT count(*) AS tasks, count(CASE WHEN date_diff('day', due_at, CAST(? AS TIMESTAMP)) > ? THEN 1 END) AS long
FROM marts.open_tasks
WHERE due_at < ? AND {inside}
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
