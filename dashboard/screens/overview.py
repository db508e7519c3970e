"""Overview 总览: how are we doing this period, what changed, what needs a decision?"""

import streamlit as st

from dashboard.board import areas, overview, units
from dashboard.board.door import metrics, serving
from dashboard.components.decision_list import decision_list
from dashboard.components.download_menu import download_menu
from dashboard.components.filters import choose_area, choose_period, filter_row
from dashboard.components.footnote import footnote
from dashboard.components.headline import headline
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.small_multiples import small_multiples
from dashboard.components.tier_bars import tier_bars
from dashboard.components.trend_chart import trend_chart
from dashboard.translations import _
from dashboard.wording import figures as figure_words
from dashboard.wording import overview as words
from dashboard.wording.footnotes import footnotes

board = serving()
with filter_row():
    period = choose_period(board.first_day, board.last_day)
    area = choose_area(areas.selectable_areas(board), areas.community_count(board))
    download_menu(f"overview-{period.key}", lambda: words.download(figures), words.DOWNLOAD_FORMATS)

figures = overview.headline_figures(board, period, area)
ranking = units.ranking(board, units.quarter_of(period, board))
tiers = board.district.tiers.names
lowest = overview.subdistricts_in_period(board, period)

headline(
    figure_words.kicker(board.district.name, period, [figure_words.running_note(period, board.last_day)]),
    words.title(figures, period, ranking, lowest),
    words.standfirst(figures),
)
kpi_strip(words.kpis(figures, overview.latest_safety(board, period, area), metrics()["safety_rate"]))

left, right = st.columns([7, 5], gap="large")
with left:
    flow = overview.flow(board, period, area)
    trend_chart(words.flow_title(flow), words.flow_subtitle(flow), flow.months, words.flow_lines(flow), words.flow_gap(flow), "flow")
with right:
    wishes, findings = overview.old_wishes(board), overview.findings_by_check(board)
    overdue = overview.overdue_tasks(board, area)
    decision_list(_("What needs deciding"), _("Most pressing first"), words.decisions(board, ranking, wishes, overdue, findings))

left, right = st.columns([7, 5], gap="large")
with left:
    by_area = overview.rate_by_subdistrict(board, period, area)
    panels = words.area_panels(by_area)
    small_multiples(
        words.areas_title(panels, metrics()[overview.AREA_RATE]), _("%, last 12 months; grey line: whole district"),
        panels, by_area.attrs["district"], words.ends(by_area.attrs["months"]),
    )  # fmt: skip
with right:
    quarters = overview.tiers_by_quarter(board, period)
    tier_bars(words.tiers_title(quarters, tiers), _("All units, number per quarter"), tiers, words.tier_rows(quarters, tiers))

footnote(footnotes(board))
