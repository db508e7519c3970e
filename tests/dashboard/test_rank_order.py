"""Ranked areas and units stand in the order of their ranks, those without one last, each in its own subdistrict."""

import pandas as pd
import pytest

from dashboard.board import area_tree, checkins, communities, wishes
from dashboard.board.door import Serving, rows, serving
from pipelines.periods import Period

YEAR = Period.parse("2023")

_LIE_IN = """
SELECT a.area_code, s.area_code AS subdistrict_code, s.name AS subdistrict
FROM facts.areas AS a
JOIN facts.area_paths AS p ON p.area_no = a.area_no AND p.level = 'subdistrict'
JOIN facts.areas AS s ON s.area_no = p.ancestor_no
WHERE a.level = 'community'
"""


@pytest.fixture(name="board")
def _board(small_board, serve) -> Serving:
    serve(small_board)
    return serving()


def in_order(frame: pd.DataFrame, by: list[str], rising: list[bool]) -> bool:
    return frame.index.tolist() == frame.sort_values(by, ascending=rising).index.tolist()


def test_communities_with_wishes_stand_best_first(board):
    found = wishes.communities(board, YEAR, None)
    assert found["rank"].notna().any()
    assert in_order(found, ["rank", "denominator", "community"], [True, False, True])


def test_communities_with_checkins_stand_lowest_first(board):
    found = checkins.communities(board, YEAR, None)
    ranked = found[found["rank"].notna()]
    assert ranked["value"].is_monotonic_increasing
    assert found["rank"].notna().tolist() == [True] * len(ranked) + [False] * (len(found) - len(ranked))
    assert len(ranked) > 1


def test_units_with_checkins_stand_best_first_in_their_group(board):
    found = checkins.units(board, YEAR)
    assert found["ranking_group"].nunique() > 1
    assert in_order(found, ["ranking_group", "rank", "unit"], [True, True, True])
    best = found.groupby("ranking_group")["value"].transform("max")
    assert (found["value"] == best).tolist() == (found["rank"] == 1).tolist()


def test_every_community_lies_in_its_subdistrict(board):
    listed = rows(board.root, board.version, _LIE_IN)
    lie_in = {code: (above, name) for code, above, name in listed.to_numpy().tolist()}
    places = area_tree.places_by_code(board)
    assert {code: (one.subdistrict_code, one.subdistrict) for code, one in places.items()} == lie_in
    ranking = communities.ranking(board, YEAR)
    for code, above, name in ranking[["area_code", "subdistrict_code", "subdistrict"]].to_numpy():
        assert (above, name) == lie_in[code]
    for code, name in wishes.communities(board, YEAR, None)[["community", "subdistrict"]].to_numpy():
        assert name == lie_in[code][1]
    number = area_tree.number_of(board, str(listed["area_code"].iloc[0]))
    assert area_tree.places(board, number)[1] == listed["subdistrict"].iloc[0]
    assert area_tree.places(board, None) == ("", "")
