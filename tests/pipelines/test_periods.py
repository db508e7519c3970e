"""Periods of the Shanghai calendar."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.faults import PeriodFault
from pipelines.periods import Grain, Period, like_for_like, periods_between, shanghai_day

grains = st.sampled_from(["month", "quarter", "year"])
days = st.dates(date(1901, 1, 1), date(2998, 12, 31))
periods = st.builds(Period.containing, grains, days)


@pytest.mark.parametrize(
    ("key", "start", "end", "label"),
    [
        ("2023-09", date(2023, 9, 1), date(2023, 9, 30), "2023年9月"),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31), "2023年12月"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28), "2023年2月"),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29), "2000年2月"),
        ("2100-02", date(2100, 2, 1), date(2100, 2, 28), "2100年2月"),
        ("2023Q1", date(2023, 1, 1), date(2023, 3, 31), "2023年第一季度"),
        ("2023Q3", date(2023, 7, 1), date(2023, 9, 30), "2023年第三季度"),
        ("2023Q4", date(2023, 10, 1), date(2023, 12, 31), "2023年第四季度"),
        ("2023", date(2023, 1, 1), date(2023, 12, 31), "2023年"),
    ],
)
def test_a_key_names_a_period(key: str, start: date, end: date, label: str) -> None:
    period = Period.parse(key)
    assert (period.start, period.end, period.key, period.label_zh) == (start, end, key, label)


@pytest.mark.parametrize(
    "text",
    ["", "2023-13", "2023-00", "2023-9", "2023Q0", "2023Q5", "2023q3", "23", "202309", "2023-09-01", " 2023",
     "2023\n", "２０２３", "2023年", "1899", "3000", "2023Q", "2023-"],
)  # fmt: skip
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(PeriodFault) as caught:
        Period.parse(text)
    assert caught.value.exit_code == 2
    assert f"“{text}”" in str(caught.value)
    assert "2023Q3" in str(caught.value)


@given(st.from_regex(r"[12][0-9]{2,4}([-Q][0-9]{0,3})?", fullmatch=True))
def test_a_text_is_read_as_the_period_of_that_key_or_refused(text: str) -> None:
    with suppress(PeriodFault):
        assert Period.parse(text).key == text


@given(periods)
def test_a_period_is_what_its_key_says(period: Period) -> None:
    assert Period.parse(period.key) == period
    assert period.is_whole


@given(grains, days)
def test_every_day_lies_in_one_period_of_a_grain(grain: Grain, day: date) -> None:
    period = Period.containing(grain, day)
    assert period.contains(day)
    assert not period.previous().contains(day)
    assert not period.next().contains(day)


@given(periods)
def test_neighbours_meet_without_gap_or_overlap(period: Period) -> None:
    assert period.previous().end + timedelta(days=1) == period.start
    assert period.end + timedelta(days=1) == period.next().start
    assert period.previous().next() == period == period.next().previous()


@given(periods)
def test_a_year_earlier_has_the_same_name(period: Period) -> None:
    earlier = period.year_earlier()
    assert earlier.key[4:] == period.key[4:]
    assert int(earlier.key[:4]) == int(period.key[:4]) - 1
    steps = {"month": 12, "quarter": 4, "year": 1}[period.grain]
    back = period
    for _ in range(steps):
        back = back.previous()
    assert back == earlier


def test_a_year_before_a_leap_february_is_whole() -> None:
    assert Period.parse("2024-02").year_earlier() == Period.parse("2023-02")
    assert Period.parse("2025-02").year_earlier().days == 29


def test_years_have_365_or_366_days() -> None:
    assert [Period.parse(year).days for year in ("1900", "2000", "2023", "2024")] == [365, 366, 365, 366]


@given(periods, st.integers(1, 400))
def test_first_days_are_that_many_or_the_whole(period: Period, count: int) -> None:
    first = period.first_days(count)
    assert first.days == min(count, period.days)
    assert (first.start, first.key) == (period.start, period.key)
    assert first.is_whole == (count >= period.days)
    assert first.first_days(400) == period


def test_first_days_say_so_in_their_label() -> None:
    assert Period.parse("2023Q3").first_days(45).label_zh == "2023年第三季度前45天"


@pytest.mark.parametrize("count", [0, -1])
def test_there_are_no_fewer_than_one_first_days(count: int) -> None:
    with pytest.raises(ValueError, match="no first"):
        Period.parse("2023").first_days(count)


@pytest.mark.parametrize(
    ("key", "data_until", "running", "elapsed"),
    [
        ("2023Q3", date(2023, 9, 30), False, 92),
        ("2023Q3", date(2023, 9, 29), True, 91),
        ("2023Q3", date(2023, 7, 1), True, 1),
        ("2023Q3", date(2023, 6, 30), True, 0),
        ("2023Q3", date(2024, 1, 1), False, 92),
        ("2023Q3", datetime(2023, 9, 30, 23, 59, 59), False, 92),
        ("2023Q3", datetime(2023, 9, 29, 23, 59, 59, 999999), True, 91),
    ],
)
def test_a_period_runs_until_the_data_reach_its_last_day(
    key: str, data_until: date, running: bool, elapsed: int
) -> None:
    period = Period.parse(key)
    assert period.is_running(data_until) is running
    assert period.days_elapsed(data_until) == elapsed
    assert period.first_days(3).is_running(data_until) is running


def test_the_year_turns_at_midnight_in_shanghai() -> None:
    before = datetime(2023, 12, 31, 15, 59, 59, tzinfo=UTC)
    after = datetime(2023, 12, 31, 16, 0, 0, tzinfo=UTC)
    assert shanghai_day(before) == date(2023, 12, 31)
    assert shanghai_day(after) == date(2024, 1, 1)
    assert Period.containing("year", before).key == "2023"
    assert Period.containing("quarter", after).key == "2024Q1"
    assert Period.parse("2024").contains(after)
    assert not Period.parse("2023").contains(after)


def test_a_naive_moment_is_shanghai_wall_time() -> None:
    assert Period.containing("month", datetime(2023, 12, 31, 23, 59)).key == "2023-12"


def test_periods_between_are_all_that_touch_the_days() -> None:
    keys = [period.key for period in periods_between("quarter", date(2022, 12, 31), date(2023, 7, 1))]
    assert keys == ["2022Q4", "2023Q1", "2023Q2", "2023Q3"]
    assert [period.key for period in periods_between("month", date(2024, 2, 29), date(2024, 2, 29))] == [
        "2024-02"
    ]
    assert periods_between("month", date(2024, 3, 1), date(2024, 2, 29)) == []
    assert periods_between("year", date(2024, 3, 2), date(2024, 3, 1)) == []


@given(grains, st.dates(date(2000, 1, 1), date(2004, 1, 1)), st.integers(0, 900))
def test_periods_between_cover_the_days_once(grain: Grain, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = periods_between(grain, first, last)
    assert found[0].contains(first)
    assert found[-1].contains(last)
    assert all(one.next() == two for one, two in pairwise(found))


def test_a_finished_period_is_compared_whole_with_whole() -> None:
    march, february = Period.parse("2023-03"), Period.parse("2023-02")
    assert like_for_like(march, february, date(2023, 3, 31)) == (march, february)
    assert like_for_like(march.first_days(2), february.first_days(1), date(2023, 4, 1)) == (march, february)


@pytest.mark.parametrize(
    ("key", "earlier", "data_until", "end", "earlier_end"),
    [
        ("2023-09", "2023-08", date(2023, 9, 12), date(2023, 9, 12), date(2023, 8, 12)),
        ("2023-03", "2023-02", date(2023, 3, 30), date(2023, 3, 30), date(2023, 2, 28)),
        ("2024-02", "2023-02", date(2024, 2, 28), date(2024, 2, 28), date(2023, 2, 28)),
        ("2023Q2", "2023Q1", date(2023, 6, 29), date(2023, 6, 29), date(2023, 3, 31)),
        ("2024", "2023", date(2024, 3, 1), date(2024, 3, 1), date(2023, 3, 2)),
        ("2023", "2024", date(2023, 1, 1), date(2023, 1, 1), date(2024, 1, 1)),
    ],
)
def test_a_running_period_is_compared_over_the_same_days(
    key: str, earlier: str, data_until: date, end: date, earlier_end: date
) -> None:
    now, then = like_for_like(Period.parse(key), Period.parse(earlier), data_until)
    assert (now.end, then.end) == (end, earlier_end)


@given(periods, st.integers(0, 365))
def test_like_for_like_never_counts_more_days_of_the_running_side(period: Period, later: int) -> None:
    data_until = period.start + timedelta(days=later)
    now, then = like_for_like(period, period.previous(), data_until)
    if period.is_running(data_until):
        assert now.days == later + 1
        assert then.days == min(now.days, period.previous().days)
    else:
        assert (now, then) == (period, period.previous())


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be compared"):
        like_for_like(Period.parse("2023-03"), Period.parse("2023Q1"), date(2023, 3, 30))
    with pytest.raises(ValueError, match="no first"):
        like_for_like(Period.parse("2023-03"), Period.parse("2023-02"), date(2023, 2, 28))


@pytest.mark.parametrize(
    ("grain", "start", "end"),
    [
        ("month", date(2023, 9, 2), date(2023, 9, 30)),
        ("quarter", date(2023, 8, 1), date(2023, 9, 30)),
        ("month", date(2023, 9, 1), date(2023, 10, 1)),
        ("month", date(2023, 9, 1), date(2023, 8, 31)),
        ("week", date(2023, 9, 4), date(2023, 9, 10)),
        ("month", datetime(2023, 9, 1), datetime(2023, 9, 30)),
    ],
)
def test_nothing_else_is_a_period(grain: Grain, start: date, end: date) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Period(grain, start, end)
