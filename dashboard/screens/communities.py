"""Communities 社区: which leads, who moved, how do subdistricts compare, and what stands behind one community?"""

import streamlit as st

from dashboard.board import areas, communities
from dashboard.board.door import metrics, serving
from dashboard.components.filters import choose, choose_area, choose_period, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.translations import _
from dashboard.wording import communities as words
from dashboard.wording import community_pieces as pieces
from dashboard.wording.figures import metric_definition
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
choices = filter_row()
with choices:
    period = choose_period(board.first_day, board.last_day)
    area = choose_area(areas.selectable_areas(board), areas.community_count(board))
offered, shown = words.community_names(board, period), communities.codes(board, period, area)
if not offered:
    nothing_here(words.nothing_to_rank(), footnotes(board))

pieces.finding(board, period, area)
left, right = st.columns([7, 5], gap="large")
with right:
    opened = choose("community", _("Community"), offered, next(iter(shown or offered)), width="stretch")
    pieces.one(board, period, opened)
with left:
    pieces.dots(board, period, opened)
    folded = choose("rows", _("Rows"), words.row_choices(len(shown)), "key", control="segments") == "key"
    pieces.table(board, period, area, opened, folded)
    pieces.stationless(board, period, area)

footnote(footnotes(board, metric_definition(metrics()[communities.SCORE])))
with choices:
    offer_download(board, f"communities-{period.key}", lambda: words.download(board, period, area))
