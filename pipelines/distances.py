"""The distance of every check-in from the registered point of its community."""

import duckdb

from pipelines.geo import Datum, distances_m


def write_checkin_distances(con: duckdb.DuckDBPyConnection, datum: Datum) -> None:
    """Table `derived.checkin_distance` (checkin_id, distance_m), for check-ins at communities with a point."""
    found = con.execute(
        "SELECT c.checkin_id, c.longitude, c.latitude, a.longitude AS point_longitude, a.latitude AS point_latitude "
        "FROM staged.checkins AS c JOIN staged.areas AS a ON a.area_no = c.community_no "
        "WHERE a.longitude IS NOT NULL AND a.latitude IS NOT NULL"
    ).fetchnumpy()
    places = [found[name] for name in ("longitude", "latitude", "point_longitude", "point_latitude")]
    measured = {"checkin_id": found["checkin_id"], "distance_m": distances_m(*places, datum)}
    con.register("measured", measured)
    con.execute("CREATE TABLE derived.checkin_distance AS FROM measured")
    con.unregister("measured")
