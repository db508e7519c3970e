"""The same tiny district under other rules: what the district decides is read from district.toml alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import command

EXPORTS = Path(__file__).parent / "exports"
SETTINGS = """
[tiers]
names = ["甲", "乙", "丙", "丁"]
[ranking]
communities = "total"
commend = 3
explain = 2
[checkins]
datum = "wgs84"
radius_m = 50.2
[surveys]
satisfied = ["很满意", "满意"]
best = 1
"""
LINES = """
[[score_lines]]
effective_from = 2024-01-01
excellent = 30.1
good = 20
pass = 3.3
"""


@pytest.fixture(scope="module")
def built(made_once: Callable[..., Path]) -> Callable[[str, str], Path]:
    """A warehouse of the tiny district under these settings."""

    def build(name: str, settings: str) -> Path:
        def make(folder: Path) -> None:
            folder.mkdir()
            district = folder / "district.toml"
            district.write_text(settings, encoding="utf-8")
            command("build", EXPORTS, "--warehouse", folder, "--district", district).done()

        return made_once(name, make)

    return build


@pytest.fixture(scope="module")
def without_lines(built: Callable[[str, str], Path]) -> Path:
    return built("tiny-without-lines", SETTINGS)


def test_without_score_lines_places_alone_decide(without_lines: Path) -> None:
    rows = command("rank", "units", "--warehouse", without_lines, "--period", "2024Q1", "--csv").done().rows
    assert {(row["tier"], row["margin"], row["near_line"]) for row in rows} == {("", "", "false")}
    assert {row["unit_id"]: row["consequence"] for row in rows if row["consequence"]} == {
        "U1": "commended",
        "U2": "commended",
        "U3": "commended",
        "U8": "commended",
        "U4": "explains",
        "U5": "explains",
    }


def test_lines_are_compared_unrounded_and_not_before_their_day(built: Callable[[str, str], Path]) -> None:
    """U1 30 is below 30.1, U7 10/3 above 3.3; in 2023Q4 there were no lines yet."""
    warehouse = built("tiny-other-lines", LINES + SETTINGS)
    asked = ("rank", "units", "--warehouse", warehouse, "--csv", "--period")
    rows = {row["unit_id"]: row for row in command(*asked, "2024Q1").done().rows}
    assert "".join(rows[unit]["tier"] or "-" for unit in sorted(rows)) == "乙乙乙丙丁-丙甲"
    assert float(rows["U1"]["margin"]) == pytest.approx(-0.1)
    assert float(rows["U7"]["margin"]) == pytest.approx(0.1 / 3)
    assert {row["previous_tier"] for row in rows.values()} == {""}
    assert {row["tier"] for row in command(*asked, "2023Q4").done().rows} == {""}


def test_communities_by_their_points_in_total(without_lines: Path) -> None:
    asked = ("rank", "communities", "--warehouse", without_lines, "--period", "2024Q1", "--csv")
    rows = command(*asked).done().rows
    assert [(row["area_code"], row["rank"], row["score"]) for row in rows] == [
        ("C3", "1", "107.0"),
        ("C1", "2", "106.0"),
        ("C2", "3", "49.0"),
        ("C4", "", ""),
    ]


@pytest.mark.parametrize(
    ("metric", "grain", "numerator", "denominator"),
    [("checkin_valid_rate", "all", 5, 5), ("satisfaction_rate", "wave", 4, 9)],
    ids=["50.1 m are within 50.2 m", "answers 1 and 2 are the best"],
)
def test_other_rules(
    without_lines: Path, metric: str, grain: str, numerator: float, denominator: float
) -> None:
    (row,) = command("measure", metric, "--warehouse", without_lines, "--grain", grain, "--csv").done().rows
    assert (float(row["numerator"]), float(row["denominator"])) == (numerator, denominator)
