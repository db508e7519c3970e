"""What the rankings of units and communities are made from: whole small tables, asked once for all periods of a grain."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import duckdb
import numpy as np

from pipelines.district import District
from pipelines.faults import PeriodWithoutData
from pipelines.periods import Grain, Period

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Calendar:
    """The settings of a version, until when its data reach, and the first days of its periods of one grain."""

    district: District
    data_until: datetime
    starts: list[date]

    def asked(self, period: Period) -> "Asked":
        """A period of the calendar; PeriodWithoutData when it does not have it."""
        if period.start not in self.starts:
            ends = self.starts[0], self.starts[-1]
            raise PeriodWithoutData(period.key, *(Period.containing(period.grain, day).key for day in ends))
        running = period.is_running(self.data_until)
        return Asked(period, self.district, running, period.previous().start in self.starts)


@dataclass(frozen=True)
class Asked:
    """The period asked for, with what the version says about it."""

    period: Period
    district: District
    running: bool
    has_before: bool


@dataclass(frozen=True)
class UnitTables:
    """All that rankings of units are made of: the units, and of each quarter their sums and who is near a line.

    `standings`: what was worked out of a quarter, for the next one is compared with it.
    """

    calendar: Calendar
    units: list[tuple[Any, ...]]
    quarters: dict[date, dict[int, tuple[Any, ...]]]
    near_lines: dict[date, set[int]]
    standings: dict[date, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class CommunityTables:
    """All that rankings of communities are made of: the communities, their districts, and of each period their sums.

    `people`: by first day and number, the stewards and their points in ten-thousandths, which are whole.
    """

    calendar: Calendar
    communities: list[tuple[int, str, str]]
    districts: dict[int, int]
    people: dict[date, dict[int, tuple[int, int]]]


def unit_tables(con: Connection) -> UnitTables:
    """The tables of all quarters: who ranks one quarter after another asks for them once."""
    near_lines: dict[date, set[int]] = {}
    for start, unit_no in con.execute(_NEAR_LINES).fetchall():
        near_lines.setdefault(start, set()).add(unit_no)
    units = con.execute(_UNITS).fetchall()
    return UnitTables(
        calendar(con, "quarter"), units, _by_start(con.execute(_QUARTERS).fetchall()), near_lines
    )


def community_tables(con: Connection, grain: Grain) -> CommunityTables:
    """The tables of all periods of a grain: who ranks one after another asks for them once."""
    return CommunityTables(
        calendar(con, grain),
        con.execute(_COMMUNITIES).fetchall(),
        dict(con.execute(_DISTRICTS).fetchall()),
        _people(con, grain),
    )


def calendar(con: Connection, grain: Grain) -> Calendar:
    """The calendar of a grain with the settings of the version."""
    settings, data_until = con.execute(_SETTINGS).fetchall()[0]
    starts = [row[0] for row in con.execute(_PERIODS, [grain]).fetchall()]
    return Calendar(District.from_json(settings), data_until, starts)


def _people(con: Connection, grain: Grain) -> dict[date, dict[int, tuple[int, int]]]:
    """By columns of whole numbers: thousands of rows with a decimal each take several times as long."""
    columns = con.execute(_PEOPLE, [grain]).fetchnumpy()
    starts = np.asarray(columns.pop("period_start")).astype("datetime64[D]").tolist()
    found: dict[date, dict[int, tuple[int, int]]] = {}
    for start, number, *sums in zip(starts, *(column.tolist() for column in columns.values()), strict=True):
        found.setdefault(start, {})[number] = (sums[0], sums[1])
    return found


def _by_start(rows: list[tuple[Any, ...]]) -> dict[date, dict[int, tuple[Any, ...]]]:
    """First day of a period → number → the rest of the row."""
    found: dict[date, dict[int, tuple[Any, ...]]] = {}
    for start, number, *rest in rows:
        found.setdefault(start, {})[number] = tuple(rest)
    return found


# Planning a join takes DuckDB several times as long as reading these small tables, so they are put together here.
_SETTINGS = "SELECT s.district_json, r.data_until FROM meta.settings AS s CROSS JOIN meta.rules AS r"
_PERIODS = "SELECT first_day FROM meta.periods WHERE grain = ? ORDER BY first_day"

_UNITS = "SELECT unit_no, unit_id, name, coalesce(ranking_group, '') FROM facts.units ORDER BY unit_id"
_QUARTERS = "SELECT period_start, unit_no, headcount, points FROM marts.unit_quarters"
_NEAR_LINES = "SELECT period_start, unit_no FROM marts.unit_stability WHERE near_line"

_COMMUNITIES = "SELECT area_no, area_code, name FROM facts.areas WHERE level = 'community' ORDER BY area_code"
_DISTRICTS = "SELECT area_no, ancestor_no FROM facts.area_paths WHERE level = 'district'"
_PEOPLE = """
SELECT period_start, community_no, CAST(stewards AS BIGINT) AS stewards, CAST(earned * 10000 AS BIGINT) AS points
FROM marts.people
WHERE dimension = '' AND grain = ?
"""
