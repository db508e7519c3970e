"""Ranks and their consequences: who is commended, who explains in writing, who loses eligibility.

Everything compares exact numbers (int, Decimal, Fraction); a float is refused, because a rounded
number must never decide a rank.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Literal

from pipelines.tiers import Tier

Exact = int | Decimal | Fraction

Consequence = Literal["commended", "explains", "ineligible", "explains+ineligible", ""]


@dataclass(frozen=True)
class Rank:
    """A competition rank: `rank` of `of` ranked ones; `tied` when another one shares it."""

    rank: int
    tied: bool
    of: int


@dataclass(frozen=True)
class RankedUnit:
    """A unit before ranking: its group, exact score (None without people), tier (None without lines)."""

    unit_id: str
    ranking_group: str
    score: Fraction | None
    tier: Tier | None


@dataclass(frozen=True)
class UnitStanding:
    """The rank of a unit within its ranking group (None without people) and what follows from it."""

    unit_id: str
    rank: Rank | None
    consequence: Consequence


def exact_score(points: Exact, headcount: int) -> Fraction | None:
    """Points per person as a fraction; None when there is nobody. TypeError for a float."""
    _refuse_floats([points])
    if not headcount:
        return None
    numerator, denominator = points.as_integer_ratio()
    return Fraction(numerator, denominator * headcount)


def competition_ranks(scores: Sequence[Exact | None]) -> list[Rank | None]:
    """Competition ranks 1-2-2-4, highest score first, in the order given.

    None has no rank and does not count. TypeError for floats.
    """
    ranked = [score for score in scores if score is not None]
    _refuse_floats(ranked)
    # Over one denominator whole numbers stand in the same order, and they compare many times faster.
    ratios = [score.as_integer_ratio() for score in ranked]
    whole = lcm(*(denominator for _, denominator in ratios))
    places = [numerator * (whole // denominator) for numerator, denominator in ratios]
    shared_by = Counter(places)
    ranks: dict[int, Rank] = {}
    better = 0
    for place in sorted(shared_by, reverse=True):
        ranks[place] = Rank(better + 1, shared_by[place] > 1, len(ranked))
        better += shared_by[place]
    found = iter(places)
    return [None if score is None else ranks[next(found)] for score in scores]


def ranks_within(groups: Sequence[str], scores: Sequence[Exact | None]) -> list[Rank | None]:
    """Competition ranks of each score among those of the same group, in the order given."""
    members: defaultdict[str, list[int]] = defaultdict(list)
    for position, group in enumerate(groups):
        members[group].append(position)
    ranks: list[Rank | None] = [None] * len(scores)
    for positions in members.values():
        within = competition_ranks([scores[position] for position in positions])
        for position, rank in zip(positions, within, strict=True):
            ranks[position] = rank
    return ranks


def shares_by_size(places: int, sizes: Mapping[str, int]) -> dict[str, int]:
    """Shares `places` out over groups by size with the largest remainder (Hamilton's method).

    Never more places than members. Equal remainders go to the larger group, then to the earlier name,
    so that the answer does not depend on the order of the groups.
    """
    members = sum(sizes.values())
    if members == 0:
        return dict.fromkeys(sizes, 0)
    places = min(places, members)
    shares = {group: places * size // members for group, size in sizes.items()}
    by_remainder = sorted(sizes, key=lambda group: (-(places * sizes[group] % members), -sizes[group], group))
    for group in by_remainder[: places - sum(shares.values())]:
        shares[group] += 1
    return shares


def rank_units(units: Sequence[RankedUnit], commend: int, explain: int) -> list[UnitStanding]:
    """Ranks units within their ranking groups and draws the consequences, in the order given.

    `commend` and `explain` places are shared out over the groups by size; the size of a group is the
    number of its *ranked* units: a unit without people neither takes nor brings a place.

    - commended: the first of the group, a tie at the cut included. A unit in the tier fail is not
      commended, for it has lost its award eligibility; its place goes to nobody.
    - explains: the last of the group, a tie at the cut included, but never a unit in the tier good or
      better, and never a commended one (in a group so small that first and last meet).
    - ineligible: the tier fail. Without score lines there is no tier, and only places decide.
    """
    ranks = ranks_within([unit.ranking_group for unit in units], [unit.score for unit in units])
    from_below = ranks_within(
        [unit.ranking_group for unit in units],
        [None if unit.score is None else -unit.score for unit in units],
    )
    sizes = Counter(unit.ranking_group for unit in units if unit.score is not None)
    commended_places = shares_by_size(commend, sizes)
    explaining_places = shares_by_size(explain, sizes)
    standings = []
    for unit, rank, place_from_below in zip(units, ranks, from_below, strict=True):
        consequence: Consequence = ""
        if rank is not None and place_from_below is not None:
            consequence = _consequence(
                unit.tier,
                among_first=rank.rank <= commended_places[unit.ranking_group],
                among_last=place_from_below.rank <= explaining_places[unit.ranking_group],
            )
        standings.append(UnitStanding(unit.unit_id, rank, consequence))
    return standings


def _consequence(tier: Tier | None, among_first: bool, among_last: bool) -> Consequence:
    if tier is Tier.FAIL:
        return "explains+ineligible" if among_last else "ineligible"
    if among_first:
        return "commended"
    if among_last and tier in (None, Tier.PASS):
        return "explains"
    return ""


def _refuse_floats(scores: Sequence[Exact]) -> None:
    for score in scores:
        if not isinstance(score, int | Decimal | Fraction):
            raise TypeError(f"an inexact number cannot be ranked: {score!r}")
