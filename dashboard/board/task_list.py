"""Tasks one by one: which ones are found, and what happened to one of them?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dashboard.board.area_tree import inside, places
from dashboard.board.door import Serving, answer, fetched
from dashboard.board.month_sums import summed
from dashboard.table_rows import Row
from pipelines.periods import Period

LISTED = 12
CLAIMS_LISTED = 8
# So many tasks are picked out by the database, fewer are quicker sorted here.
_MANY = 200
# What the list can be limited to; whatever is not closed stands in a small mart of its own.
STATES = ("all", "open", "overdue", "unclaimed")


@dataclass(frozen=True)
class TaskList:
    """How many tasks were found, and the newest of them."""

    count: int
    listed: list[Row]


@dataclass(frozen=True)
class OneTask:
    """A task with the times of its steps; its claims, the first ones listed, and how many there are."""

    task: Row
    claims: list[Row]
    claim_count: int


@answer
def found(serving: Serving, period: Period, area: str | None, state: str, words: str) -> TaskList:
    """Tasks published in the period whose id, title or place holds the words; a whole id finds its task anywhere.

    listed: task_no, task_id, title, published_at, closed_at, due_at, community, subdistrict; newest first.
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
    statement = _PUBLISHED_IN.format(table=table, where=where, closed=closed) + _NEWEST
    newest = fetched(serving, statement, [*values, LISTED])
    count = len(newest)
    if count == LISTED:
        count = fetched(serving, _COUNT.format(table=table, where=where), values)[0]["tasks"]
    elif not count and words:
        newest = fetched(serving, _WHOLE_ID, [words])
        count = len(newest)
    return TaskList(count, _placed(serving, newest))


def _newest(serving: Serving, period: Period, area: str | None) -> TaskList:
    """All tasks of a period: counted in the mart, and the newest looked for in its last days before all of it."""
    within = inside(serving, area)
    count = int(summed(serving, _PUBLISHED.format(where=within), period)["tasks"])
    after = min(period.end, serving.last_day) + timedelta(days=1)
    newest: list[Row] = []
    for start, expected in _spans(period.start, after, count):
        newest = _newest_of(serving, within, start, after, expected)
        if len(newest) == min(count, LISTED):
            break
    return TaskList(count, _placed(serving, newest))


def _spans(start: date, after: date, count: int) -> list[tuple[date, float]]:
    """Days to look from, and about how many tasks there are: some more days than should do, many more, all."""
    whole = max((after - start).days, 1)
    few = 1 + 3 * LISTED * whole // max(count, 1)
    days = [few, 8 * few] if 8 * few < whole else [few] if few < whole else []
    return [(after - timedelta(days=n), count * n / whole) for n in days] + [(start, count)]


def _newest_of(serving: Serving, within: str, start: date, after: date, expected: float) -> list[Row]:
    statement = _PUBLISHED_IN.format(table="facts.tasks", where=within, closed="closed_at")
    if expected > _MANY:
        return fetched(serving, statement + _NEWEST, [start, after, LISTED])
    found = fetched(serving, statement, [start, after])
    found.sort(key=lambda row: (row["task_id"] is None, row["task_id"]))
    found.sort(key=lambda row: row["published_at"], reverse=True)
    return found[:LISTED]


def _placed(serving: Serving, tasks: list[Row]) -> list[Row]:
    found = [(row, *places(serving, row["community_no"])) for row in tasks]
    return [row | {"community": own, "subdistrict": above} for row, own, above in found]


@answer
def task(serving: Serving, number: int | None) -> OneTask | None:
    """A task by its number: what is shown of it, community, subdistrict, and its claims in order; None when nobody knows it."""
    of_number = [] if number is None else fetched(serving, _TASK, [number])
    if not of_number:
        return None
    (one,) = _placed(serving, of_number)
    # One statement for each table: a join of two large ones would read both. The few claims are sorted here.
    claims = sorted(
        fetched(serving, _CLAIMS, [number]),
        key=lambda row: (row["claimed_at"] or datetime.max, row["claim_id"]),
    )
    listed = claims[:CLAIMS_LISTED]
    people = {row["steward_no"] for row in listed if row["steward_no"] is not None}
    codes = fetched(serving, _CODES, [sorted(people)]) if people else []
    known = {row["steward_no"]: row["steward_id"] for row in codes}
    return OneTask(one, [row | {"steward_id": known.get(row["steward_no"])} for row in listed], len(claims))


_FROM = {
    "all": ("facts.tasks", "TRUE"),
    "open": ("marts.open_tasks", "TRUE"),
    "overdue": ("marts.open_tasks", "due_at < ?"),
    "unclaimed": ("marts.open_tasks", "claims = 0"),
}
_HOLDS = "(contains(lower(task_id), ?) OR contains(lower(title), ?) OR contains(lower(place), ?))"

_PUBLISHED_IN = """
SELECT task_no, task_id, coalesce(nullif(title, ''), category) AS title, published_at, due_at, community_no, {closed} AS closed_at
FROM {table}
WHERE published_at >= ? AND published_at < ? AND {where}
"""
_NEWEST = """
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
SELECT task_no, task_id, coalesce(nullif(title, ''), category) AS title, published_at, due_at, community_no, closed_at
FROM facts.tasks
WHERE task_id = ?
"""
_TASK = """
SELECT
    task_id, title, category, kind, horn_level, channel, difficulty, community_no, place, published_at, due_at, accepted_at,
    routed_at, supervised_at, feedback_at, closed_at, assessed_at
FROM facts.tasks
WHERE task_no = ?
"""
_CLAIMS = """
SELECT claim_id, steward_no, claimed_at, completed_at, verified_at, verdict, stars
FROM facts.claims
WHERE task_no = ?
"""
# A list as one value: each number written out would be compared with every steward's.
_CODES = "SELECT steward_no, steward_id FROM facts.stewards WHERE steward_no IN (SELECT unnest(?::INTEGER[]))"
