"""Tiers, margins, stability and the near-line flag."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from math import comb
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import tiers
from pipelines.tiers import (
    POINT_SCALE,
    RESAMPLES,
    SEED,
    ScoreLines,
    Tier,
    ledger_points,
    margin_to_line,
    stability,
    tier_of,
    tier_standing,
)

LINES = ScoreLines(Fraction(90), Fraction(75), Fraction(60))
scores = st.fractions(-100, 300, max_denominator=997)
lines_of_any_kind = (
    st.lists(st.fractions(0, 200, max_denominator=100), min_size=3, max_size=3, unique=True)
    .map(lambda values: sorted(values, reverse=True))
    .map(lambda values: ScoreLines(*values))
)
people = st.lists(st.integers(-50_000, 3_000_000), min_size=1, max_size=90).map(
    lambda points: np.array(points, dtype=np.int64)
)


def unit(*points: int | Decimal) -> np.ndarray:
    return ledger_points(points)


@pytest.mark.parametrize(
    ("score", "tier"),
    [
        (Fraction(90), Tier.EXCELLENT),
        (Fraction(90) - Fraction(1, 10**12), Tier.GOOD),
        (Fraction(75), Tier.GOOD),
        (Fraction(299, 4), Tier.PASS),
        (Fraction(60), Tier.PASS),
        (Fraction(179, 3), Tier.FAIL),
        (Fraction(0), Tier.FAIL),
        (Fraction(-5), Tier.FAIL),
    ],
)
def test_equal_to_a_line_is_the_higher_tier_and_a_hair_below_is_not(score: Fraction, tier: Tier) -> None:
    assert tier_of(score, LINES) is tier


def test_a_line_between_binary_fractions_is_met_exactly() -> None:
    lines = ScoreLines(Fraction(Decimal("36.3")), Fraction(Decimal("12.1")), Fraction(Decimal("0.1")))
    assert tier_of(Fraction(363, 30), lines) is Tier.GOOD
    assert tier_of(Fraction(1, 10), lines) is Tier.PASS


@given(scores, lines_of_any_kind)
def test_the_tier_counts_the_lines_above_the_score(score: Fraction, lines: ScoreLines) -> None:
    assert tier_of(score, lines) == sum(score < line for line in lines.descending)


@given(scores, scores, lines_of_any_kind)
def test_a_higher_score_never_has_a_lower_tier(one: Fraction, other: Fraction, lines: ScoreLines) -> None:
    low, high = sorted([one, other])
    assert tier_of(high, lines) <= tier_of(low, lines)


@pytest.mark.parametrize(
    ("score", "margin"), [(95, 5), (90, 0), (85, -5), (80, 5), (74, -1), (60, 0), (12, -48), (300, 210)]
)
def test_the_margin_is_signed_and_taken_to_the_nearest_line(score: int, margin: int) -> None:
    assert margin_to_line(Fraction(score), LINES) == margin


def test_halfway_between_two_lines_the_reached_line_counts() -> None:
    assert margin_to_line(Fraction(165, 2), LINES) == Fraction(15, 2)


@given(scores, lines_of_any_kind)
def test_no_line_is_nearer_than_the_margin_says(score: Fraction, lines: ScoreLines) -> None:
    margin = margin_to_line(score, lines)
    assert score - margin in lines.descending
    assert abs(margin) == min(abs(score - line) for line in lines.descending)


@pytest.mark.parametrize("lines", [(90, 90, 60), (90, 60, 75), (60, 75, 90), (75, 90, 60), (90, 75, 75)])
def test_score_lines_must_descend(lines: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="descend"):
        ScoreLines(*map(Fraction, lines))


def test_ledger_points_are_exact_ten_thousandths() -> None:
    assert ledger_points([3, Decimal("0.1"), Decimal("-2.0005"), 0]).tolist() == [30_000, 1_000, -20_005, 0]
    with pytest.raises(ValueError, match="four decimals"):
        ledger_points([Decimal("0.00001")])


@pytest.mark.parametrize(("points", "kept"), [((95, 95, 95), 1), ((60, 60), 1), ((0, 0, 0), 1), ((75,), 1)])
def test_equal_people_make_a_firm_tier_even_on_a_line(points: tuple[int, ...], kept: int) -> None:
    assert stability(unit(*points), LINES) == kept


@pytest.mark.parametrize(("of", "earning", "needed"), [(20, 8, 6), (21, 3, 2), (70, 50, 46), (5, 1, 1)])
def test_stability_agrees_with_the_binomial_distribution(of: int, earning: int, needed: int) -> None:
    """`earning` of the people have 100 points, the others none: a resample counts how many it drew."""
    lines = ScoreLines(Fraction(1000), Fraction(900), Fraction(100 * needed, of))
    share = Fraction(earning, of)
    expected = float(
        sum(comb(of, drawn) * share**drawn * (1 - share) ** (of - drawn) for drawn in range(needed, of + 1))
    )
    found = float(stability(unit(*[100] * earning, *[0] * (of - earning)), lines))
    assert abs(found - expected) <= 4 * (expected * (1 - expected) / RESAMPLES) ** 0.5


@given(people, lines_of_any_kind, st.randoms(use_true_random=False))
def test_stability_depends_on_the_people_only_not_on_their_order(
    points: np.ndarray, lines: ScoreLines, random: Random
) -> None:
    shuffled = points.tolist()
    random.shuffle(shuffled)
    kept = stability(points, lines)
    assert kept == stability(np.array(shuffled, dtype=np.int64), lines)
    assert 0 <= kept <= 1
    assert (kept * RESAMPLES).denominator == 1


@given(people, lines_of_any_kind)
def test_stability_counts_resamples_whose_exact_score_has_the_same_tier(
    points: np.ndarray, lines: ScoreLines
) -> None:
    scale = len(points) * POINT_SCALE
    own = tier_of(Fraction(int(points.sum()), scale), lines)
    generator = np.random.default_rng(SEED)
    drawn = np.array([generator.integers(0, len(points), RESAMPLES) for _ in points])
    times = Counter(np.sort(points)[drawn].sum(axis=0).tolist())
    same = sum(count for total, count in times.items() if tier_of(Fraction(total, scale), lines) == own)
    assert stability(points, lines) == Fraction(same, RESAMPLES)


def test_kept_draws_are_the_draws() -> None:
    for headcount in (1, 21, tiers._KEPT_UP_TO):
        for kept, drawn in zip(tiers._kept_draws(headcount), tiers._draws(headcount), strict=True):
            assert (kept == drawn).all()
            assert kept.min() >= 0
            assert kept.max() < headcount


def test_stability_is_the_same_on_every_machine_and_day() -> None:
    points = unit(*range(50, 130, 4))
    assert stability(points, LINES) == stability(points, LINES) == Fraction(129, 200)


def test_a_unit_without_people_has_no_stability() -> None:
    with pytest.raises(ValueError, match="without people"):
        stability(unit(), LINES)


def test_one_urgent_task_from_a_line_is_near_it() -> None:
    at_forty = tier_standing(unit(80, 80, 80, 80, 80, 80, 80, 80), LINES)
    assert (at_forty.margin, at_forty.stability, at_forty.near_line) == (5, 1, True)
    beyond = tier_standing(unit(80, 80, 80, 80, 80, 80, 80, 80, 80), LINES)
    assert (beyond.margin, beyond.stability, beyond.near_line) == (5, 1, False)


def test_the_distance_below_a_line_counts_as_well() -> None:
    assert tier_standing(unit(*[85] * 8), LINES).near_line
    assert not tier_standing(unit(*[85] * 9), LINES).near_line
    assert not tier_standing(unit(*[85] * 8), LINES, urgent_task=Decimal("39.9999")).near_line


def test_an_unstable_tier_is_near_the_line_and_a_stable_one_is_not() -> None:
    lines = ScoreLines(Fraction(10_000), Fraction(5_000), Fraction(1))
    scattered = tier_standing(unit(*[0] * 30, *[600] * 3), lines)
    assert scattered.margin * 33 > 40
    assert scattered.stability > Fraction(9, 10)
    assert not scattered.near_line
    assert tier_standing(unit(*[0] * 30, *[600] * 2), lines).stability < Fraction(9, 10)
    assert tier_standing(unit(*[0] * 30, *[600] * 2), lines).near_line


def test_the_stability_below_which_a_tier_is_near_the_line_is_exclusive() -> None:
    points, lines = unit(*[0] * 30, *[600] * 3), ScoreLines(Fraction(10_000), Fraction(5_000), Fraction(1))
    kept = stability(points, lines)
    exactly = Decimal(kept.numerator) / Decimal(kept.denominator)
    assert not tier_standing(points, lines, near_line=exactly).near_line
    assert tier_standing(points, lines, near_line=exactly + Decimal("0.0001")).near_line
