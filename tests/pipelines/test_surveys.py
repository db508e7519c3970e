"""Intervals of survey rates against published cases, and their properties."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.surveys import difference, effective_n, is_suppressed, wilson

shares = st.floats(0, 1)
answers = st.floats(1, 1e6)
weights = st.lists(st.floats(0.01, 100), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("satisfied", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_intervals_of_newcombe_1998(
    satisfied: int, of: int, low: float, high: float
) -> None:
    interval = wilson(satisfied / of, of)
    assert (round(float(interval.low), 4), round(float(interval.high), 4)) == (low, high)


@pytest.mark.parametrize(("of", "low"), [(7, 0.646), (30, 0.886), (100, 0.963)])
def test_everyone_satisfied_still_has_a_lower_bound(of: int, low: float) -> None:
    interval = wilson(1.0, of)
    assert round(float(interval.low), 3) == low
    assert float(interval.high) == 1.0


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
    ],
)
def test_difference_gives_the_intervals_of_newcombes_method_10(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    found = difference(first[0] / first[1], first[1], second[0] / second[1], second[1])
    assert (round(float(found.low), 4), round(float(found.high), 4)) == (low, high)
    assert float(found.value) == pytest.approx(first[0] / first[1] - second[0] / second[1])


@given(shares, answers)
def test_the_rate_lies_in_its_interval_between_0_and_1(rate: float, n: float) -> None:
    interval = wilson(rate, n)
    assert 0 <= interval.low <= rate <= interval.high <= 1


@given(shares, answers)
def test_the_interval_is_the_mirror_image_for_the_dissatisfied(rate: float, n: float) -> None:
    interval, mirrored = wilson(rate, n), wilson(1 - rate, n)
    assert float(mirrored.low) == pytest.approx(1 - float(interval.high), abs=1e-12)
    assert float(mirrored.high) == pytest.approx(1 - float(interval.low), abs=1e-12)


@given(shares, answers, st.floats(1.01, 100))
def test_more_answers_make_a_narrower_interval(rate: float, n: float, times: float) -> None:
    few, many = wilson(rate, n), wilson(rate, n * times)
    assert many.high - many.low < few.high - few.low


@given(st.floats(0.001, 0.999), st.floats(5, 1e5))
def test_a_bound_is_where_the_score_test_just_fails(rate: float, n: float) -> None:
    for bound in map(float, wilson(rate, n)):
        score = (rate - bound) / math.sqrt(bound * (1 - bound) / n)
        assert abs(score) == pytest.approx(1.959964, rel=1e-4)


def test_arrays_are_answered_elementwise_and_no_base_has_no_interval() -> None:
    interval = wilson(np.array([0.5, 0.5, np.nan, 1.0]), np.array([0, 100, 10, 10]))
    assert np.isnan(interval.low).tolist() == [True, False, True, False]
    assert np.isnan(interval.high).tolist() == [True, False, True, False]
    assert float(interval.low[1]) == float(wilson(0.5, 100).low)


@given(shares, answers, shares, answers)
def test_a_difference_lies_in_its_interval_and_turns_round(
    p1: float, n1: float, p2: float, n2: float
) -> None:
    there, back = difference(p1, n1, p2, n2), difference(p2, n2, p1, n1)
    assert -1 - 1e-12 <= there.low <= there.value <= there.high <= 1 + 1e-12
    assert float(there.low) == pytest.approx(-float(back.high), abs=1e-12)


def test_a_difference_without_base_on_either_side_is_unknown() -> None:
    assert np.isnan([*difference(0.5, 0, 0.5, 10), *difference(0.5, 10, np.nan, 10)]).all()


def test_equal_weights_leave_the_number_of_answers() -> None:
    assert float(effective_n(40, 40)) == 40
    assert float(effective_n(0, 0)) == 0
    assert effective_n([40, 0, 3], [40, 0, 9]).tolist() == [40, 0, 1]


def test_unequal_weights_count_for_fewer_answers() -> None:
    assert float(effective_n(1 + 1 + 2, 1 + 1 + 4)) == pytest.approx(16 / 6)


@given(weights)
def test_effective_n_lies_between_1_and_the_number_of_answers(values: list[float]) -> None:
    n = float(effective_n(sum(values), sum(value**2 for value in values)))
    assert 1 - 1e-9 <= n <= len(values) + 1e-9


@given(weights, st.floats(0.01, 100))
def test_effective_n_does_not_depend_on_the_scale_of_the_weights(values: list[float], scale: float) -> None:
    n = float(effective_n(sum(values), sum(value**2 for value in values)))
    scaled = [value * scale for value in values]
    assert float(effective_n(sum(scaled), sum(value**2 for value in scaled))) == pytest.approx(n)


@pytest.mark.parametrize(
    ("rate", "n", "suppressed"),
    [
        (1.0, 29, True),
        (1.0, 29.99, True),
        (1.0, 30, False),
        (0.5, 30, True),  # enough answers, but an interval of 0.34
        (0.5, 38, True),  # 0.303
        (0.5, 39, False),  # 0.299
        (0.95, 0, True),
        (math.nan, 100, True),
    ],
)
def test_too_few_answers_or_too_wide_an_interval_suppress_a_rate(
    rate: float, n: float, suppressed: bool
) -> None:
    assert bool(is_suppressed(n, wilson(rate, n), 30)) is suppressed


@pytest.mark.parametrize("weight", [0.1, 0.3, 1 / 3, 0.7, 1.7])
def test_thirty_equally_weighted_answers_are_thirty(weight: float) -> None:
    n = effective_n(sum([weight] * 30), sum([weight**2] * 30))
    assert not is_suppressed(n, wilson(1.0, n), 30)


@given(st.lists(st.tuples(shares, answers), min_size=1))
def test_suppression_of_arrays_is_that_of_each_element(rows: list[tuple[float, float]]) -> None:
    rates, n = np.array(rows).T
    together = is_suppressed(n, wilson(rates, n), 30)
    assert together.tolist() == [bool(is_suppressed(size, wilson(rate, size), 30)) for rate, size in rows]
