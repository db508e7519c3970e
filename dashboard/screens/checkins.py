"""Check-ins 双报到: how many are valid, how far off are the others, does everyone come as often as asked?"""

from functools import partial

import streamlit as st

from dashboard.board import areas, checkins
from dashboard.board.door import metrics, serving
from dashboard.components.filters import choose, choose_area, choose_period, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.translations import _
from dashboard.wording import checkin_pieces as pieces
from dashboard.wording import checkin_tables as tables
from dashboard.wording import checkins as words
from dashboard.wording.figures import metric_definition
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
if board.district.burden_relief or not checkins.are_there(board):
    nothing_here(words.relieved() if board.district.burden_relief else words.no_checkins(), footnotes(board))
choices = filter_row()
with choices:
    period = choose_period(board.first_day, board.last_day)
    area = choose_area(areas.selectable_areas(board), areas.community_count(board))
    groups = tables.groups(checkins.units(board, period))
    group = choose("group", _("Ranking group"), groups, next(iter(groups))) if groups else ""

pieces.finding(board, period, area)
left, right = st.columns([7, 5], gap="large")
with left:
    pieces.distances(board, period, area)
with right:
    pieces.subdistricts(board, period)

left, right = st.columns([7, 5], gap="large")
with left:
    shown = choose("rows", _("Rows"), tables.unit_rows(), "last", control="segments")
    pieces.units(board, period, group, shown == "all")
with right:
    pieces.communities(board, period, area)

footnote(footnotes(board, metric_definition(metrics()[checkins.RATE])))
with choices:
    offer_download(board, f"checkins-{period.key}", partial(pieces.sheets, board, period, area))
