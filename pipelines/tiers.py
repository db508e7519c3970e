"""Tiers of unit scores: the tier, the margin to the nearest score line, and how firm the tier is.

Scores and lines are exact fractions, never floats: a score *equal* to a line takes the higher tier.
The points of a unit's people come as whole ten-thousandths of a point (the precision of the ledger),
so that a resampled score is compared with a line without rounding, too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from functools import cache
from math import ceil

import numpy as np
from numpy.typing import NDArray

POINT_SCALE = 10_000
RESAMPLES = 2_000
SEED = 20_230_901
ONE_URGENT_TASK = 40

# Draws depend on nothing but the headcount, and units share sizes: those of small units are kept
# (at most 33 MB), so that 80 units of 21 people take some 15 ms instead of 50.
_KEPT_UP_TO = 64


class Tier(IntEnum):
    """The four tiers, best first; `[tiers] names` of the district names them in this order."""

    EXCELLENT = 0
    GOOD = 1
    PASS = 2
    FAIL = 3


@dataclass(frozen=True)
class ScoreLines:
    """The lowest scores of the tiers excellent, good and pass; ValueError unless they descend."""

    excellent: Fraction
    good: Fraction
    passing: Fraction

    def __post_init__(self) -> None:
        if not self.excellent > self.good > self.passing:
            raise ValueError(f"score lines must descend: {self.excellent}, {self.good}, {self.passing}")

    @property
    def descending(self) -> tuple[Fraction, Fraction, Fraction]:
        """The lines in the order of the tiers that they open."""
        return self.excellent, self.good, self.passing


@dataclass(frozen=True)
class TierStanding:
    """Where a unit stands against the score lines.

    `margin` is in points per person, signed; `stability` is the share of resamples that keep the tier.
    """

    tier: Tier
    margin: Fraction
    stability: Fraction
    near_line: bool


def tier_of(score: Fraction, lines: ScoreLines) -> Tier:
    """The tier of an exact score; equal to a line is the tier above the line."""
    for tier, line in zip(Tier, lines.descending, strict=False):
        if score >= line:
            return tier
    return Tier.FAIL


def margin_to_line(score: Fraction, lines: ScoreLines) -> Fraction:
    """Score minus the nearest score line, signed; halfway between two lines, the reached one counts."""
    return min((score - line for line in lines.descending), key=lambda margin: (abs(margin), -margin))


def ledger_points(points: Iterable[int | Decimal]) -> NDArray[np.int64]:
    """Points as whole ten-thousandths, exact; ValueError for a finer value than the ledger holds."""
    scaled = [value * POINT_SCALE for value in points]
    whole = [int(value) for value in scaled]
    if whole != scaled:
        raise ValueError("points have at most four decimals")
    return np.array(whole, dtype=np.int64)


def stability(people: NDArray[np.int64], lines: ScoreLines) -> Fraction:
    """Share of 2,000 bootstrap resamples of a unit's people in which the unit keeps its tier.

    `people`: points of each person of the unit in ten-thousandths, one entry per person, zeros
    included; ValueError when nobody is there. A resample draws as many people as the unit has, with
    replacement (Efron, Bootstrap methods, 1979). The seed is fixed and the people are ordered first:
    the same people give the same answer, whatever stands beside them.
    """
    if len(people) == 0:
        raise ValueError("a unit without people has no score")
    tier = tier_of(_score(people), lines)
    edges = [ceil(line * len(people) * POINT_SCALE) for line in lines.descending]
    totals = _resampled_totals(np.sort(people))
    kept = np.ones(RESAMPLES, dtype=np.bool_)
    if tier != Tier.EXCELLENT:
        kept &= totals < edges[tier - 1]
    if tier != Tier.FAIL:
        kept &= totals >= edges[tier]
    return Fraction(int(np.count_nonzero(kept)), RESAMPLES)


def tier_standing(
    people: NDArray[np.int64],
    lines: ScoreLines,
    near_line: Decimal = Decimal("0.9"),
    urgent_task: int | Decimal = ONE_URGENT_TASK,
) -> TierStanding:
    """Tier, margin, stability and the near-line flag of a unit.

    Near line 临界: the tier is kept in less than the share `near_line` of the resamples, or one urgent
    task of `urgent_task` points, done or missed, could carry the unit to the line
    (|margin| x headcount <= urgent_task).
    """
    kept = stability(people, lines)
    score = _score(people)
    margin = margin_to_line(score, lines)
    one_task_away = abs(margin) * len(people) <= Fraction(urgent_task)
    return TierStanding(tier_of(score, lines), margin, kept, one_task_away or kept < Fraction(near_line))


def _score(people: NDArray[np.int64]) -> Fraction:
    return Fraction(int(people.sum()), len(people) * POINT_SCALE)


def _resampled_totals(people: NDArray[np.int64]) -> NDArray[np.int64]:
    """Total points of each resample, in ten-thousandths."""
    totals = np.zeros(RESAMPLES, dtype=np.int64)
    # One drawn person of all resamples at a time: small arrays, where a whole table would be paged in anew.
    for drawn in _kept_draws(len(people)) if len(people) <= _KEPT_UP_TO else _draws(len(people)):
        totals += people.take(drawn)
    return totals


def _draws(headcount: int) -> Iterator[NDArray[np.int64]]:
    """For each of the people to draw: the positions drawn in all resamples."""
    generator = np.random.default_rng(SEED)
    for _ in range(headcount):
        yield generator.integers(0, headcount, RESAMPLES)


@cache
def _kept_draws(headcount: int) -> tuple[NDArray[np.int64], ...]:
    return tuple(_draws(headcount))
