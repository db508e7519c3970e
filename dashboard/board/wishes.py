"""Wishes: how many are collected, adopted and fulfilled, how long do open ones wait, who lags?"""

from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from dashboard.board.area_tree import NOWHERE, places_by_code
from dashboard.board.door import Serving, answer, ask
from dashboard.board.figures import Figure, Value, by_dimension, figure, monthly, one_value, trend_months
from dashboard.board.rank_order import in_rank_order
from dashboard.board.thresholds import FEWEST_TO_RANK
from dashboard.table_rows import Row, rows_of
from pipelines.periods import Period
from pipelines.ranking import competition_ranks

HEADLINES = ("wishes_collected", "wishes_adopted", "wish_adoption_rate", "wishes_fulfilled", "wish_fulfilled_rate")  # fmt: skip
RATE = "wish_fulfilled_rate"
FLOWS = ("wishes_collected", "wishes_fulfilled", "wishes_adopted")
BREAKDOWNS = ("category", "small_kind", "channel")


@dataclass(frozen=True)
class Flow:
    """Wishes per finished month of collection: collected, and what became of them by data until."""

    months: list[Period]
    counts: dict[str, tuple[float, ...]]


@answer
def are_there(serving: Serving) -> bool:
    """Whether the version holds any wish."""
    return not ask(serving.root, serving.version, "wishes_collected", "all").empty


@answer
def headline_figures(serving: Serving, period: Period, area: str | None) -> dict[str, Figure]:
    """Collected, adopted, fulfilled and the two rates, with 环比 and 同比."""
    return {name: figure(serving, name, period, area) for name in HEADLINES}


@answer
def flow(serving: Serving, period: Period, area: str | None) -> Flow:
    """Collected, fulfilled and adopted by month of collection."""
    months = trend_months(serving, period)
    return Flow(
        months,
        {name: tuple(value or 0.0 for value in monthly(serving, name, months, area)) for name in FLOWS},
    )


def district_rate(serving: Serving, period: Period) -> Value:
    """The fulfilled rate of the whole district, whatever area is chosen."""
    return one_value(serving, RATE, period, None)


@answer
def subdistricts(serving: Serving, period: Period) -> pd.DataFrame:
    """Fulfilled rate of every subdistrict in the period, highest first."""
    return by_dimension(serving, RATE, period, "subdistrict").sort_values(
        "value", ascending=False, kind="stable"
    )


@answer
def breakdown(serving: Serving, period: Period, by: str, area: str | None) -> pd.DataFrame:
    """Fulfilled rate of every category, small kind or channel, most collected first."""
    frame = by_dimension(serving, RATE, period, by, area)
    keys = [
        (-base, code) for base, code in zip(frame["denominator"].tolist(), frame[by].tolist(), strict=True)
    ]
    return frame.take(sorted(range(len(keys)), key=keys.__getitem__))


def open_by_age(serving: Serving, area: str | None) -> pd.DataFrame:
    """All wishes open at data until by days since collection, shortest wait first."""
    return ask(serving.root, serving.version, "wishes_open", "all", by="age", area=area)


@answer
def communities(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """Communities with rate, numerator, denominator, rank and tied; those with few wishes have no rank and come last."""
    frame = by_dimension(serving, RATE, period, "community", area)
    codes, done, bases = (frame[name].tolist() for name in ("community", "numerator", "denominator"))
    ranks = competition_ranks(
        [
            Fraction(int(some), int(all_)) if all_ >= FEWEST_TO_RANK else None
            for some, all_ in zip(done, bases, strict=True)
        ]
    )
    keys = [
        (one is None, one.rank if one else 0, -base, code)
        for one, base, code in zip(ranks, bases, codes, strict=True)
    ]
    known = places_by_code(serving)
    lie_in = [known.get(code, NOWHERE).subdistrict for code in codes]
    return in_rank_order(frame.assign(subdistrict=pd.Series(lie_in, frame.index, dtype=object)), keys, ranks)


@answer
def community_rows(serving: Serving, period: Period, area: str | None) -> list[Row]:
    """The same, one by one."""
    return rows_of(communities(serving, period, area))
