"""How numbers are written: half up, true minus, no false 100 %."""

import math
from datetime import date, datetime

import pytest

from dashboard import formats
from pipelines.periods import Period


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (33021, 0, "33,021"),
        (2.5, 0, "3"),
        (0.05, 1, "0.1"),
        (1.005, 2, "1.01"),
        (-69, 0, "−69"),
        (-0.04, 1, "0.0"),
        (None, 1, "—"),
        (math.nan, 1, "—"),
    ],
)
def test_decimal_rounds_half_up_with_a_true_minus(value, places, text):
    assert formats.decimal(value, places) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(13.2, "+13.2"), (-0.6, "−0.6"), (0.0, "0.0"), (0.04, "0.0"), (None, "—")],
)
def test_margins_are_signed(value, text):
    assert formats.signed(value) == text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (9999, ("9,999", "")),
        (71_600, ("7.16", "万")),
        (126_049, ("12.6", "万")),
        (5_000_000, ("500", "万")),
        (None, ("—", "")),
    ],
)
def test_short_counts_keep_three_digits(value, written):
    assert formats.short_count(value) == written


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.993, "99.3%"),
        (0.99996, ">99.9%"),
        (1.0, "100%"),
        (0.0, "0%"),
        (0.0004, "<0.1%"),
        (0.8622, "86.2%"),
        (None, "—"),
    ],
)
def test_percentages_never_round_to_a_false_whole(share, text):
    assert formats.percent(share) == text


def test_differences_of_rates_are_percentage_points():
    assert formats.percentage_points(0.004) == "+0.4 个百分点"
    assert formats.percentage_points(-0.013) == "−1.3 个百分点"


def test_relative_change_needs_something_to_compare_with():
    assert formats.relative_change(106.2, 100) == "+6.2%"
    assert formats.relative_change(5, 0) == "—"
    assert formats.relative_change(5, None) == "—"


def test_ranks_and_movements_are_words():
    assert formats.rank(7, tied=True) == "并列 7"
    assert formats.rank(None) == "—"
    assert formats.movement(9, 13) == "升 4"
    assert formats.movement(13, 9) == "降 4"
    assert formats.movement(9, 9) == "—"
    assert formats.movement(9, None) == "—"


def test_periods_are_named():
    assert formats.period_label(Period.parse("2023Q3")) == "2023年第三季度"
    assert formats.period_label(Period.parse("2023-09")) == "2023年9月"
    assert formats.period_label(Period.parse("2023")) == "2023年"
    assert formats.short_period(Period.parse("2023Q3")) == "三季度"
    assert formats.month_tick(Period.parse("2022-10"), first=True) == "10月<br>2022"


def test_days_show_the_time_only_when_it_says_something():
    assert formats.day(date(2023, 10, 5)) == "2023-10-05"
    assert formats.day(datetime(2023, 10, 5, 6, 0)) == "2023-10-05 06:00"
    assert formats.day(datetime(2023, 10, 5, 23, 59, 59)) == "2023-10-05"


def test_intervals_and_fractions():
    assert formats.interval(0.981, 0.994) == "98.1–99.4"
    assert formats.interval(None, 0.5) == "—"
    assert formats.fraction(25, 37) == "25 / 37"
