"""The rankings of units, communities and stewards, with the columns that the command prints.

Points are exact decimals until a rank is decided; only the finished columns are floats.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import duckdb
import pandas as pd

from pipelines.district import District
from pipelines.faults import NotAQuarter, PeriodWithoutData
from pipelines.periods import Period
from pipelines.ranking import RankedUnit, UnitStanding, exact_score, ranks_within
from pipelines.ranking import rank_units as standings_of
from pipelines.tiers import ScoreLines, Tier, margin_to_line, tier_of

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class _Unit:
    """A unit in a quarter; score, tier and margin are None without people (and without score lines)."""

    unit_id: str
    name: str
    group: str
    headcount: int
    points: Fraction
    near_line: bool
    score: Fraction | None
    tier: Tier | None
    margin: Fraction | None


def rank_units(con: Connection, period: Period | str) -> pd.DataFrame:
    """The live ranking of all units in a quarter, by ranking group and rank; units without people last.

    rank, tied, unit_id, unit, ranking_group, headcount, points, score, tier, margin, near_line,
    previous_rank, previous_tier, consequence, provisional. Raises NotAQuarter and PeriodWithoutData.
    """
    quarter = _period(period)
    if quarter.grain != "quarter":
        raise NotAQuarter(quarter.key)
    district = _district(con)
    units, standings = _standings(con, quarter, district)
    before = dict[str, tuple[_Unit, UnitStanding]]()
    if _has_data(con, quarter.previous()):
        earlier = zip(*_standings(con, quarter.previous(), district), strict=True)
        before = {unit.unit_id: (unit, standing) for unit, standing in earlier}
    provisional = _is_running(con, quarter)
    rows = []
    for unit, standing in zip(units, standings, strict=True):
        previous, previous_standing = before.get(unit.unit_id, (None, None))
        previous_rank = previous_standing.rank if previous_standing else None
        rows.append(
            {
                "rank": standing.rank.rank if standing.rank else None,
                "tied": standing.rank is not None and standing.rank.tied,
                "unit_id": unit.unit_id,
                "unit": unit.name,
                "ranking_group": unit.group,
                "headcount": unit.headcount,
                "points": float(unit.points),
                "score": _float(unit.score),
                "tier": _tier_name(unit.tier, district),
                "margin": _float(unit.margin),
                "near_line": unit.near_line,
                "previous_rank": previous_rank.rank if previous_rank else None,
                "previous_tier": _tier_name(previous.tier if previous else None, district),
                "consequence": standing.consequence,
                "provisional": provisional,
            }
        )
    rows.sort(key=lambda row: (row["ranking_group"], row["rank"] is None, row["rank"] or 0, row["unit_id"]))
    return _frame(rows, whole=("rank", "previous_rank"))


def rank_communities(con: Connection, period: Period | str) -> pd.DataFrame:
    """Communities by the points of their stewards, per steward or in total as the district has it.

    rank, tied, area_code, community, stewards, points, score, previous_rank; a community without
    stewards has no rank. Ranks are within the district. Raises PeriodWithoutData.
    """
    asked = _period(period)
    in_total = _district(con).ranking.communities == "total"
    rows = _community_rows(con, asked, in_total)
    before = {}
    if _has_data(con, asked.previous()):
        before = {row["area_code"]: row["rank"] for row in _community_rows(con, asked.previous(), in_total)}
    for row in rows:
        row["previous_rank"] = before.get(row["area_code"])
    rows.sort(key=lambda row: (row["rank"] is None, row["rank"] or 0, row["area_code"]))
    return _frame(rows, whole=("rank", "previous_rank"))


def rank_stewards(con: Connection, period: Period | str) -> pd.DataFrame:
    """Everyone on the roster at the period's end, compared within community, class (of the district) and unit.

    steward_id, name (empty: names are not in this file), steward_number, community_code, unit_id, points,
    rank_in_community, of_community, rank_in_number, of_number, rank_in_unit, of_unit (empty without a
    unit). By community, then rank. Raises PeriodWithoutData.
    """
    asked = _period(period)
    _require_data(con, asked)
    rows = con.execute(_STEWARDS, {"grain": asked.grain, "start": asked.start}).fetchall()
    names = [column[0] for column in con.description or ()]
    table = pd.DataFrame(rows, columns=names)
    whole = {name: "Int64" for name in names if name.startswith(("rank_", "of_"))}
    return table.astype({**whole, "points": float})


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
        coalesce(e.points, 0) AS points
    FROM facts.stewards AS s CROSS JOIN period AS p
    LEFT JOIN sums AS e ON e.steward_no = s.steward_no
    LEFT JOIN facts.area_paths AS d ON d.area_no = s.community_no AND d.level = 'district'
    WHERE s.joined_on <= p.roster_day AND s.valid_to > p.roster_day
        AND (s.left_on IS NULL OR s.left_on > p.roster_day)
)
SELECT
    s.steward_id, '' AS name, s.steward_number, c.area_code AS community_code, u.unit_id, s.points,
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

_UNITS = """
SELECT u.unit_id, u.name, coalesce(u.ranking_group, ''), q.headcount, q.points, coalesce(s.near_line, FALSE)
FROM marts.unit_quarters AS q
JOIN facts.units AS u ON u.unit_no = q.unit_no
LEFT JOIN marts.unit_stability AS s ON s.unit_no = q.unit_no AND s.period_start = q.period_start
WHERE q.period_start = ?
ORDER BY u.unit_id
"""

_COMMUNITIES = """
SELECT a.area_code, a.name, coalesce(d.ancestor_no, -1), CAST(p.stewards AS BIGINT), p.earned
FROM marts.people AS p
JOIN facts.areas AS a ON a.area_no = p.community_no AND a.level = 'community'
LEFT JOIN facts.area_paths AS d ON d.area_no = a.area_no AND d.level = 'district'
WHERE p.dimension = '' AND p.grain = ? AND p.period_start = ?
ORDER BY a.area_code
"""


def _standings(
    con: Connection, quarter: Period, district: District
) -> tuple[list[_Unit], list[UnitStanding]]:
    _require_data(con, quarter)
    lines = district.score_lines_on(quarter.start)
    units = [_unit(row, lines) for row in con.execute(_UNITS, [quarter.start]).fetchall()]
    ranked = [RankedUnit(unit.unit_id, unit.group, unit.score, unit.tier) for unit in units]
    return units, standings_of(ranked, district.ranking.commend, district.ranking.explain)


def _unit(row: tuple[Any, ...], lines: ScoreLines | None) -> _Unit:
    unit_id, name, group, headcount, points, near_line = row
    score = exact_score(points, headcount)
    tier = margin = None
    if score is not None and lines is not None:
        tier, margin = tier_of(score, lines), margin_to_line(score, lines)
    return _Unit(unit_id, name, group, headcount, Fraction(points), near_line, score, tier, margin)


def _community_rows(con: Connection, period: Period, in_total: bool) -> list[dict[str, Any]]:
    _require_data(con, period)
    found = con.execute(_COMMUNITIES, [period.grain, period.start]).fetchall()
    scores = [
        (Fraction(points) if in_total else exact_score(points, stewards)) if stewards else None
        for *_, stewards, points in found
    ]
    ranks = ranks_within([str(district) for _, _, district, _, _ in found], scores)
    return [
        {
            "rank": rank.rank if rank else None,
            "tied": rank is not None and rank.tied,
            "area_code": code,
            "community": name,
            "stewards": stewards,
            "points": float(points),
            "score": _float(score),
        }
        for (code, name, _, stewards, points), score, rank in zip(found, scores, ranks, strict=True)
    ]


def _period(period: Period | str) -> Period:
    return Period.parse(period) if isinstance(period, str) else period


def _has_data(con: Connection, period: Period) -> bool:
    statement = "SELECT 1 FROM meta.periods WHERE grain = ? AND first_day = ?"
    return bool(con.execute(statement, [period.grain, period.start]).fetchall())


def _require_data(con: Connection, period: Period) -> None:
    if not _has_data(con, period):
        first, last = con.execute(
            "SELECT min(first_day), max(first_day) FROM meta.periods WHERE grain = ?", [period.grain]
        ).fetchall()[0]
        whole = [Period.containing(period.grain, day).key for day in (first, last)]
        raise PeriodWithoutData(period.key, *whole)


def _is_running(con: Connection, period: Period) -> bool:
    data_until: date = con.execute("SELECT data_until FROM meta.rules").fetchall()[0][0].date()
    return period.is_running(data_until)


def _district(con: Connection) -> District:
    return District.from_json(con.execute("SELECT district_json FROM meta.settings").fetchall()[0][0])


def _tier_name(tier: Tier | None, district: District) -> str:
    return "" if tier is None else district.tiers.names[tier]


def _float(number: Fraction | None) -> float | None:
    return None if number is None else float(number)


def _frame(rows: list[dict[str, Any]], whole: tuple[str, ...]) -> pd.DataFrame:
    """A frame in the order of the keys; numbers that may be missing stay whole."""
    return pd.DataFrame(rows).astype(dict.fromkeys(whole, "Int64"))
