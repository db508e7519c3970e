"""The report's own figures: a metric of the month, how it moved, and whether there is anything to compare it with."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from dashboard import formats
from dashboard.board.door import Serving, answer, metrics
from dashboard.board.figures import Value, by_month, one_value
from pipelines.metrics import Metric
from pipelines.periods import Period
from pipelines.surveys import difference

# A report compares twenty metrics of one month, and whether shares moved is told of all months at once.
_MONTHS = 128
State = Literal["up", "down", "same", "nearly", "no_base", "zero_base", "not_over"]


@dataclass(frozen=True)
class Movement:
    """Against an earlier period: direction, and the difference unrounded (of shares) or relative (of counts).

    `no_base`: the earlier period has no value; `zero_base`: it was nought, so that no percentage exists; `not_over`: the
    month is running and the metric cannot be cut to the same days; `nearly`: a difference that displays as nought. A
    difference of shares is `sure` when its 95 % interval leaves out nought.
    """

    state: State
    before: float | None = None
    difference: float | None = None
    points: bool = False
    sure: bool = False

    @property
    def size(self) -> str:
        """2.4个百分点 or 6.8%, without a sign: the direction is said in words."""
        if self.difference is None:
            return ""
        size = formats.decimal(abs(self.difference) * 100)
        return f"{size}个百分点" if self.points else f"{size}%"


@dataclass(frozen=True)
class Item:
    """A metric in the month with 环比 (`vs_previous`) and 同比 (`vs_last_year`)."""

    metric: Metric
    now: Value
    vs_previous: Movement
    vs_last_year: Movement

    @property
    def name(self) -> str:
        """The metric's name in the catalogue."""
        return self.metric.name

    @property
    def label(self) -> str:
        """The metric's label, without its suffix."""
        return self.metric.label

    @property
    def suffix(self) -> str:
        """件, 人, %."""
        return self.metric.suffix

    @property
    def value(self) -> float | None:
        """The value of the month; None without a base."""
        return self.now.value


def movement(
    today: Value, earlier: Value, share: bool, comparable: bool = True, sure: bool | None = None
) -> Movement:
    """How a value stands to an earlier one: a difference of shares, the relative change of a count.

    `sure` says whether two shares differ by more than chance, where that is known already.
    """
    now, before = today.value, earlier.value
    if not comparable:
        return Movement("not_over", points=share)
    if now is None or before is None:
        return Movement("no_base", before, points=share)
    if before == 0 and not share:
        return Movement("same" if now == 0 else "zero_base", before)
    gap = now - before if share else now / before - 1
    if formats.rounded(gap * 100, 1) == 0:
        return Movement("same" if gap == 0 else "nearly", before, gap, share)
    if sure is None:
        sure = share and _is_sure(today, earlier)
    return Movement("up" if gap > 0 else "down", before, gap, share, sure)


def _is_sure(today: Value, earlier: Value) -> bool:
    """Whether two shares differ by more than chance."""
    if not today.denominator or not earlier.denominator:
        return False
    found = difference(today.value or 0.0, today.denominator, earlier.value or 0.0, earlier.denominator)
    return bool(found.low > 0 or found.high < 0)


@answer
def _sure_changes(serving: Serving, name: str) -> frozenset[tuple[str, str]]:
    """The months, each with the one before or that of last year, between which a share differs by more than chance.

    All at once: the formula is made for many, and takes as long for one.
    """
    known = {month: value for month, value in by_month(serving, name).items() if value.denominator}
    pairs = [
        (month, earlier.key)
        for month in known
        for earlier in _compared(Period.parse(month))[1:]
        if earlier.key in known
    ]
    sides = [
        [number for month in months for number in (known[month].value or 0.0, known[month].denominator)]
        for months in pairs
    ]
    found = difference(*np.array(sides, float).reshape(-1, 4).T)
    moved = ((found.low > 0) | (found.high < 0)).tolist()
    return frozenset(pair for pair, sure in zip(pairs, moved, strict=True) if sure)


def item(serving: Serving, name: str, month: Period) -> Item:
    """A metric of the month; a month without entries between others counts nought, one before all others nothing."""
    metric = metrics()[name]
    share = metric.format.startswith("percent")
    days = month.days_elapsed(serving.last_day) if month.is_running(serving.last_day) else None
    known = by_month(serving, name)
    periods = _compared(month)
    if days is None:
        now, previous, earlier = (known.get(one.key, Value()) for one in periods)
    elif metric.daily:
        now, previous, earlier = (one_value(serving, name, one, None, days) for one in periods)
    else:
        now, previous, earlier = known.get(month.key, Value()), Value(), Value()
    if metric.kind == "count":
        first = min(known, default=None)
        now, previous, earlier = (
            _or_nought(value, one, first)
            for value, one in zip((now, previous, earlier), periods, strict=True)
        )
    comparable = days is None or metric.daily
    # The first days of a running month are compared by themselves.
    moved = _sure_changes(serving, name) if share and days is None else None
    one, other = (
        movement(now, before, share, comparable, None if moved is None else (month.key, period.key) in moved)
        for before, period in ((previous, periods[1]), (earlier, periods[2]))
    )
    return Item(metric, now, one, other)


@lru_cache(_MONTHS)
def _compared(month: Period) -> tuple[Period, Period, Period]:
    """The month itself, the one before it, and the same a year earlier."""
    return month, month.previous(), month.year_earlier()


def _or_nought(value: Value, month: Period, first: str | None) -> Value:
    if value.value is not None or first is None or month.key < first:
        return value
    return Value(0.0, 0.0)
