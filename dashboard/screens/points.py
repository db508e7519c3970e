"""Points 积分: what is earned and spent, how far everyone has come in the year, which entries break the rule?"""

import streamlit as st

from dashboard.board import areas, points
from dashboard.board.door import serving
from dashboard.board.stewards import year_of
from dashboard.components.column_chart import column_chart
from dashboard.components.filters import choose_area, choose_period, filter_row
from dashboard.components.footnote import footnote
from dashboard.components.headline import block_head, headline
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.plain_table import plain_table
from dashboard.components.trend_chart import trend_chart
from dashboard.components.unit_card import fact_rows, source_table
from dashboard.translations import _
from dashboard.wording import points as words
from dashboard.wording.figures import kicker, running_note
from dashboard.wording.footnotes import footnotes
from dashboard.wording.headlines import strip
from dashboard.wording.workbook import offer_download

board = serving()
choices = filter_row()
with choices:
    period = choose_period(board.first_day, board.last_day)
    area = choose_area(areas.selectable_areas(board), areas.community_count(board))

figures, year = points.headline_figures(board, period, area), year_of(board, period)
headline(
    kicker(_("Points"), period, [running_note(period, board.last_day)]),
    words.title(figures, period),
    words.standfirst(figures, board.district),
)
kpi_strip(strip(figures))

kinds, shops = points.by_kind(board, period, area), points.merchants(board, period, area)
progress, entries = points.progress(board, period, area), points.off_rule(board, period, area)
minimum = board.district.privacy.minimum_group
left, right = st.columns([7, 5], gap="large")
with left:
    ledger = points.ledger(board, period, area)
    trend_chart(
        words.ledger_head(ledger), ledger.months, words.ledger_lines(ledger), words.ledger_gap(ledger), 156
    )
    reached = words.progress_head(progress, year, year.is_running(board.last_day))
    column_chart(reached, words.progress_bins(progress, minimum))
    plain_table(*words.off_rule_table(entries, points.off_rule_count(board), board.district))
with right:
    block_head(*words.sources_head(kinds))
    source_table(words.sources(kinds), points.headcount(board, period, area))
    plain_table(*words.merchants_table(shops))
    rewards = points.rewards(board, period, area)
    block_head(*words.rewards_head(rewards))
    fact_rows(words.reward_facts(rewards), pairs=True)

footnote(footnotes(board, *words.definitions()))
with choices:
    offer_download(board, f"points-{period.key}", words.sheets(kinds, progress, shops, entries, minimum))
