"""The units of a sheet in words: by ranking group, and who is commended, explains, or stands near a line."""

from collections.abc import Sequence

import pandas as pd

from dashboard.board.units import EVERY_GROUP, groups_of, rows_in
from dashboard.components.ranking_lists import Flag, UnitList
from dashboard.table_rows import Row, rows_of
from dashboard.theme import on_paper
from dashboard.translations import _
from dashboard.wording.units import group_labels, table_rows


def groups(units: Sequence[Row]) -> dict[str, str]:
    """The ranking groups to choose from, the largest first; on a sheet after all of them together."""
    every = {EVERY_GROUP: _("All ranking groups")} if on_paper() else {}
    return every | group_labels(groups_of(units))


def named(group: str) -> str:
    """A ranking group as the headline names it; all of them need no name."""
    return "" if group == EVERY_GROUP else group


def sheet(
    units: pd.DataFrame, lines: Sequence[float], tiers: Sequence[str]
) -> tuple[list[UnitList], Sequence[str], str, list[Flag]]:
    """What a sheet lists: the groups with their units, the names of the tiers, and what follows for whom."""
    rows = rows_of(units)
    return by_group(rows, lines, tiers), tiers, *consequences(rows, lines, tiers)


def by_group(units: Sequence[Row], lines: Sequence[float], tiers: Sequence[str]) -> list[UnitList]:
    """The units of each group, the largest group first, best units first."""
    return [
        UnitList(
            _("{group}: {count} units").format(group=group or _("Without group"), count=count),
            table_rows(rows_in(units, group), lines, tiers, {}),
        )
        for group, count in groups_of(units).items()
    ]


def consequences(
    units: Sequence[Row], lines: Sequence[float], tiers: Sequence[str]
) -> tuple[str, list[Flag]]:
    """Title, and what follows for whom: commended first, then who explains, then who stands near a line."""
    flagged: dict[tuple[str, str], list[str]] = {}
    for row in table_rows(units, lines, tiers, {}):
        for flag in row.flags:
            flagged.setdefault(flag, []).append(row.name)
    return _("What follows from the ranking"), [
        Flag(_("{flag}: {count}").format(flag=word, count=len(names)), colour, _(" / ").join(names))
        for (word, colour), names in sorted(flagged.items(), key=lambda one: _ORDER.index(one[0][1]))
    ]


# Commended, explains, near line: by the colour classes of `units.flags`.
_ORDER = ("gold", "bad", "red")
