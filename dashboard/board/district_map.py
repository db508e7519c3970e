"""Map: where? any metric of the catalogue on communities or subdistricts, month by month, and one area's card."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.board.areas import subdistricts_and_communities
from dashboard.board.door import Serving, ask, ask_within, metrics
from dashboard.board.figures import Value, monthly, one_value, trend_months, values_of
from dashboard.board.kept_answers import answer
from dashboard.formats import is_missing, number
from dashboard.table_rows import Row, rows_of
from pipelines.metrics import Metric
from pipelines.periods import Period, periods_between

DEFAULT_METRIC = "in_time_rate"
CARD_METRICS = ("stewards", "in_time_rate", "task_claim_rate", "checkin_valid_rate", "stations")
FEWEST = 12
LEVELS = ("community", "subdistrict")

Level = Literal["community", "subdistrict"]
# A metric, area code → value of every area with a base, and the district's.
Spread = tuple[Metric, dict[str, float], Value]


@dataclass(frozen=True)
class AreaLine:
    """An area's and the district's values by month."""

    months: list[Period]
    own: tuple[float | None, ...]
    district: tuple[float | None, ...]


@dataclass(frozen=True)
class MonthValues:
    """Months (oldest first) × areas: values and denominators, NaN without base."""

    months: tuple[str, ...]
    areas: list[str]
    values: NDArray[np.float64]
    bases: NDArray[np.float64]

    def only(self, months: Collection[str]) -> "MonthValues":
        """Some of the months."""
        kept = [place for place, key in enumerate(self.months) if key in months]
        found = tuple(self.months[place] for place in kept)
        return MonthValues(found, self.areas, self.values[kept], self.bases[kept])


def mappable_metrics(relieved: bool = False) -> dict[str, Metric]:
    """Metrics that can be asked by community, surveys aside (their waves are no periods); relief hides check-ins."""
    return {
        name: metric
        for name, metric in metrics().items()
        if {"community", "subdistrict"} <= set(metric.dimensions)
        and metric.kind != "survey"
        and metric.requires is None
        and "quarter" in metric.grains
        and not (relieved and "checkin" in name)
    }


def level_of(name: str) -> Level:
    """Communities, or subdistricts when they are asked for."""
    return "subdistrict" if name == "subdistrict" else "community"


@answer
def values_by_area(serving: Serving, metric: str, period: Period, level: Level) -> pd.DataFrame:
    """Every area of the level with its value, numerator, denominator (None without base), name, subdistrict and point.

    A subdistrict's rate is Σ numerator ÷ Σ denominator of its communities, as `measure` gives it.
    """
    values = ask_within(serving, metric, period, level)
    return _placed(serving, values, level)


def values_by_community(serving: Serving, metric: str, period: Period) -> pd.DataFrame:
    """The same for communities."""
    return values_by_area(serving, metric, period, "community")


@answer
def values_by_month(serving: Serving, metric: str, level: Level) -> MonthValues:
    """Every area with its value in every month: all months in one question; no months where there are none."""
    places = subdistricts_and_communities(serving)
    codes = [str(code) for code in places.loc[places["level"] == level, "area_code"]]
    if "month" not in metrics()[metric].grains:
        return MonthValues((), codes, np.empty((0, len(codes))), np.empty((0, len(codes))))
    asked = ask(serving.root, serving.version, metric, "month", by=level)
    # As arrays of Python texts: looking into a column of pandas' own costs more than the question.
    periods, areas = (asked[name].to_numpy(object) for name in ("period", level))
    known = set(periods)
    months = [
        month.key
        for month in periods_between("month", serving.first_day, serving.last_day)
        if month.key in known
    ]
    at = (_places(months, periods), _places(codes, areas))
    inside = (at[0] >= 0) & (at[1] >= 0)
    values, bases = (np.full((len(months), len(codes)), np.nan) for _table in range(2))
    values[at[0][inside], at[1][inside]] = asked["value"].to_numpy(float)[inside]
    bases[at[0][inside], at[1][inside]] = asked["denominator"].to_numpy(float)[inside]
    return MonthValues(tuple(months), codes, values, bases)


def _places(order: Iterable[str], wanted: Iterable[str]) -> NDArray[np.intp]:
    """The place of each wanted text in an order, -1 for one that is not in it."""
    known = {text: place for place, text in enumerate(order)}
    return np.array([known.get(text, -1) for text in wanted], dtype=np.intp)


def _placed(serving: Serving, values: pd.DataFrame, level: Level) -> pd.DataFrame:
    """The areas of the level with their values beside them: a merge would take longer than the question."""
    places = _level_areas(serving, level)
    at = _places(values[level].to_numpy(object), places["area_code"].to_numpy(object))
    named = ("value", "numerator", "denominator")
    columns = {str(name): places[name].array for name in places.columns}
    return pd.DataFrame(columns | {name: _taken(values[name].to_numpy(), at) for name in named}, copy=False)


@answer
def level_areas(serving: Serving, level: Level) -> list[Row]:
    """The areas of a level one by one, as `subdistricts_and_communities` has them."""
    return rows_of(_level_areas(serving, level))


@answer
def _level_areas(serving: Serving, level: Level) -> pd.DataFrame:
    places = subdistricts_and_communities(serving)
    return places[places["level"] == level].reset_index(drop=True)


@answer
def _level_codes(serving: Serving, level: Level) -> frozenset[str]:
    return frozenset(str(row["area_code"]) for row in level_areas(serving, level))


@answer
def drawn_areas(serving: Serving, level: Level) -> frozenset[str]:
    """The areas of a level that have a place."""
    rows = level_areas(serving, level)
    return frozenset(
        str(row["area_code"])
        for row in rows
        if not is_missing(row["longitude"]) and not is_missing(row["latitude"])
    )


def _taken(values: NDArray[Any], at: NDArray[np.intp]) -> NDArray[Any]:
    """The values at these places, NaN at -1; whole numbers stay whole where each place has one."""
    if (at >= 0).all():
        return values[at]
    taken = np.full(len(at), np.nan)
    taken[at >= 0] = values[at[at >= 0]]
    return taken


def district_value(serving: Serving, metric: str, period: Period) -> Value:
    """The same metric over the whole district."""
    return one_value(serving, metric, period, None)


@answer
def district_months(serving: Serving, metric: str) -> dict[str, Value]:
    """Month → the metric over the whole district."""
    if "month" not in metrics()[metric].grains:
        return {}
    frame = ask(serving.root, serving.version, metric, "month")
    return dict(zip(frame["period"].tolist(), values_of(frame), strict=True))


def spread(serving: Serving, metric: str, period: Period, level: Level) -> Spread:
    """A metric with the value of every area of the level that has a base, and the district's."""
    found = ask_within(serving, metric, period, level)
    known = _level_codes(serving, level)
    values = zip(found[level].tolist(), found["value"].tolist(), strict=True)
    own = {code: float(value) for code, value in values if code in known and not is_missing(value)}
    return metrics()[metric], own, district_value(serving, metric, period)


@answer
def card_values(serving: Serving, period: Period, level: Level = "community") -> dict[str, Spread]:
    """The metrics of an area's card: every area's value, and the district's; relief hides check-ins."""
    offered = mappable_metrics(serving.district.burden_relief)
    return {name: spread(serving, name, period, level) for name in CARD_METRICS if name in offered}


@answer
def area_line(serving: Serving, metric: str, period: Period, area: str) -> AreaLine:
    """The area's line behind its card, taken from those of all areas of its level, which are asked once."""
    months = trend_months(serving, period)
    return AreaLine(months, _line(serving, metric, months, area), monthly(serving, metric, months, None))


def _line(serving: Serving, metric: str, months: list[Period], area: str) -> tuple[float | None, ...]:
    for level in LEVELS:
        found = values_by_month(serving, metric, level_of(level))
        if area in found.areas and found.months:
            values = dict(zip(found.months, found.values[:, found.areas.index(area)].tolist(), strict=True))
            return tuple(number(values.get(month.key)) for month in months)
    return monthly(serving, metric, months, area)
