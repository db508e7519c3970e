"""What the sample tells: who works well, who falls behind, who catches up, where wishes wait."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.sample.geography import Geography
from pipelines.sample.names import SUBDISTRICTS
from pipelines.sample.plan import FIRST_MONTH, MOST_MONTHS, Plan

Floats = NDArray[np.float64]

_LAGGING = SUBDISTRICTS.index("柳泉镇")
_FALLING = ("青禾街道", 4)
_CATCHING_UP = ("云台镇", 6)
_WISHES_BY_SUBDISTRICT = np.array([0.93, 0.88, 0.90, 0.91, 0.82, 0.86])


@dataclass(frozen=True)
class Stories:
    """Diligence (0 to 1) and chance of a wish, community by month from 2021-01 on."""

    diligence_by_month: Floats
    wishes_by_month: Floats

    def diligence(self, month: np.datetime64) -> Floats:
        """How well each community works in a month."""
        return self.diligence_by_month[:, _index(month)]

    def wishes(self, month: np.datetime64) -> Floats:
        """The chance that a wish of the month comes true, by community."""
        return self.wishes_by_month[:, _index(month)]


def make_stories(plan: Plan, geography: Geography) -> Stories:
    """A level for each community, a slow drift, and three stories on top."""
    rng = plan.stream("stories")
    month = np.arange(MOST_MONTHS)
    level = np.clip(rng.normal(0.76, 0.07, (geography.count, 1)), 0.55, 0.93)
    drift = rng.normal(0, 0.0025, (geography.count, 1)) * (month - 18)
    noise = rng.normal(0, 0.025, (geography.count, MOST_MONTHS))
    diligence = level + drift + noise
    last_two_years = np.clip((month - 12) / 23, 0, 1)
    for (name, number), opening, closing in ((_FALLING, 0.86, 0.30), (_CATCHING_UP, 0.38, 0.90)):
        own = np.flatnonzero(geography.subdistrict == SUBDISTRICTS.index(name))
        if len(own) > number:
            diligence[own[number]] = opening + (closing - opening) * last_two_years + noise[own[number]] / 2
    wishes = _WISHES_BY_SUBDISTRICT[geography.subdistrict][:, None] + rng.normal(
        0, 0.035, (geography.count, 1)
    )
    wishes = wishes + 0.05 * (diligence - 0.76)
    wishes = wishes - 0.13 * (geography.subdistrict == _LAGGING)[:, None] * last_two_years
    return Stories(np.clip(diligence, 0.2, 0.97), np.clip(wishes, 0.3, 0.99))


def _index(month: np.datetime64) -> int:
    return int((month - FIRST_MONTH).astype(int))
