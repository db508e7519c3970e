"""Surveys 满意度·安全感: how satisfied and safe do residents feel, is a change more than chance, who differs?"""

from functools import partial

import streamlit as st

from dashboard.board import areas, surveys
from dashboard.board.door import metrics, serving
from dashboard.components.filters import choose, choose_area, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.translations import _
from dashboard.wording import survey_pieces as pieces
from dashboard.wording import surveys as words
from dashboard.wording.figures import metric_definition
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
held = surveys.held(board)
if not held:
    nothing_here(words.no_surveys(), footnotes(board))
choices = filter_row()
with choices:
    area = choose_area(areas.selectable_areas(board), areas.community_count(board))
    survey = choose("survey", _("Survey"), words.survey_labels(held), held[-1])

pieces.finding(board, area, survey)
left, right = st.columns([7, 5], gap="large")
with left:
    pieces.course(board, area)
    pieces.spread(board, area, survey)
with right:
    pieces.places(board, area, survey)

definition = metric_definition(metrics()[surveys.METRIC_OF[survey]])
footnote(footnotes(board, definition, pieces.whose_rank(board, area)))
with choices:
    sheets = partial(pieces.sheets, board, area, survey)
    offer_download(board, "surveys", sheets, *surveys.METRIC_OF.values())
