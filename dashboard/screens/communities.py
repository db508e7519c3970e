"""Communities 社区: which leads, who moved, how do subdistricts compare, and what stands behind one community?"""

import streamlit as st

from dashboard.board import areas, communities, district_map
from dashboard.board.door import metrics, serving
from dashboard.components.area_card import card_line, standing_table
from dashboard.components.dot_rows import dot_rows
from dashboard.components.download_menu import download_menu
from dashboard.components.filters import choose, choose_area, choose_period, filter_row
from dashboard.components.folded_table import folded_table
from dashboard.components.footnote import empty_state, footnote
from dashboard.components.headline import block_head, headline
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.plain_table import plain_table
from dashboard.translations import _
from dashboard.wording import communities as words
from dashboard.wording.district_map import standings
from dashboard.wording.figures import kicker, metric_definition, running_note
from dashboard.wording.footnotes import footnotes
from dashboard.wording.headlines import strip

board = serving()
choices = filter_row()
with choices:
    period = choose_period(board.first_day, board.last_day)
    names = areas.selectable_areas(board)
    area = choose_area(names, areas.community_count(board))
ranking = communities.ranking(board, period)
if ranking.empty:
    empty_state(*words.nothing_to_rank())
    st.stop()

shown, whole = communities.in_area(ranking, area), communities.district(board, period)
subdistricts = communities.by_subdistrict(board, period)
headline(
    kicker(_("Communities"), period, [names.get(area or "", ""), running_note(period, board.last_day)]),
    words.title(ranking, shown, names.get(area or ""), board.district),
    words.standfirst(ranking, whole, board.district),
)
kpi_strip(strip(communities.headline_figures(board, period, area)))

left, right = st.columns([7, 5], gap="large")
with right:
    opened = choose(
        "community",
        _("Community"),
        words.community_names(ranking),
        shown["area_code"].iloc[0],
        width="stretch",
    )
    line = district_map.area_line(board, communities.SCORE, period, opened)
    card_line(
        words.card_head(ranking, opened, whole, board.district),
        words.card_chart(line, metrics()[communities.SCORE]),
    )
    standing_table(standings(communities.card_values(board, period), opened), len(ranking))
    minimum = board.district.privacy.minimum_group
    plain_table(*words.classes_table(communities.classes(board, period, opened), minimum))
    block_head(*words.sites_head(communities.sites(board, opened)))
with left:
    dot_rows(
        words.subdistricts_head(subdistricts, board.district),
        words.subdistrict_rows(ranking, subdistricts, opened),
        whole.value,
    )
    folded = choose("rows", _("Rows"), words.row_choices(shown), "key", control="segments") == "key"
    folded_table(
        words.columns(board.district),
        words.table_rows(shown, board.district),
        words.kept(shown, opened, folded, board.district),
        _("{count} communities"),
        words.place_of(shown, opened),
    )
    plain_table(*words.stationless_table(communities.without_station(board, area), ranking))

footnote(footnotes(board, metric_definition(metrics()[communities.SCORE])))
with choices:
    download_menu(f"communities-{period.key}", lambda: words.download(shown, subdistricts), {})
