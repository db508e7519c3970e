"""Rankings over the tiny district, each number worked out by hand from its records.

2023Q4, lines 30 / 15 / 12.5, one commended, one explains:

- U2: C with 30 points alone = 30.0, equal to the line of excellent
- U1: A 30 and B 0 over two = 15.0, equal to the line of good
- U3: E 15 alone = 15.0 (F, who left it on 12-15, counts no more; D's 100 points left U2 with D)
- U4: F 8 + 4 = 12.0, half a point below the lowest line
- U5: nobody
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.district import District
from pipelines.faults import InputFault
from pipelines.periods import Period
from pipelines.ranking import competition_ranks
from pipelines.ranking_tables import rank_communities, rank_stewards, rank_units
from tests.pipelines.staged_district import transformed
from tests.pipelines.tiny_records import DATA_UNTIL, RECORDS

Con = duckdb.DuckDBPyConnection
UNIT_COLUMNS = (
    "rank tied unit_id unit ranking_group headcount points score tier margin near_line previous_rank previous_tier "
    "consequence provisional"
)


def column(table: pd.DataFrame, name: str, key: str = "unit_id") -> dict[str, object]:
    """Code → value, None where there is none."""
    pairs = zip(table[key], table[name], strict=True)
    return {code: None if pd.isna(value) else value for code, value in pairs}


def test_units_of_a_finished_quarter(tiny: Con) -> None:
    table = rank_units(tiny, "2023Q4")
    assert list(table) == UNIT_COLUMNS.split()
    assert column(table, "rank") == {"U2": 1, "U1": 2, "U3": 2, "U4": 4, "U5": None}
    assert column(table, "tied") == {"U2": False, "U1": True, "U3": True, "U4": False, "U5": False}
    assert column(table, "headcount") == {"U2": 1, "U1": 2, "U3": 1, "U4": 1, "U5": 0}
    assert column(table, "points") == {"U2": 30.0, "U1": 30.0, "U3": 15.0, "U4": 12.0, "U5": 0.0}
    assert column(table, "score") == {"U2": 30.0, "U1": 15.0, "U3": 15.0, "U4": 12.0, "U5": None}
    assert column(table, "tier") == {"U2": "优秀", "U1": "良好", "U3": "良好", "U4": "不合格", "U5": ""}
    assert column(table, "margin") == {"U2": 0.0, "U1": 0.0, "U3": 0.0, "U4": -0.5, "U5": None}
    assert column(table, "consequence") == {
        "U2": "commended",
        "U1": "",
        "U3": "",
        "U4": "explains+ineligible",
        "U5": "",
    }
    assert not table["provisional"].any()
    # One urgent task (40 points) would move each of them over a line.
    assert column(table, "near_line") == {"U2": True, "U1": True, "U3": True, "U4": True, "U5": False}


def test_movement_since_the_quarter_before(tiny: Con) -> None:
    # 2023Q3: U1 9 points over two, U2 and U3 nothing, U4 without people; it is the first quarter.
    before = rank_units(tiny, "2023Q3")
    assert column(before, "rank") == {"U1": 1, "U2": 2, "U3": 2, "U4": None, "U5": None}
    assert not any(column(before, "previous_rank").values())
    table = rank_units(tiny, "2023Q4")
    assert column(table, "previous_rank") == {"U2": 2, "U1": 1, "U3": 2, "U4": None, "U5": None}
    assert column(table, "previous_tier") == {
        "U2": "不合格",
        "U1": "不合格",
        "U3": "不合格",
        "U4": "",
        "U5": "",
    }


def test_a_running_quarter_is_provisional(tiny: Con) -> None:
    # Roster of the leap day: G joined U4 on it. A has 7 points.
    table = rank_units(tiny, Period.parse("2024Q1"))
    assert table["provisional"].all()
    assert column(table, "headcount") == {"U1": 2, "U2": 1, "U3": 1, "U4": 2, "U5": 0}
    assert column(table, "score") == {"U1": 3.5, "U2": 0.0, "U3": 0.0, "U4": 0.0, "U5": None}
    assert column(table, "rank") == {"U1": 1, "U2": 2, "U3": 2, "U4": 2, "U5": None}


def test_without_score_lines_there_is_no_tier(tmp_path: Path) -> None:
    with transformed(tmp_path, RECORDS, DATA_UNTIL) as con:
        table = rank_units(con, "2023Q4")
    assert set(table["tier"]) == {""}
    assert table["margin"].isna().all()
    assert not table["near_line"].any()
    assert column(table, "rank")["U2"] == 1


def test_without_units_there_is_an_empty_ranking(tmp_path: Path) -> None:
    with transformed(tmp_path, {"areas": RECORDS["areas"]}, DATA_UNTIL) as con:
        table = rank_units(con, "2024Q1")
        assert list(table) == UNIT_COLUMNS.split()
        assert table.empty
        assert rank_stewards(con, "2024Q1").empty


def test_equal_means_equal_unrounded(tmp_path: Path) -> None:
    # 1/3 and 2/6 of a point are equal; 0.3333 is not.
    stewards = ["steward_id steward_number unit_id community_code joined_on"]
    stewards += [f"A{n} 2 U1 C1 2023-01-01" for n in range(3)]
    stewards += [f"B{n} 2 U2 C1 2023-01-01" for n in range(6)]
    stewards += ["C 2 U3 C1 2023-01-01"]
    points = """
        entry_id steward_id occurred_at         points kind
        P1       A0         2023-10-01_08:00:00 1      打卡
        P2       B0         2023-10-01_08:00:00 2      打卡
        P3       C          2023-10-01_08:00:00 0.3333 打卡
    """
    records = {
        "areas": RECORDS["areas"],
        "units": RECORDS["units"],
        "stewards": "\n".join(stewards),
        "points": points,
    }
    with transformed(tmp_path, records, "2023-12-31") as con:
        table = rank_units(con, "2023Q4")
    assert column(table, "rank") == {"U1": 1, "U2": 1, "U3": 3, "U4": None, "U5": None}


def test_communities_by_points_per_steward(tiny: Con) -> None:
    # 2023Q4: C3 has C 30, E 15, F 12 over three; C1 A 30, H 4.5 and B over three; C2 nothing over two.
    # 2023Q3: A 9 over three in C1, nothing in C2 (D, F, I, J) and C3 (C).
    table = rank_communities(tiny, "2023Q4")
    assert list(table) == [
        "rank",
        "tied",
        "area_code",
        "community",
        "stewards",
        "points",
        "score",
        "previous_rank",
    ]
    assert table.to_numpy().tolist() == [
        [1, False, "C3", "丙社区", 3, 57.0, 19.0, 2],
        [2, False, "C1", "甲社区", 3, 34.5, 11.5, 1],
        [3, False, "C2", "乙社区", 2, 0.0, 0.0, 2],
    ]


def test_communities_by_total_points(tmp_path: Path) -> None:
    district = District.model_validate({"ranking": {"communities": "total"}}, strict=False)
    with transformed(tmp_path, RECORDS, DATA_UNTIL, district) as con:
        table = rank_communities(con, "2023-12")
    # December: C3 F 12; C1 A 10, H 4.5; C2 nothing.
    assert column(table, "score", "area_code") == {"C1": 14.5, "C3": 12.0, "C2": 0.0}
    assert column(table, "rank", "area_code") == {"C1": 1, "C3": 2, "C2": 3}


def test_a_community_without_stewards_has_no_rank(tmp_path: Path) -> None:
    with transformed(tmp_path, {**RECORDS, "stewards": "", "points": "", "honours": "", "projects": "", "claims": "", "checkins": "", "wishes": ""}, DATA_UNTIL) as con:  # fmt: skip
        table = rank_communities(con, "2023Q4")
    assert table["rank"].isna().all()
    assert table["score"].isna().all()


def test_stewards_within_community_class_and_unit(tiny: Con) -> None:
    table = rank_stewards(tiny, "2023Q4")
    assert list(table) == [
        "steward_id",
        "name",
        "steward_number",
        "community_code",
        "unit_id",
        "points",
        "rank_in_community",
        "of_community",
        "rank_in_number",
        "of_number",
        "rank_in_unit",
        "of_unit",
    ]
    shown = table.drop(columns=["name"]).astype(object)
    rows = shown.where(shown.notna(), None).to_numpy().tolist()
    # Class 2: A and C 30, E 15, F 12, B 0. I and J share the first place of class 5 with nothing.
    assert rows == [
        ["A", 2, "C1", "U1", 30.0, 1, 3, 1, 5, 1, 2],
        ["H", 6, "C1", None, 4.5, 2, 3, 1, 1, None, None],
        ["B", 2, "C1", "U1", 0.0, 3, 3, 5, 5, 2, 2],
        ["I", 5, "C2", None, 0.0, 1, 2, 1, 2, None, None],
        ["J", 5, "C2", None, 0.0, 1, 2, 1, 2, None, None],
        ["C", 2, "C3", "U2", 30.0, 1, 3, 1, 5, 1, 1],
        ["E", 2, "C3", "U3", 15.0, 2, 3, 3, 5, 1, 1],
        ["F", 2, "C3", "U4", 12.0, 3, 3, 4, 5, 1, 1],
    ]
    assert (table["name"] == "").all()
    # A month: the leap day's roster has G and not I.
    assert set(rank_stewards(tiny, "2024-02")["steward_id"]) == {"A", "B", "C", "E", "F", "G", "H", "J"}


@settings(max_examples=5, deadline=None)
@given(st.lists(st.lists(st.integers(-20, 20), min_size=1, max_size=12), min_size=3, max_size=3))
def test_ranks_of_stewards_are_competition_ranks(
    tmp_path_factory: pytest.TempPathFactory, communities: list[list[int]]
) -> None:
    """Three communities in each of five districts, since making the district takes nearly all the time."""
    stewards, ledger = [], []
    for number, points in enumerate(communities, 1):
        codes = [f"S{number}{n:02d}" for n in range(len(points))]
        stewards += [f"{code} 6 C{number} 2023-01-01" for code in codes]
        ledger += [
            f"P{code} {code} 2023-12-05_08:00:00 {value} 打卡"
            for code, value in zip(codes, points, strict=True)
        ]
    records = {
        "areas": RECORDS["areas"],
        "stewards": "\n".join(["steward_id steward_number community_code joined_on", *stewards]),
        "points": "\n".join(["entry_id steward_id occurred_at points kind", *ledger]),
    }
    with transformed(tmp_path_factory.mktemp("ranks"), records, "2023-12-31") as con:
        table = rank_stewards(con, "2023-12").sort_values("steward_id")
    expected = [rank.rank for points in communities for rank in competition_ranks(points) if rank]
    assert table["rank_in_community"].tolist() == expected


@pytest.mark.parametrize(
    ("rank", "period", "sentence"),
    [
        (rank_units, "2023-12", "“2023-12”不是季度"),
        (rank_units, "2022Q1", "2022Q1 没有数据；数据从 2023Q3 到 2024Q1"),
        (rank_units, "soon", "不是有效的时段"),
        (rank_communities, "2024-03", "2024-03 没有数据；数据从 2023-07 到 2024-02"),
        (rank_stewards, "2025", "2025 没有数据；数据从 2023 到 2024"),
    ],
)
def test_periods_without_a_ranking(
    tiny: Con, rank: Callable[[Con, str], object], period: str, sentence: str
) -> None:
    with pytest.raises(InputFault) as fault:
        rank(tiny, period)
    assert sentence in str(fault.value)


def test_the_last_day_of_a_leap_february_counts(tmp_path: Path) -> None:
    # Joined on the 29th: on the roster of the month; left on the 29th: not.
    day = date(2024, 2, 29)
    stewards = f"""
        steward_id steward_number community_code joined_on  left_on
        NEW        6              C1             {day}      -
        GONE       6              C1             2023-01-01 {day}
        STAYS      6              C1             2023-01-01 {day + timedelta(days=1)}
    """
    points = "entry_id steward_id occurred_at points kind\nP1 NEW 2024-02-29_23:59:59 3 打卡"
    records = {"areas": RECORDS["areas"], "stewards": stewards, "points": points}
    with transformed(tmp_path, records, "2024-03-31") as con:
        table = rank_stewards(con, "2024-02")
    assert table[["steward_id", "points"]].to_numpy().tolist() == [["NEW", 3.0], ["STAYS", 0.0]]
