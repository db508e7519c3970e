"""Check-ins: how many are valid, how far off are the others, does everyone come as often as the rule asks?

People and check-ins of a unit are all of its people and all of theirs: nothing about units takes an area.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from dashboard.board.area_tree import inside
from dashboard.board.door import Serving, answer, ask, rows
from dashboard.board.figures import Figure, Value, by_dimension, figure, one_value
from dashboard.board.thresholds import FEWEST_TO_RANK
from pipelines.periods import MONTHS_OF, Period
from pipelines.ranking import ranks_within

RATE, PER_PERSON = "checkin_valid_rate", "checkins_per_person"
HEADLINES = ("checkins", RATE, PER_PERSON)
# Below this one check-in moves the share by more than ten percentage points.


@dataclass(frozen=True)
class Target:
    """Valid check-ins that the rule asks of a person in a period; of a running one those of its days so far."""

    whole: float
    to_date: float

    @property
    def is_running(self) -> bool:
        """Whether the period is not over."""
        return self.to_date < self.whole


@dataclass(frozen=True)
class Distances:
    """Check-ins per class of distance (low and high edge in metres, high None at the end); `unlocated` had no point."""

    edges: list[tuple[float, float | None]]
    names: list[str]
    counts: list[int]
    unlocated: int
    radius: float


@answer
def are_there(serving: Serving) -> bool:
    """Whether the version holds any check-in."""
    return not ask(serving.root, serving.version, "checkins", "all").empty


@answer
def headline_figures(serving: Serving, period: Period, area: str | None) -> dict[str, Figure]:
    """Check-ins, valid share and valid ones per person, with 环比 and 同比."""
    return {name: figure(serving, name, period, area) for name in HEADLINES}


def target(serving: Serving, period: Period) -> Target:
    """The rule of `district.toml` (a year) for the months of the period, and for its days up to data until."""
    whole = serving.district.checkins.per_year * MONTHS_OF[period.grain] / 12
    days = period.days_elapsed(serving.last_day)
    return Target(whole, whole * days / period.days)


@answer
def distances(serving: Serving, period: Period, area: str | None) -> Distances:
    """The histogram of the period's check-ins by distance from the registered point."""
    frame = by_dimension(serving, "checkins", period, "distance", area)
    placed = frame[frame["distance"] != ""]
    return Distances(
        [_edges(code) for code in placed["distance"]],
        [str(name) for name in placed["distance_name"]],
        [int(count) for count in placed["value"]],
        int(frame.loc[frame["distance"] == "", "value"].sum()),
        float(serving.district.checkins.radius_m),
    )


def _edges(code: str) -> tuple[float, float | None]:
    """`40-50` → 40, 50; `1000+` → 1000, None."""
    low, _dash, high = code.rstrip("+").partition("-")
    return float(low), float(high) if high else None


def district_rate(serving: Serving, period: Period) -> Value:
    """The valid share of the whole district, whatever area is chosen."""
    return one_value(serving, RATE, period, None)


@answer
def subdistricts(serving: Serving, period: Period) -> pd.DataFrame:
    """Valid share by subdistrict checked into, highest first."""
    return by_dimension(serving, RATE, period, "subdistrict").sort_values("value", ascending=False)


@answer
def communities(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """Valid share by community checked into, with rank and tied among those with enough check-ins, lowest first."""
    frame = by_dimension(serving, RATE, period, "community", area)
    scores = [
        Fraction(int(valid), int(located)) if located >= FEWEST_TO_RANK else None
        for valid, located in zip(frame["numerator"], frame["denominator"], strict=True)
    ]
    return _ranked(frame, scores).sort_values(["rank", "denominator"], ascending=[False, False])


@answer
def units(serving: Serving, period: Period) -> pd.DataFrame:
    """Every unit: people at the period's end, their valid check-ins, how many reached the target; ranked in its group."""
    frame = by_dimension(serving, PER_PERSON, period, "unit")
    reached = rows(
        serving.root,
        serving.version,
        _REACHED,
        (target(serving, period).to_date, period.grain, period.start),
    )
    frame = frame.merge(reached, how="left", left_on="unit", right_on="unit_id")
    frame["ranking_group"] = frame["ranking_group"].fillna("")
    scores = [
        Fraction(int(valid), int(people))
        for valid, people in zip(frame["numerator"], frame["denominator"], strict=True)
    ]
    frame = _ranked_within(frame, frame["ranking_group"].tolist(), scores)
    return frame.sort_values(["ranking_group", "rank", "unit"])


@answer
def on_target(serving: Serving, period: Period, area: str | None) -> Value:
    """Share of the people of units who reached the target so far; an area means those on its rosters."""
    row = rows(
        serving.root,
        serving.version,
        _ON_TARGET.format(inside=inside(serving, area)),
        (target(serving, period).to_date, period.grain, period.start),
    )
    reached, people = (int(one) for one in row.iloc[0])
    return Value(reached / people, reached, people) if people else Value()


def _ranked(frame: pd.DataFrame, scores: Sequence[Fraction | None]) -> pd.DataFrame:
    return _ranked_within(frame, [""] * len(scores), scores)


def _ranked_within(
    frame: pd.DataFrame, groups: Sequence[str], scores: Sequence[Fraction | None]
) -> pd.DataFrame:
    ranks = ranks_within(groups, scores)
    return frame.assign(
        rank=pd.array([one.rank if one else None for one in ranks], dtype="Int64"),
        tied=[bool(one and one.tied) for one in ranks],
    )


_REACHED = """
SELECT u.unit_id, u.ranking_group, count(CASE WHEN m.valid_checkins >= ? THEN 1 END) AS reached
FROM marts.unit_people AS m
JOIN facts.units AS u ON u.unit_no = m.unit_no
WHERE m.grain = ? AND m.period_start = ?
GROUP BY u.unit_id, u.ranking_group
"""

_ON_TARGET = """
SELECT count(CASE WHEN valid_checkins >= ? THEN 1 END) AS reached, count(*) AS people
FROM marts.unit_people
WHERE grain = ? AND period_start = ? AND {inside}
"""
