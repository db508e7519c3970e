"""Which rate needs looking at: of those that communities can be compared by, the one that fell most."""

from dashboard.board.district_map import DEFAULT_METRIC, FEWEST, mappable_metrics, values_by_community
from dashboard.board.door import Serving, answer
from dashboard.board.figures import Figure, figure
from dashboard.board.thresholds import is_settled
from dashboard.formats import rounded
from pipelines.periods import Period

# Rates that measure work done for residents; shares that only describe (residents, party members) are none. The first
# two stand in the overview: what fell there is what the map goes on with.
HEADLINES = ("in_time_rate", "wish_fulfilled_rate")
WATCHED = (*HEADLINES, "task_claim_rate", "closing_rate", "checkin_valid_rate")


@answer
def weakest(serving: Serving, period: Period) -> Figure | None:
    """The rate with the largest fall on the previous period, the overview's first; the in-time rate when none has fallen.

    A fall is one that can be seen at one decimal. Rates that are not settled, or that fewer than half of the communities
    have enough cases for, are left out; None when that leaves nothing.
    """
    offered = mappable_metrics(serving.district.burden_relief)
    watched = [
        name
        for name in WATCHED
        if name in offered
        and is_settled(name, period, serving.last_day)
        and _comparable(serving, name, period)
    ]
    found = [figure(serving, name, period, None) for name in watched]
    falls = [one for one in found if one.change is not None and rounded(one.change * 100, 1) < 0]
    if falls:
        seen = [one for one in falls if one.metric.name in HEADLINES]
        return min(seen or falls, key=lambda one: one.change or 0.0)
    usual = [one for one in found if one.metric.name == DEFAULT_METRIC]
    return next(iter(usual + found), None)


def _comparable(serving: Serving, name: str, period: Period) -> bool:
    frame = values_by_community(serving, name, period)
    enough = int((frame["denominator"].astype(float) >= FEWEST).sum())
    return enough > 0 and enough * 2 >= len(frame)
