"""What lies on the map beside the areas: tasks, sites and check-ins, gathered before anybody draws them.

All over the district by cells, tasks of one area also by their places: buildings, markets, streets.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.board.area_tree import inside, places_of
from dashboard.board.door import Serving, fetched, rows
from dashboard.board.kept_answers import answer
from dashboard.table_rows import Row
from pipelines.periods import Period

LAYERS = ("none", "tasks", "sites", "checkins")
STATES = ("open", "closed", "all")
EVERY = "all"
NOBODY = "none"
# What a task is counted by, in the marts: all of them, those that a class has claimed, those that nobody has.
_COUNTED = {EVERY: "tasks", NOBODY: "unclaimed"} | {str(n): f"class_{n}" for n in range(1, 7)}
CLAIMANTS = tuple(_COUNTED)
# Open ones of these ages have waited for 30 days or more.
_LONG = ("30-89", "90+")


@dataclass(frozen=True)
class TaskChoice:
    """Which tasks: of a state and a category, claimed by a class or by NOBODY, open for an age; EVERY asks for no more."""

    state: str
    category: str = EVERY
    claimant: str = EVERY
    age: str = EVERY


def offered_layers(serving: Serving) -> list[str]:
    """Layers whose exports came; burden relief hides check-ins."""
    hidden = {"checkins"} if serving.district.burden_relief else set()
    return [name for name in LAYERS if name not in serving.missing and name not in hidden]


@answer
def task_categories(serving: Serving) -> list[str]:
    """Categories of tasks with coordinates, the most frequent first."""
    frame = rows(serving.root, serving.version, _CATEGORIES)
    return [str(category) for category in frame["category"]]


@answer
def site_kinds(serving: Serving) -> list[str]:
    """Kinds of sites with coordinates, the most frequent first."""
    frame = rows(serving.root, serving.version, _KINDS)
    return [str(kind) for kind in frame["kind"]]


def task_cells(serving: Serving, period: Period, choice: TaskChoice) -> pd.DataFrame:
    """longitude, latitude (middle of the cell) and count of the tasks published in the period, most first."""
    return _counted_cells(
        _task_cells(serving, period, choice.category, choice.claimant, choice.age), choice.state
    )


@answer
def _task_cells(serving: Serving, period: Period, category: str, claimant: str, age: str) -> pd.DataFrame:
    values = (period.start, period.end, category == EVERY, category, age == EVERY, age)
    return rows(serving.root, serving.version, _TASKS.format(counted=_COUNTED[claimant]), values)


@answer
def task_places(serving: Serving, period: Period, choice: TaskChoice, area: str) -> list[Row]:
    """place, longitude, latitude, area_code, community, count and waiting (30 days or more), most first.

    Those of an area that have a task of the choice; a place without a name is a square of about 100 m.
    """
    statement = _PLACES.format(
        counted=_COUNTED[choice.claimant],
        inside=inside(serving, area),
        long=", ".join(f"'{one}'" for one in _LONG),
    )
    values = [
        period.start,
        period.end,
        choice.category == EVERY,
        choice.category,
        choice.age == EVERY,
        choice.age,
    ]
    spots = _spots(serving, area)
    found = []
    for row in fetched(serving, statement, values):
        count = _of_state(row["tasks"], row["closed"], choice.state)
        if count:
            found.append({"count": int(count), "waiting": int(row["waiting"])} | spots[row["spot_no"]])
    return sorted(
        found, key=lambda row: (-row["count"], -row["waiting"], row["place"], row["area_code"] or "")
    )


@answer
def _spots(serving: Serving, area: str) -> dict[int, Row]:
    """Number of a place → its name, where it lies, and in which community."""
    found = fetched(serving, _SPOTS.format(inside=inside(serving, area)))
    known = places_of(serving, {row["community_no"] for row in found})
    return {
        row["spot_no"]: {
            "place": row["place"],
            "longitude": row["longitude"],
            "latitude": row["latitude"],
            "area_code": known[row["community_no"]].code,
            "community": known[row["community_no"]].name or "",
        }
        for row in found
    }


@answer
def checkin_cells(serving: Serving, period: Period) -> tuple[pd.DataFrame, int]:
    """Cells with their check-ins, and how many check-ins lie in cells of too few to be shown."""
    frame = rows(serving.root, serving.version, _CHECKINS, (period.start, period.end))
    cells = _counted(frame, frame["checkins"])
    few = cells["count"] < serving.district.privacy.minimum_group
    return cells[~few].reset_index(drop=True), int(cells.loc[few, "count"].sum())


@answer
def sites(serving: Serving, kind: str) -> pd.DataFrame:
    """longitude, latitude, kind, name of one of them and count of the sites that stand within about 100 m."""
    return rows(serving.root, serving.version, _SITES, (kind == EVERY, kind))


def _counted_cells(frame: pd.DataFrame, state: str) -> pd.DataFrame:
    return _counted(frame, _of_state(frame["tasks"], frame["closed"], state))


def _of_state(tasks: Any, closed: Any, state: str) -> Any:
    """Of so many tasks, closed ones among them, those of a state."""
    return {"open": tasks - closed, "closed": closed, "all": tasks}[state]


def _counted(frame: pd.DataFrame, counts: pd.Series) -> pd.DataFrame:
    cells = frame[["longitude", "latitude"]].assign(count=counts.astype(int))
    return cells[cells["count"] > 0].sort_values("count", ascending=False, ignore_index=True, kind="stable")


_CATEGORIES = "SELECT category FROM marts.task_cells GROUP BY category ORDER BY sum(tasks) DESC, category"

_KINDS = """
SELECT kind FROM facts.sites WHERE longitude IS NOT NULL AND latitude IS NOT NULL AND kind IS NOT NULL
GROUP BY kind ORDER BY count(*) DESC, kind
"""

# A closed task has no age.
_TASKS = """
SELECT longitude, latitude, sum({counted}) AS tasks, sum(CASE WHEN age IS NULL THEN {counted} ELSE 0 END) AS closed
FROM marts.task_cells
WHERE period_start BETWEEN ? AND ? AND (? OR category = ?) AND (? OR age = ?)
GROUP BY longitude, latitude
ORDER BY longitude, latitude
"""

_PLACES = """
SELECT
    spot_no, sum({counted}) AS tasks, sum(CASE WHEN age IS NULL THEN {counted} ELSE 0 END) AS closed,
    sum(CASE WHEN age IN ({long}) THEN {counted} ELSE 0 END) AS waiting
FROM marts.task_places
WHERE period_start BETWEEN ? AND ? AND (? OR category = ?) AND (? OR age = ?) AND {inside}
GROUP BY spot_no
"""
_SPOTS = "SELECT spot_no, community_no, place, longitude, latitude FROM marts.task_spots WHERE {inside}"

_CHECKINS = """
SELECT longitude, latitude, sum(checkins) AS checkins
FROM marts.checkin_cells
WHERE period_start BETWEEN ? AND ?
GROUP BY longitude, latitude
ORDER BY longitude, latitude
"""

_SITES = """
SELECT
    avg(longitude) AS longitude,
    avg(latitude) AS latitude,
    kind,
    min(name) AS name,
    count(*) AS count
FROM facts.sites
WHERE longitude IS NOT NULL AND latitude IS NOT NULL AND kind IS NOT NULL AND (? OR kind = ?)
GROUP BY kind, floor(longitude * 1000), floor(latitude * 1000)
ORDER BY count(*) DESC, kind, min(name)
"""
