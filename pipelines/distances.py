"""The distance of every check-in from the registered point of its community."""

import duckdb
import numpy as np

from pipelines.geo import Datum, distances_m


def write_checkin_distances(con: duckdb.DuckDBPyConnection, datum: Datum) -> None:
    """Table `derived.checkin_distance` (checkin_id, distance_m), for check-ins at communities with a point."""
    found = con.execute(
        "SELECT c.checkin_id, c.longitude, c.latitude, a.longitude AS point_longitude, a.latitude AS point_latitude "
        "FROM staged.checkins AS c JOIN staged.areas AS a ON a.area_no = c.community_no "
        "WHERE a.longitude IS NOT NULL AND a.latitude IS NOT NULL"
    ).fetchnumpy()
    codes, *places = (np.asarray(column) for column in found.values())
    distances = distances_m(places[0], places[1], places[2], places[3], datum)
    con.register("measured", {"checkin_id": codes, "distance_m": distances})
    con.execute(
        "CREATE TABLE derived.checkin_distance AS "
        "SELECT CAST(checkin_id AS VARCHAR) AS checkin_id, distance_m FROM measured"
    )
    con.unregister("measured")
