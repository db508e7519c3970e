"""Lines cut out of boxes: they run through their values, are as wide as asked for, and names stay text."""

import re
from itertools import pairwise
from math import hypot, inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_markup import read

from dashboard.components.strokes import places, sparkline, stroke

BOX = (200, 100)
_CORNER = re.compile(r"calc\(([\d.]+)% \+ (-?[\d.]+)px\) (-?[\d.]+)%")


def _corners(html: str) -> list[tuple[float, float]]:
    """Pixels from the left and from the top in a box of the size that was told."""
    return [
        (float(percent) / 100 * BOX[0] + float(right), float(down) / 100 * BOX[1])
        for percent, right, down in _CORNER.findall(html)
    ]


def _away(point: tuple[float, float], line: list[tuple[float, float]]) -> float:
    """How far a point lies from a line, in pixels."""
    nearest = inf
    for (x, y), (to_x, to_y) in pairwise(line):
        right, down = to_x - x, to_y - y
        along = ((point[0] - x) * right + (point[1] - y) * down) / (right**2 + down**2)
        along = min(1, max(0, along))
        nearest = min(nearest, hypot(point[0] - x - along * right, point[1] - y - along * down))
    return nearest


@given(st.lists(st.floats(0, 1), min_size=2, max_size=40))
def test_every_corner_lies_half_a_width_beside_the_line(values: list[float]) -> None:
    corners = _corners(stroke(values, 0, 1, "teal", 2, BOX))
    line = [(x / 100 * BOX[0], y / 100 * BOX[1]) for x, y in places(values, 0, 1)]
    assert len(corners) >= 2 * len(values)
    for corner in corners:
        # On the inner side of a turn the sides cross nearer to the next piece; outside they reach a little further.
        assert _away(corner, line) <= 1.35


def test_a_level_line_is_a_box_of_its_width() -> None:
    assert _corners(stroke([0.5, 0.5], 0, 1, "teal", 2, BOX)) == [(0, 51), (200, 51), (200, 49), (0, 49)]


def test_a_missing_value_is_left_out_and_keeps_its_place() -> None:
    assert places([0.0, None, float("nan"), 1.0], 0, 1) == [(0, 100), (100, 0)]
    assert len(_corners(stroke([0.0, None, 1.0], 0, 1, "teal", 2, BOX))) == 4


def test_a_value_out_of_bounds_is_held_inside() -> None:
    assert places([-5.0, 5.0], 0, 1) == [(0, 100), (100, 0)]


@pytest.mark.parametrize("values", [[], [None, None], [1.0], [None, 1.0]])
def test_less_than_two_values_are_no_line(values: list[float | None]) -> None:
    assert stroke(values, 0, 1, "teal", 2, BOX) == ""


def test_a_sparkline_runs_from_its_lowest_to_its_highest_and_marks_the_last() -> None:
    drawn = sparkline([3.0, 1.0, 5.0, None])
    assert places([3.0, 1.0, 5.0, None], 1, 5)[-1] == (pytest.approx(200 / 3), 0)
    assert 'style="left:66.67%;top:0.00%"' in drawn
    assert 'aria-hidden="true"' in drawn


def test_a_sparkline_that_never_changes_runs_through_the_middle() -> None:
    assert 'top:50.00%"' in sparkline([2.0, 2.0])


def test_a_sparkline_of_nothing_is_nothing() -> None:
    assert sparkline([None, None], "名") == ""


def test_the_name_of_a_sparkline_is_text() -> None:
    assert set(read(sparkline([1.0, 2.0], '"><script>')).tags) == {"span", "u"}
