"""Map 一张图: where? a metric on communities or subdistricts, tasks, sites and check-ins on them; click one to open it."""

import streamlit as st

from dashboard.board import district_map
from dashboard.board.door import serving
from dashboard.components.filters import choose, choose_period, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.components.map_drawing import choose_drawing
from dashboard.components.map_filters import choose_layer
from dashboard.components.place_links import place_links
from dashboard.translations import _
from dashboard.wording import district_map as words
from dashboard.wording import district_map_card as card
from dashboard.wording import district_map_layers as layers
from dashboard.wording import district_map_pieces as pieces
from dashboard.wording.figures import metric_definition, metric_label
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
    stands = choose_drawing((chosen := choose_layer(layers.offer(board))).by_place)

names, asked = card.area_names(board, level), (board, metric.name, period, level)
if not names:
    nothing_here(words.no_areas(), footnotes(board))
pieces.finding(*asked, chosen)
left, right = st.columns([7, 5], gap="large")
with right:
    pieces.legend(*asked)
    opened = choose(level, _("Area"), names, pieces.first_to_open(*asked), width="stretch")
    pieces.card(*asked, opened)
    if chosen.by_place:
        pieces.places(board, period, level, opened, chosen)
    else:
        pieces.weakest(*asked, opened)
with left:
    pieces.the_map(*asked, opened, chosen, stands)
    name = card.area_name(board, level, opened)
    place_links(*card.links(opened, name, level, period, board.district.burden_relief))

footnote(footnotes(board, metric_definition(metric)))
with choices:
    offer_download(board, f"map-{metric.name}-{period.key}", lambda: pieces.download(*asked, opened, chosen))
