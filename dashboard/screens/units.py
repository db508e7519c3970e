"""Units 单位排名: which tier is each unit in, why, how near the line, who is commended, who explains?"""

from functools import partial

import streamlit as st

from dashboard.board import publication, units
from dashboard.board.door import serving
from dashboard.components.filters import choose, choose_period, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.components.ranking_lists import ranking_lists
from dashboard.components.unit_changes import unit_changes
from dashboard.components.unit_tabs import unit_tabs
from dashboard.theme import on_paper
from dashboard.translations import _
from dashboard.wording import publication as published
from dashboard.wording import unit_lists as lists
from dashboard.wording import unit_pieces as pieces
from dashboard.wording import units as words
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

live = serving()
unit_tabs("units")
with (choices := filter_row()):
    quarter = choose_period(live.first_day, live.last_day, ("quarter",))
standing = units.standing(live, quarter)
if standing.ranking.empty:
    nothing_here(words.nothing_to_rank(), footnotes(live))
official = live, quarter, standing.published
with choices:
    group = choose("group", _("Ranking group"), (groups := pieces.groups(*official)), next(iter(groups)))
pieces.finding(*official, group)
if on_paper():
    members = units.in_group(standing.ranking, group)
    pieces.strip(*official, group)
    ranking_lists(*lists.sheet(members, standing.lines, standing.tiers))
else:
    left, right = st.columns([8, 4], gap="large")
    rows = pieces.rows(*official, group)
    with right:
        names, first = words.unit_options(rows), words.first_to_open(rows)
        opened = choose("unit", _("Unit"), names, first, width="stretch")
        pieces.card(*official, group, opened)
    with left:
        pieces.strip(*official, group)
        shown = choose("rows", _("Rows"), words.row_choices(rows), "key", control="segments")
        pieces.table(*official, group, opened, shown == "key")
if standing.fixed is not None:
    unit_changes(*published.revision_block(publication.changes(live, quarter, standing), standing, live))
footnote(
    footnotes(standing.board, _("An area filter never changes a unit's people or score"), standing.fault)
)
with choices:
    offer_download(live, f"units-{quarter.key}", partial(words.download, standing.ranking))
