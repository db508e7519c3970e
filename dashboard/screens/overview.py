"""Overview 总览: how are we doing this period, what changed, what needs a decision?"""

import streamlit as st

from dashboard.board import areas, overview, units
from dashboard.board.door import serving
from dashboard.components.filters import choose_area, choose_period, filter_row
from dashboard.components.footnote import footnote
from dashboard.wording import overview as words
from dashboard.wording import overview_pieces as pieces
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
choices = filter_row()
with choices:
    period = choose_period(board.first_day, board.last_day)
    area = choose_area(areas.selectable_areas(board), areas.community_count(board))

published = units.publications(board)
pieces.finding(board, period, area, published)
left, right = st.columns([7, 5], gap="large")
with left:
    pieces.flow(board, period, area)
with right:
    pieces.pressing(board, units.quarter_of(period, board), area, published)

left, right = st.columns([7, 5], gap="large")
with left:
    pieces.subdistricts(board, period, area)
with right:
    pieces.tiers(board, period, published)

footnote(footnotes(board))
with choices:
    offer_download(
        board,
        f"overview-{period.key}",
        lambda: words.download(overview.headline_figures(board, period, area)),
    )
