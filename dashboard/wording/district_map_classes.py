"""Classes of a map: breaks, what they are called, how many areas lie in each."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard import formats
from dashboard.board.district_map import FEWEST, MonthValues
from dashboard.board.figures import Value
from dashboard.board.thresholds import is_settled
from dashboard.translations import _
from dashboard.wording.figures import is_share
from pipelines.metrics import Metric
from pipelines.periods import Period

CLASSES = 5
_STEPS = (0.002, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.15, 0.2)


@dataclass(frozen=True)
class Classes:
    """Four breaks between five classes, and whether they spread around the district's value."""

    breaks: tuple[float, ...]
    diverging: bool

    def of(self, value: float | None) -> int | None:
        """The class of a value; a value equal to a break belongs to the class above it."""
        known = formats.number(value)
        return None if known is None else bisect_right(self.breaks, known)


def with_base(frame: pd.DataFrame, metric: Metric) -> pd.DataFrame:
    """Values kept only where there are enough cases to compare a rate."""
    values = frame["value"].to_numpy(float)
    if not is_share(metric):
        return frame.assign(shown=values)
    return frame.assign(shown=np.where(frame["denominator"].to_numpy(float) >= FEWEST, values, np.nan))


def classes(frame: pd.DataFrame, metric: Metric, district: Value) -> Classes:
    """Even steps around the district's rate, or fifths of the areas for an amount."""
    return classes_of(frame["shown"].to_numpy(float), metric, district)


def classes_of(shown: NDArray[np.float64], metric: Metric, district: Value) -> Classes:
    """The same of values alone; NaN where there are none."""
    values = shown[~np.isnan(shown)]
    if is_share(metric) and district.value is not None:
        middle = district.value
        # One area alone, or none with enough cases, has no spread.
        spread = float(np.percentile(np.abs(values - middle), 80)) if len(values) > 1 else 0.0
        step = _nice(spread / 1.6 or 0.01)
        step = _nice_below(min(step, (1 - middle) / 1.6, middle / 1.6))
        edges = (middle - 1.5 * step, middle - 0.5 * step, middle + 0.5 * step, middle + 1.5 * step)
        places = 2 if step >= 0.01 else 3
        return Classes(tuple(float(formats.rounded(edge, places)) for edge in edges), diverging=True)
    shares = [100 * n / CLASSES for n in range(1, CLASSES)]
    cuts = np.percentile(values, shares).tolist() if len(values) else [float(n) for n in range(1, CLASSES)]
    return Classes(tuple(float(formats.rounded(cut, 0 if cut >= 10 else 1)) for cut in cuts), diverging=False)


def comparable(found: MonthValues, metric: Metric) -> NDArray[np.float64]:
    """The values of all months, NaN where there are too few cases to compare a rate."""
    return np.where(found.bases >= FEWEST, found.values, np.nan) if is_share(metric) else found.values


def classes_of_months(found: MonthValues, metric: Metric, whole: Iterable[Value]) -> Classes:
    """One set of breaks for all months, so that a colour means the same in each: around the rate of all months."""
    known = [value for value in whole if value.denominator]
    base = sum(value.denominator or 0 for value in known)
    rate = sum(value.numerator or 0 for value in known) / base if base else None
    return classes_of(comparable(found, metric).ravel(), metric, Value(value=rate))


def classes_by_month(
    found: MonthValues, metric: Metric, whole: Mapping[str, Value], last_day: date
) -> tuple[Classes | None, dict[str, Classes]]:
    """The breaks that all settled months share, None without such a month; and those of each other month, its own.

    `whole`: month → the district's value. In the colours of other months a month that is not settled would look worse
    all over; in its own it shows which of its areas are behind.
    """
    own = {
        key: classes_of(comparable(found.only({key}), metric).ravel(), metric, whole.get(key, Value()))
        for key in found.months
        if not is_settled(metric.name, Period.parse(key), last_day)
    }  # fmt: skip
    settled = found.only(set(found.months) - own.keys()) if own else found
    values = [value for key, value in whole.items() if key not in own]
    return classes_of_months(settled, metric, values) if settled.months else None, own


def month_classes(found: MonthValues, metric: Metric, breaks: Classes) -> list[list[int | None]]:
    """Month by month the class of every area, as `Classes.of` gives it."""
    shown = comparable(found, metric)
    counted = sum((shown >= edge).astype(int) for edge in breaks.breaks)
    return [
        [None if lacks else int(place) for place, lacks in zip(*month, strict=True)]
        for month in zip(np.asarray(counted), np.isnan(shown), strict=True)
    ]


def class_names(metric: Metric, breaks: Classes) -> list[str]:
    """<93, 93–95, …, ≥99"""
    edges = [_edge(metric, edge) for edge in breaks.breaks]
    return [f"<{edges[0]}", *(f"{low}–{high}" for low, high in pairwise(edges)), f"≥{edges[3]}"]


def legend(
    values: Iterable[float], metric: Metric, breaks: Classes
) -> tuple[list[tuple[str, int]], tuple[str, int]]:
    """Name and number of areas of each class; and of those without enough cases."""
    counts = Counter(map(breaks.of, values))
    shown = [(name, counts[n]) for n, name in enumerate(class_names(metric, breaks))]
    return shown, (without_class(metric), counts[None])


def without_class(metric: Metric) -> str:
    """What areas without a colour lack."""
    return _("fewer than {fewest}").format(fewest=FEWEST) if is_share(metric) else _("no figure")


def ranked_rows(rows: Sequence[Mapping[Any, Any]], metric: Metric) -> list[dict[Any, Any]]:
    """Areas with a shown value, best first, with `place` (equal values share one)."""
    known = [row for row in rows if not formats.is_missing(row["shown"])]
    sign = 1 if metric.better == "down" else -1
    # The place of a value is that of its first one.
    places: dict[float, int] = {}
    for before, value in enumerate(sorted(sign * row["shown"] for row in known)):
        places.setdefault(value, before + 1)
    placed = [{**row, "place": places[sign * row["shown"]]} for row in known]
    return sorted(placed, key=lambda row: (row["place"], row["area_code"]))


def _edge(metric: Metric, edge: float) -> str:
    if not is_share(metric):
        return formats.decimal(edge, 0 if edge >= 10 or edge == int(edge) else 1)
    return formats.decimal(edge * 100, 0 if abs(edge * 100 - round(edge * 100)) < 1e-9 else 1)


def _nice(step: float) -> float:
    return next((nice for nice in _STEPS if step <= nice), _STEPS[-1])


def _nice_below(step: float) -> float:
    return next((nice for nice in reversed(_STEPS) if nice <= step), _STEPS[0])
