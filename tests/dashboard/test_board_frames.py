"""The three frames ask for what they show; it is what `steward rank stewards` says of the same people."""

import pytest

from dashboard.board import frames
from dashboard.board.door import serving
from dashboard.formats import is_missing
from pipelines.periods import Period
from pipelines.ranking_tables import rank_stewards
from pipelines.warehouse import Warehouse

FIRST = 6
COLUMNS = {
    "community": ("community_code", "rank_in_community", "of_community"),
    "number": ("steward_number", "rank_in_number", "of_number"),
    "unit": ("unit_id", "rank_in_unit", "of_unit"),
}


@pytest.fixture(params=["2023-08", "2023Q3", "2023"])
def ranked(request, small_board, serve):
    """Period and everyone in it; points that are negative stand in the small sample, too."""
    serve(small_board)
    with Warehouse(small_board).open() as con:
        everyone = rank_stewards(con, request.param)
    everyone["steward_number"] = everyone["steward_number"].astype(str)
    return Period.parse(request.param), everyone


def in_order(everyone, choice, group):
    column, rank, _ = COLUMNS[choice]
    found = everyone[everyone[column] == group].sort_values([rank, "steward_id"], ignore_index=True)
    return found.assign(rank=found[rank], tied=found[rank].duplicated(keep=False))


def same(one, expected):
    row = expected.iloc[one.place]
    return (one.steward_id, one.rank, one.tied, one.points) == tuple(
        row[["steward_id", "rank", "tied", "points"]]
    )


def test_groups_are_those_of_everyone(ranked):
    period, everyone = ranked
    found = frames.groups(serving(), period)
    for choice, (column, _, _) in COLUMNS.items():
        assert list(found[choice]) == sorted(everyone[column].dropna().unique())


@pytest.mark.parametrize("choice", COLUMNS)
def test_first_people_and_sums_of_every_group(ranked, choice):
    period, everyone = ranked
    for group in frames.groups(serving(), period)[choice]:
        expected = in_order(everyone, choice, group)
        found = frames.members(serving(), period, choice, group, "", FIRST)
        assert (found.count, found.zero) == (len(expected), (expected["points"] <= 0).sum())
        assert found.median == pytest.approx(expected["points"].median())
        assert [one.place for one in found.places] == list(range(min(FIRST, len(expected))))
        assert all(same(one, expected) for one in found.places)


@pytest.mark.parametrize("choice", COLUMNS)
def test_a_person_stands_between_the_neighbours(ranked, choice):
    period, everyone = ranked
    group = everyone[COLUMNS[choice][0]].value_counts().index[0]
    expected = in_order(everyone, choice, group)
    last = len(expected) - 1
    assert last >= FIRST
    for place in (0, FIRST - 1, FIRST, last // 2, last - 1, last):
        code = expected["steward_id"][place]
        found = frames.members(serving(), period, choice, group, code, FIRST)
        around = {place - 1, place, place + 1} if place >= FIRST else set()
        shown = sorted({*range(FIRST), *around} - {last + 1})
        assert [one.place for one in found.places] == shown
        assert found.place_of(code) == place
        assert all(same(one, expected) for one in found.places)


def test_a_person_has_the_ranks_of_the_command(ranked):
    period, everyone = ranked
    for row in everyone.iloc[:: len(everyone) // 15].to_dict("records"):
        found = frames.person(serving(), period, row["steward_id"])
        assert found.points == row["points"]
        expected = {
            choice: (row[column], row[rank], row[of])
            for choice, (column, rank, of) in COLUMNS.items()
            if not is_missing(row[column])
        }
        assert found.groups == expected
    assert frames.person(serving(), period, "nobody") is None
