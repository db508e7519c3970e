"""Map 一张图: where? a metric on communities or subdistricts, tasks, sites and check-ins on them; click one to open it."""

import streamlit as st

from dashboard.board import district_map
from dashboard.board.door import serving
from dashboard.components.area_card import card_line, standing_table
from dashboard.components.district_map import map_legend
from dashboard.components.filters import choose, choose_period, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.components.headline import headline
from dashboard.components.map_drawing import choose_drawing, draw_map
from dashboard.components.map_filters import choose_layer
from dashboard.components.place_links import place_links
from dashboard.components.plain_table import plain_table
from dashboard.translations import _
from dashboard.wording import district_map as words
from dashboard.wording import district_map_card as card
from dashboard.wording import district_map_classes as classed
from dashboard.wording import district_map_layers as layers
from dashboard.wording.district_map_raised import raised
from dashboard.wording.figures import kicker, metric_definition, metric_label
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
choices = filter_row()
with choices:
    period = choose_period(board.first_day, board.last_day)
    offered = district_map.mappable_metrics(board.district.burden_relief)
    labels = {name: metric_label(metric) for name, metric in offered.items()}
    metric = offered[choose("metric", _("Metric"), labels, district_map.DEFAULT_METRIC, width=180)]
    levels = words.level_labels()
    level = district_map.level_of(choose("level", _("Level"), levels, "community", control="segments"))
    chosen, stands = choose_layer(layers.offer(board)), choose_drawing()

view = words.view(board, metric, period, level)
if view.frame.empty:
    nothing_here(words.no_areas(), footnotes(board))
layer = layers.layer(board, chosen, period, view.ground.rectangle)
headline(kicker(_("Map"), period, [metric_label(metric)]), view.title, view.standfirst + layer.said)
left, right = st.columns([7, 5], gap="large")
with right:
    map_legend(*words.legend_of(view))
    placed, names = classed.ranked(view.frame, metric), card.area_names(view.frame)
    opened = choose(level, _("Area"), names, card.first_to_open(placed, view.frame), width="stretch")
    row, line = card.area(view.frame, opened), district_map.area_line(board, metric.name, period, opened)
    card_line(*card.card(row, metric, placed, line, view.district))
    standing_table(card.standings(district_map.card_values(board, period, level), opened), len(names), level)
    lowest = card.lowest(placed, metric, opened)
    plain_table(card.lowest_title(metric, level), "", card.lowest_columns(), *lowest)
with left:
    heights, months = raised(view, layer.marks) if stands else None, words.month_shown(view, period)
    draw_map(words.picture(view, opened, layer.marks), level, heights, view.months, *months)
    place_links(*card.links(row, level, period, board.district.burden_relief))

footnote(footnotes(board, metric_definition(metric)))
with choices:
    offer_download(board, f"map-{metric.name}-{period.key}", lambda: words.download(view, layer.table))
