"""Headline numbers: a metric in a period, its earlier values like for like, and its line over the months."""

import math
from dataclasses import dataclass

import pandas as pd

from dashboard.board.door import Serving, answer, ask, ask_within, metrics
from dashboard.board.thresholds import is_settled
from dashboard.formats import number
from pipelines.metrics import Metric
from pipelines.periods import Period

TREND_MONTHS = 12


@dataclass(frozen=True)
class Value:
    """One answer of `measure`; rates are shares, nothing is rounded, None means no base."""

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    n: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Figure:
    """A metric in a period with 环比 and 同比.

    Of a running period all three count the same first `days` days; a metric that cannot be cut to days has
    no earlier values then, rather than wrong ones. One that is not `settled` stands beside its earlier values and is
    compared with none of them.
    """

    metric: Metric
    now: Value
    previous: Value
    year_earlier: Value
    trend: tuple[float | None, ...]
    days: int | None = None
    settled: bool = True

    @property
    def change(self) -> float | None:
        """Value minus the previous period's; None where there is nothing to compare with, or not yet."""
        return difference(self.now.value, self.previous.value) if self.settled else None


def difference(now: float | None, before: float | None) -> float | None:
    """now − before; None when one of them is missing."""
    return None if now is None or before is None else now - before


@answer
def figure(serving: Serving, name: str, period: Period, area: str | None) -> Figure:
    """The headline number of a metric for a period and an area."""
    days = period.days_elapsed(serving.last_day) if period.is_running(serving.last_day) else None
    metric = metrics()[name]
    now = one_value(serving, name, period, area, days if metric.daily else None)
    previous = year_earlier = Value()
    if days is None or metric.daily:
        previous = one_value(serving, name, period.previous(), area, days)
        if period.grain != "year":
            year_earlier = one_value(serving, name, period.year_earlier(), area, days)
    trend = monthly(serving, name, trend_months(serving, period), area)
    settled = is_settled(name, period, serving.last_day)
    return Figure(metric, now, previous, year_earlier, trend, days, settled)


@answer
def one_value(
    serving: Serving, name: str, period: Period, area: str | None, days: int | None = None
) -> Value:
    """One metric, one period, one area."""
    key = period.key if days else None
    found = _values(serving, name, period.grain, key, area, days)
    return found.get(period.key, Value())


@answer
def _values(
    serving: Serving, name: str, grain: str, period: str | None, area: str | None, days: int | None
) -> dict[str, Value]:
    """Period → value of a metric, for all periods of the grain unless one is named."""
    frame = ask(serving.root, serving.version, name, grain, period, area=area, first_days=days)
    return dict(zip(frame["period"].tolist(), values_of(frame), strict=True))


def by_period(serving: Serving, name: str, grain: str, area: str | None) -> dict[str, Value]:
    """Period → value of a metric, for all periods of the grain."""
    return _values(serving, name, grain, None, area, None)


def by_month(serving: Serving, name: str) -> dict[str, Value]:
    """Month → value of a metric in the whole district."""
    return _values(serving, name, "month", None, None, None)


def value_of(frame: pd.DataFrame) -> Value:
    """The first row of an answer; an empty answer has no base."""
    return next(iter(values_of(frame.head(1))), Value())


def values_of(frame: pd.DataFrame) -> list[Value]:
    """The rows of an answer."""
    columns = (frame[name].tolist() for name in ("value", "numerator", "denominator", "n", "low", "high"))
    return [Value(*map(number, row)) for row in zip(*columns, strict=True)]


def trend_months(serving: Serving, period: Period) -> list[Period]:
    """The last twelve finished months up to the period's end, oldest first."""
    month = Period.containing("month", min(period.end, serving.last_day))
    while month.is_running(serving.last_day):
        month = month.previous()
    months = [month]
    while len(months) < TREND_MONTHS and months[0].start > serving.first_day:
        months.insert(0, months[0].previous())
    return months


@answer
def monthly(serving: Serving, name: str, months: list[Period], area: str | None) -> tuple[float | None, ...]:
    """One value per month; None where a month has no base."""
    known = _values(serving, name, "month", None, area, None)
    return tuple(known.get(month.key, Value()).value for month in months)


@answer
def monthly_by(serving: Serving, name: str, months: list[Period], by: str, area: str | None) -> pd.DataFrame:
    """Months in rows and one column per code of the dimension, with `attrs["names"]` code → name."""
    lines, names = lines_by(serving, name, months, by, area)
    wide = pd.DataFrame(lines, index=pd.Index([month.key for month in months], name="period"))
    wide.attrs["names"] = names
    return wide


def lines_by(
    serving: Serving, name: str, months: list[Period], by: str, area: str | None
) -> tuple[dict[str, list[float]], dict[str, str]]:
    """Code of the dimension → one value per month (NaN without a base), in the order of the codes; and code → name."""
    frame = ask(serving.root, serving.version, name, "month", by=by, area=area)
    # A pivot of so few rows costs many times what reading them does.
    columns = (frame[column].tolist() for column in ("period", by, f"{by}_name", "value"))
    lines: dict[str, dict[str, float]] = {}
    names: dict[str, str] = {}
    for month, code, label, value in zip(*columns, strict=True):
        lines.setdefault(code, {})[month] = value
        names[code] = label
    keys = [month.key for month in months]
    return {code: [lines[code].get(key, math.nan) for key in keys] for code in sorted(lines)}, names


@answer
def by_dimension(
    serving: Serving, name: str, period: Period, by: str, area: str | None = None
) -> pd.DataFrame:
    """A metric in one period for every code of a dimension."""
    return ask_within(serving, name, period, by, area)
