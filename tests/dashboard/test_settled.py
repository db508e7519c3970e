"""What began in a period that has hardly ended is not set against other periods, on any screen; areas are compared."""

from datetime import date, timedelta

import pytest
from boards import words
from process_checks import opened

from dashboard.board.door import metrics, serving
from dashboard.board.explore import asked, explored
from dashboard.board.figures import figure
from dashboard.board.thresholds import SETTLING, is_settled
from dashboard.translations import use_language
from dashboard.wording import district_map as maps
from dashboard.wording import explore as exploring
from dashboard.wording.figures import changes
from pipelines.periods import Period

Q3, AUGUST, SEPTEMBER = (Period.parse(key) for key in ("2023Q3", "2023-08", "2023-09"))
QUARTER = {"grain": "quarter", "period": "2023Q3"}
NOT_YET = "仍在办理，暂不比较"
RATE = "wish_fulfilled_rate"
# Shares among what is done already: work to come moves them either way.
AMONG_THE_DONE = {"pass_rate", "five_star_rate", "mean_stars", "self_verified_rate"}


def test_every_figure_about_what_became_of_a_period_by_data_until_settles():
    cohorts = {name for name, metric in metrics().items() if "截至数据截至日" in metric.definition}
    assert len(cohorts) > 15
    # Claims that somebody verified himself are counted among those verified so far.
    assert (cohorts - AMONG_THE_DONE) | {"self_verified"} == SETTLING


def test_a_period_settles_thirty_days_after_its_end():
    assert not is_settled(RATE, Q3, Q3.end)
    assert not is_settled(RATE, Q3, Q3.start)
    assert not is_settled(RATE, Q3, Q3.end + timedelta(days=29))
    assert is_settled(RATE, Q3, Q3.end + timedelta(days=30))
    assert is_settled("in_time_rate", Q3, Q3.start)


def test_a_headline_number_is_compared_only_when_it_is_settled(small_board, serve):
    serve(small_board)
    use_language("zh_CN")
    board = serving()
    assert board.last_day == date(2023, 9, 30)
    young = figure(board, RATE, SEPTEMBER, None)
    assert young.now.value is not None
    assert young.previous.value is not None
    assert young.change is None
    assert [(one.label, one.value) for one in changes(young)] == [("", NOT_YET)]
    old = figure(board, RATE, AUGUST, None)
    assert old.change == old.now.value - old.previous.value
    assert all(one.value != NOT_YET for one in changes(old))


@pytest.mark.parametrize("screen", ["overview", "wishes", "explore"])
def test_screens_say_why_they_do_not_compare(screen, small_board, serve):
    serve(small_board)
    said = words(opened(screen, QUARTER))
    assert NOT_YET in said
    assert "微心愿达成率降至" not in said
    assert "微心愿达成率升至" not in said


def test_areas_of_one_period_are_compared_from_the_first_day(small_board, serve):
    serve(small_board)
    use_language("zh_CN")
    view = maps.view(serving(), metrics()[RATE], Q3, "subdistrict")
    assert NOT_YET in view.standfirst
    lowest = view.frame.sort_values("shown").iloc[0]
    assert lowest["name"] in view.title


def test_a_young_month_has_colours_of_its_own_on_the_map(small_board, serve):
    serve(small_board)
    use_language("zh_CN")
    board, metric = serving(), metrics()[RATE]
    september = maps.view(board, metric, SEPTEMBER, "subdistrict")
    assert NOT_YET in september.standfirst
    assert september.months[-1].label.endswith(NOT_YET)
    assert all(NOT_YET not in one.label for one in september.months[:-2])
    drawn = maps.picture(september).shapes
    assert [one.colour_class for one in drawn] == list(september.months[-1].classes)
    other = maps.view(board, metrics()["in_time_rate"], SEPTEMBER, "subdistrict")
    assert NOT_YET not in other.standfirst + "".join(one.label for one in other.months)


def test_areas_with_few_cases_each_are_not_called_without_data(small_board, serve):
    serve(small_board)
    use_language("zh_CN")
    july = maps.view(serving(), metrics()[RATE], Period.parse("2023-07"), "community")
    assert july.frame["shown"].isna().all()
    assert july.title == "微心愿达成率：各处都不足 12 件，不作比较"
    assert july.breaks.breaks[-1] < 1


def test_explore_finds_its_change_among_settled_periods(small_board, serve):
    serve(small_board)
    use_language("zh_CN")
    board = serving()
    found = explored(board, asked(metrics()[RATE], "none", "month", "every", None))
    assert found.young == ("2023-09",)
    title = exploring.title(found)
    assert "2023年8月" in title
    assert "2023年9月" not in title
    assert f"2023年9月{NOT_YET}" in exploring.standfirst(found)
    settled = explored(board, asked(metrics()["in_time_rate"], "none", "month", "every", None))
    assert settled.young == ()
    assert "2023年9月" in exploring.title(settled)
