"""Where a unit's score comes from: by person, kind and month, down to single rows of the ledger.

Whose points count is what `marts.unit_people` says of the quarter: everyone on the unit's roster at its end, with all
that they earned in the quarter. Every cut adds up to the points of the unit; spending (兑换, 抽奖) is no part of it.
Cuts are read from marts, so that they do not grow with the ledger; only single rows are looked up in it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import duckdb
import numpy as np
import pandas as pd

from pipelines.periods import Period

Connection = duckdb.DuckDBPyConnection

# Points are kept as whole ten-thousandths, the precision of the ledger, so that sums are exact.
_SCALE = 10_000
# So many of a unit's newest rows stand in a mart of their own.
NEWEST = 25

LedgerRow = tuple[Any, ...]


@dataclass(frozen=True)
class Pick:
    """Which rows of the ledger: those of one person (steward id), of one kind, of one month (2023-09); None: any."""

    steward_id: str | None = None
    kind: str | None = None
    month: str | None = None


@dataclass(frozen=True)
class LedgerRows:
    """The first rows of a pick, newest first, and what all of its rows come to.

    They are kept as they come, for a screen reads them one by one; a table of them is made for a download.
    """

    told: list[LedgerRow]
    entries: int
    points: float

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The rows as a table of ROW_COLUMNS."""
        return pd.DataFrame(self.told, columns=list(ROW_COLUMNS))


class Source(NamedTuple):
    """A month and kind of a unit's quarter; `earned` in ten-thousandths of a point."""

    month: str
    kind: str
    entries: int
    earned: int


class EverySource:
    """The parts of all quarters of all units: some hundred units make ten thousand, of which few are ever asked for."""

    def __init__(self, con: Connection) -> None:
        found = con.execute(_SOURCES).fetchnumpy()
        self._columns = {name: np.asarray(column) for name, column in found.items()}
        units, starts = self._columns["unit_id"], self._columns["period_start"].astype("datetime64[D]")
        begins = np.flatnonzero((units[1:] != units[:-1]) | (starts[1:] != starts[:-1])) + 1
        parts = pairwise([0, *begins.tolist(), len(units)]) if len(units) else ()
        self._parts = {(units[at], starts[at].item()): slice(at, end) for at, end in parts}

    def of(self, unit_id: str, quarter: Period) -> list[Source]:
        """The parts of a unit's quarter by month and kind; none of an unknown unit."""
        part = self._parts.get((unit_id, quarter.start), slice(0))
        months = self._columns["month"][part].astype("datetime64[M]").astype(str)
        kinds, entries, earned = (
            self._columns[name][part].tolist() for name in ("kind", "entries", "earned")
        )
        return [Source(*one) for one in zip(months.tolist(), kinds, entries, earned, strict=True)]


class Person(NamedTuple):
    """Someone who counts in a unit's quarter; `earned` in ten-thousandths of a point."""

    roster_no: int
    earned: int
    entries: int


# What a cut of a unit's points tells of each part: its code, points and entries, most points or oldest month first.
Cut = list[tuple[str, float, int]]
# Steward id, class, points and entries.
PersonRow = tuple[str, int | None, float, int]


def kinds_of(parts: list[Source]) -> Cut:
    """The kinds of a quarter's points, most points first."""
    return sorted(_by("kind", parts), key=lambda row: (-row[1], row[0]))


def months_of(parts: list[Source]) -> Cut:
    """The months of a quarter (2023-09) that have rows, oldest first."""
    return sorted(_by("month", parts))


def _by(name: str, parts: list[Source]) -> Cut:
    points: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for part in parts:
        points[getattr(part, name)] += part.earned
        counts[getattr(part, name)] += part.entries
    return [(code, points[code] / _SCALE, count) for code, count in counts.items()]


class EveryPerson:
    """Who counts in all quarters of a unit: asking for one takes as long, and a reader goes from one to the next."""

    def __init__(self, con: Connection, unit_no: int) -> None:
        found = con.execute(_PEOPLE, [unit_no]).fetchnumpy()
        self._starts = np.asarray(found.pop("period_start")).astype("datetime64[D]")
        self._columns = [np.asarray(found[name]) for name in Person._fields]

    def of(self, quarter: Period) -> list[Person]:
        """Everyone who counts in a quarter, in no order; nobody in an unknown unit."""
        here = self._starts == np.datetime64(quarter.start)
        columns = (column[here].tolist() for column in self._columns)
        return [Person(*row) for row in zip(*columns, strict=True)]


def roster_of(con: Connection, unit_no: int) -> dict[int, tuple[str, int | None]]:
    """Roster number → steward id and class, of everyone who ever stood on the unit's roster."""
    return {number: (code, group) for number, code, group in con.execute(_ROSTER, [unit_no]).fetchall()}


def told_apart(people: list[Person], roster: Mapping[int, tuple[str, int | None]]) -> list[PersonRow]:
    """Everyone who counts, most points first; zeros included."""
    found = [(*roster[one.roster_no], one.earned, one.entries) for one in people if one.roster_no in roster]
    ordered = sorted(found, key=lambda row: (-row[2], row[0]))
    return [(code, group, earned / _SCALE, entries) for code, group, earned, entries in ordered]


def points_of_people(people: list[Person]) -> list[float]:
    """The points of everyone who counts, most first; zeros included."""
    return sorted((one.earned / _SCALE for one in people), reverse=True)


def newest_rows(
    con: Connection, unit_no: int, quarter: Period, pick: Pick, parts: list[Source], limit: int | None = None
) -> LedgerRows:
    """entry_id, occurred_at, kind, points (as earned), steward_id, task_id, title: at most `limit` of the pick's rows.

    `entries` and `points` are those of all rows of the pick, shown or not; `parts` are those of the quarter.
    The first NEWEST of a whole quarter stand in a mart: see `newest_of` and `first_rows`.
    """
    if pick.steward_id is not None:
        # A person has few rows, and no mart says what they come to by month and kind.
        found = _rows(con, unit_no, quarter, pick, quarter.start, None)
        return _told(found[:limit], len(found), sum(row[3] for row in found))
    held = [part for part in parts if pick.kind in (None, part.kind) and pick.month in (None, part.month)]
    entries = sum(part.entries for part in held)
    first = _month_of(held, entries if limit is None else min(limit, entries)) or quarter
    found = _rows(con, unit_no, quarter, pick, max(first.start, quarter.start), limit)
    return _told(found, entries, sum(part.earned for part in held))


def newest_of(con: Connection, unit_no: int) -> dict[date, list[LedgerRow]]:
    """First day of a quarter → the newest rows of a unit, newest first, with `earned` for their points."""
    found: dict[date, list[LedgerRow]] = {}
    # Two hundred rows are sorted here in less time than DuckDB takes to plan it.
    for start, _place, *row in sorted(con.execute(_NEWEST, [unit_no]).fetchall(), key=lambda row: row[:2]):
        found.setdefault(start, []).append(tuple(row))
    return found


def first_rows(newest: list[LedgerRow], parts: list[Source]) -> LedgerRows:
    """The newest rows of a unit's quarter, and what all of them come to by its parts."""
    return _told(newest, sum(part.entries for part in parts), sum(part.earned for part in parts))


def _told(found: list[LedgerRow], entries: int, earned: int) -> LedgerRows:
    shown = [(*row[:3], row[3] / _SCALE, *row[4:]) for row in found]
    return LedgerRows(shown, entries, earned / _SCALE)


def _month_of(parts: list[Source], place: int) -> Period | None:
    """The month in which the entry of a place stands, the newest being the first: nothing before it has to be read."""
    for month in sorted({part.month for part in parts}, reverse=True):
        place -= sum(part.entries for part in parts if part.month == month)
        if place <= 0:
            return Period.parse(month)
    return None


def _rows(
    con: Connection, unit_no: int, quarter: Period, pick: Pick, first_day: date, limit: int | None
) -> list[LedgerRow]:
    """The rows of a pick from a day on with `earned` in ten-thousandths for their points, newest first."""
    last_day = quarter.end
    if pick.month is not None:
        month = Period.parse(pick.month)
        first_day, last_day = max(month.start, first_day), min(month.end, last_day)
    conditions = ""
    values: list[object] = [unit_no, quarter.start, first_day, last_day]
    if pick.kind is not None:
        conditions += " AND p.kind = ?"
        values.append(pick.kind)
    if pick.steward_id is not None:
        conditions += " AND p.steward_no IN (SELECT steward_no FROM facts.stewards WHERE steward_id = ?)"
        values.append(pick.steward_id)
    first = "" if limit is None else f"LIMIT {limit}"
    return con.execute(_LEDGER.format(conditions=conditions, first=first), values).fetchall()


ROW_COLUMNS = ("entry_id", "occurred_at", "kind", "points", "steward_id", "task_id", "title")

_WHOSE = "FROM marts.unit_people WHERE unit_no = ? AND grain = 'quarter'"

_PEOPLE = f"SELECT period_start, roster_no, CAST(earned * {_SCALE} AS BIGINT) AS earned, entries {_WHOSE}"

# Who counts in a unit counts by a row of its roster.
_ROSTER = "SELECT roster_no, steward_id, steward_number FROM facts.stewards WHERE unit_no = ?"

_SOURCES = f"""
SELECT u.unit_id, s.period_start, s.month, s.kind, s.entries, CAST(s.earned * {_SCALE} AS BIGINT) AS earned
FROM marts.unit_sources AS s
JOIN facts.units AS u ON u.unit_no = s.unit_no
ORDER BY s.unit_no, s.month, s.kind
"""

_NEWEST = f"""
SELECT period_start, place, entry_id, occurred_at, kind, CAST(earned * {_SCALE} AS BIGINT), steward_id, task_id, title
FROM marts.unit_newest
WHERE unit_no = ?
"""

# The roster row is the one by which the person counts: an entry may fall on a day on which he stood on no roster.
_LEDGER = f"""
SELECT e.entry_id, e.occurred_at, e.kind, CAST(e.earned * {_SCALE} AS BIGINT), s.steward_id, t.task_id, t.title
FROM (
    SELECT p.entry_id, p.occurred_at, p.kind, p.earned, p.task_no, m.roster_no
    FROM facts.points AS p
    JOIN (SELECT steward_no, roster_no {_WHOSE} AND period_start = ?) AS m ON m.steward_no = p.steward_no
    WHERE p.occurred_at >= ? AND p.occurred_at < CAST(? AS DATE) + 1 AND p.kind NOT IN ('兑换', '抽奖'){{conditions}}
    ORDER BY p.occurred_at DESC, p.entry_id {{first}}
) AS e
JOIN facts.stewards AS s ON s.roster_no = e.roster_no
LEFT JOIN facts.tasks AS t ON t.task_no = e.task_no
ORDER BY e.occurred_at DESC, e.entry_id
"""
