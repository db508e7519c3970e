"""Honours: the stars of each community by month, the medals at the end of the year."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.sample.columns import codes, moments_column, running_numbers, texts
from pipelines.sample.people import People
from pipelines.sample.plan import Plan, apportion, last_day, month_code, month_of_year
from pipelines.sample.seasons import monthly

Ints = NDArray[np.int64]

KINDS = ("红管家之星", "金质", "银质", "铜质")
_MEDALS = np.array([0.1, 0.3, 0.6])


class HonourRoll:
    """Remembers who has a star in the year: nobody gets two, and only stars win medals."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._starred = np.zeros(people.count, dtype=np.bool_)
        self._earned = np.zeros(people.count, dtype=np.float64)

    def awarded(self, plan: Plan, month: np.datetime64, earned: Ints) -> pa.Table:
        """The honours of a month, given on its last day; `earned` are the points of each person in it."""
        if month_of_year(month) == 0:
            self._starred[:] = False
            self._earned[:] = 0
        self._earned += earned
        rng = plan.stream("honours", month_code(month))
        stars = self._stars(rng, plan, month, earned)
        self._starred[stars] = True
        medals: list[Ints] = []
        if month_of_year(month) == 11:
            medals = self._medals(plan, month)
        who = np.concatenate([stars, *medals])
        kind = np.repeat(np.arange(1 + len(medals)), [len(stars), *(len(group) for group in medals)])
        awarded_on = np.full(len(who), last_day(month))
        return pa.table(
            {
                "honour_id": codes("R", running_numbers(month_code(month), plan.sequence_width, len(who))),
                "steward_id": self._people.steward_id.take(pa.array(who)),
                "kind": texts(KINDS, kind),
                "awarded_on": moments_column(awarded_on),
            }
        )

    def _stars(self, rng: np.random.Generator, plan: Plan, month: np.datetime64, earned: Ints) -> Ints:
        """The best of each community who still has none, compared with their own class."""
        people = self._people
        able = (earned > 0) & ~self._starred & (people.number >= 2) & people.on_roster(last_day(month))
        total = np.bincount(people.number[able], weights=earned[able], minlength=7)
        typical = np.maximum(total / np.maximum(np.bincount(people.number[able], minlength=7), 1), 1)
        merit = np.where(able, earned / typical[people.number], 0)
        candidates = np.array(
            [able[low:high].sum() for low, high in zip(people.first, people.first[1:], strict=False)]
        )
        wanted = min(monthly(plan.figures.stars, month), int(candidates.sum()))
        each = _capped(wanted, rng.uniform(0.8, 1.2, len(candidates)), candidates)
        chosen = [
            low + np.argsort(-merit[low:high], kind="stable")[:count]
            for low, high, count in zip(people.first, people.first[1:], each, strict=False)
        ]
        return np.sort(np.concatenate(chosen)).astype(np.int64)

    def _medals(self, plan: Plan, month: np.datetime64) -> list[Ints]:
        """Gold, silver and bronze for those stars who earned most in the year and are still there."""
        starred = np.flatnonzero(self._starred & self._people.on_roster(last_day(month)))
        wanted = min(monthly_of_year(plan, month), len(starred))
        best = starred[np.argsort(-self._earned[starred], kind="stable")[:wanted]]
        ends = np.cumsum(apportion(len(best), _MEDALS))
        return [best[: ends[0]], best[ends[0] : ends[1]], best[ends[1] :]]


def monthly_of_year(plan: Plan, month: np.datetime64) -> int:
    """How many medals the year of a month gives."""
    first = month - 11
    return round(plan.figures.medals * sum(monthly(10_000, first + m) for m in range(12)) / 10_000)


def _capped(total: int, weights: NDArray[np.float64], most: Ints) -> Ints:
    """Shares of a total, none above what is there; what one cannot take goes to the others."""
    shares = np.zeros(len(weights), dtype=np.int64)
    while shares.sum() < total:
        open_ = weights * (shares < most)
        shares = np.minimum(shares + apportion(total - int(shares.sum()), open_), most)
    return shares
