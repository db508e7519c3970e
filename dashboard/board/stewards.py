"""Stewards: how many of each class, how many in each subdistrict, and how far towards their own target?"""

import numpy as np
import pandas as pd

from dashboard.board.area_tree import inside
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
    every = rows(serving.root, serving.version, _PROGRESS.format(inside=inside(serving, area)))
    starts = every["period_start"].to_numpy("datetime64[D]")
    found: pd.DataFrame = every[starts == np.datetime64(year_of(serving, period).start)]
    return found.drop(columns="period_start").reset_index(drop=True)


@answer
def subdistricts(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """subdistrict_name, stewards, communities, per_community, residents, resident_share; most stewards first."""
    per, share = (
        ask_within(serving, name, period, "subdistrict", area)
        for name in ("stewards_per_community", "resident_share")
    )
    known = dict(
        zip(share["subdistrict"].tolist(), share[["numerator", "value"]].to_numpy().tolist(), strict=True)
    )
    shares = [known.get(code, (np.nan, np.nan)) for code in per["subdistrict"].tolist()]
    frame = pd.DataFrame(
        {
            "subdistrict": per["subdistrict"],
            "subdistrict_name": per["subdistrict_name"],
            "per_community": per["value"],
            "stewards": per["numerator"],
            "communities": per["denominator"],
            "residents": [residents for residents, _rate in shares],
            "resident_share": [rate for _residents, rate in shares],
        }
    )
    return frame.sort_values("stewards", ascending=False)


_PROGRESS = """
SELECT
    period_start, steward_number, CAST(sum(stewards) AS BIGINT) AS stewards,
    CAST(sum(party_stewards) AS BIGINT) AS party, CAST(sum(without_points) AS BIGINT) AS none,
    CAST(sum(below_half) AS BIGINT) AS low, CAST(sum(above_half) AS BIGINT) AS high,
    CAST(sum(reached) AS BIGINT) AS reached, CAST(sum(earned) AS DOUBLE) AS earned, CAST(max(target) AS DOUBLE) AS target
FROM marts.class_years
WHERE {inside}
GROUP BY period_start, steward_number
ORDER BY period_start, steward_number
"""
