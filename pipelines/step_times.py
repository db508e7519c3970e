"""How long tasks take from step to step.

Medians cannot be added, so they are computed at the build for every period and area. Sorting numbers that hold
group and seconds at once is several times cheaper than a percentile by group in SQL.
"""

from collections.abc import Iterator
from datetime import date

import duckdb
import numpy as np
from numpy.typing import NDArray

Connection = duckdb.DuckDBPyConnection
Whole = NDArray[np.int64]

_LEVELS = ("district", "subdistrict", "community")
_GRAINS = ("month", "quarter", "year")
_PERCENTILES = (0.1, 0.5, 0.9)
# Seconds of a step that a task has not taken; a step cannot last 68 years.
_NONE = -(2**31)
_SECONDS_BITS = 32

_LOOP = f"""
SELECT community_no, year(accepted_at) * 12 + month(accepted_at) - 1 AS month,
    coalesce(CAST(epoch(routed_at) - epoch(accepted_at) AS INTEGER), {_NONE}) AS route,
    coalesce(CAST(epoch(supervised_at) - epoch(accepted_at) AS INTEGER), {_NONE}) AS supervise,
    coalesce(CAST(epoch(feedback_at) - epoch(coalesce(routed_at, accepted_at)) AS INTEGER), {_NONE}) AS feedback,
    coalesce(CAST(epoch(closed_at) - epoch(coalesce(feedback_at, routed_at, accepted_at)) AS INTEGER), {_NONE}) AS "close",
    coalesce(CAST(epoch(assessed_at) - epoch(closed_at) AS INTEGER), {_NONE}) AS assess
FROM facts.tasks
WHERE accepted_at IS NOT NULL AND community_no IS NOT NULL
"""
_SERVICE = f"""
SELECT t.community_no, year(t.published_at) * 12 + month(t.published_at) - 1 AS month,
    CAST(epoch(c.claimed_at) - epoch(t.published_at) AS INTEGER) AS claim,
    coalesce(CAST(epoch(c.completed_at) - epoch(c.claimed_at) AS INTEGER), {_NONE}) AS complete,
    coalesce(CAST(epoch(c.verified_at) - epoch(c.completed_at) AS INTEGER), {_NONE}) AS verify
FROM facts.tasks AS t
JOIN derived.claimed_tasks AS c ON c.task_no = t.task_no
WHERE t.published_at IS NOT NULL AND t.community_no IS NOT NULL
"""
_CLASSES = ", ".join(f"max(CASE WHEN s.steward_number = {n} THEN 1 END) AS class_{n}" for n in range(1, 7))
_STEPS = ("route", "supervise", "feedback", "close", "assess", "claim", "complete", "verify")


def write_claimed_tasks(con: Connection) -> None:
    """`derived.claimed_tasks`: one row per task with claims.

    How many, the first of each step, whether five stars; class_1 to class_6 tell whether a steward of that class, on the
    day of the claim, is among the claimants.
    """
    con.execute(
        "CREATE TABLE derived.claimed_tasks AS SELECT c.task_no, count(*) AS claims, min(c.claimed_at) AS claimed_at, "
        "min(c.completed_at) AS completed_at, min(c.verified_at) AS verified_at, "
        f"CASE WHEN max(c.stars) = 5 THEN 1 END AS five_star, {_CLASSES} "
        "FROM facts.claims AS c LEFT JOIN facts.stewards AS s ON s.steward_no = c.steward_no "
        "AND s.valid_from <= CAST(c.claimed_at AS DATE) AND s.valid_to > CAST(c.claimed_at AS DATE) GROUP BY c.task_no"
    )


def write_loop_times(con: Connection) -> None:
    """`marts.loop_times` (grain, period_start, area_no, step, tasks, p10, p50, p90), seconds from the step before.

    The steps of the loop are those of tasks accepted in the period, claim, complete and verify those of tasks
    published in it: from publication to the first claim, from there to the first completion, to the first
    verification. Percentiles lie between two tasks in proportion, as in DuckDB's quantile_cont.
    """
    areas, periods = _ancestors(con), _calendar(con)
    found: list[NDArray[np.float64]] = []
    for statement in (_LOOP, _SERVICE):
        columns = {name: np.asarray(values) for name, values in con.execute(statement).fetchnumpy().items()}
        communities, months = columns.pop("community_no"), columns.pop("month").astype(np.int64)
        for step, seconds in columns.items():
            taken = seconds != _NONE
            for group, tasks, percentiles in _grouped(
                communities[taken], months[taken], seconds[taken], areas, periods
            ):
                steps = np.full(len(group), _STEPS.index(step))
                found.append(np.column_stack([group % _MOST, group // _MOST, steps, tasks, *percentiles]))
    rows = np.concatenate([np.empty((0, 7)), *found])
    names = ("period_no", "area_no", "step", "tasks", "p10", "p50", "p90")
    written = {name: np.ascontiguousarray(rows[:, place]) for place, name in enumerate(names)}
    con.register("written", written)
    cases = " ".join(f"WHEN {number} THEN '{step}'" for number, step in enumerate(_STEPS))
    con.execute(
        "CREATE TABLE marts.loop_times AS SELECT p.grain, p.first_day AS period_start, "
        f"CAST(w.area_no AS INTEGER) AS area_no, CASE w.step {cases} END AS step, "
        "CAST(w.tasks AS BIGINT) AS tasks, w.p10, w.p50, w.p90 "
        "FROM written AS w JOIN meta.periods AS p ON p.period_no = w.period_no"
    )
    con.unregister("written")


# More periods than a calendar can have: month, quarter and year of twenty years and `all`.
_MOST = 1024


def _grouped(
    communities: NDArray[np.int32],
    months: Whole,
    seconds: NDArray[np.int32],
    areas: dict[str, Whole],
    periods: dict[str, Whole],
) -> Iterator[tuple[Whole, Whole, list[NDArray[np.float64]]]]:
    """For each level of areas and grain of periods: groups (area_no × _MOST + period_no), tasks, percentiles."""
    places = seconds.astype(np.int64) - _NONE
    for level in _LEVELS:
        area = areas[level][communities]
        for grain in _GRAINS:
            period = periods[grain][months]
            known = (area >= 0) & (period >= 0)
            keys = (((area * _MOST + period) << _SECONDS_BITS) | places)[known]
            keys.sort()
            groups, values = keys >> _SECONDS_BITS, (keys & (2**_SECONDS_BITS - 1)) + _NONE
            begins = np.flatnonzero(np.diff(groups, prepend=-1))
            tasks = np.diff(begins, append=len(groups))
            yield groups[begins], tasks, [_between(values, begins, tasks, share) for share in _PERCENTILES]


def _between(values: Whole, begins: Whole, tasks: Whole, share: float) -> NDArray[np.float64]:
    place = (tasks - 1) * share
    lower = np.floor(place).astype(np.int64)
    low, high = values[begins + lower], values[begins + np.minimum(lower + 1, tasks - 1)]
    between: NDArray[np.float64] = low + (high - low) * (place - lower)
    return between


def _ancestors(con: Connection) -> dict[str, Whole]:
    """Level → the ancestor of each area number, -1 where it has none."""
    paths = con.execute("SELECT level, area_no, ancestor_no FROM facts.area_paths").fetchall()
    # Where the areas did not come, tasks name communities that have no path.
    last = con.execute("SELECT coalesce(max(community_no), 0) FROM facts.tasks").fetchall()[0][0]
    found = {level: np.full(max([last, *(row[1] for row in paths)]) + 1, -1) for level in _LEVELS}
    for level, area, ancestor in paths:
        if level in found:
            found[level][area] = ancestor
    return found


def _calendar(con: Connection) -> dict[str, Whole]:
    """Grain → the period that each month (year × 12 + month − 1) lies in, -1 outside the calendar."""
    periods = con.execute("SELECT grain, period_no, first_day, last_day FROM meta.periods").fetchall()
    found = {grain: np.full(_month(date.max) + 1, -1) for grain in _GRAINS}
    for grain, number, first, last in periods:
        if grain in found:
            found[grain][_month(first) : _month(last) + 1] = number
    return found


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
