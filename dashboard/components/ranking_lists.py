"""Whole rankings for paper: the ranking groups beside each other, one narrow row a unit, and what follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import formats
from dashboard.components.headline import block
from dashboard.components.markup import cell, name, show, table, text, tier_mark
from dashboard.components.ranking_table import RankedUnit
from dashboard.translations import _

_MOST_ACROSS = 3


@dataclass(frozen=True)
class UnitList:
    """A title and its units, best first."""

    title: str
    units: Sequence[RankedUnit]


@dataclass(frozen=True)
class Flag:
    """What follows for some units: its words with their number, its colour class, and their names."""

    words: str
    colour: str
    names: str


def ranking_lists(lists: Sequence[UnitList], tiers: Sequence[str], title: str, flags: Sequence[Flag]) -> None:
    """Up to three groups beside each other, a single one broken into two columns; `title` and flags below the shorter."""
    columns = _halves(lists[0]) if len(lists) == 1 else lists
    across = min(len(columns), _MOST_ACROSS)
    tall = " tall" if 1 < len(lists) <= _MOST_ACROSS else ""
    drawn = "".join(f"<div>{_list(one, tiers)}</div>" for one in columns)
    show(f'<div class="lists m{across}{tall}">{drawn}{_consequences(title, flags)}</div>')


def _consequences(title: str, flags: Sequence[Flag]) -> str:
    lines = "".join(
        f'<p><b class="{flag.colour}">{text(flag.words)}</b><span>{text(flag.names)}</span></p>'
        for flag in flags
    )
    return f'<div class="follows">{block(title, "", lines)}</div>' if lines else ""


def _halves(one: UnitList) -> list[UnitList]:
    middle = (len(one.units) + 1) // 2
    parts = [one.units[:middle], one.units[middle:]]
    return [UnitList(one.title if n == 0 else "", part) for n, part in enumerate(parts) if part]


def _list(one: UnitList, tiers: Sequence[str]) -> str:
    headers = [("", "r"), (_("Unit"), ""), (_("Tier"), "nw"), (_("Score"), "r"), (_("Movement"), "r")]
    return block(one.title or "\u3000", "", table(headers, [_row(unit, tiers) for unit in one.units]))


def _row(unit: RankedUnit, tiers: Sequence[str]) -> str:
    tier = formats.NOTHING if unit.tier is None else tier_mark(unit.tier, tiers[unit.tier])
    cells = [
        cell(formats.rank(unit.rank, unit.tied), "r"),
        cell(name(unit.name), "unit"),
        cell(tier, "nw"),
        cell(formats.decimal(unit.score), "r strong"),
        cell(formats.movement(unit.rank, unit.previous_rank), "r mute"),
    ]
    return f"<tr>{''.join(cells)}</tr>"
