"""What only the monthly report asks: tasks that fell due by its last day and are open still, and where tasks are late.

Its tables are short and read row by row: they are fetched as rows, since a table of pandas costs as much as the question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from dashboard.board.area_tree import number_of, places
from dashboard.board.door import Serving, answer, fetched
from pipelines.measure import NO_CODE
from pipelines.periods import Period

LONG_OVERDUE = 30


@dataclass(frozen=True)
class Due:
    """Tasks due by a day and open at data until: all of them by community, and the longest overdue one by one.

    `places`: subdistrict, tasks, long (overdue for more than 30 days), most first. `listed`: task_id, title, community,
    subdistrict, days, and the time of each step that was reached.
    """

    count: int
    long: int
    places: Sequence[Mapping[str, Any]]
    listed: Sequence[Mapping[str, Any]]


@answer
def due_and_open(serving: Serving, last_day: date, most: int) -> Due:
    """The tasks whose due time lay before the end of the day (data until at the latest) and that are not closed."""
    edge = min(datetime.combine(last_day + timedelta(days=1), time()), serving.data_until)
    until = serving.data_until
    counts: dict[str, tuple[int, int]] = {}
    for row in fetched(serving, _PLACES, (until, LONG_OVERDUE, edge)):
        _community, subdistrict = places(serving, row["community_no"])
        tasks, long = counts.get(subdistrict, (0, 0))
        counts[subdistrict] = tasks + row["tasks"], long + row["long"]
    found = [{"subdistrict": name, "tasks": tasks, "long": long} for name, (tasks, long) in counts.items()]
    listed = [
        row | dict(zip(("community", "subdistrict"), places(serving, row["community_no"]), strict=True))
        for row in fetched(serving, _LISTED, (until, edge, most))
    ]
    return Due(
        sum(tasks for tasks, _long in counts.values()),
        sum(long for _tasks, long in counts.values()),
        sorted(found, key=lambda row: (-row["tasks"], row["subdistrict"])),
        listed,
    )


def waves_begun(serving: Serving, last_day: date) -> set[str]:
    """The survey waves that had begun by a day."""
    return {wave for wave, first_day in _first_days(serving).items() if first_day <= last_day}


@answer
def _first_days(serving: Serving) -> dict[str, date]:
    return {str(row["wave"]): row["first_day"] for row in fetched(serving, _WAVES)}


def most_late(serving: Serving, month: Period, community: str) -> tuple[str, int]:
    """The kind of task of which most were late in a community, and how many; no kind where two have as many."""
    late = _late_by_kind(serving, month).get(number_of(serving, community), [])
    most = max((count for _kind, count in late), default=0)
    kinds = [kind for kind, count in late if count == most]
    return (kinds[0], most) if len(kinds) == 1 else ("", 0)


@answer
def _late_by_kind(serving: Serving, month: Period) -> dict[int, list[tuple[str, int]]]:
    """Community → its kinds with late tasks: the communities that a report names are asked for with one question."""
    found: dict[int, list[tuple[str, int]]] = {}
    for row in fetched(serving, _LATE, (month.start,)):
        found.setdefault(row["community_no"], []).append((row["code"] or NO_CODE, int(row["late"])))
    return found


_WAVES = "SELECT wave, first_day FROM marts.waves WHERE first_day IS NOT NULL"

_LATE = """
SELECT community_no, code, due - in_time AS late
FROM marts.tasks
WHERE grain = 'month' AND dimension = 'kind' AND period_start = ? AND due > in_time
"""

_PLACES = """
SELECT community_no, count(*) AS tasks,
    count(CASE WHEN date_diff('day', due_at, CAST(? AS TIMESTAMP)) > ? THEN 1 END) AS long
FROM marts.open_tasks
WHERE due_at < ?
GROUP BY community_no
"""

_LISTED = """
SELECT
    task_id, coalesce(nullif(title, ''), '（未填）') AS title, community_no, accepted_at, routed_at, supervised_at, feedback_at,
    CAST(date_diff('day', due_at, CAST(? AS TIMESTAMP)) AS INTEGER) AS days
FROM marts.open_tasks
WHERE due_at < ?
ORDER BY due_at, task_id
LIMIT ?
"""
