"""What if: other lines, other headcounts; and that the rule in force gives the official ranking."""

from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from pipelines.district import District
from pipelines.periods import Period
from pipelines.ranking_tables import rank_units
from pipelines.tiers import ScoreLines
from pipelines.unit_trial import HEADCOUNT_RULES, TRIAL_COLUMNS, HeadcountRule, Trial, try_units
from tests.pipelines.staged_district import transformed
from tests.pipelines.test_ranking_tables import column
from tests.pipelines.tiny_records import DATA_UNTIL, RECORDS

Con = duckdb.DuckDBPyConnection
QUARTER = Period.parse("2023Q4")


def lines(*values: int) -> ScoreLines:
    return ScoreLines(*(Fraction(value) for value in values))


def settings(con: Con) -> District:
    return District.from_json(con.execute("SELECT district_json FROM meta.settings").fetchall()[0][0])


@pytest.mark.parametrize("quarter", ["2023Q3", "2023Q4", "2024Q1"])
def test_the_rules_in_force_give_the_official_ranking(tiny: Con, quarter: str) -> None:
    district, period = settings(tiny), Period.parse(quarter)
    tried = try_units(tiny, period, Trial(district.score_lines_on(period.start)), district)
    official = rank_units(tiny, period)
    assert tuple(tried) == TRIAL_COLUMNS
    for name in TRIAL_COLUMNS[1:]:
        assert column(tried, name) == column(official, name), name


def test_moved_lines_move_tiers_and_consequences(tiny: Con) -> None:
    # U2 30, U1 and U3 15, U4 12: the lines fall by three quarters of a point to 12, so U4 fails no more.
    tried = try_units(tiny, QUARTER, Trial(lines(30, 15, 12)), settings(tiny))
    assert column(tried, "tier") == {"U2": "优秀", "U1": "良好", "U3": "良好", "U4": "合格", "U5": ""}
    assert column(tried, "consequence")["U4"] == "explains"
    raised = try_units(tiny, QUARTER, Trial(lines(31, 16, 13)), settings(tiny))
    assert column(raised, "tier") == {"U2": "良好", "U1": "合格", "U3": "合格", "U4": "不合格", "U5": ""}


def test_no_lines_no_tiers(tiny: Con) -> None:
    tried = try_units(tiny, QUARTER, Trial(None), settings(tiny))
    assert set(tried["tier"]) == {""}
    assert column(tried, "rank")["U2"] == 1


# A moves from U1 to U2 on 15 November; B stays in U1; C leaves U2 on 15 December; Z comes to U1 and goes the same day.
MOVERS = [
    "steward_id steward_number unit_id community_code joined_on  left_on",
    "A          2              U1      C1             2023-01-01 2023-11-15",
    "A          2              U2      C1             2023-11-15 -",
    "B          2              U1      C1             2023-01-01 -",
    "C          2              U2      C1             2023-01-01 2023-12-15",
    "Z          2              U1      C1             2023-11-20 2023-11-20",
]
MOVED_POINTS = [
    "entry_id steward_id occurred_at         points kind",
    "P1       A          2023-10-10_08:00:00 8      打卡",
    "P2       A          2023-12-10_08:00:00 5      打卡",
    "P3       B          2023-11-10_08:00:00 2      打卡",
    "P4       C          2023-10-11_08:00:00 7      打卡",
    "P5       C          2023-12-10_08:00:00 1      打卡",
    "P6       B          2023-11-11_08:00:00 9      兑换",
]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # On 31 December: B in U1; A in U2 with all its points.
        ("period_end", {"U1": (1.0, 2.0), "U2": (1.0, 13.0)}),
        # October A, B | C; November B | A, C; December B | A. U1: 8 + 2 over 4/3 people; U2: 7 + 0 + 5 over 4/3.
        ("month_ends", {"U1": (4 / 3, 10.0), "U2": (4 / 3, 12.0)}),
        # U1: A with 8, B with 2; U2: A with 5, C with 7 + 1. Z stood there on no day.
        ("everyone", {"U1": (2.0, 10.0), "U2": (2.0, 13.0)}),
    ],
)
def test_headcount_rules(
    tmp_path: Path, rule: HeadcountRule, expected: dict[str, tuple[float, float]]
) -> None:
    records = {
        "areas": RECORDS["areas"],
        "units": RECORDS["units"],
        "stewards": "\n".join(MOVERS),
        "points": "\n".join(MOVED_POINTS),
    }
    with transformed(tmp_path, records, DATA_UNTIL) as con:
        tried = try_units(con, QUARTER, Trial(lines(9, 8, 7), rule), District()).set_index("unit_id")
    for unit, (people, points) in expected.items():
        row = tried.loc[unit]
        assert (row["headcount"], row["points"]) == pytest.approx((people, points))
        assert row["score"] == float(Fraction(points) / Fraction(people).limit_denominator(12))


def test_every_rule_has_a_statement(tiny: Con) -> None:
    assert HEADCOUNT_RULES == ("period_end", "month_ends", "everyone")
    for rule in HEADCOUNT_RULES:
        assert len(try_units(tiny, QUARTER, Trial(None, rule), settings(tiny))) == 5
