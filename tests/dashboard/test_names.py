"""Names of persons: the same for few and for many who are asked for, in their order."""

import duckdb
import pytest

from dashboard.board.people import _FEW, Names
from pipelines.privacy import mask_name


@pytest.fixture
def private() -> duckdb.DuckDBPyConnection:
    """A private file of a thousand, one of them under two names, one without."""
    con = duckdb.connect()
    con.execute("ATTACH ':memory:' AS private")
    con.execute(
        "CREATE TABLE private.stewards AS SELECT 'S' || n AS steward_id, '王' || n AS name FROM range(1000) AS r(n)"
    )
    con.execute("INSERT INTO private.stewards VALUES ('S1', '赵一'), ('S2000', NULL)")
    con.execute("CREATE INDEX names_by_steward ON private.stewards (steward_id)")
    return con


@pytest.mark.parametrize("asked", [3, _FEW, _FEW + 1])
def test_few_and_many_are_looked_up_alike(private: duckdb.DuckDBPyConnection, asked: int) -> None:
    ids = ["S1", "S2000", "不存在", "S1", *(f"S{n}" for n in range(2, asked))]
    expected = ["赵一", "", "", "赵一", *(f"王{n}" for n in range(2, asked))]
    assert Names(private, masked=False).of(ids) == expected
    assert Names(private).of(ids) == [mask_name(name) for name in expected]


def test_nobody_is_asked_for_and_nobody_is_known(private: duckdb.DuckDBPyConnection) -> None:
    assert Names(private).of([]) == []
    assert Names(None).of(["S1"]) == [""]
