"""Communities 社区: which leads, who moved, how do subdistricts compare, and what stands behind one community?"""

import streamlit as st

from dashboard.board import areas, communities
from dashboard.board.door import metrics, serving
from dashboard.components.community_card import community_card
from dashboard.components.dot_rows import dot_rows
from dashboard.components.filters import choose, choose_area, choose_period, filter_row
from dashboard.components.folded_table import folded_table
from dashboard.components.footnote import footnote, nothing_here
from dashboard.components.headline import headline
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.plain_table import plain_table
from dashboard.translations import _
from dashboard.wording import communities as words
from dashboard.wording import community_card as card
from dashboard.wording.figures import kicker, metric_definition, running_note
from dashboard.wording.footnotes import footnotes
from dashboard.wording.headlines import strip
from dashboard.wording.workbook import offer_download

board = serving()
choices = filter_row()
with choices:
    period = choose_period(board.first_day, board.last_day)
    area = choose_area(names := areas.selectable_areas(board), areas.community_count(board))
ranking = communities.ranking(board, period)
if ranking.empty:
    nothing_here(words.nothing_to_rank(), footnotes(board))

shown, whole = communities.in_area(ranking, area), communities.district(board, period)
subdistricts, score = communities.by_subdistrict(board, period), metrics()[communities.SCORE]
name = names.get(area or "", "")
headline(
    kicker(_("Communities"), period, [name, running_note(period, board.last_day)]),
    words.title(ranking, shown, name, board.district),
    words.standfirst(ranking, whole, board.district),
)
kpi_strip(strip(communities.headline_figures(board, period, area)))

left, right = st.columns([7, 5], gap="large")
with right:
    offered, first = words.community_names(ranking), words.first_to_open(shown, ranking)
    opened = choose("community", _("Community"), offered, first, width="stretch")
    behind = communities.card(board, period, opened)
    community_card(*card.records(behind, ranking, opened, whole, board.district))
with left:
    dots = words.subdistrict_rows(ranking, subdistricts, opened)
    dot_rows(words.subdistricts_head(subdistricts, board.district), dots, whole.value)
    folded = choose("rows", _("Rows"), words.row_choices(shown), "key", control="segments") == "key"
    rows, kept = words.table_rows(shown, board.district), words.kept(shown, opened, folded, board.district)
    place = words.place_of(shown, opened)
    folded_table(words.columns(board.district), rows, kept, _("{count} communities"), place)
    plain_table(*words.stationless_table(communities.without_station(board, area), ranking))

footnote(footnotes(board, metric_definition(score)))
with choices:
    offer_download(board, f"communities-{period.key}", lambda: words.download(shown, subdistricts))
