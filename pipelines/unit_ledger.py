"""Where a unit's score comes from: by person, kind and month, down to single rows of the ledger.

Whose points count is what `marts.unit_people` says of the quarter: everyone on the unit's roster at its end, with all
that they earned in the quarter. Every cut adds up to the points of the unit; spending (兑换, 抽奖) is no part of it.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import duckdb
import pandas as pd

from pipelines.periods import Period

Connection = duckdb.DuckDBPyConnection

# Points are kept as whole ten-thousandths, the precision of the ledger, so that sums are exact.
_SCALE = 10_000


@dataclass(frozen=True)
class Pick:
    """Which rows of the ledger: those of one person (steward id), of one kind, of one month (2023-09); None: any."""

    steward_id: str | None = None
    kind: str | None = None
    month: str | None = None


@dataclass(frozen=True)
class LedgerRows:
    """The first rows of a pick, newest first, and what all of its rows come to."""

    rows: pd.DataFrame
    entries: int
    points: float


class _Entry(NamedTuple):
    """A row of the ledger; `earned` in ten-thousandths of a point."""

    entry_id: str
    occurred_at: datetime
    kind: str
    earned: int
    task_no: int | None
    steward_no: int

    @property
    def month(self) -> str:
        return f"{self.occurred_at:%Y-%m}"


@dataclass(frozen=True)
class Account:
    """A unit's quarter: who counts as steward_no → (steward id, class, earned), most points first, and their entries, newest first.

    It is read once, table by table; every cut is made of it. A statement for each cut reads the ledger for each.
    """

    people: dict[int, tuple[str, int, int]]
    entries: Sequence[_Entry]

    def by_person(self) -> pd.DataFrame:
        """steward_id, steward_number, points, entries of everyone who counts, most points first; zeros included."""
        counts = Counter(entry.steward_no for entry in self.entries)
        rows = [
            (code, number, earned / _SCALE, counts[steward_no])
            for steward_no, (code, number, earned) in self.people.items()
        ]
        return pd.DataFrame(rows, columns=["steward_id", "steward_number", "points", "entries"])

    def by_kind(self) -> pd.DataFrame:
        """kind, points, entries, most points first."""
        frame = self._by("kind", lambda entry: entry.kind)
        return frame.sort_values(["points", "kind"], ascending=[False, True], ignore_index=True)

    def by_month(self) -> pd.DataFrame:
        """month (2023-09), points, entries of every month of the quarter that has rows, oldest first."""
        return self._by("month", lambda entry: entry.month).sort_values("month", ignore_index=True)

    def _by(self, name: str, part_of: Callable[[_Entry], Hashable]) -> pd.DataFrame:
        points: Counter[Hashable] = Counter()
        counts: Counter[Hashable] = Counter()
        for entry in self.entries:
            points[part_of(entry)] += entry.earned
            counts[part_of(entry)] += 1
        rows = [(part, points[part] / _SCALE, count) for part, count in counts.items()]
        return pd.DataFrame(rows, columns=[name, "points", "entries"])

    def picked(self, pick: Pick) -> list[_Entry]:
        """The entries of a pick, newest first."""
        return [
            entry
            for entry in self.entries
            if pick.kind in (None, entry.kind)
            and pick.month in (None, entry.month)
            and pick.steward_id in (None, self.people[entry.steward_no][0])
        ]


def account(con: Connection, unit_id: str, quarter: Period) -> Account:
    """The account of a unit in a quarter; an empty one for an unknown unit."""
    counted = {
        steward_no: (roster_no, earned) for steward_no, roster_no, earned in _members(con, unit_id, quarter)
    }
    if not counted:
        return Account({}, ())
    codes = {
        roster_no: (code, number)
        for roster_no, code, number in con.execute(
            _CODES.format(_listed(roster_no for roster_no, _ in counted.values()))
        ).fetchall()
    }
    people = {steward_no: (*codes[roster_no], earned) for steward_no, (roster_no, earned) in counted.items()}
    ordered = dict(sorted(people.items(), key=lambda one: (-one[1][2], one[1][0])))
    found = con.execute(_LEDGER.format(_listed(counted)), [quarter.start, quarter.end]).fetchall()
    return Account(ordered, [_Entry(*row) for row in found])


def points_of_people(con: Connection, unit_id: str, quarter: Period) -> list[float]:
    """The points of everyone who counts, most first; zeros included."""
    return sorted((earned / _SCALE for _, _, earned in _members(con, unit_id, quarter)), reverse=True)


def points_by_person(con: Connection, unit_id: str, quarter: Period) -> pd.DataFrame:
    """As `Account.by_person`."""
    return account(con, unit_id, quarter).by_person()


def points_by_kind(con: Connection, unit_id: str, quarter: Period) -> pd.DataFrame:
    """As `Account.by_kind`."""
    return account(con, unit_id, quarter).by_kind()


def points_by_month(con: Connection, unit_id: str, quarter: Period) -> pd.DataFrame:
    """As `Account.by_month`."""
    return account(con, unit_id, quarter).by_month()


def ledger_rows(
    con: Connection, unit_id: str, quarter: Period, pick: Pick, limit: int | None = None
) -> LedgerRows:
    """As `rows_of_account`, of an account read for it."""
    return rows_of_account(con, account(con, unit_id, quarter), pick, limit)


def rows_of_account(con: Connection, read: Account, pick: Pick, limit: int | None = None) -> LedgerRows:
    """entry_id, occurred_at, kind, points (as earned), steward_id, task_id, title: at most `limit` of the pick's rows.

    `entries` and `points` are those of all rows of the pick, shown or not.
    """
    picked = read.picked(pick)
    shown = picked[:limit]
    numbers = {entry.task_no for entry in shown if entry.task_no is not None}
    found = con.execute(_TASKS.format(_listed(numbers))).fetchall() if numbers else []
    tasks = {number: (code, title) for number, code, title in found}
    rows = [
        (
            entry.entry_id,
            entry.occurred_at,
            entry.kind,
            entry.earned / _SCALE,
            read.people[entry.steward_no][0],
            *tasks.get(entry.task_no, (None, None)),
        )
        for entry in shown
    ]
    frame = pd.DataFrame(rows, columns=list(_ROW_COLUMNS))
    return LedgerRows(frame, len(picked), sum(entry.earned for entry in picked) / _SCALE)


def _members(con: Connection, unit_id: str, quarter: Period) -> list[tuple[int, int, int]]:
    """steward_no, roster_no and what everyone who counts has earned."""
    units = con.execute(_UNIT, [unit_id]).fetchall()
    return [row for unit in units for row in con.execute(_PEOPLE, [*unit, quarter.start]).fetchall()]


def _listed(numbers: Any) -> str:
    """Numbers for an IN, whole ones only."""
    return ", ".join(str(int(number)) for number in numbers)


_ROW_COLUMNS = ("entry_id", "occurred_at", "kind", "points", "steward_id", "task_id", "title")

_UNIT = "SELECT unit_no FROM facts.units WHERE unit_id = ?"

_PEOPLE = f"""
SELECT steward_no, roster_no, CAST(earned * {_SCALE} AS BIGINT) FROM marts.unit_people
WHERE unit_no = ? AND grain = 'quarter' AND period_start = ?
"""

_CODES = "SELECT roster_no, steward_id, steward_number FROM facts.stewards WHERE roster_no IN ({})"

_LEDGER = f"""
SELECT entry_id, occurred_at, kind, CAST(earned * {_SCALE} AS BIGINT), task_no, steward_no
FROM facts.points
WHERE occurred_at >= ? AND occurred_at < CAST(? AS DATE) + 1 AND kind NOT IN ('兑换', '抽奖')
    AND steward_no IN ({{}})
ORDER BY occurred_at DESC, entry_id
"""

_TASKS = "SELECT task_no, task_id, title FROM facts.tasks WHERE task_no IN ({})"
