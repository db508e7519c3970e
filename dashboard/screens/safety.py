"""Safety 三零: how long since the last petition, accident and public-security case, how many, where?"""

from functools import partial

import streamlit as st

from dashboard.board import areas, safety
from dashboard.board.door import metrics, serving
from dashboard.components.filters import choose_area, choose_period, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.wording import safety as words
from dashboard.wording import safety_pieces as pieces
from dashboard.wording.figures import metric_definition
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
if not safety.are_delivered(board):
    nothing_here(words.not_delivered(), footnotes(board))
choices = filter_row()
with choices:
    period = choose_period(board.first_day, board.last_day)
    area = choose_area(areas.selectable_areas(board), areas.community_count(board))

pieces.finding(board, period, area)
left, right = st.columns([7, 5], gap="large")
with left:
    pieces.course(board, period, area)
with right:
    pieces.places(board, period, area)

footnote(footnotes(board, metric_definition(metrics()[safety.METRIC])))
with choices:
    sheets = partial(pieces.sheets, board, period, area)
    offer_download(board, f"safety-{period.key}", sheets, safety.METRIC)
