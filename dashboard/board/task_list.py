"""Tasks one by one: which ones are found, and what happened to one of them?"""

from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from dashboard.board.area_tree import inside, with_places
from dashboard.board.door import Serving, answer, rows
from dashboard.board.month_sums import summed
from pipelines.periods import Period

LISTED = 12
CLAIMS_LISTED = 8
_LAST_WEEKS = timedelta(days=14)
# What the list can be limited to; whatever is not closed stands in a small mart of its own.
STATES = ("all", "open", "overdue", "unclaimed")


@dataclass(frozen=True)
class TaskList:
    """How many tasks were found, and the newest of them."""

    count: int
    listed: pd.DataFrame


@dataclass(frozen=True)
class OneTask:
    """A task with the times of its steps; its claims, the first ones listed, and how many there are."""

    task: pd.Series
    claims: pd.DataFrame
    claim_count: int


@answer
def found(serving: Serving, period: Period, area: str | None, state: str, words: str) -> TaskList:
    """Tasks published in the period whose id, title or place holds the words; a whole id finds its task anywhere.

    listed: task_id, title, published_at, closed_at, due_at, community, subdistrict; newest first.
    """
    if state == "all" and not words:
        return _newest(serving, period, area)
    table, condition = _FROM[state]
    limits = [inside(serving, area), condition]
    values: list[object] = [period.start, period.end + timedelta(days=1)]
    if state == "overdue":
        values.append(serving.data_until)
    if words:
        limits.append(_HOLDS)
        values += [words.lower()] * 3
    where = " AND ".join(limits)
    closed = "closed_at" if state == "all" else "CAST(NULL AS TIMESTAMP)"
    statement = _NEWEST.format(table=table, where=where, closed=closed)
    newest = rows(serving.root, serving.version, statement, [*values, LISTED])
    count = len(newest)
    if count == LISTED:
        counted = rows(serving.root, serving.version, _COUNT.format(table=table, where=where), values)
        count = int(counted["tasks"].iloc[0])
    elif not count and words:
        newest = rows(serving.root, serving.version, _WHOLE_ID, [words])
        count = len(newest)
    return TaskList(count, with_places(serving, newest))


def _newest(serving: Serving, period: Period, area: str | None) -> TaskList:
    """All tasks of a period: counted in the mart, and the newest looked for in the last weeks before all of it."""
    within = inside(serving, area)
    count = int(summed(serving, _PUBLISHED.format(where=within), period)["tasks"])
    statement = _NEWEST.format(table="facts.tasks", where=within, closed="closed_at")
    after = min(period.end, serving.last_day) + timedelta(days=1)
    for start in (max(period.start, after - _LAST_WEEKS), period.start):
        newest = rows(serving.root, serving.version, statement, [start, after, LISTED])
        if len(newest) == min(count, LISTED):
            break
    return TaskList(count, with_places(serving, newest))


@answer
def task(serving: Serving, task_id: str) -> OneTask | None:
    """A task by its id: every column of it, community, subdistrict, and its claims in order; None when nobody knows it."""
    frame = rows(serving.root, serving.version, _TASK, [task_id])
    if frame.empty:
        return None
    one = with_places(serving, frame).iloc[0]
    number = int(one["task_no"])
    claims = rows(serving.root, serving.version, _CLAIMS, [number, CLAIMS_LISTED])
    count = len(claims)
    if count == CLAIMS_LISTED:
        count = int(rows(serving.root, serving.version, _CLAIM_COUNT, [number])["claims"].iloc[0])
    # One statement for each table: a join of two large ones would read both.
    people = [str(int(person)) for person in claims["steward_no"].dropna()]
    codes = rows(serving.root, serving.version, _CODES.format(people=", ".join(people) or "-1"))
    known = dict(zip(codes["steward_no"], codes["steward_id"], strict=True))
    return OneTask(one, claims.assign(steward_id=claims["steward_no"].map(known)), count)


_FROM = {
    "all": ("facts.tasks", "TRUE"),
    "open": ("marts.open_tasks", "TRUE"),
    "overdue": ("marts.open_tasks", "due_at < ?"),
    "unclaimed": ("marts.open_tasks", "claims = 0"),
}
_HOLDS = "(contains(lower(task_id), ?) OR contains(lower(title), ?) OR contains(lower(place), ?))"

_NEWEST = """
SELECT task_id, coalesce(nullif(title, ''), category) AS title, published_at, due_at, community_no, {closed} AS closed_at
FROM {table}
WHERE published_at >= ? AND published_at < ? AND {where}
ORDER BY published_at DESC, task_id
LIMIT ?
"""
_PUBLISHED = """
SELECT period_start, sum(published) AS tasks FROM marts.publications
WHERE grain = 'month' AND dimension = '' AND {where}
GROUP BY period_start
"""
_COUNT = "SELECT count(*) AS tasks FROM {table} WHERE published_at >= ? AND published_at < ? AND {where}"
_WHOLE_ID = """
SELECT task_id, coalesce(nullif(title, ''), category) AS title, published_at, due_at, community_no, closed_at
FROM facts.tasks
WHERE task_id = ?
"""
_TASK = """
SELECT
    task_no, task_id, title, category, kind, horn_level, channel, difficulty, method, community_no, place,
    CAST(points AS DOUBLE) AS points, published_at, due_at, accepted_at, routed_at, supervised_at, feedback_at, closed_at,
    assessed_at
FROM facts.tasks
WHERE task_id = ?
"""
_CLAIMS = """
SELECT claim_id, steward_no, claimed_at, completed_at, verified_at, verdict, stars
FROM facts.claims
WHERE task_no = ?
ORDER BY claimed_at, claim_id
LIMIT ?
"""
_CLAIM_COUNT = "SELECT count(*) AS claims FROM facts.claims WHERE task_no = ?"
_CODES = "SELECT DISTINCT steward_no, steward_id FROM facts.stewards WHERE steward_no IN ({people})"
