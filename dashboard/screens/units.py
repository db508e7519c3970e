"""Units 单位排名: which tier is each unit in, why, how near the line, who is commended, who explains?"""

import streamlit as st

from dashboard.board import units
from dashboard.board.door import serving
from dashboard.components.filters import choose, choose_period, filter_row
from dashboard.components.footnote import empty_state, footnote
from dashboard.components.headline import headline
from dashboard.components.ranking_table import ranking_table
from dashboard.components.unit_card import fact_rows, score_card, source_table, spread_chart
from dashboard.components.unit_strip import unit_strip
from dashboard.translations import _
from dashboard.wording import units as words
from dashboard.wording.figures import kicker
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
choices = filter_row()
with choices:
    quarter = choose_period(board.first_day, board.last_day, ("quarter",))
everyone = units.ranking(board, quarter)
if everyone.empty:
    empty_state(*words.nothing_to_rank())
    st.stop()
with choices:
    groups = words.group_labels(units.ranking_groups(everyone))
    group = choose("group", _("Ranking group"), groups, next(iter(groups)))

ranking = units.in_group(everyone, group)
tiers, lines = board.district.tiers.names, units.score_lines(board, quarter)
rows = words.table_rows(ranking, lines, tiers, units.score_trends(board, quarter))

headline(
    kicker(_("Unit service ranking"), quarter, [group, words.provisional_note(ranking, board.last_day)]),
    words.title(ranking, tiers),
    words.standfirst(ranking, lines, tiers),
)
left, right = st.columns([8, 4], gap="large")
with right:
    options, first = words.unit_options(rows), words.first_to_open(rows)
    opened = choose("unit", _("Unit"), options, first, width="stretch")
    chosen, why = words.row_of(rows, opened), units.explain_unit(board, quarter, opened)
    score_card(*words.card_head(chosen, tiers, len(rows)), why.points, why.headcount)
    source_table(words.sources(why), why.headcount)
    spread_chart(words.spread_title(why), words.spread_subtitle(why), why.people, why.zero)
    fact_rows(words.facts(chosen, why, lines, tiers))
with left:
    unit_strip(words.strip_head(ranking, lines, board.district), words.marks(ranking, tiers), tiers, lines)
    shown = choose("rows", _("Rows"), words.row_choices(rows), "key", control="segments")
    ranking_table(rows, tiers, lines, opened, folded=shown == "key")

footnote(footnotes(board, _("An area filter never changes a unit's people or score")))
with choices:
    offer_download(board, f"units-{quarter.key}", lambda: words.download(everyone))
