"""What each unit is to earn in a quarter: tiers spread out, a unit on every line, ties, no tie at a cut."""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from pipelines.sample.plan import Plan
from pipelines.sample.units import Units

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_TIE_AT_THE_CUT = np.datetime64("2023-04", "M")
_NOBODY_EXPLAINS = np.datetime64("2023-10", "M")
_LAST_GROUP = 2
_COMMENDED_IN_FIRST_GROUP = 5
# A clear distance to the lines, so that only the units set there are near one.
_CLEAR = 7.0


def unit_points(plan: Plan, units: Units, headcount: Ints, quarter: np.datetime64) -> Ints:
    """Points of all people of each unit in the quarter that begins with month `quarter`; 0 without people."""
    rng = plan.stream("scores", int(quarter.astype(int)))
    scores = _scores(rng, plan, units, headcount, quarter)
    points = np.round(scores * headcount).astype(np.int64)
    order = [u for u in np.argsort(scores, kind="stable") if headcount[u] > 0]
    _set_on_lines(rng, plan, points, scores, headcount, order)
    _separate(points, headcount, units.group)
    best = [u for u in reversed(order) if units.group[u] == 0]
    if quarter.astype(int) // 3 % 2 == 1 and len(best) > 12:
        _tie(points, headcount, best[0], best[1])
    if quarter == _TIE_AT_THE_CUT and len(best) > 12:
        _tie(points, headcount, best[_COMMENDED_IN_FIRST_GROUP - 1], best[_COMMENDED_IN_FIRST_GROUP])
    if quarter == _NOBODY_EXPLAINS:
        low = (units.group == _LAST_GROUP) & (scores < plan.score_lines[1] + 1) & (headcount > 0)
        lifted = plan.score_lines[1] + 7 + 3 * np.arange(int(low.sum()))
        points[low] = lifted * headcount[low]
    return points


def _scores(
    rng: np.random.Generator, plan: Plan, units: Units, headcount: Ints, quarter: np.datetime64
) -> Floats:
    """Scores by the standing of the quarter: lasting quality, a trend, and luck."""
    lasting = plan.stream("quality")
    quality, trend = lasting.standard_normal(units.count), lasting.normal(0, 0.10, units.count)
    since = int((quarter - np.datetime64("2022-01", "M")).astype(int)) // 3
    standing = quality + trend * (since - 4) + 0.45 * rng.standard_normal(units.count)
    peopled = headcount > 0
    place = np.zeros(units.count)
    luck = rng.uniform(0.05, 0.95, int(peopled.sum()))
    place[peopled] = (np.argsort(np.argsort(standing[peopled])) + luck) / max(1, len(luck))
    excellent, good, passing = (float(line) for line in plan.score_lines)
    step = excellent - good
    # Shares of fail, pass and good, one after the other; units get better over the two years.
    edges = np.cumsum([0.115, 0.385, 0.32]) - since * np.array([0.004, 0.009, 0.005])
    places = [0, *np.repeat(edges, 2), 1]
    values = [
        passing - rng.uniform(0.75, 1.1) * step, passing - _CLEAR, passing + _CLEAR, good - _CLEAR,
        good + _CLEAR, excellent - _CLEAR, excellent + _CLEAR, excellent + rng.uniform(0.6, 0.9) * step,
    ]  # fmt: skip
    places = np.array(places) + np.tile([0, -1e-9], len(places) // 2)
    return np.asarray(np.interp(place, places, values))


def _set_on_lines(
    rng: np.random.Generator, plan: Plan, points: Ints, scores: Floats, headcount: Ints, order: list[np.int64]
) -> None:
    """At each line one unit exactly on it, one a few points below, one a few points above."""
    for line in plan.score_lines:
        above = [u for u in order if scores[u] >= line]
        below = [u for u in order if scores[u] < line]
        if len(above) >= 4 and len(below) >= 3:
            points[above[0]] = line * headcount[above[0]]
            points[above[1]] = line * headcount[above[1]] + rng.integers(4, 30)
            points[below[-1]] = line * headcount[below[-1]] - rng.integers(1, 25)


def _separate(points: Ints, headcount: Ints, group: Ints) -> None:
    """No two units of a group with the same score by chance: a tie at a cut would change how many are named."""
    taken: set[tuple[int, Fraction]] = set()
    for u in np.flatnonzero(headcount):
        while (int(group[u]), Fraction(int(points[u]), int(headcount[u]))) in taken:
            points[u] += 1
        taken.add((int(group[u]), Fraction(int(points[u]), int(headcount[u]))))


def _tie(points: Ints, headcount: Ints, one: np.int64, other: np.int64) -> None:
    """Equal unrounded scores: a whole number of points for every person of both."""
    score = -(-points[one] // headcount[one])
    points[one], points[other] = score * headcount[one], score * headcount[other]
