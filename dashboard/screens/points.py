"""Points 积分: what is earned and spent, how far everyone has come in the year, which entries break the rule?"""

from functools import partial

import streamlit as st

from dashboard.board import areas
from dashboard.board.door import serving
from dashboard.components.filters import choose_area, choose_period, filter_row
from dashboard.components.footnote import footnote
from dashboard.wording import points as words
from dashboard.wording import points_pieces as pieces
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
choices = filter_row()
with choices:
    period = choose_period(board.first_day, board.last_day)
    area = choose_area(areas.selectable_areas(board), areas.community_count(board))

pieces.finding(board, period, area)
left, right = st.columns([7, 5], gap="large")
with left:
    pieces.course(board, period, area)
with right:
    pieces.sources(board, period, area)

footnote(footnotes(board, *words.definitions()))
with choices:
    offer_download(board, f"points-{period.key}", partial(pieces.sheets, board, period, area))
