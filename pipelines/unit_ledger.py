"""Where a unit's score comes from: by person, kind and month, down to single rows of the ledger.

Whose points count is what `marts.unit_people` says of the quarter: everyone on the unit's roster at its end, with all
that they earned in the quarter. Every cut adds up to the points of the unit; spending (兑换, 抽奖) is no part of it.
"""

from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd

from pipelines.periods import Period

Connection = duckdb.DuckDBPyConnection


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


def points_of_people(con: Connection, unit_id: str, quarter: Period) -> list[float]:
    """The points of everyone who counts, most first; zeros included."""
    units = con.execute("SELECT unit_no FROM facts.units WHERE unit_id = ?", [unit_id]).fetchall()
    return [
        float(earned)
        for unit in units
        for (earned,) in con.execute(_EARNED, [*unit, quarter.start]).fetchall()
    ]


def points_by_person(con: Connection, unit_id: str, quarter: Period) -> pd.DataFrame:
    """steward_id, steward_number, points, entries of everyone who counts, most points first; zeros included."""
    return con.execute(_PEOPLE, _asked(unit_id, quarter)).df()


def points_by_kind(con: Connection, unit_id: str, quarter: Period) -> pd.DataFrame:
    """kind, points, entries, most points first."""
    return con.execute(_KINDS, _asked(unit_id, quarter)).df()


def points_by_month(con: Connection, unit_id: str, quarter: Period) -> pd.DataFrame:
    """month (2023-09), points, entries of every month of the quarter that has rows, oldest first."""
    return con.execute(_MONTHS, _asked(unit_id, quarter)).df()


def ledger_rows(
    con: Connection, unit_id: str, quarter: Period, pick: Pick, limit: int | None = None
) -> LedgerRows:
    """entry_id, occurred_at, kind, points (as earned), steward_id, task_id, title: at most `limit` of the pick's rows.

    `entries` and `points` are those of all rows of the pick, shown or not.
    """
    asked = _asked(unit_id, quarter) | {
        "steward_id": pick.steward_id,
        "kind": pick.kind,
        "month": pick.month,
    }
    entries, points = con.execute(_TOTAL, asked).fetchall()[0]
    rows = con.execute(_ROWS, asked | {"limit": entries if limit is None else limit}).df()
    return LedgerRows(rows, int(entries), float(points))


def _asked(unit_id: str, quarter: Period) -> dict[str, Any]:
    return {"unit_id": unit_id, "start": quarter.start, "end": quarter.end}


_MEMBERS = """
members AS (
    SELECT p.steward_no, p.roster_no, p.earned
    FROM marts.unit_people AS p
    JOIN facts.units AS u ON u.unit_no = p.unit_no
    WHERE u.unit_id = $unit_id AND p.grain = 'quarter' AND p.period_start = $start
), ledger AS (
    SELECT e.entry_id, e.occurred_at, e.kind, e.earned, e.task_no, e.steward_no
    FROM facts.points AS e
    JOIN members AS m ON m.steward_no = e.steward_no
    WHERE e.occurred_at >= $start AND e.occurred_at < CAST($end AS DATE) + 1 AND e.kind NOT IN ('兑换', '抽奖')
)
"""

_EARNED = """
SELECT earned FROM marts.unit_people
WHERE unit_no = ? AND grain = 'quarter' AND period_start = ?
ORDER BY earned DESC
"""

_PEOPLE = f"""
WITH {_MEMBERS}, counted AS (SELECT steward_no, count(*) AS entries FROM ledger GROUP BY steward_no)
SELECT
    s.steward_id, s.steward_number, CAST(m.earned AS DOUBLE) AS points, coalesce(c.entries, 0) AS entries
FROM members AS m
JOIN facts.stewards AS s ON s.roster_no = m.roster_no
LEFT JOIN counted AS c ON c.steward_no = m.steward_no
ORDER BY m.earned DESC, s.steward_id
"""

_KINDS = f"""
WITH {_MEMBERS}
SELECT kind, CAST(sum(earned) AS DOUBLE) AS points, count(*) AS entries
FROM ledger GROUP BY kind ORDER BY points DESC, kind
"""

_MONTHS = f"""
WITH {_MEMBERS}
SELECT strftime(occurred_at, '%Y-%m') AS month, CAST(sum(earned) AS DOUBLE) AS points, count(*) AS entries
FROM ledger GROUP BY month ORDER BY month
"""

_PICKED = """
FROM ledger AS e
JOIN members AS m ON m.steward_no = e.steward_no
JOIN facts.stewards AS s ON s.roster_no = m.roster_no
WHERE coalesce(s.steward_id = $steward_id, TRUE) AND coalesce(e.kind = $kind, TRUE)
    AND coalesce(strftime(e.occurred_at, '%Y-%m') = $month, TRUE)
"""

_TOTAL = f"WITH {_MEMBERS} SELECT count(*), CAST(coalesce(sum(e.earned), 0) AS DOUBLE) {_PICKED}"

_ROWS = f"""
WITH {_MEMBERS}, picked AS (
    SELECT e.entry_id, e.occurred_at, e.kind, e.earned, e.task_no, s.steward_id {_PICKED}
    ORDER BY e.occurred_at DESC, e.entry_id LIMIT $limit
)
SELECT
    p.entry_id, p.occurred_at, p.kind, CAST(p.earned AS DOUBLE) AS points, p.steward_id, t.task_id, t.title
FROM picked AS p
LEFT JOIN facts.tasks AS t ON t.task_no = p.task_no
ORDER BY p.occurred_at DESC, p.entry_id
"""
