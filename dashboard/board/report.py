"""What only the monthly report asks: tasks that fell due by its last day and are open still, and where tasks are late.

What can be cut to any month out of one answer is asked once for all months.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.board.area_tree import number_of, places
from dashboard.board.door import Serving, answer, fetched
from pipelines.periods import Period
from pipelines.roll_up import NO_CODE

LONG_OVERDUE = 30


@dataclass(frozen=True)
class Due:
    """Tasks due by a day and open at data until: all of them by community, and the longest overdue one by one.

    `places`: subdistrict, tasks, long (overdue for more than 30 days), most first. `listed`: task_id, title, community,
    subdistrict, due_day, days, and the time of each step that was reached.
    """

    count: int
    long: int
    places: Sequence[Mapping[str, Any]]
    listed: Sequence[Mapping[str, Any]]


@answer
def due_and_open(serving: Serving, last_day: date, most: int) -> Due:
    """The tasks whose due time lay before the end of the day (data until at the latest) and that are not closed."""
    counts: dict[str, tuple[int, int]] = {}
    until = serving.last_day
    for due_day, subdistrict, tasks in _due_days(serving):
        if due_day <= last_day:
            all_of, long = counts.get(subdistrict, (0, 0))
            counts[subdistrict] = all_of + tasks, long + tasks * ((until - due_day).days > LONG_OVERDUE)
    found = [{"subdistrict": name, "tasks": tasks, "long": long} for name, (tasks, long) in counts.items()]
    return Due(
        sum(tasks for tasks, _long in counts.values()),
        sum(long for _tasks, long in counts.values()),
        sorted(found, key=lambda row: (-row["tasks"], row["subdistrict"])),
        [row for row in _longest_due(serving, most) if row["due_day"] <= last_day],
    )


@answer
def _due_days(serving: Serving) -> list[tuple[date, str, int]]:
    """Day, subdistrict, and the open tasks that fell due there on it."""
    counts: Counter[tuple[date, str]] = Counter()
    for row in fetched(serving, _DUE_DAYS, (serving.data_until,)):
        _community, subdistrict = places(serving, row["community_no"])
        counts[row["due_day"], subdistrict] += row["tasks"]
    return [(day, subdistrict, tasks) for (day, subdistrict), tasks in counts.items()]


@answer
def _longest_due(serving: Serving, most: int) -> list[dict[str, Any]]:
    """The open tasks that fell due first: those due by an earlier day are the first of them."""
    return [
        row | dict(zip(("community", "subdistrict"), places(serving, row["community_no"]), strict=True))
        for row in fetched(serving, _LONGEST_DUE, (serving.data_until, serving.data_until, most))
    ]


@answer
def without_points(serving: Serving, quarter: Period) -> dict[str, int]:
    """Unit → people on its roster at the quarter's end who have no point of the quarter; no unit without such people."""
    return {str(row["unit_id"]): row["people"] for row in fetched(serving, _NO_POINTS, (quarter.start,))}


def waves_begun(serving: Serving, last_day: date) -> set[str]:
    """The survey waves that had begun by a day."""
    return {wave for wave, first_day in _first_days(serving).items() if first_day <= last_day}


@answer
def _first_days(serving: Serving) -> dict[str, date]:
    return {str(row["wave"]): row["first_day"] for row in fetched(serving, _WAVES)}


def most_late(serving: Serving, month: Period, communities: Sequence[str]) -> list[tuple[str, int]]:
    """Of each community the kind of task of which most were late, and how many; no kind where two have as many."""
    numbers = [number_of(serving, community) for community in communities]
    late: dict[int, list[tuple[int, str]]] = {}
    if numbers:
        for row in fetched(serving, _LATE.format(communities=", ".join(map(str, numbers))), (month.start,)):
            late.setdefault(row["community_no"], []).append((int(row["late"]), row["code"] or NO_CODE))
    return [_most(late.get(number, [])) for number in numbers]


def _most(late: list[tuple[int, str]]) -> tuple[str, int]:
    most = max((count for count, _kind in late), default=0)
    kinds = [kind for count, kind in late if count == most]
    return (kinds[0], most) if len(kinds) == 1 else ("", 0)


_WAVES = "SELECT wave, first_day FROM marts.waves WHERE first_day IS NOT NULL"

_LATE = """
SELECT community_no, code, due - in_time AS late
FROM marts.tasks
WHERE grain = 'month' AND dimension = 'kind' AND period_start = ? AND due > in_time AND community_no IN ({communities})
"""

# Any community tells the name of its subdistrict.
_DUE_DAYS = """
SELECT min(t.community_no) AS community_no, CAST(t.due_at AS DATE) AS due_day, count(*) AS tasks
FROM marts.open_tasks AS t
LEFT JOIN facts.area_paths AS p ON p.area_no = t.community_no AND p.level = 'subdistrict'
WHERE t.due_at < ?
GROUP BY p.ancestor_no, CAST(t.due_at AS DATE)
"""

_LONGEST_DUE = """
SELECT
    task_id, coalesce(nullif(title, ''), '（未填）') AS title, community_no, accepted_at, routed_at, supervised_at, feedback_at,
    CAST(date_diff('day', due_at, CAST(? AS TIMESTAMP)) AS INTEGER) AS days, CAST(due_at AS DATE) AS due_day
FROM marts.open_tasks
WHERE due_at < ?
ORDER BY due_at, task_id
LIMIT ?
"""

_NO_POINTS = """
SELECT u.unit_id, count(*) AS people
FROM marts.unit_people AS p
JOIN facts.units AS u ON u.unit_no = p.unit_no
WHERE p.grain = 'quarter' AND p.period_start = ? AND p.earned = 0
GROUP BY u.unit_id
"""
