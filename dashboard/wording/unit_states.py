"""Units before and after: records of the list that what-if and revisions share."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import formats
from dashboard.components.unit_changes import UnitState
from dashboard.translations import _
from pipelines.revisions import Revision, Side


def of_row(row: Mapping[str, Any], words: Sequence[str]) -> UnitState:
    """A unit as a row of a ranking or of a trial has it."""
    return UnitState(
        tier=tier_place(row["tier"], words),
        rank=formats.whole(row["rank"]),
        tied=bool(row["tied"]),
        score=formats.number(row["score"]),
        headcount=float(row["headcount"]),
        points=float(row["points"]),
    )


def of_side(side: Side | None, words: Sequence[str]) -> UnitState | None:
    """A unit as one side of a revision has it."""
    if side is None:
        return None
    tier = tier_place(side.tier, words)
    return UnitState(tier, side.rank, side.tied, side.score, side.headcount, side.points)


def why(revision: Revision) -> str:
    """人数 +1、积分 +20"""
    if revision.published is None or revision.now is None:
        return _("not in the published ranking") if revision.published is None else _("no longer a unit")
    people = revision.now.headcount - revision.published.headcount
    points = revision.now.points - revision.published.points
    found = {
        "headcount": _("people {change}").format(change=formats.signed(people, 0)),
        "points": _("points {change}").format(
            change=formats.signed(points, 0 if points == int(points) else 1)
        ),
        "group": _("another ranking group"),
        "rules": _("other rules"),
        "others": _("other units moved"),
    }
    return _(", ").join(found[reason] for reason in revision.reasons if reason in found)


def tier_place(tier: object, words: Sequence[str]) -> int | None:
    """Place of a tier's name; None without one."""
    return words.index(str(tier)) if tier in words else None
