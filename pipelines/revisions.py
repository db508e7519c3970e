"""Revisions 修订差异: what later data changed against the published ranking of a quarter. Pure, no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

Reason = Literal["headcount", "points", "group", "rules", "others", "appeared", "gone"]


@dataclass(frozen=True)
class Side:
    """A unit in one of the two rankings."""

    ranking_group: str
    headcount: int
    points: float
    score: float | None
    tier: str
    rank: int | None
    tied: bool
    consequence: str


@dataclass(frozen=True)
class Revision:
    """A unit whose score, tier, rank or consequence is another one now; `now` is None when it is gone, and so on.

    Reasons: its headcount or points changed, its ranking group did, the rules did (the same points over the same
    people give another tier), or only others moved (`others`).
    """

    unit_id: str
    unit: str
    published: Side | None
    now: Side | None
    reasons: tuple[Reason, ...]


def revisions(published: pd.DataFrame, live: pd.DataFrame) -> list[Revision]:
    """Units that stand differently in the live ranking, in the order of the published one, new ones last.

    Both frames as `rank_units` gives them. Scores are compared unrounded: equal fractions give equal floats.
    """
    before, now = (_by_unit(frame) for frame in (published, live))
    found = [_revision(unit_id, before.get(unit_id), now.get(unit_id)) for unit_id in {**before, **now}]
    return [revision for revision in found if revision is not None]


def _by_unit(frame: pd.DataFrame) -> dict[str, Mapping[str, Any]]:
    rows = ({str(name): value for name, value in row.items()} for row in frame.to_dict("records"))
    return {str(row["unit_id"]): row for row in rows}


def _revision(
    unit_id: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> Revision | None:
    published, now = (None if row is None else _side(row) for row in (before, after))
    known = after or before
    if known is None or published == now:
        return None
    name = str(known["unit"])
    if published is None or now is None:
        reason: Reason = "appeared" if published is None else "gone"
        return Revision(unit_id, name, published, now, (reason,))
    return Revision(unit_id, name, published, now, _reasons(published, now))


def _reasons(published: Side, now: Side) -> tuple[Reason, ...]:
    found: list[Reason] = []
    if published.headcount != now.headcount:
        found.append("headcount")
    if published.points != now.points:
        found.append("points")
    if published.ranking_group != now.ranking_group:
        found.append("group")
    if not found and published.tier != now.tier:
        found.append("rules")
    return tuple(found) or ("others",)


def _side(row: Mapping[str, Any]) -> Side:
    return Side(
        ranking_group=str(row["ranking_group"] or ""),
        headcount=int(row["headcount"]),
        points=float(row["points"]),
        score=None if pd.isna(row["score"]) else float(row["score"]),
        tier=str(row["tier"] or ""),
        rank=None if pd.isna(row["rank"]) else int(row["rank"]),
        tied=bool(row["tied"]),
        consequence=str(row["consequence"] or ""),
    )
