"""Stewards: how many of each class, how far towards their own target, and the three frames for comparing persons.

The frames (same community, same class, same unit) take no area: they hold everyone whom they concern.
"""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.board.door import Serving, ask, connection, metrics, rows
from dashboard.board.figures import Figure, Value, by_dimension, figure, one_value
from pipelines.faults import PeriodWithoutData
from pipelines.periods import Period
from pipelines.ranking_tables import rank_stewards

HEADLINES = ("stewards", "resident_share", "stewards_per_community", "party_stewards", "points_per_steward")
TARGET = "target_reached_rate"


@dataclass(frozen=True)
class Frame:
    """One of the three ways to compare persons: its choice in the address, and its columns in the ranking."""

    choice: str
    column: str
    rank: str
    of: str


FRAMES = (
    Frame("community", "community_code", "rank_in_community", "of_community"),
    Frame("number", "steward_number", "rank_in_number", "of_number"),
    Frame("unit", "unit_id", "rank_in_unit", "of_unit"),
)


def year_of(serving: Serving, period: Period) -> Period:
    """The year whose target counts: the one in which the period ends."""
    return Period.containing("year", min(period.end, serving.last_day))


def headline_figures(serving: Serving, period: Period, area: str | None) -> list[Figure]:
    """Headcounts and shares of the period, and who reached the target of the year."""
    found = [figure(serving, name, period, area) for name in HEADLINES]
    year = year_of(serving, period)
    earlier = Value()
    if not year.is_running(serving.last_day):
        earlier = one_value(serving, TARGET, year.previous(), area)
    now = one_value(serving, TARGET, year, area)
    return [*found, Figure(metrics()[TARGET], now, Value(), earlier, ())]


def headcounts(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """steward_number, value: people of each class on the roster at the period's end."""
    return by_dimension(serving, "stewards", period, "steward_number", area)


def class_progress(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """Classes with stewards, party members, points of the year, target, and people by how far they have come.

    steward_number, stewards, party, none, low (less than half of the target), high, reached, earned, target;
    everyone on the roster at the end of the year (the running one: data until), as the metrics have it.
    """
    year = year_of(serving, period)
    return rows(serving.root, serving.version, _PROGRESS, (year.start, area, area))


def subdistricts(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """subdistrict_name, stewards, communities, per_community, residents, resident_share; most stewards first."""
    per, share = (
        ask(serving.root, serving.version, name, period.grain, period.key, "subdistrict", area)
        for name in ("stewards_per_community", "resident_share")
    )
    frame = per.rename(
        columns={"value": "per_community", "numerator": "stewards", "denominator": "communities"}
    )
    share = share.rename(columns={"value": "resident_share", "numerator": "residents"})
    frame = frame.merge(share[["subdistrict", "residents", "resident_share"]], on="subdistrict", how="left")
    return frame.sort_values("stewards", ascending=False)


def persons(serving: Serving, period: Period) -> pd.DataFrame:
    """Everyone as `steward rank stewards` prints it, with the names of community and unit; not to be changed."""
    return _persons(serving.root, serving.version, period.key)


@st.cache_resource(max_entries=8, show_spinner=False)
def _persons(root: str, version: str, period: str) -> pd.DataFrame:
    cursor = connection(root, version).cursor()
    try:
        frame = rank_stewards(cursor, period)
    except PeriodWithoutData:
        frame = pd.DataFrame(columns=[frame.column for frame in FRAMES] + ["steward_id", "points"])
    frame["steward_number"] = frame["steward_number"].astype(str)
    areas = cursor.execute("SELECT area_code AS community_code, name AS community FROM facts.areas").df()
    units = cursor.execute("SELECT unit_id, name AS unit FROM facts.units").df()
    return frame.merge(areas, on="community_code", how="left").merge(units, on="unit_id", how="left")


def person(frame: pd.DataFrame, code: str) -> pd.Series | None:
    """The row of a steward code; None when nobody has it."""
    found = frame[frame["steward_id"] == code]
    return None if found.empty else found.iloc[0]


def members(frame: pd.DataFrame, one: Frame, code: str) -> pd.DataFrame:
    """The people of one frame, most points first."""
    return frame[frame[one.column] == code].sort_values([one.rank, "steward_id"])


_PROGRESS = """
SELECT
    y.steward_number, count(*) AS stewards,
    count(CASE WHEN s.party_member THEN 1 END) AS party,
    count(CASE WHEN y.earned <= 0 AND y.earned < y.target THEN 1 END) AS none,
    count(CASE WHEN y.earned > 0 AND y.earned < y.target / 2 THEN 1 END) AS low,
    count(CASE WHEN y.earned > 0 AND y.earned >= y.target / 2 AND y.earned < y.target THEN 1 END) AS high,
    count(CASE WHEN y.earned >= y.target THEN 1 END) AS reached,
    CAST(sum(y.earned) AS DOUBLE) AS earned, CAST(max(y.target) AS DOUBLE) AS target
FROM marts.steward_years AS y
JOIN facts.stewards AS s ON s.roster_no = y.roster_no
WHERE y.period_start = ? AND (CAST(? AS VARCHAR) IS NULL OR y.community_no IN (
    SELECT p.area_no FROM facts.area_paths AS p JOIN facts.areas AS a ON a.area_no = p.ancestor_no WHERE a.area_code = ?))
GROUP BY y.steward_number
ORDER BY y.steward_number
"""
