"""Stewards: how many of each class, how many in each subdistrict, and how far towards their own target?"""

import pandas as pd

from dashboard.board.door import Serving, answer, ask_within, metrics, rows
from dashboard.board.figures import Figure, Value, by_dimension, figure, one_value
from pipelines.periods import Period

HEADLINES = ("stewards", "resident_share", "stewards_per_community", "party_stewards", "points_per_steward")
TARGET = "target_reached_rate"


def year_of(serving: Serving, period: Period) -> Period:
    """The year whose target counts: the one in which the period ends."""
    return Period.containing("year", min(period.end, serving.last_day))


@answer
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


@answer
def class_progress(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """Classes with stewards, party members, points of the year, target, and people by how far they have come.

    steward_number, stewards, party, none, low (less than half of the target), high, reached, earned, target;
    everyone on the roster at the end of the year (the running one: data until), as the metrics have it.
    """
    year = year_of(serving, period)
    return rows(serving.root, serving.version, _PROGRESS, (year.start, area, area))


@answer
def subdistricts(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """subdistrict_name, stewards, communities, per_community, residents, resident_share; most stewards first."""
    per, share = (
        ask_within(serving, name, period, "subdistrict", area)
        for name in ("stewards_per_community", "resident_share")
    )
    frame = per.rename(
        columns={"value": "per_community", "numerator": "stewards", "denominator": "communities"}
    )
    share = share.rename(columns={"value": "resident_share", "numerator": "residents"})
    frame = frame.merge(share[["subdistrict", "residents", "resident_share"]], on="subdistrict", how="left")
    return frame.sort_values("stewards", ascending=False)


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
