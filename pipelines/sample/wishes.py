"""Micro-wishes: collected, adopted, fulfilled; within their year or not at all."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.sample.columns import codes, missing_moments, moments_column, running_numbers, texts
from pipelines.sample.geography import Geography
from pipelines.sample.names import WISH_CHANNELS, WISHES
from pipelines.sample.people import People
from pipelines.sample.plan import Plan, apportion, end_of, first_day, last_day, month_code, year_of
from pipelines.sample.seasons import moments, monthly
from pipelines.sample.stories import Stories

Ints = NDArray[np.int64]
Moments = NDArray[np.datetime64]

SMALL_KINDS = ("小建议", "小纠纷", "小隐患", "小困难")


def make_wishes(
    plan: Plan, geography: Geography, people: People, stories: Stories, month: np.datetime64
) -> pa.Table:
    """The wishes collected in a month; a fixed number of them, by chance of their community, come true."""
    rng = plan.stream("wishes", month_code(month))
    count = monthly(plan.figures.wishes, month)
    size = geography.population * plan.stream("wishes by community").uniform(0.6, 1.6, geography.count)
    community = rng.choice(geography.count, size=count, p=size / size.sum())
    collected_at = moments(rng, month, count)
    chance = stories.wishes(month)[community]
    keys = rng.random(count) - chance
    ranks = np.argsort(np.argsort(keys, kind="stable"), kind="stable")
    fulfilled = ranks < _fulfilled_of(plan, month, count)
    adopted = fulfilled | (rng.random(count) < 0.45)
    adopted_at = collected_at + _hours(rng, count, 2.9, 0.9)
    fulfilled_at = adopted_at + _hours(rng, count, 4.4, 0.8)
    # A wish of December that comes true does so by the end of the year.
    end = end_of(np.datetime64(f"{year_of(month)}-12-31", "D"))
    late = fulfilled & (fulfilled_at > end)
    share = rng.uniform(0.1, 0.5, count)
    adopted_at = np.where(late, collected_at + (end - collected_at) * share, adopted_at)
    fulfilled_at = np.where(late, collected_at + (end - collected_at) * (share + 0.45), fulfilled_at)
    category = rng.choice(len(WISHES), size=count, p=[weight for _, weight in WISHES.values()])
    kinds = np.array([SMALL_KINDS.index(kind) for kind, _ in WISHES.values()])
    return pa.table(
        {
            "wish_id": codes("X", running_numbers(month_code(month), plan.sequence_width, count)),
            "community_code": texts(geography.codes, community),
            "category": texts(list(WISHES), category),
            "small_kind": texts(SMALL_KINDS, np.where(rng.random(count) < 0.04, -1, kinds[category])),
            "channel": texts(WISH_CHANNELS, rng.choice(4, size=count, p=[0.3, 0.36, 0.22, 0.12])),
            "collected_at": moments_column(collected_at),
            "adopted_at": moments_column(np.where(adopted, adopted_at, missing_moments(count))),
            "adopter_id": texts(
                people.steward_id, np.where(adopted, _adopters(rng, people, month, community), -1)
            ),
            "fulfilled_at": moments_column(np.where(fulfilled, fulfilled_at, missing_moments(count))),
        }
    )


def _fulfilled_of(plan: Plan, month: np.datetime64, count: int) -> int:
    """How many of the month's wishes come true, so that those of 2023 add up to the figure."""
    year = year_of(month)
    first = np.datetime64(f"{year}-01", "M")
    collected = np.array([monthly(plan.figures.wishes, first + m) for m in range(12)])
    # Earlier years did a little worse; late wishes of a year have less time.
    share = plan.figures.fulfilled / plan.figures.wishes - 0.02 * (2023 - year)
    weights = collected * np.array([1.0] * 10 + [0.985, 0.95])
    total = round(share * collected.sum()) if year < 2023 else plan.figures.fulfilled
    return min(int(apportion(total, weights)[int((month - first).astype(int))]), count)


def _hours(rng: np.random.Generator, count: int, log_median: float, spread: float) -> NDArray[np.timedelta64]:
    return (np.exp(rng.normal(log_median, spread, count)) * 3600).astype(np.int64).astype("timedelta64[s]")


def _adopters(rng: np.random.Generator, people: People, month: np.datetime64, community: Ints) -> Ints:
    """Somebody on the roster of the community all through the month, else anybody so."""
    able = np.flatnonzero(people.active(first_day(month), last_day(month)))
    low = np.searchsorted(people.community[able], community)
    high = np.searchsorted(people.community[able], community, side="right")
    low, high = np.where(high > low, low, 0), np.where(high > low, high, len(able))
    return able[low + np.floor((high - low) * rng.random(len(community))).astype(np.int64)]
