"""The rankings of units, communities and stewards, with the columns that the command prints.

Points are exact decimals until a rank is decided; only the finished columns are floats.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import duckdb
import pandas as pd

from pipelines.district import District
from pipelines.faults import NotAQuarter
from pipelines.periods import Period
from pipelines.ranking import RankedUnit, UnitStanding, exact_score, ranks_within
from pipelines.ranking import rank_units as standings_of
from pipelines.ranking_inputs import (
    Asked,
    CommunityTables,
    UnitTables,
    calendar,
    community_tables,
    unit_tables,
)
from pipelines.tiers import ScoreLines, Tier, margin_to_line, tier_of

Connection = duckdb.DuckDBPyConnection


UNIT_COLUMNS = (
    "rank",
    "tied",
    "unit_id",
    "unit",
    "ranking_group",
    "headcount",
    "points",
    "score",
    "tier",
    "margin",
    "near_line",
    "previous_rank",
    "previous_tier",
    "consequence",
    "provisional",
)
COMMUNITY_COLUMNS = ("rank", "tied", "area_code", "community", "stewards", "points", "score", "previous_rank")


@dataclass(frozen=True)
class _Unit:
    """A unit in a quarter; the score is None without people, the tier also without score lines."""

    unit_id: str
    name: str
    group: str
    headcount: int
    points: Fraction
    near_line: bool
    score: Fraction | None
    tier: Tier | None


def rank_units(con: Connection, period: Period | str) -> pd.DataFrame:
    """The live ranking of all units in a quarter (UNIT_COLUMNS), by ranking group and rank; no rank without people.

    Raises NotAQuarter and PeriodWithoutData.
    """
    quarter = _period(period)
    if quarter.grain != "quarter":
        raise NotAQuarter(quarter.key)
    return units_ranked(unit_tables(con), quarter)


def units_ranked(tables: UnitTables, quarter: Period) -> pd.DataFrame:
    """The ranking of a quarter as `rank_units` gives it; raises PeriodWithoutData."""
    asked = tables.calendar.asked(quarter)
    units, standings = _standings(tables, quarter)
    earlier = _standings(tables, quarter.previous()) if asked.has_before else ([], [])
    previous = {unit.unit_id: (unit.tier, place.rank) for unit, place in zip(*earlier, strict=True)}
    lines = asked.district.score_lines_on(quarter.start)
    rows = []
    for unit, standing in zip(units, standings, strict=True):
        previous_tier, previous_rank = previous.get(unit.unit_id, (None, None))
        rows.append(
            (
                standing.rank.rank if standing.rank else None,
                standing.rank is not None and standing.rank.tied,
                unit.unit_id,
                unit.name,
                unit.group,
                unit.headcount,
                float(unit.points),
                _float(unit.score),
                _tier_name(unit.tier, asked.district),
                _float(_margin(unit, lines)),
                unit.near_line,
                previous_rank.rank if previous_rank else None,
                _tier_name(previous_tier, asked.district),
                standing.consequence,
                asked.running,
            )
        )
    rows.sort(key=lambda row: (row[4], row[0] is None, row[0] or 0, row[2]))
    return _frame(rows, UNIT_COLUMNS)


def rank_communities(con: Connection, period: Period | str) -> pd.DataFrame:
    """Communities (COMMUNITY_COLUMNS) by the points of their stewards, per steward or in total as the district has it.

    A community without stewards has no rank. Ranks are within the district. Raises PeriodWithoutData.
    """
    asked = _period(period)
    return communities_ranked(community_tables(con, asked.grain), asked)


def communities_ranked(tables: CommunityTables, period: Period) -> pd.DataFrame:
    """The ranking of a period of that grain as `rank_communities` gives it; raises PeriodWithoutData."""
    asked = tables.calendar.asked(period)
    in_total = asked.district.ranking.communities == "total"
    rows, before = (_community_rows(tables, one, in_total) for one in (period, period.previous()))
    previous = {row[2]: row[0] for row in before}
    rows.sort(key=lambda row: (row[0] is None, row[0] or 0, row[2]))
    return _frame([(*row, previous.get(row[2])) for row in rows], COMMUNITY_COLUMNS)


def rank_stewards(con: Connection, period: Period | str) -> pd.DataFrame:
    """Everyone on the roster at the period's end, compared within community, class (of the district) and unit.

    steward_id, name (empty: names are not in this file), steward_number, community_code, unit_id, points,
    rank_in_community, of_community, rank_in_number, of_number, rank_in_unit, of_unit (empty without a
    unit). By community, then rank. Raises PeriodWithoutData.
    """
    asked = _asked(con, _period(period)).period
    table = con.execute(_STEWARDS, {"grain": asked.grain, "start": asked.start}).df()
    return table.astype(dict.fromkeys(("rank_in_unit", "of_unit"), "Int64"))


_STEWARDS = """
WITH period AS (
    SELECT first_day, last_day, roster_day FROM meta.periods WHERE grain = $grain AND first_day = $start
), sums AS (
    SELECT m.steward_no, sum(m.earned) AS points
    FROM marts.steward_months AS m CROSS JOIN period AS p
    WHERE m.period_start BETWEEN p.first_day AND p.last_day
    GROUP BY m.steward_no
), people AS (
    SELECT
        s.steward_id, s.steward_number, s.community_no, s.unit_no, d.ancestor_no AS district_no,
        CAST(coalesce(e.points, 0) AS DECIMAL(18, 4)) AS points
    FROM facts.stewards AS s CROSS JOIN period AS p
    LEFT JOIN sums AS e ON e.steward_no = s.steward_no
    LEFT JOIN facts.area_paths AS d ON d.area_no = s.community_no AND d.level = 'district'
    WHERE s.joined_on <= p.roster_day AND s.valid_to > p.roster_day
        AND (s.left_on IS NULL OR s.left_on > p.roster_day)
)
SELECT
    s.steward_id, '' AS name, s.steward_number, c.area_code AS community_code, u.unit_id,
    CAST(s.points AS DOUBLE) AS points,
    rank() OVER (PARTITION BY s.community_no ORDER BY s.points DESC) AS rank_in_community,
    count(*) OVER (PARTITION BY s.community_no) AS of_community,
    rank() OVER (PARTITION BY s.district_no, s.steward_number ORDER BY s.points DESC) AS rank_in_number,
    count(*) OVER (PARTITION BY s.district_no, s.steward_number) AS of_number,
    CASE WHEN s.unit_no IS NOT NULL THEN rank() OVER (PARTITION BY s.unit_no ORDER BY s.points DESC) END AS rank_in_unit,
    CASE WHEN s.unit_no IS NOT NULL THEN count(*) OVER (PARTITION BY s.unit_no) END AS of_unit
FROM people AS s
LEFT JOIN facts.areas AS c ON c.area_no = s.community_no
LEFT JOIN facts.units AS u ON u.unit_no = s.unit_no
ORDER BY community_code, rank_in_community, s.steward_id
"""


def _standings(tables: UnitTables, quarter: Period) -> tuple[list[_Unit], list[UnitStanding]]:
    """All units that have data of the quarter, by unit_id, and where they stand; worked out once."""
    known: tuple[list[_Unit], list[UnitStanding]] | None = tables.standings.get(quarter.start)
    if known is not None:
        return known
    district = tables.calendar.district
    lines = district.score_lines_on(quarter.start)
    found, near = tables.quarters.get(quarter.start, {}), tables.near_lines.get(quarter.start, set())
    units = [
        _unit((*unit, *found[number], number in near), lines)
        for number, *unit in tables.units
        if number in found
    ]
    ranked = [RankedUnit(unit.unit_id, unit.group, unit.score, unit.tier) for unit in units]
    made = units, standings_of(ranked, district.ranking.commend, district.ranking.explain)
    tables.standings[quarter.start] = made
    return made


def _unit(row: tuple[Any, ...], lines: ScoreLines | None) -> _Unit:
    unit_id, name, group, headcount, points, near_line = row
    score = exact_score(points, headcount)
    tier = None if score is None or lines is None else tier_of(score, lines)
    return _Unit(unit_id, name, group, headcount, Fraction(points), near_line, score, tier)


def _margin(unit: _Unit, lines: ScoreLines | None) -> Fraction | None:
    return None if unit.score is None or lines is None else margin_to_line(unit.score, lines)


def _community_rows(tables: CommunityTables, period: Period, in_total: bool) -> list[tuple[Any, ...]]:
    """COMMUNITY_COLUMNS but the last, of all communities; none when the period has no data."""
    found_people, districts = tables.people.get(period.start, {}), tables.districts
    people = {
        area_no: (stewards, Fraction(points, 10_000)) for area_no, (stewards, points) in found_people.items()
    }
    found = [community for community in tables.communities if community[0] in people]
    scores = [
        (points if in_total else exact_score(points, stewards)) if stewards else None
        for stewards, points in (people[area_no] for area_no, _, _ in found)
    ]
    ranks = ranks_within([str(districts.get(area_no)) for area_no, _, _ in found], scores)
    return [
        (
            rank.rank if rank else None,
            rank is not None and rank.tied,
            code,
            name,
            people[area_no][0],
            float(people[area_no][1]),
            _float(score),
        )
        for (area_no, code, name), score, rank in zip(found, scores, ranks, strict=True)
    ]


def period_with_data(con: Connection, period: Period | str) -> Period:
    """The period, known to the calendar of the version; PeriodFault or PeriodWithoutData when it is not."""
    return _asked(con, _period(period)).period


def _period(period: Period | str) -> Period:
    return Period.parse(period) if isinstance(period, str) else period


def _asked(con: Connection, period: Period) -> Asked:
    """Settings and calendar for a period; PeriodWithoutData when the calendar does not have it."""
    return calendar(con, period.grain).asked(period)


def _tier_name(tier: Tier | None, district: District) -> str:
    return "" if tier is None else district.tiers.names[tier]


def _float(number: Fraction | None) -> float | None:
    return None if number is None else float(number)


def _frame(rows: list[tuple[Any, ...]], names: tuple[str, ...]) -> pd.DataFrame:
    """A frame of these columns; ranks that may be missing stay whole numbers."""
    columns: dict[str, Any] = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    ranks = {name: pd.array(columns[name], dtype="Int64") for name in names if name.endswith("rank")}
    return pd.DataFrame(columns | ranks)
