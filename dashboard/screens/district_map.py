"""Map 一张图: where? a metric on community polygons; click a community to open its card."""

import streamlit as st

from dashboard.board import areas, district_map
from dashboard.board.door import serving
from dashboard.components.area_card import card_line, standing_table
from dashboard.components.district_map import district_map as draw_map
from dashboard.components.district_map import map_legend
from dashboard.components.download_menu import download_menu
from dashboard.components.filters import choose, choose_period, filter_row
from dashboard.components.footnote import empty_state, footnote
from dashboard.components.headline import headline
from dashboard.components.plain_table import plain_table
from dashboard.translations import _
from dashboard.wording import district_map as words
from dashboard.wording.figures import kicker, metric_definition, metric_label
from dashboard.wording.footnotes import footnotes

board = serving()
choices = filter_row()
with choices:
    period = choose_period(board.first_day, board.last_day)
    offered = district_map.mappable_metrics()
    labels = {name: metric_label(metric) for name, metric in offered.items()}
    metric = offered[choose("metric", _("Metric"), labels, district_map.DEFAULT_METRIC)]

district = district_map.district_value(board, metric.name, period)
frame = words.with_base(district_map.values_by_community(board, metric.name, period), metric)
if frame.empty:
    empty_state(*words.no_communities())
    st.stop()
breaks, placed = words.classes(frame, metric, district), words.ranked(frame, metric)

headline(
    kicker(_("Map"), period, [metric_label(metric)]),
    words.title(frame, metric, breaks),
    words.standfirst(metric, district, breaks),
)
left, right = st.columns([7, 5], gap="large")
with right:
    map_legend(words.legend_head(metric), *words.legend(frame, metric, breaks), breaks.diverging)
    names, first = words.community_names(frame), words.first_to_open(placed, frame)
    opened = choose("community", _("Community"), names, first, width="stretch")
    row, line = words.community(frame, opened), district_map.area_line(board, metric.name, period, opened)
    card_line(words.card_head(row, metric, placed, district), words.card_chart(row, metric, line, district))
    standing_table(words.standings(district_map.card_values(board, period), opened), len(frame))
    plain_table(words.lowest_title(metric), "", words.lowest_columns(), *words.lowest(placed, metric, opened))
with left:
    boundaries = areas.boundaries(board)
    shapes = words.shapes(frame, metric, breaks, boundaries)
    outlines = words.outlines(areas.subdistricts_and_communities(board), boundaries)
    draw_map(shapes, outlines, breaks.diverging, opened, choice="community")

footnote(footnotes(board, metric_definition(metric)))
with choices:
    download_menu(f"map-{metric.name}-{period.key}", lambda: words.download(frame, metric), {})
