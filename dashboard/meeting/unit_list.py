"""Unit ranking, all of it 排名表: group by group, at most twelve rows a page."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.board import units
from dashboard.board.door import Serving
from dashboard.board.units import Standing
from dashboard.components.sheet_units import ROWS_A_PAGE, ListedUnit, ListHeads, list_body
from dashboard.meeting.one_line import Title, fitted, marked, noted, spoken, title
from dashboard.meeting.pages import paged
from dashboard.meeting.sheet import Sheet, Span
from dashboard.meeting.unit_words import group_name, section, tier_place, until
from dashboard.table_rows import rows_of
from dashboard.translations import _
from pipelines.periods import Period

KIND = "unit_list"


def sheets(board: Serving, period: Period, group: str | None = None) -> list[Sheet]:
    """The pages of one ranking group or of all, the largest first; who only praises leaves out the last tier."""
    quarter = units.quarter_of(period, board)
    standing = units.standing(board, quarter)
    if standing.ranking.empty or standing.ranking["score"].isna().all():
        return []
    groups = [name for name in units.ranking_groups(standing.ranking) if group in (None, name)]
    return [
        sheet
        for name in groups
        for sheet in _pages(standing, units.in_group(standing.ranking, name), name, period, quarter, board)
    ]


def _pages(
    standing: Standing, listed: pd.DataFrame, group: str, period: Period, quarter: Period, board: Serving
) -> list[Sheet]:
    if board.district.tiers.praise_only and standing.lines:
        listed = listed[listed["tier"] != standing.tiers[3]]
    rows = rows_of(listed.sort_values(["rank", "unit_id"], na_position="last"))
    scores = formats.known(row["score"] for row in rows)
    every = [*scores, *standing.lines] or [0.0]
    air = max((max(every) - min(every)) * 0.03, 1.0)
    span = min(every) - air, max(every) + air
    found, start = [], 0
    for page in paged(rows, ROWS_A_PAGE):
        shown = pd.DataFrame(page)
        heading = _title(shown, standing)
        part = _("{group} {first}–{last} of {count}").format(
            group=group_name(group), first=start + 1, last=start + len(page), count=len(rows)
        )
        body = list_body([_row(row, standing) for row in page], _heads(), standing.lines, span)
        found.append(
            Sheet(
                KIND, section(part, period, quarter), heading, body, _note(standing, board), spoken(heading)
            )
        )
        start += len(page)
    return found


def _title(shown: pd.DataFrame, standing: Standing) -> Title:
    """Which places, and how many of each tier; without room for all tiers the lowest one."""
    ranked = shown[shown["rank"].notna()]
    if ranked.empty:
        return fitted(title(_("{count} units without people, not ranked").format(count=len(shown))))
    first, last = int(ranked["rank"].min()), int(ranked["rank"].max())
    places = (
        _("Rank {first}").format(first=first)
        if first == last
        else _("Rank {first}–{last}").format(first=first, last=last)
    )
    counts = [(place, name, int((ranked["tier"] == name).sum())) for place, name in enumerate(standing.tiers)]
    counts = [one for one in counts if one[2]]
    if not counts:
        return fitted(title(_("{places} of {count}").format(places=places, count=len(ranked))), title(places))
    full, brief = (
        [marked(said) if place == 3 else said for place, said in _said(counts, template)]
        for template in (_("{count} {tier}"), _("{tier} {count}"))
    )
    worst = counts[-1]
    among = _(", {count} of them {tier}").format(count=worst[2], tier=worst[1])
    shorter = title(places, marked(among) if worst[0] == 3 else among)
    return fitted(_joined(places, full), _joined(places, brief), shorter, title(places))


def _said(counts: Sequence[tuple[int, str, int]], template: str) -> list[tuple[int, str]]:
    return [(place, template.format(count=count, tier=name)) for place, name, count in counts]


def _joined(places: str, parts: Sequence[str | Span]) -> Title:
    spans: list[str | Span] = [places, _(": ")]
    for part in parts:
        spans += [part, _(", ")]
    return title(*spans[:-1])


def _heads() -> ListHeads:
    return ListHeads(_("Rank"), _("Unit"), _("Tier"), _("Score"), _("People"), _("Movement"))


def _row(row: Mapping[Any, Any], standing: Standing) -> ListedUnit:
    score = formats.number(row["score"])
    place = tier_place(row["tier"], standing.tiers)
    return ListedUnit(
        formats.rank(row["rank"], bool(row["tied"])), str(row["unit"]), place, str(row["tier"] or formats.NOTHING), score,
        formats.decimal(score), formats.integer(row["headcount"]),
        formats.movement(row["rank"], row["previous_rank"]),
    )  # fmt: skip


def _note(standing: Standing, board: Serving) -> str:
    lines = [
        _("{tier} {score}").format(tier=name, score=formats.decimal(line, 0 if line == int(line) else 1))
        for name, line in zip(standing.tiers, standing.lines, strict=False)
    ]
    uprights = _("Uprights: score lines {lines}").format(lines=_(" / ").join(lines)) if lines else ""
    praising = _("the last tier is not listed") if board.district.tiers.praise_only else ""
    return noted([praising], [uprights], until(standing, board))
