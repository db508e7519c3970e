"""Units: which tier is each one in, why, how near the line, who is commended, who explains?

Nothing here takes an area: people and points of a unit are all of its people and all of their points.
"""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.board.door import Serving, answer, connection, rows
from pipelines.faults import PeriodWithoutData
from pipelines.periods import Period
from pipelines.ranking_tables import rank_units

RANKING_COLUMNS = [
    "rank", "tied", "unit_id", "unit", "ranking_group", "headcount", "points", "score", "tier", "margin",
    "near_line", "previous_rank", "previous_tier", "consequence", "provisional",
]  # fmt: skip


@dataclass(frozen=True)
class UnitExplanation:
    """Where a unit's score comes from: one row per kind of points, one value per person."""

    points: float
    headcount: int
    by_kind: pd.DataFrame
    people: list[float]
    entries: int

    @property
    def zero(self) -> int:
        """People without any point."""
        return sum(points == 0 for points in self.people)


def quarter_of(period: Period, serving: Serving) -> Period:
    """The quarter in which the period ends, or the last one with data."""
    return Period.containing("quarter", min(period.end, serving.last_day))


def ranking(serving: Serving, quarter: Period) -> pd.DataFrame:
    """The live ranking of a quarter as `steward rank units` prints it."""
    return _ranking(serving.root, serving.version, quarter.key)


@st.cache_data(max_entries=64, show_spinner=False)
def _ranking(root: str, version: str, quarter: str) -> pd.DataFrame:
    cursor = connection(root, version).cursor()
    if cursor.execute("SELECT count(*) FROM facts.units").fetchone() == (0,):
        return pd.DataFrame(columns=RANKING_COLUMNS)
    try:
        return rank_units(cursor, Period.parse(quarter))
    except PeriodWithoutData:
        return pd.DataFrame(columns=RANKING_COLUMNS)


def ranking_groups(frame: pd.DataFrame) -> dict[str, int]:
    """Ranking group → number of units, largest first."""
    counts = frame["ranking_group"].fillna("").value_counts()
    return {str(group): int(count) for group, count in counts.items()}


def in_group(frame: pd.DataFrame, group: str) -> pd.DataFrame:
    """The units of one ranking group."""
    return frame[frame["ranking_group"].fillna("") == group]


def score_lines(serving: Serving, quarter: Period) -> list[float]:
    """Excellent, good and pass line in force on the first day of the quarter; empty when there is none."""
    lines = serving.district.score_lines_on(quarter.start)
    return [float(line) for line in (lines.excellent, lines.good, lines.passing)] if lines else []


@answer
def score_trends(serving: Serving, quarter: Period, quarters: int = 8) -> dict[str, list[float | None]]:
    """Unit → scores of the quarters up to this one, oldest first; None where a unit had no people."""
    keys = [quarter]
    while len(keys) < quarters and keys[0].previous().end >= serving.first_day:
        keys.insert(0, keys[0].previous())
    frame = rows(serving.root, serving.version, _SCORES, (keys[0].start, quarter.start))
    wide = frame.pivot(index="unit_id", columns="period_start", values="score")
    return {
        str(unit): [None if pd.isna(score) else float(score) for score in scores]
        for unit, scores in zip(wide.index, wide.to_numpy(), strict=True)
    }


@answer
def explain_unit(serving: Serving, quarter: Period, unit_id: str) -> UnitExplanation:
    """Points of the people on the unit's roster at the quarter's end, by kind and by person."""
    people = (
        rows(serving.root, serving.version, _PEOPLE, (unit_id, quarter.start))["earned"]
        .astype(float)
        .tolist()
    )
    by_kind = rows(
        serving.root, serving.version, _KINDS, (unit_id, quarter.start, quarter.start, quarter.end)
    )
    return UnitExplanation(sum(people), len(people), by_kind, people, int(by_kind["entries"].sum()))


_SCORES = """
SELECT u.unit_id, q.period_start, CAST(q.points AS DOUBLE) / nullif(q.headcount, 0) AS score
FROM marts.unit_quarters AS q
JOIN facts.units AS u ON u.unit_no = q.unit_no
WHERE q.period_start BETWEEN ? AND ?
"""

_PEOPLE = """
SELECT CAST(p.earned AS DOUBLE) AS earned
FROM marts.unit_people AS p
JOIN facts.units AS u ON u.unit_no = p.unit_no
WHERE u.unit_id = ? AND p.grain = 'quarter' AND p.period_start = ?
ORDER BY p.earned DESC, p.steward_no
"""

_KINDS = """
SELECT e.kind, CAST(sum(e.earned) AS DOUBLE) AS points, count(*) AS entries
FROM marts.unit_people AS p
JOIN facts.units AS u ON u.unit_no = p.unit_no
JOIN facts.points AS e ON e.steward_no = p.steward_no
WHERE u.unit_id = ? AND p.grain = 'quarter' AND p.period_start = ?
    AND CAST(e.occurred_at AS DATE) BETWEEN ? AND ? AND e.kind NOT IN ('兑换', '抽奖')
GROUP BY e.kind
ORDER BY points DESC, e.kind
"""
