"""The numbers of a meeting's overview: six figures with their change, and the areas that changed by more than chance."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import formats
from dashboard.board import surveys
from dashboard.board.door import Serving, answer, metrics
from dashboard.board.figures import Value, by_dimension, figure
from dashboard.board.thresholds import is_settled
from dashboard.formats import number
from pipelines.metrics import Metric
from pipelines.periods import Period
from pipelines.surveys import difference

# In this order, as many as there is room for; surveys are asked by wave.
_FIGURES = ("stewards", "tasks_published", "in_time_rate", "wish_fulfilled_rate")
_SURVEYS = ("satisfaction", "safety")
_RESERVES = ("claims", "task_claim_rate", "closing_rate")
_MOST = 6
_RATES = ("in_time_rate", "wish_fulfilled_rate", "task_claim_rate")
_FEWEST = 30
_MOST_MOVERS = 3


@dataclass(frozen=True)
class Reading:
    """A figure or the last wave of a survey: value, the one before, the line, and whether a change may be chance.

    One that is not `settled` is compared with nothing yet.
    """

    metric: Metric
    now: Value
    before: Value
    trend: tuple[float | None, ...]
    wave: str = ""
    waves: tuple[str, ...] = ()
    rank: int | None = None
    by_chance: bool = False
    settled: bool = True

    @property
    def change(self) -> float | None:
        """Points of a share, otherwise per cent, unrounded; None without a base."""
        now, before = self.now.value, self.before.value
        if now is None or before is None or not self.settled:
            return None
        if self.metric.format == "percent1":
            return (now - before) * 100
        return (now / before - 1) * 100 if before else None

    @property
    def shown_change(self) -> float:
        """The change as it is shown: one decimal; nothing where it may be chance."""
        return 0.0 if self.change is None or self.by_chance else float(formats.rounded(self.change, 1))


@dataclass(frozen=True)
class AreaChange:
    """A rate of an area that changed by more than chance against the period before; the change is a share."""

    area: str
    metric: Metric
    change: float


@answer
def readings(serving: Serving, period: Period, area: str | None) -> list[Reading]:
    """Up to six figures that are known, the surveys last."""
    known = [one for name in _FIGURES if (one := _of(serving, name, period, area)).now.value is not None]
    waves = [_wave(serving, survey, period, area) for survey in _SURVEYS]
    known += [one for one in waves if one is not None]
    if len(known) < _MOST:
        more = [_of(serving, name, period, area) for name in _RESERVES]
        known += [one for one in more if one.now.value is not None][: _MOST - len(known)]
    return known


def _of(serving: Serving, name: str, period: Period, area: str | None) -> Reading:
    found = figure(serving, name, period, area)
    return Reading(found.metric, found.now, found.previous, found.trend, settled=found.settled)


def _wave(serving: Serving, survey: str, period: Period, area: str | None) -> Reading | None:
    """The last wave that began by the end of the period, against the one before it."""
    frame = surveys.waves(serving, survey, area)
    frame = frame[frame["period"].isin(surveys.begun(serving, period.end))]
    if frame.empty:
        return None
    now, changed = _value(frame.iloc[-1]), surveys.change(frame)
    rank = number(frame.iloc[-1].get("rank"))
    return Reading(
        metrics()[surveys.METRIC_OF[survey]],
        now,
        _value(frame.iloc[-2]) if len(frame) > 1 else Value(),
        tuple(float(value) for value in frame["value"]),
        wave=str(frame.iloc[-1]["period"]),
        waves=tuple(formats.wave_label(str(wave)) for wave in frame["period"]),
        rank=None if rank is None else int(rank),
        by_chance=changed is not None and bool(changed.low <= 0 <= changed.high),
    )


def _value(row: "pd.Series[float]") -> Value:
    return Value(float(row["value"]), n=float(row["n"]), low=float(row["low"]), high=float(row["high"]))


@answer
def movers(serving: Serving, period: Period, area: str | None) -> list[AreaChange]:
    """The rates of areas inside an area that changed most, beyond chance; of a finished period only."""
    if period.is_running(serving.last_day):
        return []
    level = "subdistrict" if area is None else "community"
    rates = [metrics()[name] for name in _RATES if is_settled(name, period, serving.last_day)]
    found = [one for metric in rates for one in _moved(serving, metric, period, level, area)]
    return sorted(found, key=lambda one: -abs(one.change))[:_MOST_MOVERS]


def _moved(
    serving: Serving, metric: Metric, period: Period, level: str, area: str | None
) -> Sequence[AreaChange]:
    now = by_dimension(serving, metric.name, period, level, area)
    before = by_dimension(serving, metric.name, period.previous(), level, area)
    if now.empty or before.empty:
        return []
    both = now.merge(before, on=level, suffixes=("", "_before"))
    both = both[(both["denominator"] >= _FEWEST) & (both["denominator_before"] >= _FEWEST)]
    if both.empty:
        return []
    gap = difference(both["value"], both["denominator"], both["value_before"], both["denominator_before"])
    beyond = (gap.low > 0) | (gap.high < 0)
    return [
        AreaChange(str(name), metric, float(change))
        for name, change, sure in zip(both[f"{level}_name"], gap.value, beyond, strict=True)
        if sure
    ]
