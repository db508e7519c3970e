"""Questions and answers over the tiny district; the answers are worked out by hand from its records."""

from pathlib import Path

import pandas as pd
import pytest

from pipelines.measure import Question, measure
from pipelines.roll_up import NO_AREA
from pipelines.surveys import wilson
from tests.pipelines.answers import Con, fractions, values
from tests.pipelines.staged_district import transformed
from tests.pipelines.tiny_records import DATA_UNTIL


def test_columns_and_whole_numbers(tiny: Con) -> None:
    table = measure(tiny, Question("wishes_collected"))
    assert list(table) == ["period", "value", "numerator", "denominator", "n", "low", "high"]
    assert table["value"].tolist() == [2, 1]
    assert pd.api.types.is_integer_dtype(table["value"])
    assert table[["denominator", "n", "low", "high"]].isna().all(axis=None)
    table = measure(tiny, Question("wish_fulfilled_rate", by="category"))
    assert list(table)[:3] == ["period", "category", "category_name"]


def test_rates_are_of_cohorts(tiny: Con) -> None:
    # W1 of December is fulfilled in February; it counts for December.
    assert fractions(tiny, "wish_fulfilled_rate") == {"2023-12": (1, 2), "2024-02": (0, 1)}
    # L1 and L3 of October are verified by data until, L3 in November: the rate is October's, the flow is not.
    assert fractions(tiny, "verification_rate") == {"2023-10": (2, 3)}
    assert values(tiny, "verifications") == {"2023-10": 1, "2023-11": 1}
    assert values(tiny, "completions") == {"2023-10": 2}


def test_closing_rate_is_closed_of_accepted(tiny: Con) -> None:
    # T2 was published in September and accepted in October; T3 was never accepted; T4 on the first of January.
    assert fractions(tiny, "closing_rate") == {"2023-10": (2, 2), "2024-01": (0, 1)}
    assert values(tiny, "closing_rate", "year") == {"2023": 1.0, "2024": 0.0}
    assert values(tiny, "tasks_published") == {"2023-09": 1, "2023-10": 2, "2023-12": 1}


def test_in_time_rate_leaves_out_what_is_not_due_yet(tiny: Con) -> None:
    # October: T1 in time, T2 late, T3 (without acceptance, by publication) past due. T4 is due after data until.
    assert fractions(tiny, "in_time_rate") == {"2023-10": (1, 3)}
    assert values(tiny, "tasks_overdue", "all") == {"all": 1}
    assert values(tiny, "tasks_open") == {"2023-10": 1, "2024-01": 1}


def test_the_way_of_published_tasks(tiny: Con) -> None:
    assert fractions(tiny, "task_claim_rate") == {"2023-09": (1, 1), "2023-10": (1, 2), "2023-12": (0, 1)}
    assert fractions(tiny, "claims_per_task", "year") == {"2023": (3, 4)}
    # T3 waits since 2023-10-31 (121 days), T4 since the last second of the year (60 days).
    table = measure(tiny, Question("tasks_unclaimed", "all", by="age"))
    assert table[["age", "age_name", "value"]].to_numpy().tolist() == [
        ["30-89", "30–89天", 1],
        ["90+", "90天以上", 1],
    ]


def test_claims_and_their_stars(tiny: Con) -> None:
    assert fractions(tiny, "pass_rate") == {"2023-10": (1, 2)}
    assert fractions(tiny, "five_star_rate") == {"2023-10": (1, 2)}
    assert values(tiny, "mean_stars") == {"2023-10": 4.0}
    assert values(tiny, "self_verified") == {"2023-10": 1}
    assert values(tiny, "vouchers_issued") == {"2023-10": 1, "2023-11": 0}
    assert values(tiny, "claims", "quarter", by="steward_number") == {("2023Q4", "2"): 3}


def test_the_year_ends_at_midnight_in_shanghai(tiny: Con) -> None:
    # A: 10 points in the last second of 2023, 7 in the first of 2024. T4 published in the one, accepted in the other.
    assert (
        values(tiny, "points_earned", by="kind", period="2023-12")[("2023-12", "打卡")] == 17.0
    )  # A 10, F 4, H 3
    assert values(tiny, "points_earned", period="2024-01") == {"2024-01": 7.0}
    assert values(tiny, "tasks_published", "year") == {"2023": 4}
    assert values(tiny, "tasks_accepted", "year") == {"2023": 2, "2024": 1}


def test_surveys_carry_n_and_interval(tiny: Con) -> None:
    table = measure(tiny, Question("safety_rate", "wave"))
    assert table["period"].tolist() == ["2023下半年"]
    row = table.iloc[0]
    assert (row["value"], row["numerator"], row["denominator"]) == (0.75, 3, 4)
    assert row["n"] == pytest.approx(16 / 6)
    low, high = wilson(0.75, 16 / 6)
    assert (row["low"], row["high"]) == (pytest.approx(float(low)), pytest.approx(float(high)))
    by_area = measure(tiny, Question("safety_rate", "wave", by="subdistrict"))
    assert by_area[["subdistrict", "value", "n"]].to_numpy().tolist() == [
        ["S1", 2 / 3, 1.8],
        ["S2", 1.0, 1.0],
    ]


def test_waves_are_named_or_lie_in_a_period(tiny: Con) -> None:
    by_topic = {("2023下半年", "领办实事"): 0.5, ("2024上半年", "环境"): 1.0}
    assert values(tiny, "satisfaction_rate", "wave", by="topic") == by_topic
    assert values(tiny, "satisfaction_rate", "wave", period="2024上半年") == {"2024上半年": 1.0}
    assert values(tiny, "satisfaction_rate", "wave", period="2023") == {"2023下半年": 0.5}
    assert values(tiny, "satisfaction_rate", "quarter") == {"2023Q4": 0.5, "2024Q1": 1.0}


def test_bulletins_speak_of_one_area_each(tiny: Con) -> None:
    assert values(tiny, "bulletin_value", "wave") == {"2023下半年": 98.9}
    assert values(tiny, "bulletin_rank", "wave", by="indicator") == {
        ("2023下半年", "安全感"): 31,
        ("2023下半年", "满意度"): 40,
    }
    assert values(tiny, "bulletin_rank", "wave", by="subdistrict") == {("2023下半年", "S1"): 3}
    assert values(tiny, "bulletin_value", "wave", area="S1") == {"2023下半年": 97.1}


def test_sites_stand_at_data_until_only(tiny: Con) -> None:
    assert values(tiny, "stations") == {"2024-02": 2}
    assert values(tiny, "stations", "year") == {"2024": 2}
    assert values(tiny, "communities_without_station", "all") == {"all": 2}
    assert values(tiny, "sites", "all", by="kind") == {
        ("all", "商户"): 1,
        ("all", "工作室"): 1,
        ("all", "驿站"): 2,
    }


def test_outcomes_carry_their_measuring_unit(tiny: Con) -> None:
    table = measure(tiny, Question("project_quantity", "year", by="kind"))
    assert table[["period", "kind", "kind_name", "value"]].to_numpy().tolist() == [
        ["2023", "拆违", "拆违（平方米）", 100.5],  # J2 is not finished
        ["2023", "管网", "管网（公里）", 1.8],
    ]
    assert fractions(tiny, "projects_finished_rate") == {"2023-10": (1, 2), "2023-11": (1, 1)}


def test_participation_and_honours(tiny: Con) -> None:
    assert values(tiny, "prize_meetings", "quarter") == {"2023Q4": 1}
    assert fractions(tiny, "issues_settled_rate", "quarter") == {"2023Q4": (3, 4)}
    assert values(tiny, "activity_participants", by="unit") == {("2023-12", "U1"): 20}
    assert values(tiny, "incidents", "year", by="kind") == {("2023", "信访"): 1}
    assert fractions(tiny, "medal_share", "year") == {"2023": (1, 3)}
    # F was in U3 on 12-10 and in U4 on 12-20.
    assert values(tiny, "stars", "year", by="unit") == {
        ("2023", "U1"): 1,
        ("2023", "U3"): 1,
        ("2023", "U4"): 1,
    }


def test_an_area_limits_what_happened_there(tiny: Con) -> None:
    assert values(tiny, "tasks_published", "year", area="S1") == {"2023": 3}
    assert values(tiny, "tasks_published", "year", area="D") == {"2023": 4}
    assert values(tiny, "tasks_published", "year", area="S1", by="community") == {
        ("2023", "C1"): 2,
        ("2023", "C2"): 1,
    }
    assert fractions(tiny, "closing_rate", "year", area="G1") == {"2023": (1, 1)}
    assert values(tiny, "closing_rate", "year", by="grid", period="2023") == {
        ("2023", ""): 1.0,
        ("2023", "G1"): 1.0,
    }


def test_the_first_days_of_each_period(tiny: Con) -> None:
    # 10-01 and 10-02: L1 and L2; L3 is of the third.
    assert values(tiny, "claims", "quarter", first_days=2) == {"2023Q4": 2}
    assert values(tiny, "claims", "quarter", first_days=3) == {"2023Q4": 3}
    assert values(tiny, "claims", "quarter", first_days=1) == {}
    assert values(tiny, "claims", first_days=2, by="community", area="S1") == {("2023-10", "C1"): 2}
    # Leap year: 60 days of 2024 reach its last day of data.
    assert values(tiny, "wishes_collected", "year", first_days=60) == {"2024": 1}
    assert values(tiny, "wishes_collected", "year", first_days=59) == {}


def test_a_period_limits_the_answer(tiny: Con) -> None:
    assert list(values(tiny, "points_earned", period="2023Q4")) == ["2023-10", "2023-11", "2023-12"]
    assert list(values(tiny, "points_earned", "quarter", period="2023")) == ["2023Q3", "2023Q4"]
    assert values(tiny, "points_earned", period="2019") == {}


def test_a_wider_area_is_the_sum_of_its_parts(tiny: Con) -> None:
    for metric in (
        "task_claim_rate",
        "wish_fulfilled_rate",
        "points_per_steward",
        "safety_rate",
        "checkin_valid_rate",
    ):
        whole = measure(tiny, Question(metric, "quarter"))[["numerator", "denominator"]].sum()
        for by in ("district", "subdistrict", "community"):
            parts = measure(tiny, Question(metric, "quarter", by=by))[["numerator", "denominator"]].sum()
            assert parts.tolist() == pytest.approx(whole.tolist()), (metric, by)


def test_records_of_no_area_keep_a_row(tmp_path: Path) -> None:
    records = {"points": "entry_id steward_id occurred_at points kind\nP1 - 2024-01-05_09:00:00 5 打卡"}
    with transformed(tmp_path, records, DATA_UNTIL) as con:
        table = measure(con, Question("points_earned", by="community"))
    assert table[["community", "community_name", "value"]].to_numpy().tolist() == [["", NO_AREA, 5.0]]
