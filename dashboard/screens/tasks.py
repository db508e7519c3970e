"""Tasks 任务闭环: how far do tasks come, how long does each step take, what waits, which channel lags; and each task."""

import streamlit as st

from dashboard.board import areas, task_list, tasks
from dashboard.board.door import metrics, serving
from dashboard.components.filters import choose, choose_area, choose_period, filter_row
from dashboard.components.footnote import footnote
from dashboard.components.search_field import search_field
from dashboard.theme import on_paper
from dashboard.translations import _
from dashboard.wording import task_list as one
from dashboard.wording import task_pieces as pieces
from dashboard.wording import task_tables as tables
from dashboard.wording import tasks as words
from dashboard.wording.figures import metric_definition
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
with (choices := filter_row()):
    period = choose_period(board.first_day, board.last_day)
    area = choose_area(areas.selectable_areas(board), areas.community_count(board))
    processes = words.processes(tasks.step_counts(board, period, area))
    process = choose("process", _("Process"), processes, next(iter(processes)))

pieces.finding(board, period, area, process)
left, right = st.columns([7, 5], gap="large")
with left:
    pieces.loop(board, period, area, process)
with right:
    pieces.waiting(board, area)
    pieces.categories(board, period, area)
pieces.days(board, period, area)
if not on_paper():
    with st.container(horizontal=True, vertical_alignment="center"):
        state = choose("tasks", _("State"), one.states(), "all", control="segments")
        sought = search_field("matter", one.search_label())
        found = task_list.found(board, period, area, state, sought)
        opened = choose("task", _("Task"), one.options(found), one.first(found), width=360)
    left, right = st.columns([7, 5], gap="large")
    with left:
        pieces.found(board, period, area, state, sought, opened)
    with right:
        pieces.card(board, one.number_of(found, opened))
footnote(footnotes(board, metric_definition(metrics()["in_time_rate"])))
with choices:
    offer_download(board, f"tasks-{period.key}", lambda: tables.download(board, area))
