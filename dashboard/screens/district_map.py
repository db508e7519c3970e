"""Map 一张图: where? a metric on community polygons; click a community to open its card."""

import streamlit as st

from dashboard.board import areas, district_map
from dashboard.board.door import metrics, serving
from dashboard.components.area_card import card_line, standing_table
from dashboard.components.district_map import district_map as draw_map
from dashboard.components.district_map import map_legend
from dashboard.components.download_menu import download_menu
from dashboard.components.filters import choose, choose_period, filter_row
from dashboard.components.footnote import footnote
from dashboard.components.headline import block_head, headline
from dashboard.components.plain_table import Column, plain_table
from dashboard.selection import keep
from dashboard.translations import _
from dashboard.wording import district_map as words
from dashboard.wording.figures import is_share, kicker, metric_definition, metric_label
from dashboard.wording.footnotes import footnotes

board = serving()
with filter_row():
    period = choose_period(board.first_day, board.last_day)
    offered = {name: metric_label(metric) for name, metric in district_map.mappable_metrics().items()}
    metric = metrics()[choose("metric", _("Metric"), offered, district_map.DEFAULT_METRIC)]
    download_menu(f"map-{metric.name}-{period.key}", lambda: words.download(frame, metric), words.DOWNLOAD_FORMATS)

frame = words.with_base(district_map.values_by_community(board, metric.name, period), metric)
district = district_map.district_value(board, metric.name, period)
breaks, placed = words.classes(frame, metric, district), words.ranked(frame, metric)
boundaries = areas.boundaries(board)

headline(
    kicker(_("Map"), period, [metric_label(metric)]), words.title(frame, metric, breaks), words.standfirst(metric, district, breaks)
)
left, right = st.columns([7, 5], gap="large")
with right:
    classes, without = words.legend(frame, metric, breaks)
    map_legend(_("Communities by {metric}").format(metric=metric_label(metric)), _("Legend and histogram in one: a square is a community"), classes, breaks.diverging, without)
    names = dict(zip(frame["area_code"], frame["name"], strict=True))
    opened = choose("community", _("Community"), names, words.first_to_open(placed, frame), width="stretch")
    row, line = frame.set_index("area_code", drop=False).loc[opened], district_map.area_line(board, metric.name, period, opened)
    block_head(words.card_title(row, metric, placed), words.card_subtitle(row, metric, district))
    card_line(line.own, line.district if is_share(metric) else (), words.ends(line), words.own_label(row, metric), words.lags(row, metric, district), is_share(metric), "card")
    standing_table([
        words.standing(district_map.values_by_community(board, name, period), metrics()[name], opened, district_map.district_value(board, name, period))
        for name in district_map.CARD_METRICS
    ], len(frame))  # fmt: skip
    cells, codes = words.lowest_rows(placed, metric)
    plain_table(
        words.lowest_title(metric), "",
        [Column(_("Community")), Column(_("Subdistrict"), "mute"), Column(metric_label(metric), "r strong"), Column(_("Cases"), "r mute")],
        cells, selected=codes.index(opened) if opened in codes else None,
    )  # fmt: skip
with left:
    clicked = draw_map(words.shapes(frame, metric, breaks, boundaries), words.outlines(areas.subdistricts_and_communities(board), boundaries), breaks.diverging, opened, f"polygons-{opened}")
    if clicked and clicked != opened:
        keep("community", clicked)
        st.rerun()

footnote(footnotes(board, metric_definition(metric)))
