"""The three frames in which persons are compared, for every period: same community, same class, same unit.

Ranks of everyone in every period would be millions of rows; a reader sees the first people of a group and what the
whole group comes to, and that does not grow with the district.
"""

from collections.abc import Iterator
from datetime import date

import duckdb
import numpy as np
from numpy.typing import NDArray

Connection = duckdb.DuckDBPyConnection
Whole = NDArray[np.int64]

FRAMES = ("community", "number", "unit")
# Six are shown, and one more tells whether the sixth shares the rank.
PLACES = 7
_POINT_SCALE = 10_000
_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}

_PEOPLE = """
SELECT
    steward_no, coalesce(community_no, -1) AS community, coalesce(steward_number, -1) AS number,
    coalesce(unit_no, -1) AS unit,
    date_diff('day', DATE '1970-01-01', joined_on) AS joined,
    date_diff('day', DATE '1970-01-01', valid_to) AS valid_to,
    date_diff('day', DATE '1970-01-01', coalesce(left_on, DATE '9999-12-31')) AS left_on,
    row_number() OVER (ORDER BY steward_id) AS by_id
FROM facts.stewards
"""
_CODES = "SELECT steward_no, max(steward_id) AS steward_id FROM facts.stewards GROUP BY steward_no"
_MONTHS = f"""
SELECT
    year(period_start) * 12 + month(period_start) - 1 AS month, steward_no,
    CAST(earned * {_POINT_SCALE} AS BIGINT) AS points
FROM marts.steward_months
WHERE earned <> 0
"""


def write_frames(con: Connection) -> None:
    """`marts.frames` and `marts.frame_places`, by month, quarter and year, frame and group (its number).

    frames: people on the roster at the period's end, their median points, how many have none. frame_places: the
    first PLACES of them by points, then by steward id: place (from 0), steward_no, points, steward_id. Who is on the roster and
    whose points count is as in `steward rank stewards`.
    """
    periods = con.execute(
        "SELECT grain, period_no, first_day, roster_day FROM meta.periods WHERE grain <> 'all' ORDER BY first_day"
    ).fetchall()
    people = {name: np.asarray(found) for name, found in con.execute(_PEOPLE).fetchnumpy().items()}
    for name in FRAMES:
        # Small whole numbers are parted into groups by radix, several times faster.
        people[name] = people[name].astype(np.min_scalar_type(-1 - int(people[name].max(initial=0))))
    earned = _by_month(con, int(people["steward_no"].max(initial=0)) + 1)
    heads, places = [np.empty((0, 6))], [np.empty((0, 6))]
    for grain, number, first, day in periods:
        points = sum(
            earned[month]
            for month in range(_month(first), _month(first) + _MONTHS_OF[grain])
            if month in earned
        )
        for head, listed in _of_period(people, points, (day - date(1970, 1, 1)).days):
            heads.append(np.column_stack([np.full(len(head), number), head]))
            places.append(np.column_stack([np.full(len(listed), number), listed]))
    _write(
        con,
        "frames",
        np.concatenate(heads),
        {
            "people": "CAST(w.people AS BIGINT)",
            "median": "w.median",
            "zero": "CAST(w.zero AS BIGINT)",
        },
    )
    _write(
        con,
        "frame_places",
        np.concatenate(places),
        {
            "place": "CAST(w.place AS INTEGER)",
            "steward_no": "CAST(w.steward_no AS INTEGER)",
            "points": f"CAST(CAST(w.points AS BIGINT) / {_POINT_SCALE} AS DECIMAL(18, 4))",
        },
    )


def _of_period(
    people: dict[str, Whole], points: Whole | int, day: int
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """For each frame: rows of frame, group, people, median, zero; and of frame, group, place, steward_no, points."""
    here = np.flatnonzero((people["joined"] <= day) & (people["valid_to"] > day) & (people["left_on"] > day))
    persons = people["steward_no"][here]
    has = np.zeros(len(here), np.int64) if isinstance(points, int) else points[persons]
    # One sort for all frames: most points first, then by id; each frame then only parts it into its groups.
    bits = len(people["by_id"]).bit_length()
    best = np.argsort(((has.max(initial=0) - has) << bits) | people["by_id"][here])
    for frame, name in enumerate(FRAMES):
        groups = people[name][here[best]]
        parted = np.argsort(groups, kind="stable")
        parted = parted[np.searchsorted(groups[parted], 0) :]
        groups, order = groups[parted].astype(np.int64), best[parted]
        sorted_points = has[order]
        begins = np.flatnonzero(np.diff(groups, prepend=-1))
        counts = np.diff(begins, append=len(groups))
        if not len(begins):
            continue
        median = (sorted_points[begins + (counts - 1) // 2] + sorted_points[begins + counts // 2]) / 2
        zero = np.add.reduceat((sorted_points <= 0).astype(np.int64), begins)
        known = groups[begins]
        head = np.column_stack([np.full(len(known), frame), known, counts, median / _POINT_SCALE, zero])
        group, place = np.nonzero(np.arange(PLACES) < counts[:, None])
        at = begins[group] + place
        listed = (np.full(len(at), frame), known[group], place, persons[order[at]], sorted_points[at])
        yield head, np.column_stack(listed)


def _by_month(con: Connection, persons: int) -> dict[int, Whole]:
    """Month (year × 12 + month − 1) → points of each person by number, in ten-thousandths."""
    found = con.execute(_MONTHS).fetchnumpy()
    months, numbers, points = (np.asarray(found[name]) for name in ("month", "steward_no", "points"))
    summed = {}
    for month in np.unique(months):
        here = months == month
        # Whole numbers stay exact as floats below 2^53, far above what a month can bring.
        summed[int(month)] = np.bincount(numbers[here], points[here], persons).astype(np.int64)
    return summed


def _write(con: Connection, table: str, rows: NDArray[np.float64], columns: dict[str, str]) -> None:
    """A table of period, frame and group with these columns: name → SQL over the written numbers."""
    names = ("period_no", "frame", "group_no", *columns)
    con.register("written", {name: np.ascontiguousarray(rows[:, n]) for n, name in enumerate(names)})
    cases = " ".join(f"WHEN {n} THEN '{frame}'" for n, frame in enumerate(FRAMES))
    selected = ", ".join(f"{select} AS {name}" for name, select in columns.items())
    persons = ""
    if "steward_no" in columns:
        selected += ", s.steward_id"
        persons = f" JOIN ({_CODES}) AS s ON s.steward_no = w.steward_no"
    con.execute(
        f"CREATE TABLE marts.{table} AS SELECT p.grain, p.first_day AS period_start, CASE w.frame {cases} END AS frame, "
        f"CAST(w.group_no AS INTEGER) AS group_no, {selected} "
        f"FROM written AS w JOIN meta.periods AS p ON p.period_no = w.period_no{persons}"
    )
    con.unregister("written")


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
