"""What only the monthly report asks: tasks that fell due by its last day and are open still, and where they wait."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pandas as pd

from dashboard.board.area_tree import with_places
from dashboard.board.door import Serving, answer, rows

LONG_OVERDUE = 30


@dataclass(frozen=True)
class Due:
    """Tasks due by a day and open at data until: all of them by community, and the longest overdue one by one.

    `places`: subdistrict, tasks, long (overdue for more than 30 days), most first. `listed`: task_id, title, community,
    subdistrict, days, and the time of each step that was reached.
    """

    count: int
    long: int
    places: pd.DataFrame
    listed: pd.DataFrame


@answer
def due_and_open(serving: Serving, last_day: date, most: int) -> Due:
    """The tasks whose due time lay before the end of the day (data until at the latest) and that are not closed."""
    edge = min(datetime.combine(last_day + timedelta(days=1), time()), serving.data_until)
    until = serving.data_until
    counted = with_places(serving, rows(serving.root, serving.version, _PLACES, (until, LONG_OVERDUE, edge)))
    places = counted.groupby("subdistrict", as_index=False)[["tasks", "long"]].sum()
    places = places.sort_values(["tasks", "subdistrict"], ascending=[False, True], ignore_index=True)
    listed = with_places(serving, rows(serving.root, serving.version, _LISTED, (until, edge, most)))
    return Due(int(places["tasks"].sum()), int(places["long"].sum()), places, listed)


def waves_begun(serving: Serving, last_day: date) -> list[str]:
    """The survey waves that had begun by a day, in the order in which they were held."""
    found = rows(serving.root, serving.version, _BEGUN, (last_day,))
    return [str(wave) for wave in found["wave"]]


_BEGUN = "SELECT wave FROM marts.waves WHERE first_day <= ? ORDER BY first_day, wave"

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
