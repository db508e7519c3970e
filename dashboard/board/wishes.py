"""Wishes: how many are collected, adopted and fulfilled, how long do open ones wait, who lags?"""

from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from dashboard.board.door import Serving, answer, ask, rows
from dashboard.board.figures import Figure, Value, by_dimension, figure, monthly, one_value, trend_months
from dashboard.board.thresholds import FEWEST_TO_RANK
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
    return by_dimension(serving, RATE, period, "subdistrict").sort_values("value", ascending=False)


@answer
def breakdown(serving: Serving, period: Period, by: str, area: str | None) -> pd.DataFrame:
    """Fulfilled rate of every category, small kind or channel, most collected first."""
    frame = by_dimension(serving, RATE, period, by, area)
    return frame.sort_values(["denominator", by], ascending=[False, True])


def open_by_age(serving: Serving, area: str | None) -> pd.DataFrame:
    """All wishes open at data until by days since collection, shortest wait first."""
    return ask(serving.root, serving.version, "wishes_open", "all", by="age", area=area)


@answer
def communities(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """Communities with rate, numerator, denominator, rank and tied; those with few wishes have no rank and come last."""
    frame = by_dimension(serving, RATE, period, "community", area).merge(
        rows(serving.root, serving.version, _SUBDISTRICT_OF), how="left", on="community"
    )
    ranks = competition_ranks(
        [
            Fraction(int(done), int(all_)) if all_ >= FEWEST_TO_RANK else None
            for done, all_ in zip(frame["numerator"], frame["denominator"], strict=True)
        ]
    )
    frame["rank"] = pd.array([one.rank if one else None for one in ranks], dtype="Int64")
    frame["tied"] = [bool(one and one.tied) for one in ranks]
    return frame.sort_values(["rank", "denominator", "community"], ascending=[True, False, True])


_SUBDISTRICT_OF = """
SELECT a.area_code AS community, s.name AS subdistrict
FROM facts.areas AS a
LEFT JOIN facts.area_paths AS p ON p.area_no = a.area_no AND p.level = 'subdistrict'
LEFT JOIN facts.areas AS s ON s.area_no = p.ancestor_no
WHERE a.level = 'community'
"""
