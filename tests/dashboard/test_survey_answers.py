"""Who answered what: shares add up, both sides lie where the settings put them, small groups are not drawn."""

import pytest
from boards import opened, words

from dashboard.board import surveys
from dashboard.board.door import serving
from dashboard.wording.survey_answers import SCALES, spread


@pytest.mark.parametrize("survey", ["satisfaction", "safety"])
def test_shares_of_every_bar_make_up_the_whole(survey, small_board, serve):
    serve(small_board)
    board = serving()
    head, bars = spread(board, survey, None)
    assert bars
    assert all(head)
    for bar in bars:
        assert sum(share for _name, share in (*bar.good, *bar.bad)) == pytest.approx(1)


def test_the_favourable_side_is_the_rate(small_board, serve):
    serve(small_board)
    board = serving()
    last = surveys.waves(board, "safety", None).iloc[-1]
    bar = spread(board, "safety", None)[1][0]
    assert bar.label == last["period"]
    assert sum(share for _name, share in bar.good) == pytest.approx(float(last["value"]))


def test_the_mildest_stand_beside_the_line(small_board, serve):
    serve(small_board)
    for bar in spread(serving(), "satisfaction", None)[1]:
        scale = SCALES["satisfaction"]
        good, bad = ([name for name, _share in side] for side in (bar.good, bar.bad))
        assert good == [one for one in reversed(scale) if one in good]
        assert bad == [one for one in scale if one in bad]
        assert not set(good) & set(bad)


def test_the_topic_with_the_most_unfavourable_answers_comes_first(small_board, serve):
    serve(small_board)
    bars = spread(serving(), "satisfaction", None)[1]
    shares = [sum(share for _name, share in bar.bad) for bar in bars]
    assert shares == sorted(shares, reverse=True)
    assert len(bars) > 1
    assert f"{bars[0].label}的负面评价最多" in words(opened("surveys", {"survey": "satisfaction"}))


def test_nothing_is_drawn_of_too_few_answers(small_board, serve):
    serve(small_board)
    board = serving()
    small = min(
        surveys.by_area(board, "safety", surveys.latest(board, "safety"), "community").to_dict("records"),
        key=lambda row: row["n"],
    )
    bars = spread(board, "safety", small["community"])[1]
    few = surveys.answers(board, "safety", small["community"]).groupby("row")["n"].sum()
    assert len(bars) == int((few >= board.district.surveys.minimum_n).sum())
