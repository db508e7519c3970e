"""Where the places of tasks lie: buildings, markets, streets."""

import duckdb

# Without the name of a place tasks stand together by squares of a thousandth of a degree.
_SPOTS = """
CREATE TABLE marts.task_spots AS
WITH spots AS (
    SELECT
        coalesce(community_no, -1) AS community_no, coalesce(place, '') AS place,
        CASE WHEN coalesce(place, '') = '' THEN floor(longitude * 1e3) ELSE 0e0 END AS east,
        CASE WHEN coalesce(place, '') = '' THEN floor(latitude * 1e3) ELSE 0e0 END AS north,
        median(longitude) AS longitude, median(latitude) AS latitude
    FROM facts.tasks
    WHERE published_at IS NOT NULL AND longitude IS NOT NULL AND latitude IS NOT NULL
    GROUP BY ALL
)
SELECT CAST(row_number() OVER (ORDER BY community_no, place, east, north) AS INTEGER) AS spot_no, *
FROM spots
ORDER BY spot_no
"""


def write_task_spots(con: duckdb.DuckDBPyConnection) -> None:
    """`marts.task_spots` (spot_no, community_no, -1 for none, place, longitude, latitude; east and north of its square).

    The middle of what was noted at each place, in the district's datum: one task with a coordinate far off moves it less
    than it would move a mean.
    """
    con.execute(_SPOTS)
