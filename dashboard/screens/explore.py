"""Explore 探索: any metric × dimension × grain × period × picture, with a table, a download and a link."""

from functools import partial

import streamlit as st

from dashboard.board import areas, explore
from dashboard.board import saved_views as kept
from dashboard.board.door import serving
from dashboard.components.filters import choose, choose_area, filter_row
from dashboard.components.footnote import empty_state, footnote
from dashboard.components.saved_views import saved_views
from dashboard.translations import _
from dashboard.wording import explore as words
from dashboard.wording import explore_pictures as pictures
from dashboard.wording import explore_pieces as pieces
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
choices = filter_row()
with choices:
    offered = explore.offered_metrics(board)
    names = words.metric_labels(offered)
    metric = offered[choose("metric", _("Metric"), names, explore.DEFAULT_METRIC, width=154)]
    dimensions = words.dimension_labels(metric, explore.offered_dimensions(metric))
    by = choose("by", _("Breakdown"), dimensions, explore.default_dimension(metric), width=120)
    grain = choose("grain", _("Grain"), words.grain_labels(metric), explore.default_grain(metric), width=112)
    periods = words.period_labels(explore.offered_periods(board, grain), grain)
    period = choose("period", _("Period"), periods, explore.EVERY, width=140)
    area = choose_area(areas.selectable_areas(board), areas.community_count(board), width=164)
    asked = explore.asked(metric, by, grain, period, area)
    charts = words.chart_labels(asked)
    chart = choose("chart", _("Picture"), charts, next(iter(charts)), control="segments")

pieces.finding(board, asked)
if pieces.found(board, asked).frame.empty:
    empty_state(*words.nothing())
else:
    columns = st.columns(pictures.shares(chart), gap="large")
    with columns[0]:
        pieces.picture(board, asked, chart)
    with columns[-1]:
        pieces.table(board, asked, chart == "table")

footnote(footnotes(board))
with choices:
    address = kept.address(metric.name, by, grain, period, chart, area)
    saved_views(kept.views(board), partial(kept.save, board, address=address), partial(kept.forget, board))
    offer_download(board, f"{metric.name}-{grain}", partial(pieces.sheets, board, asked))
