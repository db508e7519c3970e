"""How firmly each unit holds its tier in each quarter: the bootstrap, computed once at the build."""

from collections.abc import Iterable, Iterator
from datetime import date

import duckdb
import numpy as np
from numpy.typing import NDArray

from pipelines.district import District
from pipelines.tiers import ONE_URGENT_TASK, POINT_SCALE, ScoreLines, tier_standing
from pipelines.written import Columns, write_table

Row = tuple[date, int, float | None, bool]


def write_unit_stability(con: duckdb.DuckDBPyConnection) -> None:
    """`marts.unit_stability` (period_start, unit_no, stability, near_line): units with people, quarters with lines.

    `stability` is the share of resamples that keep the tier, NULL where none needed to be drawn.
    """
    settings = con.execute("SELECT district_json FROM meta.settings").fetchall()[0][0]
    people = con.execute(
        f"SELECT period_start, unit_no, CAST(earned * {POINT_SCALE} AS BIGINT) AS points FROM marts.unit_people "
        "WHERE grain = 'quarter' ORDER BY period_start, unit_no"
    ).fetchnumpy()
    quarters, units, points = (np.asarray(people[name]) for name in ("period_start", "unit_no", "points"))
    begins = np.flatnonzero((quarters[1:] != quarters[:-1]) | (units[1:] != units[:-1])) + 1
    groups = [
        (quarters[part[0]].astype("datetime64[D]").item(), int(units[part[0]]), points[part])
        for part in np.split(np.arange(len(units)), begins)
        if len(part)
    ]
    found = list(stabilities(groups, District.from_json(settings)))
    columns: Columns = {
        "period_start": ("DATE", [row[0] for row in found]),
        "unit_no": ("INTEGER", [row[1] for row in found]),
        "stability": ("DOUBLE", [row[2] for row in found]),
        "near_line": ("BOOLEAN", [row[3] for row in found]),
    }
    write_table(con, "marts.unit_stability", columns)


def stabilities(groups: Iterable[tuple[date, int, NDArray[np.int64]]], district: District) -> Iterator[Row]:
    """Quarter, unit, stability and near-line flag of each group (quarter, unit, points of its people).

    Points are whole ten-thousandths, as in `tiers.stability`; quarters without score lines are left out.
    """
    near_line = district.ranking.near_line
    for start, unit_no, people in groups:
        lines = district.score_lines_on(start)
        if lines is None:
            continue
        if leaves_at_most(people, lines) <= float(1 - near_line) / 10:
            yield start, unit_no, None, False
        else:
            standing = tier_standing(people, lines, near_line)
            yield start, unit_no, float(standing.stability), standing.near_line


def leaves_at_most(people: NDArray[np.int64], lines: ScoreLines) -> float:
    """A bound on the chance that a resample leaves the unit's tier: 1 where one urgent task reaches a line.

    `people` as in `tiers.stability`. Bernstein's inequality for the mean of independent draws (Boucheron,
    Lugosi, Massart, Concentration inequalities, 2013, 2.10), once for the line above and once for the one
    below. When the chance is a tenth of what makes a unit 临界, 2,000 resamples would not show it near the
    line once in 10^12 builds, so nothing needs to be drawn.
    """
    score = float(people.mean())
    ways = np.array([score - float(line) * POINT_SCALE for line in lines.descending])
    # A hair more than one task: what floats cannot tell apart is left to the exact comparison.
    if np.abs(ways).min() * len(people) <= ONE_URGENT_TASK * POINT_SCALE + 1:
        return 1.0
    off = people - score
    variance = float(np.mean(off**2))
    chance = 0.0
    for way, reach in ((ways[ways > 0], -off.min()), (-ways[ways < 0], off.max())):
        if len(way) and reach > 0:
            nearest = way.min()
            chance += float(np.exp(-len(people) * nearest**2 / (2 * (variance + reach * nearest / 3))))
    return chance
