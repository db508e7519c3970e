"""An area or period without a case is no warehouse without data: the screen says which of the two it is."""

import pytest
from boards import opened, words

from dashboard.board import areas, honours, projects
from dashboard.board.door import serving
from pipelines.periods import Period


def test_a_community_without_projects_is_not_asked_for_the_export(small_board, serve):
    serve(small_board)
    board, quarter = serving(), Period.parse("2023Q3")
    bare = [one for one in areas.selectable_areas(board) if projects.kinds(board, quarter, one).empty]
    assert bare
    assert not projects.kinds(board, quarter, None).empty
    said = words(opened("projects", {"grain": "quarter", "period": "2023Q3", "area": bare[0]}))
    assert "这里本期没有实事项目" in said
    assert "换一个时期或区域" in said
    assert "收件目录" not in said


def test_a_community_without_honours_is_not_asked_for_the_export(small_board, serve, monkeypatch):
    serve(small_board)
    board, year = serving(), Period.parse("2023")
    found = honours.kinds(board, year, None)
    assert found
    monkeypatch.setattr(honours, "kinds", lambda _board, _year, area: found if area is None else {})
    said = words(opened("honours", {"period": "2023", "area": next(iter(areas.selectable_areas(board)))}))
    assert "这里本年没有荣誉记录" in said
    assert "收件目录" not in said


@pytest.mark.parametrize(
    ("screen", "title"), [("projects", "还没有载入实事项目"), ("honours", "还没有荣誉记录")]
)
def test_without_the_export_it_is_asked_for(screen, title, few_board, serve):
    serve(few_board)
    said = words(opened(screen))
    assert title in said
    assert "收件目录" in said
