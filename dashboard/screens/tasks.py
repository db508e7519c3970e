"""Tasks 任务闭环: how far do tasks come, how long does each step take, what is overdue, which channel lags?"""

import streamlit as st

from dashboard.board import areas, tasks
from dashboard.board.door import metrics, serving
from dashboard.components.filters import choose, choose_area, choose_period, filter_row
from dashboard.components.footnote import footnote
from dashboard.components.funnel import funnel
from dashboard.components.headline import headline
from dashboard.components.plain_table import plain_table
from dashboard.components.small_multiples import small_multiples
from dashboard.components.stacked_bars import stacked_bars
from dashboard.translations import _
from dashboard.wording import tasks as words
from dashboard.wording.figures import kicker, metric_definition, running_note
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
choices = filter_row()
with choices:
    period = choose_period(board.first_day, board.last_day)
    names = areas.selectable_areas(board)
    area = choose_area(names, areas.community_count(board))
    counts = tasks.step_counts(board, period, area)
    processes = words.processes(counts)
    process = choose("process", _("Process"), processes, next(iter(processes)))

late = tasks.overdue(board, area)
steps = words.steps(counts[process], tasks.step_times(board, period, area, process), process)

headline(
    kicker(_("Task loop"), period, [names.get(area or "", ""), running_note(period, board.last_day)]),
    words.title(steps, period),
    words.standfirst(steps, tasks.closing(board, period, area), late),
)
left, right = st.columns([7, 5], gap="large")
with left:
    funnel(words.funnel_head(steps), steps)
    channels = tasks.rate_by_channel(board, period, area)
    small_multiples(
        words.channels_head(channels), words.channel_panels(channels), *words.channels_frame(channels)
    )
with right:
    plain_table(
        words.overdue_title(late),
        _("By days overdue"),
        words.overdue_columns(),
        words.overdue_rows(late),
        words.overdue_note(late),
    )
    mix = words.mix(tasks.difficulty_mix(board, period, area))
    stacked_bars(words.mix_head(mix), words.DIFFICULTIES, mix)

footnote(footnotes(board, metric_definition(metrics()["in_time_rate"])))
with choices:
    offer_download(
        board, f"tasks-{period.key}", lambda: words.download(tasks.overdue_to_download(board, area))
    )
