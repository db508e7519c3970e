"""Stewards 红管家: how many of each class, how far towards their own target, and how persons compare in three frames."""

from functools import partial

import streamlit as st

from dashboard.board import areas, frames, stewards
from dashboard.board.door import metrics, serving
from dashboard.board.people import names as known_names
from dashboard.components.filters import choose_area, choose_period, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.components.frame_lists import frame_lists
from dashboard.components.headline import block_head
from dashboard.components.person_search import person_search
from dashboard.wording import frames as compared
from dashboard.wording import steward_pieces as pieces
from dashboard.wording import stewards as words
from dashboard.wording.figures import metric_definition
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
choices = filter_row()
with choices:
    period = choose_period(board.first_day, board.last_day)
    area = choose_area(areas.selectable_areas(board), areas.community_count(board))
groups = frames.groups(board, period)
if not groups["community"]:
    nothing_here(words.no_stewards(), footnotes(board))

names = known_names(board)
pieces.finding(board, period, area)
left, right = st.columns([7, 5], gap="large")
with left:
    pieces.targets(board, period, area)
with right:
    pieces.headcounts(board, period, area)
pieces.subdistricts(board, period, area)

if board.district.burden_relief:
    block_head(*compared.relief())
else:
    code = person_search(*compared.search_words(), compared.finder(board, period))
    person = frames.person(board, period, code) if code else None
    block_head(*compared.frames_head(person, code, names))
    frame_lists(compared.frame_choices(groups, person, area), partial(pieces.members, board, period, code))

footnote(footnotes(board, metric_definition(metrics()[stewards.TARGET]), names.fault))
with choices:
    offer_download(board, f"stewards-{period.key}", partial(pieces.sheets, board, period, area))
