"""Wishes 微心愿: how many are collected, adopted and fulfilled, how long do open ones wait, who lags?"""

import streamlit as st

from dashboard.board import areas, wishes
from dashboard.board.door import metrics, serving
from dashboard.components.filters import choose, choose_area, choose_period, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.components.headline import headline
from dashboard.components.interval_charts import interval_rows
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.plain_table import plain_table
from dashboard.components.trend_chart import trend_chart
from dashboard.translations import _
from dashboard.wording import wishes as words
from dashboard.wording.bases import estimates
from dashboard.wording.choices import named
from dashboard.wording.figures import kicker, metric_definition, running_note
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

figures, district = wishes.headline_figures(board, period, area), wishes.district_rate(board, period)
by_area, ages = wishes.subdistricts(board, period), named(wishes.open_by_age(board, area), "age")
kinds, subdistricts = named(wishes.breakdown(board, period, by, area), by), estimates(by_area, "subdistrict")
communities = wishes.communities(board, period, area)

headline(
    kicker(_("Wishes"), period, [running_note(period, board.last_day)]),
    words.title(figures, period, subdistricts, district),
    words.standfirst(figures, ages),
)
kpi_strip(words.kpis(figures))

left, right = st.columns([7, 5], gap="large")
with left:
    flow = wishes.flow(board, period, area)
    trend_chart(words.flow_head(flow), flow.months, words.flow_lines(flow), words.flow_gap(flow), 216)
with right:
    interval_rows(words.areas_head(subdistricts, district), district.value or 0.0, subdistricts)

left, middle, right = st.columns([4, 3, 5], gap="large")
with left:
    plain_table(*words.breakdown_table(kinds, by))
with middle:
    plain_table(*words.age_table(ages, board))
with right:
    plain_table(*words.communities_table(communities))

footnote(footnotes(board, metric_definition(metrics()[wishes.RATE])))
with choices:
    offer_download(board, f"wishes-{period.key}", words.sheets(communities, by_area, kinds, ages, by))
