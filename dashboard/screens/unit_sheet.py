"""Units 单位排名 on a sheet: every unit of every ranking group with its tier, and what follows from the ranking."""

import streamlit as st

from dashboard.board import publication, units
from dashboard.board.door import serving
from dashboard.components.filters import choose, choose_period, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.components.headline import headline
from dashboard.components.ranking_lists import ranking_lists
from dashboard.components.unit_changes import unit_changes
from dashboard.components.unit_strip import unit_strip
from dashboard.translations import _
from dashboard.wording import publication as published
from dashboard.wording import unit_lists as lists
from dashboard.wording import units as words
from dashboard.wording.figures import kicker
from dashboard.wording.footnotes import footnotes

live = serving()
with filter_row():
    quarter = choose_period(live.first_day, live.last_day, ("quarter",))
standing = units.standing(live, quarter)
board, everyone = standing.board, standing.ranking
if everyone.empty:
    nothing_here(words.nothing_to_rank(), footnotes(live))
with st.container():
    groups = lists.every_group(words.group_labels(units.ranking_groups(everyone)))
    group = choose("group", _("Ranking group"), groups, units.EVERY_GROUP)

ranking, tiers, lines = units.in_group(everyone, group), standing.tiers, standing.lines
headline(
    kicker(_("Unit service ranking"), quarter, published.marks(standing)),
    words.title(ranking, tiers),
    words.standfirst(ranking, lines, tiers),
)
unit_strip(words.strip_head(ranking, lines, board.district), words.marks(ranking, tiers), tiers, lines)
ranking_lists(lists.by_group(ranking, lines, tiers), tiers, *lists.consequences(ranking, lines, tiers))
if standing.fixed is not None:
    unit_changes(*published.revision_block(publication.changes(live, quarter, standing), standing, live))

footnote(footnotes(board, _("An area filter never changes a unit's people or score"), standing.fault))
