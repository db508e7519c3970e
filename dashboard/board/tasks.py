"""Tasks: how far do they come, how long does each step take, what is overdue, which channel lags?"""

from dataclasses import dataclass

import pandas as pd

from dashboard.board.door import Serving, answer, rows
from dashboard.board.figures import Value, by_dimension, monthly_by, one_value, trend_months
from dashboard.formats import is_missing
from pipelines.periods import Period

LOOP = ("accepted", "routed", "supervised", "fed_back", "closed", "assessed")
SERVICE = ("published", "claimed", "completed", "verified")
LISTED = 13
LONG_OVERDUE = 30
MOST_DOWNLOADED = 20_000
_DAY = 86_400
_STEP_OF = {
    "route": "routed",
    "supervise": "supervised",
    "feedback": "fed_back",
    "close": "closed",
    "assess": "assessed",
}


@dataclass(frozen=True)
class Overdue:
    """Number of overdue tasks, of those overdue for long, and the longest ones with their days."""

    count: int
    long: int
    listed: pd.DataFrame


@dataclass(frozen=True)
class StepTime:
    """Days from the step before: median and the 10th and 90th percentile."""

    median: float
    p10: float
    p90: float


@answer
def step_counts(serving: Serving, period: Period, area: str | None) -> dict[str, dict[str, int]]:
    """Tasks of the period that reached each step by data until, of the five-step loop and of the service."""
    span = (period.start, period.end, area, area)
    found = {}
    for process, statement in (("loop", _LOOP), ("service", _SERVICE)):
        frame = rows(serving.root, serving.version, statement, span)
        found[process] = {str(step): 0 if is_missing(n) else int(n) for step, n in frame.iloc[0].items()}
    return found


@answer
def step_times(serving: Serving, period: Period, area: str | None, process: str) -> dict[str, StepTime]:
    """Time taken to reach each step of the loop, for the district and its subdistricts; nothing for a community."""
    if process != "loop":
        return {}
    frame = rows(serving.root, serving.version, _LOOP_TIMES, (period.grain, period.start, area, area))
    return {
        _STEP_OF[str(row["step"])]: StepTime(
            float(row["p50"]) / _DAY, float(row["p10"]) / _DAY, float(row["p90"]) / _DAY
        )
        for row in frame.to_dict("records")
        if str(row["step"]) in _STEP_OF
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
    counts = rows(serving.root, serving.version, _OVERDUE_COUNTS, (LONG_OVERDUE, area, area)).iloc[0]
    listed = rows(serving.root, serving.version, _OVERDUE, (area, area, LISTED))
    return Overdue(int(counts["tasks"]), int(counts["long"]), listed)


def overdue_to_download(serving: Serving, area: str | None) -> pd.DataFrame:
    """The overdue tasks as a list, longest first, at most so many as a spreadsheet is read with."""
    return rows(serving.root, serving.version, _OVERDUE, (area, area, MOST_DOWNLOADED))


@answer
def difficulty_mix(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """Tasks and overdue tasks of the period by difficulty; empty where exports name none."""
    return rows(serving.root, serving.version, _DIFFICULTY, (period.start, period.end, area, area))


@answer
def closing(serving: Serving, period: Period, area: str | None) -> Value:
    """Closing rate of the period, with closed and accepted tasks."""
    return one_value(serving, "closing_rate", period, area)


_INSIDE = """(CAST(? AS VARCHAR) IS NULL OR community_no IN (
    SELECT p.area_no FROM facts.area_paths AS p JOIN facts.areas AS a ON a.area_no = p.ancestor_no WHERE a.area_code = ?))"""

_LOOP = f"""
SELECT count(*) AS accepted, count(routed_at) AS routed, count(supervised_at) AS supervised,
    count(feedback_at) AS fed_back, count(closed_at) AS closed, count(assessed_at) AS assessed
FROM facts.tasks
WHERE CAST(accepted_at AS DATE) BETWEEN ? AND ? AND {_INSIDE}
"""

_SERVICE = f"""
SELECT sum(published) AS published, sum(claimed) AS claimed, sum(completed) AS completed, sum(verified) AS verified
FROM marts.publications
WHERE grain = 'month' AND dimension = '' AND period_start BETWEEN ? AND ? AND {_INSIDE}
"""

_LOOP_TIMES = """
SELECT l.step, l.p10, l.p50, l.p90
FROM marts.loop_times AS l
JOIN facts.areas AS a ON a.area_no = l.area_no
WHERE l.grain = ? AND l.period_start = ?
    AND CASE WHEN CAST(? AS VARCHAR) IS NULL THEN a.level = 'district' ELSE a.area_code = ? END
"""

_OVERDUE_COUNTS = f"""
SELECT count(*) AS tasks, count(CASE WHEN date_diff('day', t.due_at, r.data_until) > ? THEN 1 END) AS long
FROM facts.tasks AS t
CROSS JOIN meta.rules AS r
WHERE t.closed_at IS NULL AND t.due_at < r.data_until AND {_INSIDE.replace("community_no", "t.community_no")}
"""

_OVERDUE = f"""
SELECT
    t.task_id, coalesce(nullif(t.title, ''), t.category) AS title, a.name AS community, s.name AS subdistrict,
    t.difficulty, t.accepted_at, t.routed_at, t.supervised_at, t.feedback_at,
    CAST(date_diff('day', t.due_at, r.data_until) AS INTEGER) AS days
FROM facts.tasks AS t
CROSS JOIN meta.rules AS r
JOIN facts.areas AS a ON a.area_no = t.community_no
LEFT JOIN facts.area_paths AS p ON p.area_no = t.community_no AND p.level = 'subdistrict'
LEFT JOIN facts.areas AS s ON s.area_no = p.ancestor_no
WHERE t.closed_at IS NULL AND t.due_at < r.data_until AND {_INSIDE.replace("community_no", "t.community_no")}
ORDER BY t.due_at, t.task_id
LIMIT ?
"""

_DIFFICULTY = f"""
SELECT code AS difficulty, sum(tasks) AS tasks, sum(overdue) AS overdue
FROM marts.tasks
WHERE grain = 'month' AND dimension = 'difficulty' AND code <> '' AND period_start BETWEEN ? AND ? AND {_INSIDE}
GROUP BY code
"""
