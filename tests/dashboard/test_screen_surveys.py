"""A part of the district: no rank of the province beside a rate of its own, its own communities, its own change."""

import numpy as np
import pandas as pd
import pytest
from boards import bodies, opened, words

from dashboard.board import areas, meeting_figures, surveys
from dashboard.board.door import Serving, serving
from dashboard.wording import survey_pieces
from dashboard.wording.surveys import communities_table, title
from pipelines.periods import Period
from pipelines.surveys import Difference

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
    assert title({"safety": part}, {"safety": None}) == "安全感 97.4%"


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.004, 0.03, "安全感确实升到 97.4%"),
        (-0.03, -0.004, "安全感确实降到 97.4%"),
        (-0.004, 0.03, "安全感 97.4%"),
    ],
)
def test_without_a_rank_the_title_tells_whether_safety_really_changed(low, high, expected):
    part = pd.DataFrame({"period": ["2022", "2023"], "value": [0.95, 0.974]})
    change = Difference(*np.array([0.01, low, high]))
    assert title({"safety": part}, {"safety": change}) == expected


def test_a_part_of_the_district_lists_its_own_communities(board):
    names = areas.subdistricts_and_communities(board).set_index("area_code")["name"]
    chosen = a_part(board, "community")
    others = set(names) - {names[chosen]}
    for survey in surveys.held(board):
        every = survey_pieces.sheets(board, None, survey)["社区"]["社区"].tolist()
        assert len(every) > 1
        assert survey_pieces.sheets(board, chosen, survey)["社区"]["社区"].tolist() == [names[chosen]]
        listed = words(opened("surveys", {"area": chosen, "survey": survey})).partition("可排名的社区")[2]
        assert listed
        assert not [one for one in others if f" {one} " in listed]


def test_without_a_community_to_rank_no_empty_table_is_drawn(board):
    latest = surveys.latest(board, "satisfaction")
    few = surveys.by_area(board, "satisfaction", latest, "community").assign(n=3.0)
    title_, subtitle, columns, rows = communities_table("satisfaction", few, 30)
    assert title_ == f"可排名的社区 0 个，{len(few)} 个样本不足"
    assert (subtitle, columns, rows) == ("n ≥ 30 才排名", [], [])


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
