"""Sums of a mart over the months of a period: all months are asked once, the next period is added up from them.

Planning a question costs DuckDB more than reading a mart of some hundred months and codes.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.board.door import Serving, answer, connection, rows
from pipelines.periods import Period

START = "period_start"


@dataclass(frozen=True)
class _Months:
    """First day and code (an empty text without any) of every row, and its sums, one line for each name."""

    starts: NDArray[np.datetime64]
    codes: NDArray[np.object_]
    names: tuple[str, ...]
    sums: NDArray[np.float64]

    def within(self, period: Period) -> NDArray[np.bool_]:
        """The rows of the months of a period."""
        return (self.starts >= np.datetime64(period.start)) & (self.starts <= np.datetime64(period.end))


def summed(serving: Serving, statement: str, period: Period) -> dict[str, float]:
    """Column → its sum over the months of the period; `statement` gives the sums of every month with its `period_start`."""
    months = _months(serving, statement, None)
    sums = np.nansum(months.sums[:, months.within(period)], axis=1)
    return dict(zip(months.names, sums.tolist(), strict=True))


def summed_by(serving: Serving, statement: str, period: Period, code: str) -> pd.DataFrame:
    """Code and its sums over the months of the period, most of the first sum first, then by code."""
    found = summed_rows(serving, statement, period, code)
    return pd.DataFrame(found, columns=[code, *_months(serving, statement, code).names])


def summed_rows(serving: Serving, statement: str, period: Period, code: str) -> list[dict[str, Any]]:
    """The same row by row."""
    months = _months(serving, statement, code)
    within = months.within(period)
    codes, places = np.unique(months.codes[within], return_inverse=True)
    sums = [np.bincount(places, line, len(codes)).tolist() for line in months.sums[:, within]]
    found = [dict(zip((code, *months.names), row, strict=True)) for row in zip(codes, *sums, strict=True)]
    return sorted(found, key=lambda row: -row[months.names[0]])


@answer
def _months(serving: Serving, statement: str, code: str | None) -> _Months:
    found = connection(serving.root, serving.version).cursor().execute(statement).df()
    names = tuple(str(name) for name in found.columns if name not in (START, code))
    return _Months(
        found[START].to_numpy("datetime64[D]"),
        found[code].to_numpy(object) if code else np.full(len(found), "", object),
        names,
        np.array([found[name].to_numpy(float) for name in names]),
    )


@answer
def by_day(serving: Serving, statement: str) -> dict[date, int]:
    """Day → its sum; `statement` gives every day with its `period_start`."""
    days = rows(serving.root, serving.version, statement)
    (sums,) = (days[name] for name in days.columns if name != START)
    return {day.date(): int(count) for day, count in zip(days[START], sums, strict=True)}
