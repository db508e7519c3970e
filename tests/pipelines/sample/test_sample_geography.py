"""The invented district looks like one: seamless communities, whole subdistricts, everything inside."""

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sample import write_sample
from pipelines.sample.plan import apportion
from tests.pipelines.sample.exports_by_hand import read_exports


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("geography") / "exports"
    write_sample(out, scale=0.05, months=2)
    return out


@pytest.fixture(scope="module")
def polygons(folder: Path) -> dict[str, shapely.Polygon]:
    features = json.loads((folder / "boundaries.geojson").read_text())["features"]
    return {f["properties"]["area_code"]: shapely.from_geojson(json.dumps(f["geometry"])) for f in features}


def test_each_community_has_a_valid_polygon(folder: Path, polygons: dict[str, shapely.Polygon]) -> None:
    with read_exports(folder) as con:
        communities = {
            code
            for (code,) in con.execute("SELECT 区划编码 FROM 区划 WHERE 层级 IN ('社区', '村')").fetchall()
        }
    assert set(polygons) == communities
    assert len(communities) == 108
    assert all(shapely.is_valid(polygon) and polygon.geom_type == "Polygon" for polygon in polygons.values())


def test_neighbours_are_seamless_and_subdistricts_whole(polygons: dict[str, shapely.Polygon]) -> None:
    shapes = list(polygons.values())
    district = shapely.union_all(shapes)
    assert district.geom_type == "Polygon"
    assert len(district.interiors) == 0
    assert sum(shape.area for shape in shapes) == pytest.approx(district.area, rel=1e-6)
    for subdistrict in sorted({code[:2] for code in polygons}):
        own = shapely.union_all([shape for code, shape in polygons.items() if code.startswith(subdistrict)])
        assert own.geom_type == "Polygon", subdistrict


def test_registered_points_and_sites_lie_in_their_communities(
    folder: Path, polygons: dict[str, shapely.Polygon]
) -> None:
    with read_exports(folder) as con:
        points = con.execute(
            "SELECT 区划编码, 经度::DOUBLE, 纬度::DOUBLE FROM 区划 WHERE 层级 IN ('社区', '村') UNION ALL "
            "SELECT 社区编码, 经度::DOUBLE, 纬度::DOUBLE FROM 阵地"
        ).fetchall()
    inside = [polygons[code].buffer(0.0003).contains(shapely.Point(lon, lat)) for code, lon, lat in points]
    assert len(inside) > 900
    assert all(inside)


def test_tasks_lie_in_the_district_but_for_a_few(folder: Path, polygons: dict[str, shapely.Polygon]) -> None:
    with read_exports(folder) as con:
        found = con.execute("SELECT 经度::DOUBLE, 纬度::DOUBLE FROM 任务 WHERE 经度 IS NOT NULL").fetchnumpy()
        missing = con.execute("SELECT count(*) FILTER (经度 IS NULL) / count(*) FROM 任务").fetchone()
    district = shapely.union_all(list(polygons.values()))
    inside = shapely.contains_xy(district, *found.values())
    assert 0.98 < inside.mean() <= 1
    assert missing is not None
    assert 0.005 < missing[0] < 0.04


def test_parents_exist_and_populations_add_up(folder: Path) -> None:
    with read_exports(folder) as con:
        orphans = con.execute(
            "SELECT 区划编码 FROM 区划 WHERE 上级编码 NOT IN (SELECT 区划编码 FROM 区划)"
        ).fetchall()
        sums = con.execute(
            "SELECT sum(人口::INT) FROM 区划 GROUP BY replace(replace(层级, '镇', '街道'), '村', '社区')"
        ).fetchall()
    assert orphans == []
    assert len({total for (total,) in sums}) == 1
    assert len(sums) == 4


@given(
    st.integers(0, 10_000),
    st.lists(st.floats(0, 1e6, allow_nan=False), min_size=1, max_size=40).filter(
        lambda weights: sum(weights) > 1e-3
    ),
)
def test_shares_add_up_and_stay_within_one_of_their_due(total: int, weights: list[float]) -> None:
    array = np.array(weights)
    shares = apportion(total, array)
    assert shares.sum() == total
    assert (np.abs(shares - total * array / array.sum()) < 1 + 1e-6).all()


def test_nothing_cannot_be_shared_by_nobody() -> None:
    with pytest.raises(ValueError, match="nothing to share by"):
        apportion(3, np.zeros(4))
    assert apportion(0, np.zeros(4)).tolist() == [0, 0, 0, 0]
