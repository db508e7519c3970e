"""Overview 总览: how are we doing this period, what changed, what needs a decision?"""

import streamlit as st

from dashboard.board import areas, overview, units
from dashboard.board.door import metrics, serving
from dashboard.components.decision_list import decision_list
from dashboard.components.filters import choose_area, choose_period, filter_row
from dashboard.components.footnote import footnote
from dashboard.components.headline import headline
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.small_multiples import small_multiples
from dashboard.components.tier_bars import tier_bars
from dashboard.components.trend_chart import trend_chart
from dashboard.wording import decisions
from dashboard.wording import figures as wording
from dashboard.wording import overview as words
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
choices = filter_row()
with choices:
    period = choose_period(board.first_day, board.last_day)
    names = areas.selectable_areas(board)
    area = choose_area(names, areas.community_count(board))

figures = overview.headline_figures(board, period, area)
by_area = overview.rate_by_subdistrict(board, period, area)
ranking = units.ranking(board, units.quarter_of(period, board))
tiers = board.district.tiers.names

headline(
    wording.kicker(
        board.district.name, period, [names.get(area or "", ""), wording.running_note(period, board.last_day)]
    ),
    words.title(figures, period, ranking, by_area),
    words.standfirst(figures, overview.verified(board, period, area)),
)
safety = overview.latest_safety(board, period, area)
kpi_strip(words.kpis(figures, safety, metrics()["safety_rate"]))

left, right = st.columns([7, 5], gap="large")
with left:
    flow = overview.flow(board, period, area)
    trend_chart(words.flow_head(flow), flow.months, words.flow_lines(flow), words.flow_gap(flow))
with right:
    decision_list(decisions.head(board), decisions.listed(board, ranking, overview.pending(board, area)))

left, right = st.columns([7, 5], gap="large")
with left:
    panels = words.area_panels(by_area)
    small_multiples(words.areas_head(panels, by_area), panels, *words.areas_frame(by_area))
with right:
    quarters = overview.tiers_by_quarter(board, period)
    tier_bars(words.tiers_head(quarters, tiers), tiers, words.tier_rows(quarters, tiers))

footnote(footnotes(board))
with choices:
    offer_download(board, f"overview-{period.key}", lambda: words.download(figures))
