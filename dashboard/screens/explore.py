"""Explore 探索: any metric × dimension × grain × period × picture, with a table, a download and a link."""

import streamlit as st

from dashboard.board import areas, explore
from dashboard.board import saved_views as kept
from dashboard.board.door import serving
from dashboard.components.bar_rows import bar_rows
from dashboard.components.download_menu import download_menu
from dashboard.components.filters import choose, choose_area, filter_row
from dashboard.components.footnote import empty_state, footnote
from dashboard.components.headline import headline
from dashboard.components.heat_table import heat_table
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.line_plot import line_plot
from dashboard.components.plain_table import plain_table
from dashboard.components.saved_views import saved_views
from dashboard.translations import _
from dashboard.wording import explore as words
from dashboard.wording import explore_pictures as pictures
from dashboard.wording import explore_table as rows
from dashboard.wording.figures import metric_label
from dashboard.wording.footnotes import footnotes

board = serving()
choices = filter_row()
with choices:
    offered = explore.offered_metrics(board)
    names = {name: metric_label(metric) for name, metric in offered.items()}
    metric = offered[choose("metric", _("Metric"), names, explore.DEFAULT_METRIC, width=210)]
    dimensions = words.dimension_labels(metric, explore.offered_dimensions(metric))
    by = choose("by", _("Breakdown"), dimensions, explore.default_dimension(metric), width=140)
    grain = choose("grain", _("Grain"), words.grain_labels(metric), explore.default_grain(metric), width=110)
    periods = words.period_labels(explore.offered_periods(board, grain), grain)
    period = choose("period", _("Period"), periods, explore.EVERY, width=170)
    area = choose_area(areas.selectable_areas(board), areas.community_count(board))
    asked = explore.asked(metric, by, grain, period, area)
    charts = words.chart_labels(asked)
    chart = choose("chart", _("Picture"), charts, next(iter(charts)), control="segments")

found = explore.explored(board, asked)
whole = explore.whole_line(board, found)
place = areas.selectable_areas(board).get(area or "", "")
headline(words.kicker(found, dimensions[by], place), words.title(found), words.standfirst(found))
if found.frame.empty:
    empty_state(*words.nothing())
else:
    kpi_strip(words.kpis(found, explore.headline_figure(board, found)))
    left, right = st.columns([7, 5], gap="large") if chart != "table" else (None, st.container())
    if left is not None:
        with left:
            if chart == "line":
                line_plot(pictures.head(found, found.finished), pictures.lines(found, whole))
            elif chart == "heat":
                heat_table(pictures.heat_head(found), dimensions[by], *pictures.heat(found))
            else:
                bars, rest = pictures.bars(found)
                bar_rows(pictures.head(found, found.frame), bars, pictures.middle(found, whole), rest)
    with right:
        plain_table(*rows.table(found, dimensions[by], alone=chart == "table"))

footnote(footnotes(board))
with choices:
    address = {"metric": metric.name, "by": by, "grain": grain, "period": period, "chart": chart}
    address["area"] = area or "all"
    saved_views(
        kept.views(board), lambda name: kept.save(board, name, address), lambda name: kept.forget(board, name)
    )
    download_menu(
        f"{metric.name}-{grain}", lambda: rows.download(found, dimensions[by]), rows.number_formats(found)
    )
