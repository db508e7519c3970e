"""The province ranks the whole district: no part of it shows that rank beside a rate of its own."""

import pandas as pd
import pytest
from boards import bodies, opened, words

from dashboard.board import areas, meeting_figures, surveys
from dashboard.board.door import Serving, serving
from dashboard.wording import survey_pieces
from dashboard.wording.surveys import title
from pipelines.periods import Period

ONLY_THE_DISTRICT = "省里只给全区排名，此处不列"


@pytest.fixture(name="board")
def _board(small_board, serve) -> Serving:
    serve(small_board)
    return serving()


def a_part(board: Serving, level: str) -> str:
    found = areas.subdistricts_and_communities(board)
    return str(found[found["level"] == level]["area_code"].iloc[0])


@pytest.mark.parametrize("survey", ["satisfaction", "safety"])
def test_the_rank_belongs_to_the_whole_district(survey, board):
    assert surveys.waves(board, survey, None)["rank"].notna().any()
    for level in ("subdistrict", "community"):
        frame = surveys.waves(board, survey, a_part(board, level))
        assert len(frame)
        assert not {"rank", "ranked_of"} & set(frame)


def test_the_title_tells_a_change_of_rank_where_the_rank_is_told():
    part = pd.DataFrame({"period": ["2022", "2023"], "value": [0.95, 0.974]})
    whole = part.assign(rank=pd.array([38, 31], "Int64"))
    assert title({"safety": whole}, {}) == "安全感 97.4%，省排名升 7 位"
    assert title({"safety": part}, {}) == "安全感 97.4%"


def test_over_the_district_labels_name_the_rank(board):
    at = opened("surveys")
    assert any('class="mark' in body and "省第" in body for body in bodies(at))
    assert ONLY_THE_DISTRICT not in words(at)


@pytest.mark.parametrize("level", ["subdistrict", "community"])
def test_a_part_of_the_district_has_no_rank_and_says_why(level, board):
    at = opened("surveys", {"area": a_part(board, level)})
    said = words(at)
    assert not at.exception
    assert "群众安全感：" in said
    assert "省第" not in said
    assert "省排名" not in said
    assert ONLY_THE_DISTRICT in said


def test_without_a_bulletin_no_rank_is_missed(board, monkeypatch):
    monkeypatch.setattr(surveys, "is_ranked", lambda _board: False)
    assert survey_pieces.whose_rank(board, a_part(board, "subdistrict")) == ""


def test_a_download_of_a_part_has_no_column_of_ranks(board):
    with_rank = survey_pieces.sheets(board, None, "safety")
    without = survey_pieces.sheets(board, a_part(board, "subdistrict"), "safety")
    assert "省排名" in with_rank["群众安全感"]
    assert not any("省排名" in sheet for sheet in without.values())


def test_a_meeting_sheet_of_a_part_has_no_rank(board):
    period = Period.containing("quarter", board.last_day)
    whole, part = (
        [one for one in meeting_figures.readings(board, period, area) if one.wave]
        for area in (None, a_part(board, "subdistrict"))
    )
    assert any(one.rank is not None for one in whole)
    assert part
    assert all(one.rank is None for one in part)
