"""What if: the ranking of units under other score lines or another headcount rule. Nothing official changes.

Scores, tiers, ranks and consequences come from the same pure functions as the official ranking.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, get_args

import duckdb
import pandas as pd

from pipelines.district import District
from pipelines.periods import Period
from pipelines.ranking import RankedUnit, exact_score
from pipelines.ranking import rank_units as standings_of
from pipelines.tiers import ScoreLines, tier_of

Connection = duckdb.DuckDBPyConnection

# Whose points count, and by how many people they are divided:
#   period_end  everyone on the unit's roster on the last day, with all that they earned in the quarter (the rule in force)
#   month_ends  each month on its own, by the roster of its last day; all points ÷ mean of the headcounts at the month ends
#   everyone    everyone who stood on the unit's roster on any day; points count where the person belonged that day
HeadcountRule = Literal["period_end", "month_ends", "everyone"]
HEADCOUNT_RULES: tuple[HeadcountRule, ...] = get_args(HeadcountRule)

TRIAL_COLUMNS = (
    "unit_id", "unit", "ranking_group", "headcount", "points", "score", "tier", "rank", "tied", "consequence",
)  # fmt: skip


@dataclass(frozen=True)
class Trial:
    """The rules to try: score lines (None: no tiers) and whose points count."""

    lines: ScoreLines | None
    headcount: HeadcountRule = "period_end"


def try_units(con: Connection, quarter: Period, trial: Trial, district: District) -> pd.DataFrame:
    """All units of a quarter under the rules of the trial (TRIAL_COLUMNS), by code.

    `headcount` is the number divided by, a mean where the rule takes one. `tier` is the name, empty without people
    or lines; `rank` is missing without people.
    """
    found = con.execute(_BASES[trial.headcount], {"start": quarter.start, "end": quarter.end}).fetchall()
    ranked = [_ranked(row, trial.lines) for row in found]
    places = standings_of(ranked, district.ranking.commend, district.ranking.explain)
    rows = [
        (
            unit.unit_id,
            name,
            unit.ranking_group,
            float(Fraction(people, months)),
            float(points),
            None if unit.score is None else float(unit.score),
            "" if unit.tier is None else district.tiers.names[unit.tier],
            place.rank.rank if place.rank else None,
            place.rank is not None and place.rank.tied,
            place.consequence,
        )
        for (_, name, _, people, months, points), unit, place in zip(found, ranked, places, strict=True)
    ]
    columns: dict[str, Any] = {name: [row[n] for row in rows] for n, name in enumerate(TRIAL_COLUMNS)}
    return pd.DataFrame(columns | {"rank": pd.array(columns["rank"], dtype="Int64")})


def _ranked(row: tuple[Any, ...], lines: ScoreLines | None) -> RankedUnit:
    unit_id, _, group, people, months, points = row
    score = exact_score(points * months, people)
    return RankedUnit(
        unit_id, group, score, None if score is None or lines is None else tier_of(score, lines)
    )


_PERIOD_END = """
SELECT u.unit_id, u.name, coalesce(u.ranking_group, ''), q.headcount, 1, q.points
FROM marts.unit_quarters AS q
JOIN facts.units AS u ON u.unit_no = q.unit_no
WHERE q.period_start = $start AND $end >= $start
ORDER BY u.unit_id
"""

# People are summed over the months: Σ points ÷ (Σ people ÷ months) keeps the score an exact fraction.
_MONTH_ENDS = """
WITH months AS (
    SELECT first_day FROM meta.periods WHERE grain = 'month' AND first_day BETWEEN $start AND $end
), sums AS (
    SELECT p.unit_no, count(*) AS people, sum(p.earned) AS points
    FROM marts.unit_people AS p
    WHERE p.grain = 'month' AND p.period_start IN (SELECT first_day FROM months)
    GROUP BY p.unit_no
)
SELECT
    u.unit_id, u.name, coalesce(u.ranking_group, ''), coalesce(s.people, 0), (SELECT count(*) FROM months),
    coalesce(s.points, 0)
FROM facts.units AS u
LEFT JOIN sums AS s ON s.unit_no = u.unit_no
ORDER BY u.unit_id
"""

_EVERYONE = """
WITH quarter AS (
    SELECT first_day, roster_day FROM meta.periods WHERE grain = 'quarter' AND first_day = $start
), members AS (
    SELECT DISTINCT s.unit_no, s.steward_no
    FROM facts.stewards AS s
    CROSS JOIN quarter AS q
    WHERE s.unit_no IS NOT NULL AND s.joined_on <= q.roster_day
        AND (s.left_on IS NULL OR (s.left_on > q.first_day AND s.left_on > s.joined_on))
), earned AS (
    SELECT unit_no, steward_no, sum(earned) AS points
    FROM facts.points
    WHERE CAST(occurred_at AS DATE) BETWEEN $start AND $end
    GROUP BY unit_no, steward_no
), sums AS (
    SELECT m.unit_no, count(*) AS people, coalesce(sum(e.points), 0) AS points
    FROM members AS m
    LEFT JOIN earned AS e ON e.unit_no = m.unit_no AND e.steward_no = m.steward_no
    GROUP BY m.unit_no
)
SELECT u.unit_id, u.name, coalesce(u.ranking_group, ''), coalesce(s.people, 0), 1, coalesce(s.points, 0)
FROM facts.units AS u
LEFT JOIN sums AS s ON s.unit_no = u.unit_no
ORDER BY u.unit_id
"""

_BASES: dict[HeadcountRule, str] = {
    "period_end": _PERIOD_END,
    "month_ends": _MONTH_ENDS,
    "everyone": _EVERYONE,
}
