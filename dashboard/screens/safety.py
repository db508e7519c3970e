"""Safety 三零: how long since the last petition, accident and public-security case, how many, where?"""

import streamlit as st

from dashboard.board import areas, safety
from dashboard.board.door import metrics, serving
from dashboard.components.filters import choose_area, choose_period, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.components.headline import headline
from dashboard.components.heat_table import heat_table
from dashboard.components.incident_lanes import incident_lanes
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.plain_table import plain_table
from dashboard.translations import _
from dashboard.wording import safety as words
from dashboard.wording.figures import kicker, metric_definition, running_note
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
if not safety.are_delivered(board):
    nothing_here(words.not_delivered(), footnotes(board))
choices = filter_row()
with choices:
    period = choose_period(board.first_day, board.last_day)
    area = choose_area(areas.selectable_areas(board), areas.community_count(board))

zeros, total = safety.zeros(board, period, area), safety.total(board, period, area)
calm, listed = safety.calm_communities(board, period, area), safety.listed(board, period, area)
months, by_month = safety.by_month(board, period, area)
by_area = safety.by_area(board, period)

headline(
    kicker(_("Three zeros"), period, [running_note(period, board.last_day)]),
    words.title(zeros, total, period),
    words.standfirst(board, calm, zeros),
)
kpi_strip(words.kpis(zeros, total, calm))

left, right = st.columns([7, 5], gap="large")
with left:
    timeline = safety.timeline(board, area)
    span = timeline.first, timeline.last
    incident_lanes(words.lanes_head(timeline), words.lanes(timeline, zeros), span, words.lane_ticks(timeline))
    columns = words.month_columns(months)
    heat_table(words.months_head(by_month), _("Kind"), columns, words.month_rows(by_month))
with right:
    plain_table(*words.areas_table(by_area))
    plain_table(*words.list_table(listed))

footnote(footnotes(board, metric_definition(metrics()[safety.METRIC])))
with choices:
    offer_download(
        board, f"safety-{period.key}", lambda: words.download(listed, by_area, by_month), safety.METRIC
    )
