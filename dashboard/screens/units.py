"""Units 单位排名: which tier is each unit in, why, how near the line, who is commended, who explains?"""

import streamlit as st

from dashboard.board import publication, units
from dashboard.board.door import serving
from dashboard.components.filters import choose, choose_period, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.components.headline import headline
from dashboard.components.ranking_lists import ranking_lists
from dashboard.components.ranking_table import ranking_table
from dashboard.components.unit_card import fact_rows, score_card, source_table, spread_chart
from dashboard.components.unit_changes import unit_changes
from dashboard.components.unit_strip import unit_strip
from dashboard.components.unit_tabs import unit_tabs
from dashboard.theme import on_paper
from dashboard.translations import _
from dashboard.wording import publication as published
from dashboard.wording import unit_lists as lists
from dashboard.wording import units as words
from dashboard.wording.figures import kicker
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

live = serving()
unit_tabs()
with (choices := filter_row()):
    quarter = choose_period(live.first_day, live.last_day, ("quarter",))
board, everyone = (standing := units.standing(live, quarter)).board, standing.ranking
if everyone.empty:
    nothing_here(words.nothing_to_rank(), footnotes(live))
with choices:
    group = choose("group", _("Ranking group"), (groups := lists.groups(everyone)), next(iter(groups)))
ranking, tiers, lines = units.in_group(everyone, group), standing.tiers, standing.lines
rows = words.table_rows(ranking, lines, tiers, units.score_trends(board, quarter))
where = kicker(_("Unit service ranking"), quarter, [lists.named(group), *published.marks(standing)])
headline(where, words.title(ranking, tiers), words.standfirst(ranking, lines, tiers))
strip = words.strip_head(ranking, lines, board.district), words.marks(ranking, tiers), tiers, lines
if on_paper():
    unit_strip(*strip)
    ranking_lists(*lists.sheet(ranking, lines, tiers))
else:
    left, right = st.columns([8, 4], gap="large")
    with right:
        names, first = words.unit_options(rows), words.first_to_open(rows)
        opened = choose("unit", _("Unit"), names, first, width="stretch")
        chosen, why = words.row_of(rows, opened), units.explain_unit(board, quarter, opened)
        score_card(*words.card_head(chosen, tiers, len(rows)), why.points, why.headcount)
        source_table(words.sources(why), why.headcount)
        spread_chart(words.spread_title(why), words.spread_subtitle(why), why.people, why.zero)
        fact_rows(words.facts(chosen, why, lines, tiers))
    with left:
        unit_strip(*strip)
        shown = choose("rows", _("Rows"), words.row_choices(rows), "key", control="segments")
        ranking_table(rows, tiers, lines, opened, folded=shown == "key")
if standing.fixed is not None:
    unit_changes(*published.revision_block(publication.changes(live, quarter, standing), standing, live))
footnote(footnotes(board, _("An area filter never changes a unit's people or score"), standing.fault))
with choices:
    offer_download(live, f"units-{quarter.key}", lambda: words.download(everyone))
