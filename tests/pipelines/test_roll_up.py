"""Rows of a mart added up here give what DuckDB gives, to the last digit; the order is that of the catalogue."""

from datetime import date
from typing import Any

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.area_tree import Area, AreaTree, among, read_area_tree
from pipelines.metrics import Code, Dimension
from pipelines.roll_up import NO_AREA, NO_CODE, Sums, area_keys, code_keys, period_keys, roll_up, wave_keys

TREE = AreaTree(
    {
        1: Area("Q", "区", "district", None),
        2: Area("S2", "二街", "subdistrict", 2),
        3: Area("S1", "一街", "subdistrict", 3),
        4: Area("C1", "甲", "community", 2),
        5: Area("C2", "乙", "community", 3),
        6: Area("C3", "丙", "community", None),
    },
    {},
    {},
    {"district": {4: 1, 5: 1, 6: 1}, "subdistrict": {2: 2, 3: 3, 4: 2, 5: 3}},
)
DAYS = np.array(["2023-01-01", "2023-03-01", "2023-04-01", "2024-01-01"], "datetime64[D]")


def read(con: duckdb.DuckDBPyConnection, statement: str) -> tuple[dict[str, Any], dict[str, str]]:
    found = con.execute(statement)
    kinds = {name: str(kind) for name, kind, *_ in found.description}
    return found.fetchnumpy(), kinds


def summed(statement: str) -> Sums:
    columns, kinds = read(duckdb.connect(), statement)
    return roll_up(columns, kinds, period_keys(columns["day"], "quarter"), None)


def test_equal_decimals_stay_equal_however_they_are_made_up() -> None:
    # As floats, 0.1 + 0.2 is more than 0.3: one area would stand before another of the same points.
    columns, kinds = read(
        duckdb.connect(),
        "SELECT DATE '2023-01-01' AS day, area, CAST(points AS DECIMAL(18, 4)) AS numerator "
        "FROM (VALUES (4, 0.1), (4, 0.2), (5, 0.3)) AS r (area, points)",
    )
    found = roll_up(
        columns, kinds, period_keys(columns["day"], "month"), area_keys(columns["area"], TREE, "subdistrict")
    )
    assert list(zip(found.codes, found.of("numerator").tolist(), strict=True)) == [("S1", 0.3), ("S2", 0.3)]


def test_digits_are_whole_before_they_are_added_up() -> None:
    # Ten thousand times these floats are not whole numbers, and their sum comes out as 12.513200000000001.
    three = "SELECT DATE '2023-01-01' AS day, CAST(n AS DECIMAL(18, 4)) AS numerator FROM (VALUES (0.2255), (4.2644), (8.0233)) AS r (n)"
    assert summed(three).of("numerator").tolist() == [12.5132]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 30), st.none() | st.decimals(-(10**8), 10**8, places=4), st.none() | st.integers(0, 10**9)
        ),
        min_size=1,
        max_size=60,
    )
)  # fmt: skip
def test_sums_are_those_of_duckdb_bit_by_bit(rows: list[tuple[int, Any, int | None]]) -> None:
    con = duckdb.connect()
    con.execute("CREATE TABLE r (day DATE, numerator DECIMAL(18, 4), denominator BIGINT)")
    con.executemany(
        "INSERT INTO r SELECT DATE '2023-01-01' + to_months(CAST(? AS INTEGER)), ?, ?",
        [list(row) for row in rows],
    )
    columns, kinds = read(con, "SELECT * FROM r")
    found = roll_up(columns, kinds, period_keys(columns["day"], "quarter"), None)
    expected = con.execute(
        "SELECT date_trunc('quarter', day) AS q, CAST(sum(numerator) AS DOUBLE), CAST(sum(denominator) AS DOUBLE) "
        "FROM r GROUP BY q ORDER BY q"
    ).fetchall()
    assert len(found.periods) == len(expected)
    for place, name in ((1, "numerator"), (2, "denominator")):
        values = [None if np.isnan(value) else value for value in found.columns[name].tolist()]
        assert values == [row[place] for row in expected]


def test_whole_numbers_stay_whole_and_nothing_stays_nothing() -> None:
    rows = "(VALUES (DATE '2023-01-01', 3, NULL), (DATE '2023-02-01', 4, NULL)) AS r (day, n, d)"
    found = summed(f"SELECT day, n AS numerator, CAST(d AS BIGINT) AS denominator FROM {rows}")
    assert (found.periods, found.of("numerator").tolist()) == (["2023Q1"], [7])
    assert found.of("numerator").dtype == np.int64
    assert np.isnan(found.of("denominator")).all()
    assert np.isnan(found.of("squares")).all()


def test_a_column_of_nothing_but_null_is_nothing() -> None:
    found = summed("SELECT DATE '2023-01-01' AS day, NULL AS numerator")
    assert np.isnan(found.of("numerator")).all()


def test_no_rows_give_no_rows() -> None:
    found = summed("SELECT DATE '2023-01-01' AS day, 1 AS numerator WHERE FALSE")
    assert (found.periods, found.of("numerator").tolist()) == ([], [])


@pytest.mark.parametrize(
    ("grain", "labels", "places"),
    [
        ("month", ["2023-01", "2023-03", "2023-04", "2024-01"], [0, 1, 2, 3]),
        ("quarter", ["2023Q1", "2023Q2", "2024Q1"], [0, 0, 1, 2]),
        ("year", ["2023", "2024"], [0, 0, 0, 1]),
        ("all", ["all"], [0, 0, 0, 0]),
    ],
)
def test_days_lie_in_periods(grain: str, labels: list[str], places: list[int]) -> None:
    found = period_keys(DAYS, grain)
    assert (list(found.labels), found.places.tolist()) == (labels, places)


def test_what_counts_to_the_end_of_a_period_is_in_every_later_one() -> None:
    until = [(date(2023, 1, 1), date(2023, 3, 31)), (date(2023, 4, 1), date(2023, 6, 30))]
    found = period_keys(DAYS, "quarter", until)
    assert found.rows is not None
    assert (list(found.labels), found.places.tolist()) == (["2023Q1", "2023Q2"], [0, 0, 1, 1, 1])
    assert found.rows.tolist() == [0, 1, 0, 1, 2]


def test_waves_stand_in_the_order_in_which_they_began() -> None:
    waves = np.array(["b", "z", "a", "b"], object)
    begun = {"b": date(2022, 6, 1), "a": date(2023, 6, 1), "z": None}
    everyone = wave_keys(waves, begun, None)
    # One that has no day, for it has a bulletin and no answers, comes last.
    assert (list(everyone.labels), everyone.places.tolist()) == (["b", "a", "z"], [0, 2, 1, 0])
    assert wave_keys(waves, begun, "a").labels == ["a"]
    assert wave_keys(waves, begun, (date(2022, 1, 1), date(2022, 12, 31))).labels == ["b"]


def test_areas_stand_by_code_and_who_lies_in_none_keeps_a_row() -> None:
    numbers = np.ma.array([4, 5, 6, 0], mask=[False, False, False, True])
    found = area_keys(numbers, TREE, "subdistrict")
    assert list(found.labels) == [("", NO_AREA), ("S1", "一街"), ("S2", "二街")]
    assert found.places.tolist() == [2, 1, 0, 0]


def test_codes_stand_in_the_declared_order() -> None:
    dimension = Dimension("kind", "类", "kind", (Code("z", "末", "z"), Code("b", "乙", "b")))
    codes = np.array(["x", "b", "z", "", "b"], object)
    found = code_keys(codes, None, dimension, {"x": "未申报"})
    assert list(found.labels) == [("z", "末"), ("b", "乙"), ("", NO_CODE), ("x", "未申报")]
    assert found.places.tolist() == [3, 1, 0, 2, 1]


def test_a_suffix_goes_with_the_name() -> None:
    dimension = Dimension("kind", "类", "kind")
    units = np.array(["米", "", "处"], object)
    found = code_keys(np.array(["路", "路", "灯"], object), units, dimension, {})
    assert list(found.labels) == [("灯", "灯（处）"), ("路", "路"), ("路", "路（米）")]


def test_the_tree_of_areas(tiny: duckdb.DuckDBPyConnection) -> None:
    tree = read_area_tree(tiny)
    communities = tree.within[tree.numbers["S1"]]
    assert {tree.areas[number].code for number in communities} >= {"S1", "C1", "C2"}
    assert "grid" not in {tree.areas[number].level for number in communities}
    assert tree.areas[tree.above["subdistrict"][tree.numbers["C3"]]].code == "S2"
    assert tree.areas[tree.above["district"][tree.numbers["S1"]]].level == "district"


def test_no_number_is_no_row() -> None:
    assert (among("n", [3, 1]), among("n", [])) == ("n IN (3, 1)", "FALSE")
