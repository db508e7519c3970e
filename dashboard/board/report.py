"""What only the monthly report asks: tasks that fell due by its last day and are open still, and where tasks are late.

What can be cut to any month out of one answer is asked once for all months.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.board.area_tree import number_of, places
from dashboard.board.door import Serving, answer, connection, fetched
from dashboard.board.units import known_units
from pipelines.periods import Period
from pipelines.roll_up import NO_CODE


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
    """The tasks that are not closed and fell due by the end of a month, of which `last_day` is the last, or data until."""
    counts: dict[str, tuple[int, int]] = {}
    for first_day, subdistrict, tasks, tasks_long in _due_months(serving):
        if first_day <= last_day:
            all_of, long = counts.get(subdistrict, (0, 0))
            counts[subdistrict] = all_of + tasks, long + tasks_long
    found = [{"subdistrict": name, "tasks": tasks, "long": long} for name, (tasks, long) in counts.items()]
    return Due(
        sum(tasks for tasks, _long in counts.values()),
        sum(long for _tasks, long in counts.values()),
        sorted(found, key=lambda row: (-row["tasks"], row["subdistrict"])),
        [row for row in _longest_due(serving, most) if row["due_day"] <= last_day],
    )


@answer
def _due_months(serving: Serving) -> list[tuple[date, str, int, int]]:
    """First day of a month, subdistrict, and the open tasks that fell due there in it; how many are long overdue."""
    found = connection(serving.root, serving.version).cursor().execute(_DUE_MONTHS).fetchall()
    # Some thousand rows of some hundred communities.
    subdistricts = {number: places(serving, number)[1] for number in {row[1] for row in found}}
    return [(month, subdistricts[number], tasks, long) for month, number, tasks, long in found]


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
    return _without_points(serving).get(quarter.start, {})


@answer
def _without_points(serving: Serving) -> dict[date, dict[str, int]]:
    """First day of a quarter → unit → people: all quarters at once, and no join."""
    known = known_units(serving)
    found: dict[date, dict[str, int]] = {}
    for row in fetched(serving, _NO_POINTS):
        if row["unit_no"] in known:
            unit_id, _group = known[row["unit_no"]]
            found.setdefault(row["period_start"], {})[unit_id] = row["people"]
    return found


def most_late(serving: Serving, month: Period, communities: Sequence[str]) -> list[tuple[str, int]]:
    """Of each community the kind of task of which most were late, and how many; no kind where two have as many."""
    if not communities:
        return []
    found = _most_late(serving, month.start.year)
    return [found.get((month.start, number_of(serving, one)), ("", 0)) for one in communities]


@answer
def _most_late(serving: Serving, year: int) -> dict[tuple[date, int], tuple[str, int]]:
    """The same by first day of a month and number of a community, all of a calendar year at once."""
    cursor = connection(serving.root, serving.version).cursor()
    late: dict[tuple[date, int], list[tuple[int, str]]] = {}
    # Some thousand rows, of which a dict each would cost as much as the question.
    for start, community, code, count in cursor.execute(
        _LATE, [date(year, 1, 1), date(year, 12, 31)]
    ).fetchall():
        late.setdefault((start, community), []).append((int(count), code or NO_CODE))
    return {place: _most(kinds) for place, kinds in late.items()}


def _most(late: list[tuple[int, str]]) -> tuple[str, int]:
    most = max((count for count, _kind in late), default=0)
    kinds = [kind for count, kind in late if count == most]
    return (kinds[0], most) if len(kinds) == 1 else ("", 0)


_LATE = """
SELECT period_start, community_no, code, due - in_time AS late
FROM marts.tasks
WHERE grain = 'month' AND dimension = 'kind' AND period_start BETWEEN ? AND ? AND due > in_time
"""

# Any community tells the name of its subdistrict.
_DUE_MONTHS = """
SELECT due_month, community_no, tasks, overdue_long
FROM marts.overdue
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
SELECT period_start, unit_no, count(*) AS people
FROM marts.unit_people
WHERE grain = 'quarter' AND earned = 0
GROUP BY period_start, unit_no
"""
