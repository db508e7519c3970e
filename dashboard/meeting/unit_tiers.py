"""Unit tiers 单位分档: every unit in its tier, group by group; only those in the last tier are named."""

import pandas as pd

from dashboard import formats
from dashboard.board import units
from dashboard.board.door import Serving
from dashboard.board.units import Standing
from dashboard.components.sheet_strips import STRIPS_A_SHEET, ScoreLine, Strip, Unit, bin_width, strips_body
from dashboard.meeting.one_line import Title, fitted, marked, noted, spoken, title
from dashboard.meeting.pages import paged
from dashboard.meeting.sheet import Sheet
from dashboard.meeting.unit_words import section, tier_place, until
from dashboard.translations import _
from pipelines.periods import Period

KIND = "unit_tiers"


def sheets(board: Serving, period: Period) -> list[Sheet]:
    """One sheet for up to four ranking groups; none without a ranked unit."""
    quarter = units.quarter_of(period, board)
    standing = units.standing(board, quarter)
    ranked = standing.ranking[standing.ranking["score"].notna()]
    if ranked.empty:
        return []
    heading = _title(ranked, standing.tiers, bool(standing.lines))
    groups = list(units.ranking_groups(ranked))
    named = bool(standing.lines) and not board.district.tiers.praise_only
    lines = [ScoreLine(one, _("{score} points").format(score=_line(one))) for one in standing.lines]
    counts = _tier_counts(ranked, standing.tiers)
    found = []
    for page in paged(groups, STRIPS_A_SHEET):
        strips = [_strip(units.in_group(ranked, group), group, standing, named) for group in page]
        note = _note(standing, bin_width(strips, lines), board)
        found.append(
            Sheet(
                KIND,
                section(_("tiers"), period, quarter),
                heading,
                strips_body(strips, counts, lines),
                note,
                spoken(heading),
            )
        )
    return found


def _title(ranked: pd.DataFrame, names: tuple[str, ...], with_lines: bool) -> Title:
    every = len(ranked)
    if not with_lines:
        return fitted(title(_("{count} units ranked, no score lines in force").format(count=every)))
    best, worst = (int((ranked["tier"] == names[place]).sum()) for place in (0, 3))
    first = _("{count} units: {best} {tier}, ").format(count=every, best=best, tier=names[0])
    if not best:
        first = _("{count} units: none {tier}, ").format(count=every, tier=names[0])
    if not worst:
        last = _("none {tier}").format(tier=names[3])
        return fitted(title(first, last), title(_("{count} units: ").format(count=every), last))
    failing = marked(_("{count} {tier}").format(count=worst, tier=names[3]))
    return fitted(title(first, failing), title(_("{count} units: ").format(count=every), failing))


def _tier_counts(ranked: pd.DataFrame, names: tuple[str, ...]) -> list[tuple[int, str]]:
    counts = [(place, int((ranked["tier"] == name).sum())) for place, name in enumerate(names)]
    return [(place, f"{names[place]} {count}") for place, count in counts if count]


def _strip(group: pd.DataFrame, name: str, standing: Standing, named: bool) -> Strip:
    scores = group["score"].astype(float)
    notes = [
        _("{count} units").format(count=len(group)),
        _("median {score}").format(score=formats.decimal(scores.median())),
    ]
    drawn = []
    for unit, score, tier in group[["unit", "score", "tier"]].to_numpy():
        place = tier_place(tier, standing.tiers)
        told = (str(unit), formats.decimal(score)) if named and place == 3 else ()
        drawn.append(Unit(float(score), place, *told))
    return Strip(name or _("Without group"), notes, drawn, _("and {count} more"))


def _note(standing: Standing, width: int, board: Serving) -> str:
    absent = int(standing.ranking["score"].isna().sum())
    needed = _("{count} units without people not ranked").format(count=absent) if absent else ""
    rule = _("equal to a line takes the higher tier") if standing.lines else ""
    spare = [
        _("Score = points of all people ÷ all people"),
        rule,
        _("a column holds {count} points").format(count=width),
    ]
    return noted([needed], spare, until(standing, board))


def _line(score: float) -> str:
    return formats.decimal(score, 0 if score == int(score) else 1)
