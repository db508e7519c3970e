"""Questions about people, their points and check-ins over the tiny district; answers worked out by hand."""

from decimal import Decimal
from pathlib import Path

from pipelines.measure import Question, measure
from pipelines.roll_up import NO_CODE
from tests.pipelines.answers import Con, fractions, values
from tests.pipelines.staged_district import transformed
from tests.pipelines.tiny_records import DATA_UNTIL


def test_the_roster_of_the_last_day(tiny: Con) -> None:
    # 11-30: A B C D F H I J. 12-31: D left, E joined that day. Leap day: G joined, I left.
    stewards = values(tiny, "stewards")
    assert (stewards["2023-11"], stewards["2023-12"], stewards["2024-02"]) == (8, 8, 8)
    assert values(tiny, "stewards", "quarter", by="subdistrict", period="2023Q4") == {
        ("2023Q4", "S1"): 5,
        ("2023Q4", "S2"): 3,
    }
    assert values(tiny, "stewards", by="steward_number", period="2024-02") == {
        ("2024-02", "2"): 6,
        ("2024-02", "5"): 1,
        ("2024-02", "6"): 1,
    }
    assert fractions(tiny, "resident_share", "quarter")["2023Q4"] == (3, 8)
    assert values(tiny, "party_stewards", "quarter") == {"2023Q3": 2, "2023Q4": 2, "2024Q1": 3}
    assert fractions(tiny, "stewards_per_community", "quarter")["2023Q4"] == (8, 3)
    assert fractions(tiny, "households_per_steward", "quarter") == {
        "2023Q3": (34, 3),
        "2023Q4": (34, 3),
        "2024Q1": (14, 2),
    }


def test_points_per_steward_counts_those_without_points(tiny: Con) -> None:
    # A 30, C 30, E 15, F 12, H 4.5 over eight people; D's 100 left with D.
    assert fractions(tiny, "points_per_steward", "quarter")["2023Q4"] == (91.5, 8)
    assert values(tiny, "points_per_steward", "quarter", by="community", period="2023Q4") == {
        ("2023Q4", "C1"): 11.5,
        ("2023Q4", "C2"): 0.0,
        ("2023Q4", "C3"): 19.0,
    }
    # December alone: A 10, F 12, H 4.5.
    assert fractions(tiny, "points_per_steward", period="2023-12") == {"2023-12": (26.5, 8)}
    # The year starts with A's 9 of July.
    assert fractions(tiny, "points_per_steward", "year", period="2023") == {"2023": (100.5, 8)}


def test_the_target_is_that_of_the_own_class(tiny: Con) -> None:
    # 30 a year, 5 for class 6: A 39 and C 30 reach it, H with 4.5 of 5 does not.
    assert fractions(tiny, "target_reached_rate", "year") == {"2023": (2, 8), "2024": (0, 8)}
    assert values(tiny, "target_reached_rate", "year", by="steward_number", period="2023") == {
        ("2023", "2"): 0.4,
        ("2023", "5"): 0.0,
        ("2023", "6"): 0.0,
    }
    # E 15 of 30, F 12 of 30, H 4.5 of 5; B, I, J nothing.
    assert values(tiny, "progress_stewards", "year", by="progress", period="2023") == {
        ("2023", "0"): 3,
        ("2023", "40-50"): 1,
        ("2023", "50-60"): 1,
        ("2023", "90-100"): 1,
        ("2023", "100-150"): 2,
    }


def test_points_by_kind_place_and_unit(tiny: Con) -> None:
    assert values(tiny, "points_earned", "quarter") == {"2023Q3": 9.0, "2023Q4": 191.5, "2024Q1": 7.0}
    # By the unit of the day: F earned 8 at U3 and 4 at U4; D's points stay with U2.
    assert values(tiny, "points_earned", "quarter", by="unit", period="2023Q4") == {
        ("2023Q4", "U1"): 30.0,
        ("2023Q4", "U2"): 130.0,
        ("2023Q4", "U3"): 23.0,
        ("2023Q4", "U4"): 4.0,
    }
    assert values(tiny, "points_earned", "year", by="kind", period="2023")[("2023", "扣减")] == -5.0
    assert values(tiny, "points_deducted", "year", period="2023") == {"2023": 5.0}
    assert values(tiny, "points_redeemed") == {
        month: 25.0 if month == "2023-11" else 0.0 for month in values(tiny, "points_entries")
    }
    assert values(tiny, "points_lottery", "year", period="2023") == {"2023": 2.0}
    merchants = measure(tiny, Question("points_redeemed", "year", by="merchant"))
    assert merchants[["merchant", "merchant_name", "value"]].to_numpy().tolist() == [["M1", "小卖部", 25.0]]


def test_the_balance_runs_on_through_quiet_months(tiny: Con) -> None:
    balance = values(tiny, "points_balance")
    assert balance["2023-08"] == balance["2023-07"] == 9.0
    assert balance["2023-10"] == 84.0  # 9 + A 20 + C 40 + E 15
    assert values(tiny, "points_balance", "quarter")["2023Q4"] == 173.5  # 9 + 191.5 - 25 - 2
    assert values(tiny, "points_balance", "all") == {"all": 180.5}
    assert values(tiny, "points_balance", period="2023-08") == {"2023-08": 9.0}


def test_check_ins_are_judged_where_there_is_a_point(tiny: Con) -> None:
    # K1, K2 (49.9 m), K5 valid, K3 (50.1 m) not, K4 without a point.
    assert values(tiny, "checkins", "quarter") == {"2023Q4": 5}
    assert fractions(tiny, "checkin_valid_rate", "quarter") == {"2023Q4": (3, 4)}
    table = measure(tiny, Question("checkins", "quarter", by="distance"))
    assert table[["distance", "distance_name", "value"]].to_numpy().tolist() == [
        ["0-10", "10米以内", 2],
        ["40-50", "40–50米", 1],
        ["50-60", "50–60米", 1],
        ["", NO_CODE, 1],
    ]
    # Two valid ones of A among the five people of units; H has none.
    assert fractions(tiny, "checkins_per_person", "quarter")["2023Q4"] == (2, 5)
    assert values(tiny, "checkins_per_person", "quarter", by="unit", period="2023Q4")[("2023Q4", "U1")] == 1.0


def test_an_area_never_shrinks_a_unit(tiny: Con) -> None:
    # U2 is linked to C2 in S1 and its only person serves in C3 in S2: it is listed in S1, whole.
    inside = values(tiny, "stewards", "quarter", by="unit", area="S1", period="2023Q4")
    assert inside == {("2023Q4", "U1"): 2, ("2023Q4", "U2"): 1}
    everywhere = values(tiny, "points_per_steward", "quarter", by="unit", period="2023Q4")
    for code, value in values(
        tiny, "points_per_steward", "quarter", by="unit", area="C2", period="2023Q4"
    ).items():
        assert everywhere[code] == value == 30.0


def test_decimals_stay_exact(tmp_path: Path) -> None:
    # Ten times 0.1 is 1 in the ledger, though not in binary fractions.
    lines = ["entry_id steward_id occurred_at points kind"]
    lines += [f"P{n} - 2024-01-05_09:00:00 0.1 打卡" for n in range(10)]
    with transformed(tmp_path, {"points": "\n".join(lines)}, DATA_UNTIL) as con:
        assert con.execute(
            "SELECT sum(earned) FROM marts.points WHERE grain = 'month' AND dimension = ''"
        ).fetchall() == [(Decimal(1),)]
        assert values(con, "points_earned") == {"2024-01": 1.0}
