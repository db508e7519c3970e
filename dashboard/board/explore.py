"""Explore: any metric of the catalogue by any of its dimensions, grains and periods, as `measure` gives it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard.board.door import Serving, ask, metrics, rows
from dashboard.board.figures import Figure, by_period, figure
from dashboard.board.thresholds import SETTLING, is_settled
from dashboard.privacy import is_suppressed
from pipelines.metrics import Dimension, Metric, load_dimensions
from pipelines.periods import MONTHS_OF, Period, periods_between

DEFAULT_METRIC = "wish_fulfilled_rate"
EVERY, WHOLE = "every", "none"
# Ratios over persons; a breakdown of few of them would be about somebody.
_ABOUT_PEOPLE = frozenset({"people", "progress"})


@dataclass(frozen=True)
class Asked:
    """What is asked: `by` None for the whole, `period` None for every one, `area` None for the whole district."""

    metric: Metric
    by: str | None
    grain: str
    period: str | None
    area: str | None


@dataclass(frozen=True)
class Explored:
    """The answer as `measure` gives it, best value first within a period; rows withheld; the period that is not over.

    `young`: periods that are over and still not to be compared with others.
    """

    asked: Asked
    frame: pd.DataFrame
    withheld: int
    running: str | None
    young: tuple[str, ...] = ()

    @cached_property
    def finished(self) -> pd.DataFrame:
        """Without the period that is not over, unless there is no other."""
        if self.running is None:
            return self.frame
        over = self.frame[self.frame["period"] != self.running]
        return over if len(over) else self.frame

    @cached_property
    def settled(self) -> pd.DataFrame:
        """The finished periods that may be compared with each other."""
        return self.finished[~self.finished["period"].isin(self.young)]

    @cached_property
    def latest(self) -> pd.DataFrame:
        """The rows of the last finished period."""
        finished = self.finished
        periods = finished["period"].tolist()
        # The rows of a period stand together: a part costs pandas less than a choice among all.
        return finished.iloc[periods.index(periods[-1]) :] if periods else finished


def offered_metrics(serving: Serving) -> dict[str, Metric]:
    """The catalogue; burden relief hides check-ins."""
    relieved = serving.district.burden_relief
    return {name: metric for name, metric in metrics().items() if not (relieved and "checkin" in name)}


def offered_dimensions(metric: Metric) -> list[Dimension]:
    """What the metric can be broken down by, in the order of its entry."""
    return [load_dimensions()[name] for name in metric.dimensions if metric.requires in (None, name)]


def default_dimension(metric: Metric) -> str:
    """As a whole, unless its quantities must not be added up."""
    return metric.requires or ("subdistrict" if "subdistrict" in metric.dimensions else WHOLE)


def default_grain(metric: Metric) -> str:
    """Quarters where they are offered."""
    return "quarter" if "quarter" in metric.grains else metric.grains[0]


def asked(metric: Metric, by: str, grain: str, period: str, area: str | None) -> Asked:
    """The question behind the codes of the choices."""
    return Asked(metric, None if by == WHOLE else by, grain, None if period == EVERY else period, area)


def offered_periods(serving: Serving, grain: str) -> list[str]:
    """Keys of the periods with data, newest first; waves by their first day; nothing for the whole time."""
    if grain == "wave":
        order = rows(serving.root, serving.version, "SELECT wave FROM marts.waves ORDER BY first_day, wave")
        return [str(wave) for wave in order["wave"]][::-1]
    known = [one for one in MONTHS_OF if one == grain]
    return (
        [one.key for one in periods_between(known[0], serving.first_day, serving.last_day)][::-1]
        if known
        else []
    )


def explored(serving: Serving, asked: Asked) -> Explored:
    """The answer to a question of the reader."""
    frame = ask(
        serving.root, serving.version, asked.metric.name, asked.grain, asked.period, asked.by, asked.area
    )
    places = _best_first(frame, asked.by, _kept(serving, asked, frame))
    ordered = frame.take(places).reset_index(drop=True)
    running = _running(serving, asked.grain)
    young = _young(serving, asked, running, ordered["period"].tolist())
    return Explored(asked, ordered, len(frame) - len(places), running, young)


def _best_first(frame: pd.DataFrame, by: str | None, kept: Sequence[int]) -> Sequence[int]:
    """The rows that are kept, best value first within a period, in the order of their code where they are equal."""
    if by is None:
        return kept
    periods, values, codes = (frame[name].tolist() for name in ("period", "value", by))
    order: dict[str, int] = {}
    for place in kept:
        order.setdefault(periods[place], len(order))
    return sorted(kept, key=lambda place: (order[periods[place]], -values[place], codes[place]))


def _kept(serving: Serving, asked: Asked, frame: pd.DataFrame) -> Sequence[int]:
    """The rows that are not about too few persons."""
    about_people = asked.metric.mart in _ABOUT_PEOPLE and asked.metric.denominator is not None
    if not about_people or asked.by == "unit":
        return range(len(frame))
    fewest = serving.district.privacy.minimum_group
    people = enumerate(frame["denominator"].tolist())
    return [place for place, count in people if not is_suppressed(int(count), fewest)]


def _running(serving: Serving, grain: str) -> str | None:
    """The key of the period in which data until lies, when it is not over."""
    for one in MONTHS_OF:
        if one == grain:
            period = Period.containing(one, serving.last_day)
            return period.key if period.is_running(serving.last_day) else None
    return None


def _young(serving: Serving, asked: Asked, running: str | None, periods: Iterable[str]) -> tuple[str, ...]:
    if asked.grain not in MONTHS_OF or asked.metric.name not in SETTLING:
        return ()
    return tuple(
        key
        for key in dict.fromkeys(periods)
        if key != running and not is_settled(asked.metric.name, Period.parse(key), serving.last_day)
    )


def headline_figure(serving: Serving, found: Explored) -> Figure | None:
    """The metric as a whole in the period shown, with 环比 and 同比; None where there is no calendar period or whole."""
    asked = found.asked
    by_month = asked.grain in MONTHS_OF and "month" in asked.metric.grains
    if not by_month or asked.metric.requires is not None or found.frame.empty:
        return None
    period = Period.parse(asked.period or str(found.latest["period"].iloc[0]))
    return figure(serving, asked.metric.name, period, asked.area)


def whole_line(serving: Serving, found: Explored) -> dict[str, float]:
    """Period → value of the metric as a whole, to stand behind the lines of a breakdown."""
    asked = found.asked
    if asked.by is None or asked.metric.requires is not None:
        return {}
    # All periods, as the headline figure asks for them.
    whole = by_period(serving, asked.metric.name, asked.grain, asked.area)
    return {
        period: one.value
        for period, one in whole.items()
        if asked.period in (None, period) and one.value is not None
    }
