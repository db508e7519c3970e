"""Points: earned by kind, spent where, how far everyone has come in the year, and which entries break the rule."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.board.area_tree import number_of, places_of, within
from dashboard.board.door import Serving, answer, ask, connection, rows
from dashboard.board.figures import Figure, Value, by_dimension, figure, monthly, one_value, trend_months
from dashboard.board.month_sums import summed_rows
from dashboard.board.stewards import year_of
from pipelines.periods import Period

HEADLINES = (
    "points_earned",
    "points_redeemed",
    "points_lottery",
    "points_balance",
    "points_spent_share",
    "five_star_rate",
)
SPENDING = ("兑换", "抽奖")
_CHECK = "points_off_rule"


@dataclass(frozen=True)
class Ledger:
    """Points earned and spent by month."""

    months: list[Period]
    earned: tuple[float, ...]
    spent: tuple[float, ...]


@dataclass(frozen=True)
class Merchants:
    """Merchants where points were redeemed in the period, most points first, and how many the district has."""

    listed: pd.DataFrame
    count: int


@answer
def headline_figures(serving: Serving, period: Period, area: str | None) -> list[Figure]:
    """Earned, redeemed, lottery, balance, share spent, five stars."""
    return [figure(serving, name, period, area) for name in HEADLINES]


@answer
def ledger(serving: Serving, period: Period, area: str | None) -> Ledger:
    """The months up to the period's end; a running month is left out."""
    months = trend_months(serving, period)
    earned, redeemed, lottery = (
        tuple(value or 0.0 for value in monthly(serving, name, months, area))
        for name in ("points_earned", "points_redeemed", "points_lottery")
    )
    return Ledger(months, earned, tuple(a + b for a, b in zip(redeemed, lottery, strict=True)))


@answer
def by_kind(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """kind, points earned of every kind but spending, most first."""
    frame = by_dimension(serving, "points_earned", period, "kind", area)
    kinds, earned = frame["kind"].to_numpy(object), frame["value"].to_numpy()
    order = sorted(
        (at for at, kind in enumerate(kinds) if kind not in SPENDING), key=lambda at: (-earned[at], kinds[at])
    )
    return pd.DataFrame({"kind": kinds[order], "points": earned[order]}, index=order)


@answer
def headcount(serving: Serving, period: Period, area: str | None) -> int:
    """People on the roster at the period's end."""
    return int(one_value(serving, "stewards", period, area).value or 0)


@answer
def progress(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """progress (code), stewards: people by points of the year as a share of the target of their own class."""
    frame = by_dimension(serving, "progress_stewards", year_of(serving, period), "progress", area)
    return frame[["progress", "value"]].rename(columns={"value": "stewards"})


@answer
def merchants(serving: Serving, period: Period, area: str | None) -> Merchants:
    """merchant (site id), name, community, redemptions, points; of the people of the area."""
    whose = "area_no IS NULL" if area is None else f"area_no = {number_of(serving, area)}"
    statement = _MERCHANTS.format(whose=whose)
    places = _sites(serving)
    found = [
        (code, *places.get(code, (code, None)), one["redemptions"], one["points"])
        for one in summed_rows(serving, statement, period, "merchant")
        if one["points"] > 0 and (code := one["merchant"])
    ]
    frame = pd.DataFrame(found, columns=["merchant", "merchant_name", "community", "redemptions", "points"])
    everywhere = ask(serving.root, serving.version, "merchants", "all")["value"]
    return Merchants(frame, int(everywhere.sum()))


@answer
def _sites(serving: Serving) -> dict[str, tuple[str, str | None]]:
    """Site id → its name, or the id without one, and its community."""
    found = connection(serving.root, serving.version).cursor().execute(_SITES).fetchall()
    places = places_of(serving, (number for _code, _name, number in found))
    return {code: (name, places[number].name) for code, name, number in found}


def off_rule(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """Entries of the period outside the rule: entry_id, day, kind, points, community; newest first."""
    found, days, numbers = _entries(serving)
    held = (days >= np.datetime64(period.start)) & (days <= np.datetime64(period.end))
    if area is not None:
        held &= numbers.isin(within(serving, area)).to_numpy()
    return found[held]


@answer
def _entries(serving: Serving) -> tuple[pd.DataFrame, NDArray[np.datetime64], "pd.Series[int]"]:
    """All entries outside the rule, newest first; their days and the numbers of their communities."""
    found = rows(serving.root, serving.version, _OFF_RULE)
    numbers = found["community_no"]
    known = [None if pd.isna(number) else int(number) for number in numbers.tolist()]
    places = places_of(serving, known)
    communities = [places[number].name for number in known]
    placed = found.assign(community=pd.Series(communities, found.index, dtype=object))
    return placed.drop(columns="community_no"), found["day"].to_numpy("datetime64[D]"), numbers


@answer
def off_rule_count(serving: Serving) -> int:
    """The findings of the whole version."""
    statement = 'SELECT count(*) AS findings FROM meta.findings WHERE "check" = ?'
    return int(rows(serving.root, serving.version, statement, (_CHECK,))["findings"].iloc[0])


@answer
def rewards(serving: Serving, period: Period, area: str | None) -> dict[str, Value]:
    """What five stars bring: vouchers, lottery draws, prize meetings; and the five-star share they rest on."""
    names = ("five_star_rate", "vouchers_issued", "lottery_draws", "prize_meetings")
    return {name: one_value(serving, name, period, area) for name in names}


_SITES = "SELECT site_id, coalesce(name, site_id), community_no FROM facts.sites"

_MERCHANTS = """
SELECT period_start, merchant, CAST(redeemed AS DOUBLE) AS points, CAST(entries AS DOUBLE) AS redemptions
FROM marts.merchant_months
WHERE {whose}
"""

_OFF_RULE = """
SELECT entry_id, CAST(occurred_at AS DATE) AS day, kind, CAST(points AS DOUBLE) AS points, community_no
FROM marts.points_off_rule
ORDER BY occurred_at DESC, entry_id
"""
