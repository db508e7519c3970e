"""Survey rates: interval, comparison and suppression. All functions work elementwise on arrays.

Rates are shares between 0 and 1; `n` is the effective number of answers and need not be whole.
"""

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

Z95 = NormalDist().inv_cdf(0.975)
WIDEST = 0.30

# Kish's n of equal weights is whole only up to the noise of adding binary fractions.
_NOISE = 1e-9


class Interval(NamedTuple):
    """Bounds of a 95 % interval; NaN where there is no base."""

    low: Floats
    high: Floats


class Difference(NamedTuple):
    """A difference of two rates (first minus second) with its 95 % interval."""

    value: Floats
    low: Floats
    high: Floats


def effective_n(sum_of_weights: ArrayLike, sum_of_squares: ArrayLike) -> Floats:
    """Kish's effective sample size (sum w)^2 / sum w^2 (Kish, Survey Sampling, 1965, 11.7); 0 without base.

    For unweighted answers (all weights 1) it is their number.
    """
    weights, squares = _floats(sum_of_weights), _floats(sum_of_squares)
    return np.divide(weights**2, squares, out=np.zeros(_shape(weights, squares)), where=squares > 0)


def wilson(rate: ArrayLike, n: ArrayLike) -> Interval:
    """Wilson's 95 % score interval of a rate on n answers (Wilson, JASA 22, 1927); NaN where n is not > 0."""
    rates, sizes = np.broadcast_arrays(_floats(rate), np.where(_floats(n) > 0, _floats(n), np.nan))
    square = Z95**2
    centre = rates + square / (2 * sizes)
    half = Z95 * np.sqrt(rates * (1 - rates) / sizes + square / (4 * sizes**2))
    scale = 1 + square / sizes
    low, high = (centre - half) / scale, (centre + half) / scale
    # At 0 and 1 the bound is the rate itself; arithmetic misses it by the last digit.
    return Interval(np.clip(np.minimum(low, rates), 0, 1), np.clip(np.maximum(high, rates), 0, 1))


def difference(rate: ArrayLike, n: ArrayLike, other_rate: ArrayLike, other_n: ArrayLike) -> Difference:
    """rate - other_rate of two independent surveys, with the 95 % interval of Newcombe's method 10.

    Newcombe, Statistics in Medicine 17, 1998, 873-890. NaN where either side has no base.
    """
    first, second = _floats(rate), _floats(other_rate)
    one, two = wilson(first, n), wilson(second, other_n)
    value = first - second + 0 * (one.low + two.low)
    down = np.sqrt((first - one.low) ** 2 + (two.high - second) ** 2)
    up = np.sqrt((one.high - first) ** 2 + (second - two.low) ** 2)
    return Difference(value, value - down, value + up)


def is_suppressed(n: ArrayLike, interval: Interval, minimum_n: int) -> NDArray[np.bool_]:
    """Whether a rate is too unsure to be ranked or shown as one: n below the minimum, or interval >= 0.30."""
    too_few = ~(_floats(n) >= minimum_n * (1 - _NOISE))
    too_wide = ~(interval.high - interval.low < WIDEST)
    return np.asarray(too_few | too_wide)


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)


def _shape(*arrays: Floats) -> tuple[int, ...]:
    return np.broadcast_shapes(*(array.shape for array in arrays))
