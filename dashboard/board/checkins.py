"""Check-ins: how many are valid, how far off are the others, does everyone come as often as the rule asks?

People and check-ins of a unit are all of its people and all of theirs: nothing about units takes an area.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pandas as pd

from dashboard.board.area_tree import inside
from dashboard.board.door import Serving, answer, ask, connection
from dashboard.board.figures import Figure, Value, by_dimension, figure, one_value
from dashboard.board.rank_order import in_rank_order
from dashboard.board.thresholds import FEWEST_TO_RANK
from dashboard.board.units import known_units
from dashboard.table_rows import Row, rows_of
from pipelines.periods import MONTHS_OF, Period
from pipelines.ranking import ranks_within

RATE, PER_PERSON = "checkin_valid_rate", "checkins_per_person"
HEADLINES = ("checkins", RATE, PER_PERSON)


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
    falling = [(one is None, -one.rank if one else 0, -base) for one, base in zip(ranks, bases, strict=True)]
    return in_rank_order(frame, falling, ranks)


@answer
def community_rows(serving: Serving, period: Period, area: str | None) -> list[Row]:
    """The same, one by one."""
    return rows_of(communities(serving, period, area))


@answer
def units(serving: Serving, period: Period) -> pd.DataFrame:
    """Every unit: people at the period's end, their valid check-ins, how many reached the target; ranked in its group."""
    frame = by_dimension(serving, PER_PERSON, period, "unit")
    reached = _reached(serving, period.grain, target(serving, period).to_date)
    groups = dict(known_units(serving).values())
    codes = frame["unit"].tolist()
    counts = zip(frame["numerator"].tolist(), frame["denominator"].tolist(), strict=True)
    scores = [Fraction(int(valid), int(people)) for valid, people in counts]
    own = [groups.get(code, "") for code in codes]
    ranks = ranks_within(own, scores)
    placed = [
        (group, one is None, one.rank if one else 0, code)
        for group, one, code in zip(own, ranks, codes, strict=True)
    ]
    there = [reached.get((period.start, code), 0) for code in codes]
    return in_rank_order(frame.assign(ranking_group=own, reached=there), placed, ranks)


@answer
def unit_rows(serving: Serving, period: Period) -> list[Row]:
    """The same, one by one."""
    return rows_of(units(serving, period))


@answer
def _reached(serving: Serving, grain: str, asked: float) -> dict[tuple[date, str], int]:
    """First day of a period and unit → people with so many valid check-ins, of all periods at once."""
    cursor = connection(serving.root, serving.version).cursor()
    found = cursor.execute(_REACHED, [asked, grain]).fetchall()
    known = known_units(serving)
    return {(start, known[number][0]): count for start, number, count in found if number in known}


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


_REACHED = """
SELECT period_start, unit_no, CAST(sum(people) AS BIGINT) AS reached
FROM marts.unit_checkins
WHERE valid_checkins >= ? AND grain = ? AND dimension = 'unit'
GROUP BY period_start, unit_no
"""

_ON_TARGET = """
SELECT
    period_start,
    CAST(coalesce(sum(CASE WHEN valid_checkins >= ? THEN people END), 0) AS BIGINT) AS reached,
    CAST(sum(people) AS BIGINT) AS people
FROM marts.unit_checkins
WHERE grain = ? AND dimension = 'community' AND {inside}
GROUP BY period_start
"""
