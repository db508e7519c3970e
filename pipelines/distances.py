"""The distance of every check-in from the registered point of its community."""

import duckdb
import pyarrow as pa

from pipelines.geo import Datum, distances_m


def write_checkin_distances(con: duckdb.DuckDBPyConnection, datum: Datum) -> None:
    """Table `derived.checkin_distance` (checkin_id, distance_m), for check-ins at communities with a point."""
    found = con.sql(
        "SELECT c.checkin_id, c.longitude, c.latitude, a.longitude AS point_longitude, a.latitude AS point_latitude "
        "FROM staged.checkins AS c JOIN staged.areas AS a ON a.area_no = c.community_no "
        "WHERE a.longitude IS NOT NULL AND a.latitude IS NOT NULL"
    ).to_arrow_table()
    stood = [found.column(name).to_numpy() for name in found.column_names[1:]]
    measured = pa.table(
        {
            "checkin_id": found.column("checkin_id"),
            "distance_m": distances_m(stood[0], stood[1], stood[2], stood[3], datum),
        }
    )
    con.register("measured", measured)
    con.execute("CREATE TABLE derived.checkin_distance AS FROM measured")
    con.unregister("measured")
