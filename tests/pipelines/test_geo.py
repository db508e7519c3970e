"""Datums and distances, against public reference points and properties."""

from math import degrees

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.geo import DATUMS, EARTH_RADIUS_M, Datum, coordinate_offset, distances_m, from_wgs84, to_wgs84

ROUND_EARTH_DEGREE_M = 2 * np.pi * EARTH_RADIUS_M / 360
JINGMEN = (112.2, 31.0)

longitudes = st.floats(74, 135)
latitudes = st.floats(5, 53)
datums = st.sampled_from(DATUMS)


@pytest.mark.parametrize(
    ("wgs84", "gcj02"),
    [
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
        ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
    ],
)
def test_gcj02_agrees_with_public_reference_points(
    wgs84: tuple[float, float], gcj02: tuple[float, float]
) -> None:
    assert from_wgs84(*wgs84, "gcj02") == pytest.approx(gcj02, abs=1e-11)
    assert to_wgs84(*gcj02, "gcj02") == pytest.approx(wgs84, abs=1e-11)


def test_bd09_agrees_with_a_public_reference_point() -> None:
    wgs84 = to_wgs84(116.404, 39.915, "gcj02")
    assert from_wgs84(*wgs84, "bd09") == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-11)
    assert to_wgs84(116.41036949371029, 39.92133699351021, "bd09") == pytest.approx(
        (float(wgs84.longitude), float(wgs84.latitude)), abs=1e-11
    )


@given(longitudes, latitudes, datums)
def test_there_and_back_is_the_same_point_to_a_hundredth_of_a_millimetre(
    lon: float, lat: float, datum: Datum
) -> None:
    back = to_wgs84(*from_wgs84(lon, lat, datum), datum)
    assert float(distances_m(lon, lat, *back, "wgs84")) <= 1e-5


@given(longitudes, latitudes)
def test_wgs84_is_left_alone(lon: float, lat: float) -> None:
    assert to_wgs84(lon, lat, "wgs84") == from_wgs84(lon, lat, "wgs84") == (lon, lat)


@pytest.mark.parametrize(("datum", "least", "most"), [("gcj02", 400, 700), ("bd09", 700, 1300)])
def test_a_wrong_datum_is_hundreds_of_metres(datum: Datum, least: float, most: float) -> None:
    assert least < float(distances_m(*JINGMEN, *from_wgs84(*JINGMEN, datum), "wgs84")) < most


@pytest.mark.parametrize("datum", DATUMS)
@pytest.mark.parametrize(
    "place", [(-104.99, 39.74), (151.2, -33.9), (2.35, 48.85), (140.0, 40.0), (105.0, 60.0)]
)
def test_outside_china_nothing_is_shifted(datum: Datum, place: tuple[float, float]) -> None:
    assert to_wgs84(*place, datum) == from_wgs84(*place, datum) == place


def test_arrays_are_converted_elementwise_and_unknown_stays_unknown() -> None:
    lon, lat = to_wgs84([116.404, np.nan, -104.99], [39.915, 39.915, 39.74], "gcj02")
    assert (lon[0], lat[0]) == to_wgs84(116.404, 39.915, "gcj02")
    assert np.isnan(lon[1])
    assert (lon[2], lat[2]) == (-104.99, 39.74)


def test_an_unknown_datum_is_refused() -> None:
    for convert in (to_wgs84, from_wgs84):
        with pytest.raises(ValueError, match="unknown datum"):
            convert(112.0, 31.0, "cgcs2000")  # type: ignore[arg-type]  # as a caller without types may


@pytest.mark.parametrize(
    ("here", "there", "metres"),
    [
        ((0, 0), (0, 1), ROUND_EARTH_DEGREE_M),
        ((0, 0), (1, 0), ROUND_EARTH_DEGREE_M),
        ((0, 60), (180, 60), 60 * ROUND_EARTH_DEGREE_M),
        ((0, 0), (180, 0), 180 * ROUND_EARTH_DEGREE_M),
        ((112, 31), (112, 31), 0),
    ],
)
def test_distances_are_great_circles_on_the_mean_sphere(
    here: tuple[float, float], there: tuple[float, float], metres: float
) -> None:
    assert EARTH_RADIUS_M == 6_371_008.8
    assert float(distances_m(*here, *there, "wgs84")) == pytest.approx(metres, rel=1e-9)


@given(longitudes, latitudes, longitudes, latitudes, datums)
def test_a_distance_is_the_same_there_and_back(
    lon1: float, lat1: float, lon2: float, lat2: float, datum: Datum
) -> None:
    there = float(distances_m(lon1, lat1, lon2, lat2, datum))
    assert there == float(distances_m(lon2, lat2, lon1, lat1, datum)) >= 0
    assert float(distances_m(lon1, lat1, lon1, lat1, datum)) == 0


@given(*[longitudes, latitudes] * 3)
def test_no_way_round_is_shorter(
    lon1: float, lat1: float, lon2: float, lat2: float, lon3: float, lat3: float
) -> None:
    direct = distances_m(lon1, lat1, lon3, lat3, "wgs84")
    round_about = distances_m(lon1, lat1, lon2, lat2, "wgs84") + distances_m(lon2, lat2, lon3, lat3, "wgs84")
    assert direct <= round_about + 1e-3


@given(longitudes, latitudes, datums, st.sampled_from(["north", "south"]))
def test_fifty_metres_are_valid_and_a_tenth_more_is_not(
    lon: float, lat: float, datum: Datum, way: str
) -> None:
    sign = 1 if way == "north" else -1
    point = from_wgs84(lon, lat, datum)
    for metres, valid in ((49.9, True), (50.0, True), (50.1, False)):
        stood = from_wgs84(lon, lat + sign * degrees(metres / EARTH_RADIUS_M), datum)
        assert (float(distances_m(*stood, *point, datum)) <= 50) is valid


def test_many_distances_at_once_and_unknown_coordinates() -> None:
    found = distances_m([112.0, 112.0, np.nan], [31.0, 31.001, 31.0], 112.0, 31.0, "wgs84")
    assert found[0] == 0
    assert found[1] == pytest.approx(ROUND_EARTH_DEGREE_M / 1000)
    assert np.isnan(found[2])
    assert distances_m([], [], [], [], "gcj02").shape == (0,)


def scattered(count: int, metres: float) -> tuple[np.ndarray, np.ndarray]:
    """People within `metres` of the centre, as degrees to add."""
    generator = np.random.default_rng(7)
    return generator.uniform(-1, 1, (2, count)) * degrees(metres / EARTH_RADIUS_M)


@pytest.mark.parametrize(
    ("declared", "stood_in"),
    [(declared, stood_in) for declared in DATUMS for stood_in in DATUMS if declared != stood_in],
)
def test_checkins_in_another_datum_are_found_and_the_datum_is_named(declared: Datum, stood_in: Datum) -> None:
    """The difference between GCJ-02 and BD-09 is 0.9 km, between WGS-84 and BD-09 near 1 km here."""
    dlon, dlat = scattered(50, 30)
    lon, lat = from_wgs84(JINGMEN[0] + dlon, JINGMEN[1] + dlat, stood_in)
    point = from_wgs84(*JINGMEN, declared)
    shift = float(distances_m(*from_wgs84(*JINGMEN, stood_in), *point, "wgs84"))
    offset = coordinate_offset(lon, lat, *point, declared)
    if shift > 1000:
        assert offset is None
        return
    assert offset is not None
    assert offset.likely_datum == stood_in
    assert offset.distance_m == pytest.approx(shift, abs=15)
    assert (offset.checkins, offset.share) == (50, 1.0)


def test_right_checkins_have_no_offset() -> None:
    dlon, dlat = scattered(50, 60)
    assert coordinate_offset(JINGMEN[0] + dlon, JINGMEN[1] + dlat, *JINGMEN, "gcj02") is None


@pytest.mark.parametrize(
    ("metres", "found"),
    [(90, False), (99, False), (101, True), (400, True), (999, True), (1001, False), (5000, False)],
)
def test_an_offset_is_100_to_1000_metres_long(metres: float, found: bool) -> None:
    lat = np.full(10, JINGMEN[1] + degrees(metres / EARTH_RADIUS_M))
    offset = coordinate_offset(np.full(10, JINGMEN[0]), lat, *JINGMEN, "wgs84")
    assert (offset is not None) is found
    if offset is not None:
        assert (offset.east_m, offset.north_m) == pytest.approx((0, metres), abs=1e-3)


def test_an_offset_that_no_datum_explains_names_none() -> None:
    offset = coordinate_offset(np.full(10, JINGMEN[0] - 0.004), np.full(10, JINGMEN[1]), *JINGMEN, "gcj02")
    assert offset is not None
    assert offset.likely_datum is None
    assert offset.east_m < -350


def test_people_all_over_the_place_are_no_offset() -> None:
    dlon, dlat = scattered(200, 900)
    assert coordinate_offset(JINGMEN[0] + dlon + 0.004, JINGMEN[1] + dlat, *JINGMEN, "gcj02") is None


def test_a_few_strangers_do_not_hide_an_offset() -> None:
    dlon, dlat = scattered(50, 30)
    lon, lat = JINGMEN[0] + dlon + 0.005, JINGMEN[1] + dlat
    lon[:10] += 0.2
    offset = coordinate_offset(lon, lat, *JINGMEN, "wgs84")
    assert offset is not None
    assert offset.share == pytest.approx(0.8)


def test_fewer_than_ten_known_coordinates_prove_nothing() -> None:
    lon = np.full(12, JINGMEN[0] + 0.005)
    assert coordinate_offset(lon, JINGMEN[1], *JINGMEN, "wgs84") is not None
    lon[:3] = np.nan
    assert coordinate_offset(lon, JINGMEN[1], *JINGMEN, "wgs84") is None
