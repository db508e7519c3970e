"""Stewards: how many of each class, how many in each subdistrict, and how far towards their own target?"""

from collections.abc import Sequence
from datetime import date
from math import isnan, nan

import numpy as np
import pandas as pd

from dashboard.board.area_tree import inside
from dashboard.board.door import Serving, answer, ask_within, metrics, rows
from dashboard.board.figures import Figure, Value, by_dimension, figure, one_value
from dashboard.table_rows import Row, rows_of
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


def headcounts(serving: Serving, period: Period, area: str | None) -> list[tuple[str, float]]:
    """Class and people of each class on the roster at the period's end."""
    found = by_dimension(serving, "stewards", period, "steward_number", area)
    return list(zip(found["steward_number"].tolist(), found["value"].tolist(), strict=True))


def class_progress(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """Classes with stewards, party members, points of the year, target, and people by how far they have come.

    steward_number, stewards, party, none, low (less than half of the target), high, reached, earned, target;
    everyone on the roster at the end of the year (the running one: data until), as the metrics have it.
    """
    every = _progress(serving, area)
    starts = every["period_start"].to_numpy("datetime64[D]")
    found: pd.DataFrame = every[starts == np.datetime64(year_of(serving, period).start)]
    return found.drop(columns="period_start").reset_index(drop=True)


def class_rows(serving: Serving, period: Period, area: str | None) -> list[Row]:
    """The rows of `class_progress`."""
    return _classes_by_year(serving, area).get(year_of(serving, period).start, [])


@answer
def _classes_by_year(serving: Serving, area: str | None) -> dict[date, list[Row]]:
    found: dict[date, list[Row]] = {}
    for row in rows_of(_progress(serving, area)):
        found.setdefault(row["period_start"].date(), []).append(row)
    return found


def _progress(serving: Serving, area: str | None) -> pd.DataFrame:
    return rows(serving.root, serving.version, _PROGRESS.format(inside=inside(serving, area)))


def subdistricts(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """The rows of `subdistrict_rows`."""
    return pd.DataFrame(subdistrict_rows(serving, period, area), columns=list(_PLACE))


@answer
def subdistrict_rows(serving: Serving, period: Period, area: str | None) -> list[Row]:
    """subdistrict_name, stewards, communities, per_community, residents, resident_share; most stewards first."""
    per, share = (
        ask_within(serving, name, period, "subdistrict", area)
        for name in ("stewards_per_community", "resident_share")
    )
    shares = (share[name].tolist() for name in ("subdistrict", "numerator", "value"))
    known = {code: (float(residents), float(rate)) for code, residents, rate in zip(*shares, strict=True)}
    told = (
        per[name].tolist()
        for name in ("subdistrict", "subdistrict_name", "value", "numerator", "denominator")
    )
    found = [
        dict(zip(_PLACE, (*one, *known.get(one[0], (nan, nan))), strict=True))
        for one in zip(*told, strict=True)
    ]
    return [found[place] for place in order_of([row["stewards"] for row in found], descending=True)]


def order_of(values: Sequence[float], descending: bool = False) -> list[int]:
    """The places of the values in order: equal ones as they stand, missing ones last."""
    missing = [at for at, value in enumerate(values) if isnan(value)]
    known = [at for at, value in enumerate(values) if not isnan(value)]
    return [*sorted(known, key=values.__getitem__, reverse=descending), *missing]


_PLACE = (
    "subdistrict",
    "subdistrict_name",
    "per_community",
    "stewards",
    "communities",
    "residents",
    "resident_share",
)

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
