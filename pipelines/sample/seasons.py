"""When things happen: months of the year, days of the week and of festivals, hours of the day."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipelines.sample.plan import YEAR_SHARE, apportion, first_day, month_of_year, year_of

Moments = NDArray[np.datetime64]

# Spring peaks before the summer heat, autumn after it; the Spring Festival month is quiet.
_MONTHS = np.array([0.82, 0.90, 1.03, 1.06, 1.04, 1.02, 0.95, 0.93, 1.03, 1.02, 1.07, 1.05])
# What an ordinary month of the year gains on the one before.
_GROWTH = {2021: 0.050, 2022: 0.028, 2023: 0.014}
_SPRING_FESTIVAL = {2021: "2021-02-11", 2022: "2022-01-31", 2023: "2023-01-21"}
_HOURS = np.array(
    [0, 0, 0, 0, 0, 0, 1, 4, 11, 15, 14, 9, 5, 6, 10, 13, 12, 8, 6, 6, 4, 2, 1, 0], dtype=np.float64
)


@cache
def month_weights(year: int) -> NDArray[np.float64]:
    """Relative volume of the twelve months of a year: season, growth, holidays."""
    growth = (1 + _GROWTH[year]) ** np.arange(12)
    first = np.datetime64(f"{year}-01", "M")
    holidays = np.array([_day_weights(first + month).mean() for month in range(12)])
    return np.asarray(_MONTHS * growth * (0.5 + 0.5 * holidays / holidays.max()))


def monthly(total_2023: int, month: np.datetime64) -> int:
    """How many of the yearly `total_2023` fall into a month; the twelve months of 2023 add up to it."""
    year = year_of(month)
    total = round(total_2023 * YEAR_SHARE[year])
    return int(apportion(total, month_weights(year))[month_of_year(month)])


def moments(rng: np.random.Generator, month: np.datetime64, count: int) -> Moments:
    """`count` moments of working life within a month, ascending, to the second."""
    days = draw_days(rng, month, count)
    hours = rng.choice(24, size=count, p=_HOURS / _HOURS.sum())
    seconds = hours * 3600 + rng.integers(0, 3600, count)
    return np.sort(days.astype("datetime64[s]") + seconds.astype("timedelta64[s]"))


def draw_days(rng: np.random.Generator, month: np.datetime64, count: int) -> Moments:
    """`count` days of a month in no order, fewer at weekends and around festivals."""
    weights = _day_weights(month)
    drawn = rng.choice(len(weights), size=count, p=weights / weights.sum())
    return first_day(month) + drawn.astype("timedelta64[D]")


@cache
def _day_weights(month: np.datetime64) -> NDArray[np.float64]:
    first, after = first_day(month), first_day(month + 1)
    days = np.arange(first, after)
    weekday = (days.astype(np.int64) + 3) % 7
    weights = np.where(weekday >= 5, 0.55, 1.0)
    year = year_of(month)
    for opening, length, factor in ((_SPRING_FESTIVAL[year], 7, 0.12), (f"{year}-10-01", 7, 0.4)):
        start = np.datetime64(opening, "D")
        weights = np.where((days >= start) & (days < start + length), factor, weights)
    # Offices wind down before the Spring Festival and start slowly after it.
    start = np.datetime64(_SPRING_FESTIVAL[year], "D")
    weights = np.where((days >= start - 5) & (days < start), 0.6, weights)
    return np.where((days >= start + 7) & (days < start + 14), weights * 0.75, weights)
