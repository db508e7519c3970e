"""Whatever the seed, every quarter of 2022 names ten units for praise and seven for an explanation."""

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest

from pipelines.ranking import RankedUnit, rank_units
from pipelines.sample.plan import LAST_MONTH, Figures, Plan, months_until
from pipelines.sample.unit_scores import unit_points
from pipelines.sample.units import Units
from pipelines.tiers import ScoreLines, tier_of

LINES = ScoreLines(Fraction(250), Fraction(200), Fraction(150))
GROUP = np.repeat([0, 1, 2], [44, 22, 14])


def scores_of(seed: int, quarter: str) -> list[Fraction]:
    plan = Plan(seed, Figures(), months_until(LAST_MONTH, 24))
    # Small units are the ones that tie by chance.
    headcount = np.random.default_rng(seed).integers(1, 30, len(GROUP))
    names = [f"{n}" for n in range(len(GROUP))]
    units = Units(names, names, GROUP, headcount, np.zeros(len(GROUP), dtype=np.int64))
    points = unit_points(plan, units, headcount, np.datetime64(quarter, "M"))
    return [Fraction(int(p), int(n)) for p, n in zip(points, headcount, strict=True)]


def consequences(scores: list[Fraction]) -> Counter[str]:
    ranked = [
        RankedUnit(str(n), str(group), score, tier_of(score, LINES))
        for n, (group, score) in enumerate(zip(GROUP, scores, strict=True))
    ]
    return Counter(standing.consequence for standing in rank_units(ranked, 10, 7))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("quarter", ["2022-01", "2022-04", "2022-07", "2022-10"])
def test_ten_are_commended_and_seven_explain(seed: int, quarter: str) -> None:
    found = consequences(scores_of(seed, quarter))
    assert found["commended"] == 10
    assert found["explains"] + found["explains+ineligible"] == 7


@pytest.mark.parametrize("seed", range(12))
def test_no_two_units_of_a_group_tie_by_chance(seed: int) -> None:
    for quarter, tied in (("2022-01", 0), ("2022-04", 1)):
        scores = Counter(zip(GROUP.tolist(), scores_of(seed, quarter), strict=True))
        assert sum(n - 1 for n in scores.values()) == tied


@pytest.mark.parametrize("seed", range(4))
def test_a_unit_stands_on_every_line_and_near_it(seed: int) -> None:
    scores = scores_of(seed, "2023-07")
    for line in LINES.descending:
        assert line in scores
        assert any(0 < line - score < 30 for score in scores)


def test_a_tie_at_the_cut_commends_one_more() -> None:
    assert consequences(scores_of(0, "2023-04"))["commended"] == 11


def test_a_group_without_laggards_explains_less() -> None:
    found = consequences(scores_of(0, "2023-10"))
    assert found["explains"] + found["explains+ineligible"] == 6


def test_a_unit_without_people_earns_nothing() -> None:
    plan = Plan(1, Figures(), months_until(LAST_MONTH, 24))
    nobody = np.zeros(len(GROUP), dtype=np.int64)
    units = Units([""] * len(GROUP), [""] * len(GROUP), GROUP, nobody, nobody)
    assert unit_points(plan, units, nobody, np.datetime64("2022-01", "M")).sum() == 0
