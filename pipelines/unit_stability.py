"""How firmly each unit holds its tier in each quarter: the bootstrap, computed once at the build."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.district import District
from pipelines.tiers import ONE_URGENT_TASK, POINT_SCALE, ScoreLines, ledger_points, tier_standing

Row = tuple[date, int, float | None, bool]


def write_unit_stability(con: duckdb.DuckDBPyConnection) -> None:
    """`marts.unit_stability` (period_start, unit_no, stability, near_line): units with people, quarters with lines.

    `stability` is the share of resamples that keep the tier, NULL where none needed to be drawn.
    """
    settings = con.execute("SELECT district_json FROM meta.settings").fetchall()[0][0]
    rows = con.execute(
        "SELECT period_start, unit_no, earned FROM marts.unit_people WHERE grain = 'quarter' "
        "ORDER BY period_start, unit_no"
    ).fetchall()
    found = list(stabilities(rows, District.from_json(settings)))
    columns = {
        "period_start": pa.array([row[0] for row in found], pa.date32()),
        "unit_no": pa.array([row[1] for row in found], pa.int32()),
        "stability": pa.array([row[2] for row in found], pa.float64()),
        "near_line": pa.array([row[3] for row in found], pa.bool_()),
    }
    con.register("written", pa.table(columns))
    con.execute("CREATE TABLE marts.unit_stability AS FROM written")
    con.unregister("written")


def stabilities(rows: list[Any], district: District) -> Iterator[Row]:
    """Quarter, unit, stability and near-line flag from rows (quarter, unit, points of a person), sorted so."""
    near_line = district.ranking.near_line
    for (start, unit_no), people in groupby(rows, key=lambda row: (row[0], row[1])):
        lines = district.score_lines_on(start)
        if lines is None:
            continue
        points = ledger_points(row[2] for row in people)
        if leaves_at_most(points, lines) <= float(1 - near_line) / 10:
            yield start, unit_no, None, False
        else:
            standing = tier_standing(points, lines, near_line)
            yield start, unit_no, float(standing.stability), standing.near_line


def leaves_at_most(people: NDArray[np.int64], lines: ScoreLines) -> float:
    """A bound on the chance that a resample leaves the unit's tier: 1 where one urgent task reaches a line.

    `people` as in `tiers.stability`. Bernstein's inequality for the mean of independent draws (Boucheron,
    Lugosi, Massart, Concentration inequalities, 2013, 2.10), once for the line above and once for the one
    below. When the chance is a tenth of what makes a unit 临界, 2,000 resamples would not show it near the
    line once in 10^12 builds, so nothing needs to be drawn.
    """
    score = Fraction(int(people.sum()), len(people))
    ways = [score - line * POINT_SCALE for line in lines.descending]
    if min(abs(way) for way in ways) * len(people) <= ONE_URGENT_TASK * POINT_SCALE:
        return 1.0
    below = min((float(way) for way in ways if way > 0), default=np.inf)
    above = min((float(-way) for way in ways if way < 0), default=np.inf)
    off = people - float(score)
    variance = float(np.mean(off**2))
    chances = [
        np.exp(-len(people) * way**2 / (2 * (variance + reach * way / 3)))
        for way, reach in ((below, float(-off.min())), (above, float(off.max())))
        if np.isfinite(way) and reach > 0
    ]
    return float(sum(chances))
