"""Check-ins: how many are valid, how far off are the others, does everyone come as often as the rule asks?

People and check-ins of a unit are all of its people and all of theirs: nothing about units takes an area.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd

from dashboard.board.area_tree import inside
from dashboard.board.door import Serving, answer, ask, connection
from dashboard.board.figures import Figure, Value, by_dimension, figure, one_value
from dashboard.board.thresholds import FEWEST_TO_RANK
from dashboard.formats import is_missing
from dashboard.table_rows import rows_of
from pipelines.periods import MONTHS_OF, Period
from pipelines.ranking import Rank, ranks_within

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
    columns = (frame[name].tolist() for name in ("distance", "distance_name", "value"))
    found = list(zip(*columns, strict=True))
    placed = [one for one in found if one[0] != ""]
    return Distances(
        [_edges(code) for code, _name, _count in placed],
        [str(name) for _code, name, _count in placed],
        [int(count) for _code, _name, count in placed],
        int(sum(count for code, _name, count in found if code == "")),
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
    return by_dimension(serving, RATE, period, "subdistrict").sort_values(
        "value", ascending=False, kind="stable"
    )


@answer
def communities(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """Valid share by community checked into, with rank and tied among those with enough check-ins, lowest first."""
    frame = by_dimension(serving, RATE, period, "community", area)
    bases = frame["denominator"].tolist()
    scores = [
        Fraction(int(valid), int(located)) if located >= FEWEST_TO_RANK else None
        for valid, located in zip(frame["numerator"].tolist(), bases, strict=True)
    ]
    ranks = ranks_within([""] * len(scores), scores)
    falling = [
        (_last(-one.rank if one else None), _last(-base)) for one, base in zip(ranks, bases, strict=True)
    ]
    return _in_order(frame, sorted(range(len(bases)), key=falling.__getitem__), ranks)


@answer
def community_rows(serving: Serving, period: Period, area: str | None) -> list[dict[Hashable, Any]]:
    """The same, one by one."""
    return rows_of(communities(serving, period, area))


@answer
def units(serving: Serving, period: Period) -> pd.DataFrame:
    """Every unit: people at the period's end, their valid check-ins, how many reached the target; ranked in its group."""
    frame = by_dimension(serving, PER_PERSON, period, "unit")
    reached, groups = _reached(serving, period.grain, target(serving, period).to_date), _groups(serving)
    codes = frame["unit"].tolist()
    counts = zip(frame["numerator"].tolist(), frame["denominator"].tolist(), strict=True)
    scores = [Fraction(int(valid), int(people)) for valid, people in counts]
    own = [groups.get(code, "") for code in codes]
    ranks = ranks_within(own, scores)
    placed = [
        (group, _last(one.rank if one else None), code)
        for group, one, code in zip(own, ranks, codes, strict=True)
    ]
    order = sorted(range(len(codes)), key=placed.__getitem__)
    return _in_order(
        frame, order, ranks,
        ranking_group=[own[at] for at in order],
        reached=[reached.get((period.start, codes[at]), 0) for at in order],
    )  # fmt: skip


@answer
def unit_rows(serving: Serving, period: Period) -> list[dict[Hashable, Any]]:
    """The same, one by one."""
    return rows_of(units(serving, period))


@answer
def _reached(serving: Serving, grain: str, asked: float) -> dict[tuple[date, str], int]:
    """First day of a period and unit → people with so many valid check-ins, of all periods at once."""
    cursor = connection(serving.root, serving.version).cursor()
    found = cursor.execute(_REACHED, [asked, grain]).fetchall()
    known = _units(serving)
    return {(start, known[number][0]): count for start, number, count in found if number in known}


def _groups(serving: Serving) -> dict[str, str]:
    """Unit → its ranking group."""
    return dict(_units(serving).values())


@answer
def _units(serving: Serving) -> dict[int, tuple[str, str]]:
    """Number of a unit → its id and its ranking group: two questions to one table each are cheaper than a join."""
    cursor = connection(serving.root, serving.version).cursor()
    return {number: (code, group or "") for number, code, group in cursor.execute(_UNITS).fetchall()}


@answer
def on_target(serving: Serving, period: Period, area: str | None) -> Value:
    """Share of the people of units who reached the target so far; an area means those on its rosters."""
    found = _on_target(serving, period.grain, target(serving, period).to_date, area)
    reached, people = found.get(period.start, (0, 0))
    return Value(reached / people, reached, people) if people else Value()


@answer
def _on_target(serving: Serving, grain: str, asked: float, area: str | None) -> dict[date, tuple[int, int]]:
    """First day of a period → people with so many valid check-ins, and all of them."""
    cursor = connection(serving.root, serving.version).cursor()
    found = cursor.execute(_ON_TARGET.format(inside=inside(serving, area)), [asked, grain]).fetchall()
    return {start: (reached, people) for start, reached, people in found}


def _in_order(
    frame: pd.DataFrame, order: Sequence[int], ranks: Sequence[Rank | None], **columns: list[Any]
) -> pd.DataFrame:
    """The rows in an order, with more columns in that order and their ranks: pandas takes ten times as long to sort."""
    found = [ranks[at] for at in order]
    return frame.take(list(order)).assign(
        **columns,
        rank=pd.array([one.rank if one else None for one in found], dtype="Int64"),
        tied=[bool(one and one.tied) for one in found],
    )


def _last(value: float | None) -> tuple[bool, float]:
    """A number to sort by; what is missing comes last."""
    return (True, 0) if value is None or is_missing(value) else (False, value)


_REACHED = """
SELECT period_start, unit_no, CAST(sum(people) AS BIGINT) AS reached
FROM marts.unit_checkins
WHERE valid_checkins >= ? AND grain = ? AND dimension = 'unit'
GROUP BY period_start, unit_no
"""

_UNITS = "SELECT unit_no, unit_id, ranking_group FROM facts.units"

_ON_TARGET = """
SELECT
    period_start,
    CAST(coalesce(sum(CASE WHEN valid_checkins >= ? THEN people END), 0) AS BIGINT) AS reached,
    CAST(sum(people) AS BIGINT) AS people
FROM marts.unit_checkins
WHERE grain = ? AND dimension = 'community' AND {inside}
GROUP BY period_start
"""
