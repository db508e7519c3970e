"""Movers 位次变化: the units that rose and fell most within their group since the quarter before."""

import pandas as pd

from dashboard import formats
from dashboard.board import units
from dashboard.board.door import Serving
from dashboard.components.sheet_movers import LISTED, Moved, MoverHeads, movers_body
from dashboard.meeting.one_line import Title, fitted, marked, noted, spoken, title
from dashboard.meeting.sheet import Sheet
from dashboard.meeting.unit_words import section, until
from dashboard.table_rows import rows_of
from dashboard.translations import _
from pipelines.periods import Period

KIND = "movers"


def sheets(board: Serving, period: Period) -> list[Sheet]:
    """One sheet; none without an earlier ranking or when nobody moved. Who only praises shows the risen alone."""
    quarter = units.quarter_of(period, board)
    standing = units.standing(board, quarter)
    moved = _moved(standing.ranking)
    risen = moved[moved["steps"] > 0].sort_values(
        ["steps", "share", "unit_id"], ascending=[False, False, True]
    )
    fallen = moved[moved["steps"] < 0].sort_values(
        ["steps", "share", "unit_id"], ascending=[True, True, True]
    )
    if board.district.tiers.praise_only:
        fallen = fallen.head(0)
    if risen.empty and fallen.empty:
        return []
    heading = _title(risen, fallen)
    heads = MoverHeads(
        _("Unit"),
        _("Group"),
        _("Last"),
        _("Place in the group"),
        _("First"),
        _("Before → now"),
        _("Movement"),
    )
    part = _("against {quarter}").format(quarter=formats.short_period(quarter.previous()))
    body = movers_body(_listed(risen), _listed(fallen), heads)
    cuts = [_cut(risen, up=True), _cut(fallen, up=False)]
    reading = _("Up to {count} each way, by places moved within the group").format(count=LISTED)
    note = noted(cuts, [reading], until(standing, board))
    return [Sheet(KIND, section(part, period, quarter), heading, body, note, spoken(heading))]


def _moved(ranking: pd.DataFrame) -> pd.DataFrame:
    """Units ranked in both quarters with `steps` (up is positive) and their `share` of the group's size."""
    both = ranking[ranking["rank"].notna() & ranking["previous_rank"].notna()]
    sizes = units.ranking_groups(ranking[ranking["rank"].notna()])
    ranked = both["ranking_group"].fillna("").astype(str).map(sizes).astype(float)
    steps = both["previous_rank"].astype(int) - both["rank"].astype(int)
    return both.assign(steps=steps, ranked=ranked, share=steps / ranked)


def _listed(moved: pd.DataFrame) -> list[Moved]:
    return [
        Moved(
            str(row["unit"]), "" if formats.is_missing(row["ranking_group"]) else str(row["ranking_group"]),
            int(row["previous_rank"]), int(row["rank"]), int(row["ranked"]), f"{row['previous_rank']} → {row['rank']}",
            formats.movement(row["rank"], row["previous_rank"]),
        )
        for row in rows_of(moved.head(LISTED))
    ]  # fmt: skip


def _title(risen: pd.DataFrame, fallen: pd.DataFrame) -> Title:
    """Who moved most, where one did; units level with each other are counted instead of named."""
    up, down = _most(risen, up=True), _most(fallen, up=False)
    comma = _(", ")
    candidates = [
        title(first, comma if first and second else "", marked(second))
        for first, second in ((up[0], down[0]), (up[1], down[1]), (up[2], down[0]), (up[2], down[2]))
    ]
    return fitted(*candidates, title(marked(down[2])) if down[2] else title(up[2]))


def _most(moved: pd.DataFrame, up: bool) -> tuple[str, str, str]:
    """In full, with name and places, and without a name."""
    if moved.empty:
        return "", "", ""
    steps = int(moved["steps"].iloc[0])
    first = moved[moved["steps"] == steps]
    places = abs(steps)
    if len(first) > 1:
        told = _("{count} units up {steps} each") if up else _("{count} units down {steps} each")
        said = told.format(count=len(first), steps=places)
        return said, said, said
    name, named = str(first["unit"].iloc[0]), _("{unit} rose most") if up else _("{unit} fell most")
    bare = _("the most up {steps}") if up else _("the most down {steps}")
    brief = _("{unit} up {steps}") if up else _("{unit} down {steps}")
    return named.format(unit=name), brief.format(unit=name, steps=places), bare.format(steps=places)


def _cut(moved: pd.DataFrame, up: bool) -> str:
    """Who is level with the last one listed and is not listed."""
    if len(moved) <= LISTED:
        return ""
    last = int(moved["steps"].iloc[LISTED - 1])
    more = int((moved["steps"].iloc[LISTED:] == last).sum())
    if not more:
        return ""
    told = _("{count} more up {steps} not listed") if up else _("{count} more down {steps} not listed")
    return told.format(count=more, steps=abs(last))
