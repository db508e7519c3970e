"""Coordinates of Chinese web maps and distances on the ground, vectorised.

Longitudes and latitudes are degrees (any broadcastable shapes, NaN where unknown, and then the
answer is NaN); distances are metres.

GCJ-02 (AMap, Tencent) and BD-09 (Baidu) follow the published formulas, which agree with AMap's own
output to 0.12 m. Both are inverted by iteration: the usual one-step inverse misses by up to 4 m.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Datum = Literal["gcj02", "bd09", "wgs84"]
DATUMS: tuple[Datum, ...] = get_args(Datum)

EARTH_RADIUS_M = 6_371_008.8

# Krasovsky 1940, as in the published formula of GCJ-02.
_SEMI_MAJOR_M = 6_378_245.0
_ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943_23
_BD_TURNS = np.pi * 3000 / 180
_INVERSE_STEPS = 5

# A wrong datum moves everything by about as much; less is a misplaced point, more another place.
_OFFSET_M = (100.0, 1000.0)
_TOGETHER_M = 100.0
_FEWEST_CHECKINS = 10


class Points(NamedTuple):
    """Longitudes and latitudes in degrees."""

    longitude: Floats
    latitude: Floats


@dataclass(frozen=True)
class CoordinateOffset:
    """A constant shift of check-ins against the registered points: metres to the east and north.

    `share` of the `checkins` lie within 100 m of the shifted point; `likely_datum` is the datum that
    explains the shift, None when none does.
    """

    east_m: float
    north_m: float
    checkins: int
    share: float
    likely_datum: Datum | None

    @property
    def distance_m(self) -> float:
        """Length of the shift."""
        return float(np.hypot(self.east_m, self.north_m))


def to_wgs84(longitude: ArrayLike, latitude: ArrayLike, datum: Datum) -> Points:
    """Points of the given datum in WGS-84; outside China nothing is shifted. ValueError for another datum."""
    points = _points(longitude, latitude)
    if datum == "wgs84":
        return points
    if datum == "gcj02":
        return _inside_china(points, _inverse(points, _wgs84_to_gcj02))
    if datum == "bd09":
        return _inside_china(points, _inverse(_inverse(points, _gcj02_to_bd09), _wgs84_to_gcj02))
    raise ValueError(f"unknown datum: {datum}")


def from_wgs84(longitude: ArrayLike, latitude: ArrayLike, datum: Datum) -> Points:
    """Points of WGS-84 in the given datum: the published forward formulas. ValueError for another datum."""
    points = _points(longitude, latitude)
    if datum == "wgs84":
        return points
    if datum == "gcj02":
        return _inside_china(points, _wgs84_to_gcj02(points))
    if datum == "bd09":
        return _inside_china(points, _gcj02_to_bd09(_wgs84_to_gcj02(points)))
    raise ValueError(f"unknown datum: {datum}")


def distances_m(
    longitude: ArrayLike,
    latitude: ArrayLike,
    other_longitude: ArrayLike,
    other_latitude: ArrayLike,
    datum: Datum,
) -> Floats:
    """Great-circle distances in metres between points of the same datum, elementwise.

    Haversine on the mean sphere after conversion to WGS-84. Given to a hundredth of a millimetre:
    finer digits are noise of the arithmetic, and a point laid at 50 m must not come out beyond it.
    """
    one = to_wgs84(longitude, latitude, datum)
    two = to_wgs84(other_longitude, other_latitude, datum)
    return np.asarray(np.round(_great_circle_m(one, two), 5))


def coordinate_offset(
    longitude: ArrayLike,
    latitude: ArrayLike,
    point_longitude: ArrayLike,
    point_latitude: ArrayLike,
    datum: Datum,
) -> CoordinateOffset | None:
    """A constant shift of 100 to 1000 m of check-ins against the registered points, as a wrong datum leaves it.

    The arrays give each check-in and the registered point of its community, both in `datum`. There is
    an offset when the median shift is of that length and at least half of the check-ins (of ten or
    more with coordinates) lie within 100 m of it: people scatter, a datum does not. None otherwise.
    """
    arrays = np.broadcast_arrays(*map(_floats, (longitude, latitude, point_longitude, point_latitude)))
    known = np.isfinite(arrays).all(axis=0)
    lon, lat, point_lon, point_lat = (array[known] for array in arrays)
    if len(lon) < _FEWEST_CHECKINS:
        return None
    stood, registered = to_wgs84(lon, lat, datum), to_wgs84(point_lon, point_lat, datum)
    north = np.radians(stood.latitude - registered.latitude) * EARTH_RADIUS_M
    east = np.radians(stood.longitude - registered.longitude) * EARTH_RADIUS_M
    east *= np.cos(np.radians(registered.latitude))
    shift_east, shift_north = float(np.median(east)), float(np.median(north))
    share = float(np.mean(np.hypot(east - shift_east, north - shift_north) <= _TOGETHER_M))
    if not _OFFSET_M[0] <= np.hypot(shift_east, shift_north) <= _OFFSET_M[1] or share < 0.5:
        return None
    return CoordinateOffset(
        shift_east, shift_north, len(lon), share, _likely_datum(lon, lat, registered, datum)
    )


def _likely_datum(longitude: Floats, latitude: Floats, registered: Points, datum: Datum) -> Datum | None:
    """The other datum under which the check-ins fall on the registered points, the best one first."""
    typical = {
        other: float(np.median(_great_circle_m(to_wgs84(longitude, latitude, other), registered)))
        for other in DATUMS
        if other != datum
    }
    best = min(typical, key=lambda other: typical[other])
    return best if typical[best] <= _TOGETHER_M else None


def _great_circle_m(one: Points, two: Points) -> Floats:
    lat1, lat2 = np.radians(one.latitude), np.radians(two.latitude)
    half_lat = (lat2 - lat1) / 2
    half_lon = np.radians(two.longitude - one.longitude) / 2
    haversine = np.sin(half_lat) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin(half_lon) ** 2
    return np.asarray(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(haversine, 1.0))))


def _wgs84_to_gcj02(points: Points) -> Points:
    x, y = points.longitude - 105.0, points.latitude - 35.0
    root = np.sqrt(np.abs(x))
    waves = 20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)
    north = -100 + 2 * x + 3 * y + 0.2 * y**2 + 0.1 * x * y + 0.2 * root
    north += 2 / 3 * (waves + 20 * np.sin(np.pi * y) + 40 * np.sin(np.pi * y / 3))
    north += 2 / 3 * (160 * np.sin(np.pi * y / 12) + 320 * np.sin(np.pi * y / 30))
    east = 300 + x + 2 * y + 0.1 * x**2 + 0.1 * x * y + 0.1 * root
    east += 2 / 3 * (waves + 20 * np.sin(np.pi * x) + 40 * np.sin(np.pi * x / 3))
    east += 2 / 3 * (150 * np.sin(np.pi * x / 12) + 300 * np.sin(np.pi * x / 30))
    latitude = np.radians(points.latitude)
    curvature = 1 - _ECCENTRICITY_SQUARED * np.sin(latitude) ** 2
    meridian_m = _SEMI_MAJOR_M * (1 - _ECCENTRICITY_SQUARED) / curvature**1.5
    parallel_m = _SEMI_MAJOR_M / np.sqrt(curvature) * np.cos(latitude)
    return Points(
        points.longitude + np.degrees(east / parallel_m),
        points.latitude + np.degrees(north / meridian_m),
    )


def _gcj02_to_bd09(points: Points) -> Points:
    x, y = points
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * _BD_TURNS)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * _BD_TURNS)
    return Points(radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006)


def _inverse(points: Points, forward: Callable[[Points], Points]) -> Points:
    """The points that `forward` carries to `points`, by fixed-point iteration."""
    guess = points
    for _ in range(_INVERSE_STEPS):
        image = forward(guess)
        guess = Points(
            guess.longitude + (points.longitude - image.longitude),
            guess.latitude + (points.latitude - image.latitude),
        )
    return guess


def _inside_china(points: Points, shifted: Points) -> Points:
    """`shifted` within the rectangle of the published formula, `points` unchanged outside it."""
    lon, lat = points
    inside = (lon >= 72.004) & (lon <= 137.8347) & (lat >= 0.8293) & (lat <= 55.8271)
    return Points(np.where(inside, shifted.longitude, lon), np.where(inside, shifted.latitude, lat))


def _points(longitude: ArrayLike, latitude: ArrayLike) -> Points:
    lon, lat = np.broadcast_arrays(_floats(longitude), _floats(latitude))
    return Points(lon, lat)


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)
