"""Consequences 结果运用: who is commended, who explains in writing, who cannot be honoured this quarter."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.board import units
from dashboard.board.door import Serving
from dashboard.board.units import Standing
from dashboard.components.sheet_units import ROWS_A_COLUMN, Column, Followed, columns_body
from dashboard.meeting.one_line import Title, fitted, marked, noted, spoken, title
from dashboard.meeting.pages import paged
from dashboard.meeting.sheet import Sheet
from dashboard.meeting.unit_words import group_place, section, tier_place, until
from dashboard.table_rows import rows_of
from dashboard.translations import _
from dashboard.wording.decisions import with_consequence
from pipelines.periods import Period

KIND = "consequences"


def sheets(board: Serving, period: Period) -> list[Sheet]:
    """As many sheets as the longer column needs; none when nothing follows. Who only praises names no last places."""
    quarter = units.quarter_of(period, board)
    standing = units.standing(board, quarter)
    everyone = _largest_group_first(standing.ranking)
    commended, explaining, ineligible = (
        with_consequence(everyone, word) for word in ("commended", "explains", "ineligible")
    )
    praising = board.district.tiers.praise_only
    if praising:
        explaining, ineligible = explaining.head(0), ineligible.head(0)
    if commended.empty and explaining.empty and ineligible.empty:
        return []
    heading = _title(len(commended), len(explaining), len(ineligible), praising)
    sizes = _group_sizes(standing)
    left = paged([_followed(row, standing, sizes) for row in rows_of(commended)], ROWS_A_COLUMN)
    right = paged([_followed(row, standing, sizes) for row in rows_of(explaining)], ROWS_A_COLUMN)
    notes = _ineligible_notes(ineligible)
    found = []
    for page in range(max(len(left), len(right), 1)):
        columns = [
            Column(
                _("Commended: {count}").format(count=len(commended)),
                "good",
                _of(left, page),
                _none(commended),
            )
        ]
        if not praising:
            head = _("Explain in writing: {count}").format(count=len(explaining))
            columns.append(Column(head, "look", _of(right, page), notes if page >= len(right) - 1 else ()))
        found.append(
            Sheet(
                KIND,
                section(_("consequences"), period, quarter),
                heading,
                columns_body(columns),
                _note(standing, board),
                spoken(heading),
            )
        )
    return found


def _title(commended: int, explaining: int, ineligible: int, praising: bool) -> Title:
    first = _("{count} units commended").format(count=commended) if commended else _("No unit commended")
    if praising:
        return fitted(title(first))
    if explaining:
        second = _("{count} units explain in writing").format(count=explaining)
    else:
        second = _("{count} units without award eligibility").format(count=ineligible) if ineligible else ""
    return fitted(title(first, _(", ") if second else "", marked(second)), title(first))


def _largest_group_first(ranking: pd.DataFrame) -> pd.DataFrame:
    order = list(units.ranking_groups(ranking))
    places = ranking["ranking_group"].fillna("").astype(str).map(order.index)
    return ranking.assign(place=places).sort_values(["place", "rank", "unit_id"], na_position="last")


def _group_sizes(standing: Standing) -> dict[str, int]:
    return units.ranking_groups(standing.ranking[standing.ranking["rank"].notna()])


def _followed(row: Mapping[Any, Any], standing: Standing, sizes: dict[str, int]) -> Followed:
    group = "" if formats.is_missing(row["ranking_group"]) else str(row["ranking_group"])
    place = group_place(row["rank"], bool(row["tied"]), sizes[group])
    tier = tier_place(row["tier"], standing.tiers)
    return Followed(
        str(row["unit"]),
        f"{group} {place}".strip(),
        formats.decimal(row["score"]),
        tier,
        "" if tier is None else str(row["tier"]),
    )


def _of(pages: list[list[Followed]], page: int) -> list[Followed]:
    return pages[page] if page < len(pages) else []


def _none(commended: pd.DataFrame) -> list[str]:
    return [] if len(commended) else [_("Nobody reaches the upper tiers")]


def _ineligible_notes(ineligible: pd.DataFrame) -> list[str]:
    if ineligible.empty:
        return [_("Nobody loses award eligibility")]
    notes = [_("{count} units cannot be honoured this quarter").format(count=len(ineligible))]
    alone = ineligible[~ineligible["consequence"].astype(str).str.contains("explains")]
    if len(alone):
        listed = _(" / ").join(str(name) for name in alone["unit"].head(2))
        more = (
            _("Not explaining but among them: {units}")
            if len(alone) <= 2
            else _("Not explaining but among them: {units} and more")
        )
        notes.append(more.format(units=listed))
    return notes


def _note(standing: Standing, board: Serving) -> str:
    rules = standing.board.district.ranking
    rule = _("First {commend} and last {explain} shared out to the groups by size").format(
        commend=rules.commend, explain=rules.explain
    )
    return noted([], [rule, _("fail tier: no award eligibility")], until(standing, board))
