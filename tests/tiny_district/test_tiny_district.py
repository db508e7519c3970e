"""The tiny district: what the commands answer is what was worked out by hand (answers.md, answers/*.csv)."""

import csv
from collections import defaultdict
from fractions import Fraction
from itertools import groupby
from pathlib import Path

import pytest

from tests.commands import command, process

ANSWERS = Path(__file__).parent / "answers"
QUARTERS = ["2023Q4", "2024Q1", "2024Q2"]
# Whoever is asked in New York, in another language, must answer by the calendar of Shanghai.
ABROAD = {"TZ": "America/New_York", "LC_ALL": "C"}


def answers(name: str) -> list[dict[str, str]]:
    with (ANSWERS / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows
    return rows


def exact(text: str) -> float | None:
    """106/6 as the float that is nearest to it; None for nothing."""
    return float(Fraction(text)) if text else None


def compared(rows: list[dict[str, str]], key: str, numbers: set[str]) -> dict[str, dict[str, object]]:
    """Rows by key, with numbers as numbers and without the explanations."""
    return {
        row[key]: {
            name: exact(value) if name in numbers else value for name, value in row.items() if name != "why"
        }
        for row in rows
    }


UNIT_NUMBERS = {"rank", "headcount", "points", "score", "margin", "previous_rank"}


@pytest.mark.parametrize("quarter", QUARTERS)
def test_units(tiny_warehouse: Path, quarter: str) -> None:
    asked = ("rank", "units", "--warehouse", tiny_warehouse, "--period", quarter, "--csv")
    found = process(*asked, **ABROAD).done().rows
    names = {"U1": "区委办", "U2": "住建局", "U3": "教育局", "U4": "城管局"}
    names |= {"U5": "甲厂", "U6": "乙厂", "U7": "丙厂", "U8": "丁厂"}
    assert {row["unit_id"]: row.pop("unit") for row in found} == names
    assert all(row.pop("ranking_group") == ("机关" if row["unit_id"] < "U5" else "企业") for row in found)
    expected = compared(answers(f"units_{quarter}"), "unit_id", UNIT_NUMBERS)
    assert compared(found, "unit_id", UNIT_NUMBERS) == expected


@pytest.mark.parametrize("quarter", QUARTERS[:2])
def test_communities(tiny_warehouse: Path, quarter: str) -> None:
    asked = ("rank", "communities", "--warehouse", tiny_warehouse, "--period", quarter, "--csv")
    numbers = {"rank", "stewards", "points", "score", "previous_rank"}
    found = compared(process(*asked, **ABROAD).done().rows, "area_code", numbers)
    assert found == compared(answers(f"communities_{quarter}"), "area_code", numbers)


def test_stewards(tiny_warehouse: Path) -> None:
    asked = ("rank", "stewards", "--warehouse", tiny_warehouse, "--period", "2024Q1", "--csv")
    numbers = {name for name in answers("stewards_2024Q1")[0] if name.startswith(("rank_", "of_"))}
    numbers.add("points")
    expected = compared(answers("stewards_2024Q1"), "steward_id", numbers)
    assert compared(process(*asked, **ABROAD).done().rows, "steward_id", numbers) == expected
    named = {row["steward_id"]: row["name"] for row in command(*asked, "--names").done().rows}
    assert (named["P01"], named["P08"], named["L1"]) == ("赵一", "王大", "何子")
    assert len(named) == len(expected)


def named(question: tuple[str, str, str, str]) -> str:
    return "-".join(filter(None, question))


def questions() -> list[tuple[tuple[str, str, str, str], list[dict[str, str]]]]:
    """The rows of measures.csv, by the question that they answer."""
    grouped = groupby(answers("measures"), lambda row: (row["metric"], row["grain"], row["asked"], row["by"]))
    found = [(question, list(rows)) for question, rows in grouped]
    assert len({question for question, _ in found}) == len(found) > 60
    return found


@pytest.mark.parametrize(
    ("question", "rows"), [pytest.param(*asked, id=named(asked[0])) for asked in questions()]
)
def test_measures(
    tiny_warehouse: Path, question: tuple[str, str, str, str], rows: list[dict[str, str]]
) -> None:
    metric, grain, asked, by = question
    options = (*(("--period", asked) if asked else ()), *(("--by", by) if by else ()))
    found = command("measure", metric, "--warehouse", tiny_warehouse, "--grain", grain, *options, "--csv")
    expected = {
        (row["period"], row["code"]): (
            float(Fraction(row["numerator"]) / Fraction(row["denominator"] or 1)),
            exact(row["numerator"]),
            exact(row["denominator"]),
        )
        for row in rows
    }
    assert {
        (row["period"], row[by] if by else ""): (
            exact(row["value"]),
            exact(row["numerator"]),
            exact(row["denominator"]),
        )
        for row in found.done().rows
    } == expected


def test_intervals_of_surveys(tiny_warehouse: Path) -> None:
    """Kish n: C1 (2+1+1+1+1)² ÷ (4+1+1+1+1) = 4.5, C2 3; Wilson bounds by a pocket calculator."""
    asked = ("--warehouse", tiny_warehouse, "--grain", "wave", "--csv")
    found = defaultdict[str, tuple[float, ...]](tuple)
    for row in command("measure", "satisfaction_rate", *asked, "--by", "community").done().rows:
        found[row["community"]] = tuple(float(row[name]) for name in ("n", "low", "high"))
    (row,) = command("measure", "safety_rate", *asked).done().rows
    found["safety"] = tuple(float(row[name]) for name in ("n", "low", "high"))
    assert dict(found) == {
        "C1": pytest.approx((4.5, 0.3840, 0.9757), abs=5e-5),
        "C2": pytest.approx((3, 0.0615, 0.7923), abs=5e-5),
        "safety": pytest.approx((29, 0.0061, 0.1718), abs=5e-5),  # Newcombe 1998: 1/29
    }


def test_nothing_is_rejected_and_two_things_look_wrong(tiny_warehouse: Path) -> None:
    assert command("rejects", "--warehouse", tiny_warehouse, "--csv").done().rows == []
    found = command("findings", "--warehouse", tiny_warehouse, "--csv").done().rows
    assert [(row["check"], row["key"]) for row in found] == [
        ("households_off_band", "B1"),
        ("verifier_is_claimant", "L3"),
    ]


def test_the_year_ends_in_shanghai(tiny_warehouse: Path) -> None:
    """E01 is of 23:59:59 on 31 December, E10 of midnight: eight hours later or earlier they would change place."""
    asked = ("measure", "points_earned", "--warehouse", tiny_warehouse, "--grain", "year", "--csv")
    for zone in ("UTC", "Pacific/Kiritimati"):
        rows = process(*asked, TZ=zone).done().rows
        assert {row["period"]: float(row["value"]) for row in rows} == {"2023": 181, "2024": 593}
