"""SQL of analysts: reading is answered; anything else is refused or ended, and says so in Chinese."""

import re
import time
from pathlib import Path

import pytest

from pipelines import faults
from pipelines.analyst_sql import SqlLimits, run_sql
from pipelines.versions import Version
from pipelines.warehouse import Warehouse

QUICK = SqlLimits(seconds=2)


@pytest.fixture(scope="module")
def version(tiny_warehouse: Path) -> Version:
    return Warehouse(tiny_warehouse).current()


def test_a_select_gives_its_rows_and_types(version: Version) -> None:
    answer = run_sql(version, "SELECT level, count(*) AS n FROM facts.areas GROUP BY level ORDER BY level;")
    assert list(answer.frame.columns) == ["level", "n"]
    assert answer.types == {"level": "VARCHAR", "n": "BIGINT"}
    assert answer.frame["n"].sum() > 3
    assert not answer.more


def test_values_that_json_does_not_know_arrive_as_text_or_number(version: Version) -> None:
    statement = "SELECT DATE '2023-01-01', 1.5::DECIMAL(5,2), [1, 2], NULL, 'nan'::DOUBLE, 1 AS a, 2 AS a"
    answer = run_sql(version, statement)
    assert answer.frame.iloc[0].tolist() == ["2023-01-01", 1.5, "[1, 2]", None, "nan", 1, 2]
    assert list(answer.frame.columns)[-2:] == ["a", "a_2"]


def test_rows_beyond_the_limit_are_cut_and_told(version: Version) -> None:
    answer = run_sql(version, "SELECT * FROM range(1000000000000)", SqlLimits(rows=50))
    assert (len(answer.frame), answer.more) == (50, True)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("", faults.SqlEmpty),
        ("SELECT 1; SELECT 2", faults.SqlSeveral),
        ("CREATE TABLE x (a INT)", faults.SqlNotReading),
        ("INSERT INTO facts.areas VALUES (1)", faults.SqlNotReading),
        ("UPDATE facts.areas SET name = 'x'", faults.SqlNotReading),
        ("DELETE FROM facts.areas", faults.SqlNotReading),
        ("COPY (SELECT 1) TO '/tmp/written.csv'", faults.SqlNotReading),
        ("EXPLAIN ANALYZE DELETE FROM facts.areas", faults.SqlNotReading),
        ("EXPORT DATABASE '/tmp/written'", faults.SqlNotReading),
        ("ATTACH '/tmp/other.duckdb'", faults.SqlNotReading),
        ("PRAGMA database_list", faults.SqlNotReading),
        ("SET memory_limit = '10GB'", faults.SqlNotReading),
        ("INSTALL httpfs", faults.SqlNotReading),
        ("LOAD json", faults.SqlNotReading),
        ("CALL pragma_version()", faults.SqlNotReading),
        ("SELECT * FROM read_csv('/etc/passwd')", faults.SqlNoAccess),
        ("SELECT * FROM read_text('/etc/hosts')", faults.SqlNoAccess),
        ("SELECT * FROM sniff_csv('/etc/passwd')", faults.SqlNoAccess),
        ("SELECT * FROM glob('/etc/*')", faults.SqlNoAccess),
        ("FROM '/etc/passwd'", faults.SqlFailed),
        ("SELECT * FROM private.stewards", faults.SqlFailed),
        ("SELECT name FROM facts.nowhere", faults.SqlFailed),
        ("this is not sql", faults.SqlFailed),
    ],
)
def test_what_is_no_reading_is_refused(version: Version, statement: str, fault: type[faults.Fault]) -> None:
    with pytest.raises(fault) as caught:
        run_sql(version, statement)
    assert re.search(r"[\u4e00-\u9fff].*[。！]?", str(caught.value))
    assert not Path("/tmp/written.csv").exists()


@pytest.mark.parametrize(
    "statement",
    [
        "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t",
        "SELECT count(*) FROM range(10000000) AS a, range(10000000) AS b WHERE a.range * b.range % 7 = 3",
    ],
)
def test_an_endless_statement_is_ended_in_time(version: Version, statement: str) -> None:
    began = time.monotonic()
    with pytest.raises(faults.SqlTooLong, match="已终止"):
        run_sql(version, statement, QUICK)
    assert time.monotonic() - began < QUICK.seconds + 3


@pytest.mark.parametrize(
    "statement", ["SELECT range(1000000000)", "SELECT list(repeat('x', 10000000)) FROM range(2000)"]
)
def test_a_statement_that_takes_all_memory_is_ended(version: Version, statement: str) -> None:
    with pytest.raises(faults.SqlTooMuchMemory, match="内存"):
        run_sql(version, statement)


def test_an_answer_too_large_for_a_browser_is_refused(version: Version) -> None:
    with pytest.raises(faults.SqlTooLarge, match="MB"):
        run_sql(version, "SELECT repeat('x', 1900) FROM range(9000)", SqlLimits(bytes=1_000_000))


def test_the_version_serves_on_unchanged(version: Version) -> None:
    before = version.public_path.read_bytes()
    for statement in ("DROP TABLE facts.areas", "CHECKPOINT", "VACUUM"):
        with pytest.raises(faults.InputFault):
            run_sql(version, statement)
    assert version.public_path.read_bytes() == before
