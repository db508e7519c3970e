"""Tasks 任务闭环: how far do tasks come, how long does each step take, what waits, which channel lags; and each task."""

import streamlit as st

from dashboard.board import areas, task_list, tasks
from dashboard.board.door import metrics, serving
from dashboard.components.day_calendar import day_calendar
from dashboard.components.filters import choose, choose_area, choose_period, filter_row
from dashboard.components.footnote import footnote
from dashboard.components.funnel import funnel
from dashboard.components.headline import headline
from dashboard.components.plain_table import plain_table, plain_tables
from dashboard.components.search_field import search_field
from dashboard.components.small_multiples import small_multiples
from dashboard.components.stacked_bars import stacked_bars
from dashboard.theme import on_paper
from dashboard.translations import _
from dashboard.wording import task_list as one
from dashboard.wording import task_tables as tables
from dashboard.wording import tasks as words
from dashboard.wording.figures import kicker, metric_definition, running_note
from dashboard.wording.footnotes import footnotes
from dashboard.wording.task_days import calendar
from dashboard.wording.workbook import offer_download

board = serving()
with (choices := filter_row()):
    period = choose_period(board.first_day, board.last_day)
    area = choose_area(names := areas.selectable_areas(board), areas.community_count(board))
    processes = words.processes(counts := tasks.step_counts(board, period, area))
    process = choose("process", _("Process"), processes, next(iter(processes)))

late, times = tasks.overdue(board, area), tasks.step_times(board, period, area, process)
steps, closing = words.steps(counts[process], times, process), tasks.closing(board, period, area)
where = kicker(_("Task loop"), period, [names.get(area or "", ""), running_note(period, board.last_day)])
headline(where, words.title(steps, period), words.standfirst(steps, closing, late))
left, right = st.columns([7, 5], gap="large")
with left:
    funnel(*words.funnel(steps))
    plain_table(*tables.times_table(times, process))
    small_multiples(*words.channels(tasks.rate_by_channel(board, period, area)))
    stacked_bars(*words.mix(tasks.difficulty_mix(board, period, area)))
with right:
    plain_tables([tables.waiting_table(tasks.waiting(board, area)), tables.overdue_table(late)])
    plain_table(*tables.categories_table(tasks.by_category(board, period, area)))
day_calendar(*calendar(tasks.published_by_day(board, period, area), period, board.last_day))
if not on_paper():
    with st.container(horizontal=True, vertical_alignment="center"):
        state = choose("tasks", _("State"), one.states(), "all", control="segments")
        sought = search_field("matter", one.search_label())
        found = task_list.found(board, period, area, state, sought)
        opened = choose("task", _("Task"), one.options(found), one.first(found), width=360)
    left, right = st.columns([7, 5], gap="large")
    with left:
        plain_table(*one.list_table(found, period, state, sought, board.data_until, opened))
    with right:
        plain_tables(one.card(task_list.task(board, opened)))
footnote(footnotes(board, metric_definition(metrics()["in_time_rate"])))
with choices:
    offer_download(board, f"tasks-{period.key}", lambda: tables.download(board, area))
