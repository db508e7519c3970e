"""Areas as blocks: fewer corners, no gap between neighbours, an edge round every top."""

import json

import duckdb
import numpy as np
import pytest
import shapely
from shapely.geometry import Polygon, box, mapping

from pipelines.boundaries import write_boundaries
from pipelines.raised_boundaries import raised_boundaries

WEST, EAST, SOUTH, NORTH = 112.0, 112.4, 30.8, 31.2
# The border between the two halves swings by some 20 m, which no screen shows, round one bend that every screen does.
SWINGING = [(112.2 + 0.0002 * (-1) ** n + (0.05 if n == 200 else 0), SOUTH + 0.001 * n) for n in range(401)]


@pytest.fixture
def halves() -> list[Polygon]:
    left = Polygon([(WEST, SOUTH), *SWINGING, (WEST, NORTH)])
    right = Polygon([(EAST, SOUTH), *SWINGING, (EAST, NORTH)])
    return [left, right]


def test_neighbours_lose_the_same_corners(halves: list[Polygon]) -> None:
    blocks = raised_boundaries(halves)
    left, right = (block.walls for block in blocks)
    corners = shapely.get_num_coordinates([left, right]).tolist()
    assert max(corners) < 40
    assert (112.25 + 0.0002, SOUTH + 0.2) in [tuple(np.round(point, 6)) for point in left.exterior.coords]
    assert left.intersection(right).area == pytest.approx(0, abs=1e-12)
    assert left.union(right).geom_type == "Polygon"
    assert not left.union(right).interiors
    assert left.union(right).area == pytest.approx(0.4 * 0.4, rel=1e-3)


def test_tops_lie_within_the_walls_and_cores_within_the_tops(halves: list[Polygon]) -> None:
    for block in raised_boundaries(halves):
        assert block.walls.contains(block.top)
        assert block.top.contains(block.core)
        metres = 111_320 * np.cos(np.radians(31))
        edge = block.walls.exterior.distance(block.top) * metres
        broad = block.walls.exterior.distance(block.core) * metres
        assert edge == pytest.approx(0.4 * metres / 600, rel=0.2)
        assert broad == pytest.approx(0.4 * metres / 180, rel=0.2)


def test_an_area_too_small_for_an_edge_has_none() -> None:
    large, small = raised_boundaries(
        [box(WEST, SOUTH, EAST, NORTH), box(EAST, SOUTH, EAST + 0.0005, SOUTH + 0.0005)]
    )
    assert large.top.area < large.walls.area
    assert not small.top.is_empty
    assert small.top.equals(small.walls)


@pytest.mark.parametrize("with_another", [True, False])
def test_a_shape_that_encloses_nothing_is_its_own_block(with_another: bool) -> None:
    line = {"type": "Polygon", "coordinates": [[[112.0, 31.0], [112.1, 31.1], [112.0, 31.0], [112.0, 31.0]]]}
    square = mapping(box(WEST, SOUTH, EAST, NORTH))
    con = duckdb.connect()
    con.execute(
        "CREATE SCHEMA facts; CREATE TABLE facts.areas AS SELECT * FROM (VALUES (1, 'Q1', 'community'), "
        "(2, 'Q2', 'community')) AS a (area_no, area_code, level); "
        "CREATE TABLE facts.area_paths AS SELECT area_no, area_no AS ancestor_no FROM facts.areas"
    )
    write_boundaries(con, {"Q1": line} | ({"Q2": square} if with_another else {}))
    found = con.execute("SELECT * FROM facts.boundaries WHERE area_no = 1").fetchall()
    assert [json.loads(text) for text in found[0][1:]] == [line] * 4
    assert con.execute("SELECT count(*) FROM facts.boundaries").fetchall() == [(1 + with_another,)]


def test_nothing_is_raised_without_areas() -> None:
    assert raised_boundaries([]) == []
