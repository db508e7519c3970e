"""Sums of a mart over the months of a period: all months are asked once, the next period is added up from them.

Planning a question costs DuckDB more than reading a mart of some hundred months and codes.
"""

from datetime import date

import numpy as np
import pandas as pd

from dashboard.board.door import Serving, answer, rows
from pipelines.periods import Period

START = "period_start"


def summed(serving: Serving, statement: str, period: Period) -> dict[str, float]:
    """Column → its sum over the months of the period; `statement` gives the sums of every month with its `period_start`."""
    months = rows(serving.root, serving.version, statement)
    found = months[_within(months, period)]
    return {name: float(found[name].sum()) for name in months.columns if name != START}


def summed_by(serving: Serving, statement: str, period: Period, code: str) -> pd.DataFrame:
    """Code and its sums over the months of the period, most of the first sum first, then by code."""
    months = rows(serving.root, serving.version, statement)
    found = months[_within(months, period)]
    codes, places = np.unique(found[code].to_numpy(object), return_inverse=True)
    sums = {
        name: np.bincount(places, found[name].to_numpy(float), len(codes))
        for name in months.columns
        if name not in (START, code)
    }
    frame = pd.DataFrame({code: codes.astype(object), **sums})
    return frame.sort_values(next(iter(sums)), ascending=False, kind="stable", ignore_index=True)


@answer
def by_day(serving: Serving, statement: str) -> dict[date, int]:
    """Day → its sum; `statement` gives every day with its `period_start`."""
    days = rows(serving.root, serving.version, statement)
    (sums,) = (days[name] for name in days.columns if name != START)
    return {day.date(): int(count) for day, count in zip(days[START], sums, strict=True)}


def _within(months: pd.DataFrame, period: Period) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    starts = months[START].to_numpy("datetime64[D]")
    return (starts >= np.datetime64(period.start)) & (starts <= np.datetime64(period.end))
