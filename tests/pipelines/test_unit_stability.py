"""The bootstrap at the build: where nothing is drawn, drawing would have said the same."""

from datetime import date
from decimal import Decimal

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.district import District
from pipelines.tiers import ledger_points, stability, tier_standing
from pipelines.unit_stability import leaves_at_most, stabilities

QUARTER = date(2023, 10, 1)


def district(near_line: str = "0.9") -> District:
    """Lines 250, 200 and 150 from October 2023."""
    lines = {"effective_from": QUARTER, "excellent": 250, "good": 200, "pass": 150}
    return District.model_validate(
        {"score_lines": [lines], "ranking": {"near_line": near_line}}, strict=False
    )


def judged(points: list[Decimal], near_line: str = "0.9") -> tuple[float | None, bool]:
    """Stability and near-line flag of one unit."""
    ((_, _, share, near),) = stabilities([(QUARTER, 1, ledger_points(points))], district(near_line))
    return share, near


def test_far_from_every_line_nothing_is_drawn() -> None:
    assert judged([Decimal(400 + n) for n in range(20)]) == (None, False)


def test_on_a_line_it_is_drawn() -> None:
    share, near = judged([Decimal(150), Decimal(250)] * 10)  # score 200, the line of good
    assert share is not None
    assert near


def test_one_urgent_task_away_is_near_however_sure_the_draws() -> None:
    # All alike: every resample gives 201, one point over the line; 20 people need 20 points, less than one task.
    assert judged([Decimal(201)] * 20) == (1.0, True)
    assert judged([Decimal(203)] * 20) == (None, False)


def test_quarters_without_lines_are_left_out() -> None:
    early, late, people = date(2023, 7, 1), QUARTER, ledger_points([Decimal(2)])
    groups = [(early, 1, people), (late, 1, people), (late, 2, people)]
    assert [row[:2] for row in stabilities(groups, district())] == [(late, 1), (late, 2)]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.integers(0, 5000).map(lambda tenths: Decimal(tenths) / 10), min_size=1, max_size=30),
    st.sampled_from(["0.9", "0.5", "0.99"]),
)
def test_the_flag_is_that_of_the_draws(points: list[Decimal], near_line: str) -> None:
    lines = district(near_line).score_lines_on(QUARTER)
    assert lines is not None
    people = ledger_points(points)
    _, near = judged(points, near_line)
    assert near == tier_standing(people, lines, Decimal(near_line)).near_line


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 60), st.floats(100, 300), st.floats(0, 80))
def test_the_bound_holds(seed: int, headcount: int, centre: float, spread: float) -> None:
    lines = district().score_lines_on(QUARTER)
    assert lines is not None
    drawn = np.random.default_rng(seed).normal(centre, spread, headcount).clip(0)
    people = ledger_points(Decimal(str(round(value, 1))) for value in drawn)
    # 2,000 draws stray from the chance by more than 0.05 less often than once in 20,000 tries.
    assert 1 - float(stability(people, lines)) <= leaves_at_most(people, lines) + 0.05
