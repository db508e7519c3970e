"""What lies on the map beside the areas: tasks, sites and check-ins, gathered into cells before anybody draws them."""

import pandas as pd

from dashboard.board.door import Serving, rows
from dashboard.board.kept_answers import answer
from pipelines.periods import Period

LAYERS = ("none", "tasks", "sites", "checkins")
STATES = ("open", "closed", "all")
EVERY = "all"


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


@answer
def task_cells(serving: Serving, period: Period, state: str, category: str) -> pd.DataFrame:
    """longitude, latitude (middle of the cell) and count of the tasks published in the period, most first."""
    frame = rows(
        serving.root, serving.version, _TASKS, (period.start, period.end, category == EVERY, category)
    )
    counts = {"open": frame["tasks"] - frame["closed"], "closed": frame["closed"], "all": frame["tasks"]}
    return _counted(frame, counts[state])


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


def _counted(frame: pd.DataFrame, counts: pd.Series) -> pd.DataFrame:
    cells = frame[["longitude", "latitude"]].assign(count=counts.astype(int))
    return cells[cells["count"] > 0].sort_values("count", ascending=False, ignore_index=True, kind="stable")


_CATEGORIES = "SELECT category FROM marts.task_cells GROUP BY category ORDER BY sum(tasks) DESC, category"

_KINDS = """
SELECT kind FROM facts.sites WHERE longitude IS NOT NULL AND latitude IS NOT NULL AND kind IS NOT NULL
GROUP BY kind ORDER BY count(*) DESC, kind
"""

_TASKS = """
SELECT longitude, latitude, sum(tasks) AS tasks, sum(closed) AS closed
FROM marts.task_cells
WHERE period_start BETWEEN ? AND ? AND (? OR category = ?)
GROUP BY longitude, latitude
ORDER BY longitude, latitude
"""

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
