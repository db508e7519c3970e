"""Projects 实事: what have party members got done, how much of it, and are residents satisfied with it?"""

from functools import partial

import streamlit as st

from dashboard.board import areas, projects
from dashboard.board.door import metrics, serving
from dashboard.components.filters import choose_area, choose_period, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.wording import project_pieces as pieces
from dashboard.wording import projects as words
from dashboard.wording.figures import metric_definition
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
choices = filter_row()
with choices:
    period = choose_period(board.first_day, board.last_day)
    area = choose_area(areas.selectable_areas(board), areas.community_count(board))

if projects.kinds(board, period, area).empty:
    nothing_here(words.no_projects(elsewhere=not projects.kinds(board, period, None).empty), footnotes(board))

pieces.finding(board, period, area)
left, right = st.columns([7, 5], gap="large")
with left:
    pieces.finished(board, period)
with right:
    pieces.kinds(board, period, area)

footnote(footnotes(board, metric_definition(metrics()[projects.FINISHED])))
with choices:
    sheets = partial(pieces.sheets, board, period, area)
    offer_download(board, f"projects-{period.key}", sheets, projects.OUTCOME)
