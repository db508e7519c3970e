"""A warehouse that an older version of the program built: every screen says so and what to do, and none fails."""

import pytest
from boards import SCREENS, opened, words

from dashboard.board import versions
from dashboard.board.door import serving
from dashboard.wording import data_versions as wording
from pipelines.warehouse import Warehouse
from tests.older_versions import aged
from tests.pipelines import toy_warehouse


@pytest.fixture
def older_board(small_board_copy):
    aged(Warehouse(small_board_copy).current())
    return small_board_copy


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_says_what_to_do(screen, older_board, serve):
    serve(older_board)
    at = opened(screen)
    assert not at.exception
    said = words(at)
    assert "由另一版看板程序构建" in said
    assert f"steward build 导出文件夹 --warehouse {older_board}" in said
    assert "数据截至" not in said


def test_an_older_version_is_not_offered_to_go_back_to(small_board_copy, serve):
    warehouse = Warehouse(small_board_copy)
    toy_warehouse.build(warehouse)
    aged(warehouse.current())
    serve(small_board_copy)
    kept = versions.kept_versions(serving())
    assert [one.fits for one in kept] == [False, True]
    assert wording.others(kept) == {}
    assert "由另一版看板程序构建" in wording.version_table(kept)[3][0][0]
