"""Check-ins 双报到: how many are valid, how far off are the others, does everyone come as often as asked?"""

import streamlit as st

from dashboard.board import areas, checkins
from dashboard.board.door import metrics, serving
from dashboard.components.distance_histogram import distance_histogram
from dashboard.components.filters import choose, choose_area, choose_period, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.components.headline import headline
from dashboard.components.interval_charts import interval_rows
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.plain_table import plain_table
from dashboard.translations import _
from dashboard.wording import checkin_tables as tables
from dashboard.wording import checkins as words
from dashboard.wording.bases import estimates
from dashboard.wording.checkin_distances import distance_picture
from dashboard.wording.figures import kicker, metric_definition, running_note
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
if board.district.burden_relief or not checkins.are_there(board):
    nothing_here(words.relieved() if board.district.burden_relief else words.no_checkins(), footnotes(board))
choices = filter_row()
with choices:
    period = choose_period(board.first_day, board.last_day)
    area = choose_area(areas.selectable_areas(board), areas.community_count(board))

figures, target = checkins.headline_figures(board, period, area), checkins.target(board, period)
people, distances = checkins.on_target(board, period, area), checkins.distances(board, period, area)
units, communities = checkins.units(board, period), checkins.communities(board, period, area)
district, subdistricts = checkins.district_rate(board, period), checkins.subdistricts(board, period)
with choices:
    groups = tables.groups(units)
    group = choose("group", _("Ranking group"), groups, next(iter(groups))) if groups else ""

where = kicker(_("Check-ins"), period, [running_note(period, board.last_day)])
title = words.title(figures, period, target, board.last_day)
headline(where, title, words.standfirst(figures, people, distances, target))
kpi_strip(words.kpis(figures, people, target))

left, right = st.columns([7, 5], gap="large")
with left:
    distance_histogram(*distance_picture(distances))
with right:
    rows = estimates(subdistricts, "subdistrict")
    interval_rows(words.areas_head(rows, district), district.value or 0.0, rows)

left, right = st.columns([7, 5], gap="large")
with left:
    shown = choose("rows", _("Rows"), tables.unit_rows(), "last", control="segments")
    plain_table(*tables.units_table(tables.in_group(units, group), target, whole=shown == "all"))
with right:
    plain_table(*tables.communities_table(communities))

footnote(footnotes(board, metric_definition(metrics()[checkins.RATE])))
with choices:
    offer_download(board, f"checkins-{period.key}", lambda: tables.download(units, communities, distances))
