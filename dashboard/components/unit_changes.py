"""Units before and after: tier, rank, score and people in two states, with what follows and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import formats
from dashboard.components.headline import Head, block
from dashboard.components.markup import cell, name, show, table, text, tier_mark
from dashboard.translations import _


@dataclass(frozen=True)
class UnitState:
    """A unit in one of two rankings; `tier` is a place (0 is the best), None without people or score lines."""

    tier: int | None
    rank: int | None
    tied: bool
    score: float | None
    headcount: float
    points: float


@dataclass(frozen=True)
class UnitChange:
    """A unit that stands differently; None where it is in one of the rankings alone."""

    name: str
    group: str
    before: UnitState | None
    after: UnitState | None
    note: str


def unit_changes(
    head: Head, columns: tuple[str, str], changes: Sequence[UnitChange], words: Sequence[str], rest: str = ""
) -> None:
    """Draw the list; `columns` are the words for before and after, `rest` says what is left out."""
    before, after = columns
    headers = [
        (_("Unit"), ""), (_("Group"), "wide"), (_("Tier: {before} → {after}").format(before=before, after=after), "nw"),
        (_("Score"), "r"), (_("Rank"), "r"), (_("Points in all"), "r wide"), (_("People"), "r wide"), ("", "wide"),
    ]  # fmt: skip
    rows = [f"<tr>{''.join(_cells(change, words))}</tr>" for change in changes]
    below = f'<p class="sub" style="padding:6px">{text(rest)}</p>' if rest else ""
    drawn = table(headers, rows) if rows else ""
    show(block(*head), f'<div style="margin-top:8px">{drawn}{below}</div>')


def _cells(change: UnitChange, words: Sequence[str]) -> list[str]:
    states = (change.before, change.after)
    return [
        cell(f'{name(change.name)}<small class="narrow">{text(change.note)}</small>', "unit"),
        cell(text(change.group), "mute wide"),
        cell(_tiers(states, words), "nw tiers"),
        cell(_pair([None if one is None else formats.decimal(one.score) for one in states]), "r"),
        cell(_pair([None if one is None else formats.rank(one.rank, one.tied) for one in states]), "r mute"),
        cell(_pair([None if one is None else _number(one.points) for one in states]), "r mute wide"),
        cell(_pair([None if one is None else _number(one.headcount) for one in states]), "r mute wide"),
        cell(text(change.note), "mute wide nw"),
    ]


def _tiers(states: Sequence[UnitState | None], words: Sequence[str]) -> str:
    """◆ 优秀 → ● 良好; one mark when the tier stays."""
    marks = [
        formats.NOTHING
        if one is None or one.tier is None
        else f'<span class="nw">{tier_mark(one.tier, words[one.tier])}</span>'
        for one in states
    ]
    return marks[0] if marks[0] == marks[1] else f'{marks[0]}<i class="to">→</i>{marks[1]}'


def _pair(values: Sequence[str | None]) -> str:
    before, after = (formats.NOTHING if value is None else value for value in values)
    return text(before) if before == after else f'{text(before)}<i class="to">→</i><b>{text(after)}</b>'


def _number(value: float) -> str:
    return formats.decimal(value, 0 if value == int(value) else 1)
