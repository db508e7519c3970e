"""A district that has set no score lines: ranks without tiers, and no sentence that tells of tiers all the same."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import hard_districts
import pytest
from boards import built, opened, words

QUARTER = {"grain": "quarter", "period": "2023Q3"}


@pytest.fixture
def without_lines(
    serve: Callable[[Path], None], made_once: Callable[..., Path], small_inbox: Path
) -> Callable[[str], str]:
    """`without_lines(screen)`: what a screen says where no lines are in force."""
    inbox = made_once("without_lines-inbox", partial(hard_districts.without_lines, small_inbox))
    serve(made_once("without_lines-board", lambda folder: built(inbox, folder)))
    return lambda screen: words(opened(screen, QUARTER))


def test_the_ranking_says_that_there_are_no_lines(without_lines):
    said = without_lines("units")
    assert "个单位参加排名，尚未设置分值线" in said
    for word in ("不合格", "临界", "竖线", "红圈"):
        assert word not in said


def test_the_overview_counts_no_unit_as_failing(without_lines):
    said = without_lines("overview")
    assert "尚未设置分值线，不分档" in said
    assert "名单位书面说明" in said
    for word in ("不合格", "优秀", "距线"):
        assert word not in said


@pytest.mark.parametrize("screen", ["what_if", "publication"])
def test_lines_that_are_not_set_are_not_called_points(without_lines, screen):
    said = without_lines(screen)
    assert "未设" in said
    assert "无积分" not in said
