"""The units of a sheet in words: by ranking group, and who is commended, explains, or stands near a line."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.board.units import EVERY_GROUP, in_group, ranking_groups
from dashboard.components.ranking_lists import Flag, UnitList
from dashboard.translations import _
from dashboard.wording.units import table_rows


def every_group(groups: Mapping[str, str]) -> dict[str, str]:
    """The choice of ranking group on a sheet: all of them first."""
    return {EVERY_GROUP: _("All ranking groups"), **groups}


def by_group(units: pd.DataFrame, lines: Sequence[float], tiers: Sequence[str]) -> list[UnitList]:
    """The units of each group, the largest group first, best units first."""
    return [
        UnitList(
            _("{group}: {count} units").format(group=group or _("Without group"), count=count),
            table_rows(in_group(units, group), lines, tiers, {}),
        )
        for group, count in ranking_groups(units).items()
    ]


def consequences(units: pd.DataFrame, lines: Sequence[float], tiers: Sequence[str]) -> tuple[str, list[Flag]]:
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
