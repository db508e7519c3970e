"""The ledger behind a unit's score: every cut adds up to it."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pipelines.periods import Period
from pipelines.ranking_tables import rank_units
from pipelines.sql_files import sql_files
from pipelines.unit_ledger import (
    NEWEST,
    Cut,
    EveryPerson,
    EverySource,
    LedgerRows,
    PersonRow,
    Pick,
    first_rows,
    kinds_of,
    months_of,
    newest_of,
    newest_rows,
    points_of_people,
    roster_of,
    told_apart,
)
from pipelines.warehouse import Warehouse

QUARTERS = ("2023Q4", "2024Q1", "2024Q2")


def ledger_rows(
    con: duckdb.DuckDBPyConnection, unit: str, quarter: Period, pick: Pick, limit: int | None = None
) -> LedgerRows:
    """The rows of a pick, of parts that are read for it."""
    return newest_rows(con, number_of(con, unit), quarter, pick, EverySource(con).of(unit, quarter), limit)


def number_of(con: duckdb.DuckDBPyConnection, unit: str) -> int:
    """The number of a unit in the marts."""
    (number,) = con.execute("SELECT unit_no FROM facts.units WHERE unit_id = ?", [unit]).fetchone()
    return number


def points_by_person(con: duckdb.DuckDBPyConnection, unit: str, quarter: Period) -> list[PersonRow]:
    number = number_of(con, unit)
    people = EveryPerson(con, number).of(quarter)
    found = told_apart(people, roster_of(con, number))
    assert points_of_people(people) == [points for _code, _group, points, _entries in found]
    return found


def points_by_kind(con: duckdb.DuckDBPyConnection, unit: str, quarter: Period) -> Cut:
    return kinds_of(EverySource(con).of(unit, quarter))


def points_by_month(con: duckdb.DuckDBPyConnection, unit: str, quarter: Period) -> Cut:
    return months_of(EverySource(con).of(unit, quarter))


@pytest.fixture(scope="module")
def con(tiny_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with Warehouse(tiny_warehouse).open() as opened:
        yield opened


@pytest.mark.parametrize("key", QUARTERS)
def test_every_cut_adds_up_to_the_score(con: duckdb.DuckDBPyConnection, key: str) -> None:
    quarter = Period.parse(key)
    seen = 0
    for row in rank_units(con, quarter).to_dict("records"):
        unit = row["unit_id"]
        people = points_by_person(con, unit, quarter)
        whole = ledger_rows(con, unit, quarter, Pick())
        assert len(people) == row["headcount"]
        for cut in (people, points_by_kind(con, unit, quarter), points_by_month(con, unit, quarter)):
            assert sum(part[-2] for part in cut) == pytest.approx(row["points"])
            assert sum(part[-1] for part in cut) == whole.entries == len(whole.rows)
        if row["headcount"]:
            assert whole.rows["points"].sum() / row["headcount"] == pytest.approx(row["score"], abs=0.005)
        for code, _group, points, entries in people:
            own = ledger_rows(con, unit, quarter, Pick(steward_id=code))
            assert (own.points, own.entries) == (pytest.approx(points), entries)
            seen += own.entries
    assert seen


def test_people_without_points_stand_there_with_zero(con: duckdb.DuckDBPyConnection) -> None:
    people = points_by_person(con, "U1", Period.parse("2024Q1"))
    points = {code: earned for code, _group, earned, _entries in people}
    assert points["P02"] == 0
    assert points["P01"] == 60


def test_spending_is_no_row_behind_a_score(con: duckdb.DuckDBPyConnection) -> None:
    kinds = {
        kind
        for key in QUARTERS
        for unit in (f"U{n}" for n in range(1, 9))
        for kind, _points, _entries in points_by_kind(con, unit, Period.parse(key))
    }
    assert "扣减" in kinds
    assert not kinds & {"兑换", "抽奖"}


def test_a_limit_shows_the_newest_and_counts_all(con: duckdb.DuckDBPyConnection) -> None:
    quarter = Period.parse("2024Q1")
    whole = ledger_rows(con, "U3", quarter, Pick())
    assert whole.entries > 1
    first = ledger_rows(con, "U3", quarter, Pick(), limit=1)
    assert (first.entries, first.points, len(first.rows)) == (whole.entries, whole.points, 1)
    assert first.rows["occurred_at"].iloc[0] == whole.rows["occurred_at"].max()


def test_the_newest_are_the_same_from_their_mart_and_from_the_ledger(full_warehouse: Path) -> None:
    quarter, longest = Period.parse("2023Q3"), 0
    with Warehouse(full_warehouse).open() as con:
        for unit in rank_units(con, quarter)["unit_id"]:
            whole = ledger_rows(con, unit, quarter, Pick())
            parts = EverySource(con).of(unit, quarter)
            in_mart = newest_of(con, number_of(con, unit)).get(quarter.start, [])
            for newest in (first_rows(in_mart, parts), ledger_rows(con, unit, quarter, Pick(), limit=NEWEST)):
                assert newest.told == whole.told[:NEWEST]
                assert (newest.entries, newest.points) == (whole.entries, whole.points)
            longest = max(longest, whole.entries)
    assert longest > NEWEST


def test_every_part_is_told_as_if_it_were_asked_for_alone(con: duckdb.DuckDBPyConnection) -> None:
    every, told = EverySource(con), 0
    for key in QUARTERS:
        for unit in (*(f"U{n}" for n in range(1, 9)), "没有这个单位"):
            quarter = Period.parse(key)
            alone = con.execute(
                "SELECT strftime(s.month, '%Y-%m'), s.kind, s.entries, CAST(s.earned * 10000 AS BIGINT) "
                "FROM marts.unit_sources AS s JOIN facts.units AS u ON u.unit_no = s.unit_no "
                "WHERE u.unit_id = ? AND s.period_start = ? ORDER BY s.month, s.kind",
                [unit, quarter.start],
            ).fetchall()
            assert every.of(unit, quarter) == alone
            told += len(alone)
    assert told == con.execute("SELECT count(*) FROM marts.unit_sources").fetchone()[0]


def test_an_entry_of_a_day_on_no_roster_is_listed_as_it_is_counted(tiny_warehouse: Path) -> None:
    """Whoever counts by his place at the quarter's end may have earned before he stood there."""
    quarter = Period.parse("2024Q1")
    with Warehouse(tiny_warehouse).open() as opened, duckdb.connect() as own:
        before = ledger_rows(opened, "U3", quarter, Pick())
        for schema, table in (
            ("facts", "points"), ("facts", "stewards"), ("facts", "tasks"), ("facts", "units"),
            ("marts", "unit_people"), ("marts", "unit_sources"),
        ):  # fmt: skip
            rows = opened.execute(f"FROM {schema}.{table}").df()
            own.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
            own.execute(f"CREATE TABLE {schema}.{table} AS FROM rows")
            assert len(rows)
        own.execute("UPDATE facts.points SET roster_no = NULL")
        after = ledger_rows(own, "U3", quarter, Pick())
        (newest,) = (file.select for file in sql_files("marts") if file.name == "unit_newest")
        listed = own.execute(
            f"SELECT n.entry_id FROM ({newest}) AS n JOIN facts.units AS u ON u.unit_no = n.unit_no "
            "WHERE u.unit_id = 'U3' AND n.period_start = ? ORDER BY n.place",
            [quarter.start],
        ).fetchall()
    assert before.entries > 1
    pd.testing.assert_frame_equal(after.rows, before.rows)
    assert [entry for (entry,) in listed] == before.rows["entry_id"].tolist()


def test_picks_combine(con: duckdb.DuckDBPyConnection) -> None:
    quarter = Period.parse("2024Q1")
    for month, points, entries in points_by_month(con, "U3", quarter):
        found = ledger_rows(con, "U3", quarter, Pick(month=month))
        assert (found.entries, found.points) == (entries, pytest.approx(points))
    assert ledger_rows(con, "U3", quarter, Pick(kind="没有这一类")).entries == 0
