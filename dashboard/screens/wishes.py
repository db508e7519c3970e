"""Wishes 微心愿: how many are collected, adopted and fulfilled, how long do open ones wait, who lags?"""

from functools import partial

import streamlit as st

from dashboard.board import areas, wishes
from dashboard.board.door import metrics, serving
from dashboard.components.filters import choose, choose_area, choose_period, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.translations import _
from dashboard.wording import wish_pieces as pieces
from dashboard.wording import wishes as words
from dashboard.wording.figures import metric_definition
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
if not wishes.are_there(board):
    nothing_here(words.no_wishes(), footnotes(board))
choices = filter_row()
with choices:
    period = choose_period(board.first_day, board.last_day)
    area = choose_area(areas.selectable_areas(board), areas.community_count(board))
    by = choose("breakdown", _("Breakdown"), words.breakdowns(), "category", stated=False)

pieces.finding(board, period, area)
left, right = st.columns([7, 5], gap="large")
with left:
    pieces.flow(board, period, area)
with right:
    pieces.subdistricts(board, period)

left, middle, right = st.columns([4, 3, 5], gap="large")
with left:
    pieces.kinds(board, period, by, area)
with middle:
    pieces.ages(board, area)
with right:
    pieces.communities(board, period, area)

footnote(footnotes(board, metric_definition(metrics()[wishes.RATE])))
with choices:
    offer_download(board, f"wishes-{period.key}", partial(pieces.sheets, board, period, by, area))
