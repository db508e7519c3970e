"""The pieces of the points' screen: the finding, what comes and goes, where it comes from; and its download."""

import pandas as pd

from dashboard.board import points
from dashboard.board.door import Serving
from dashboard.board.stewards import year_of
from dashboard.components.column_chart import column_chart
from dashboard.components.headline import block_head, headline
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.plain_table import plain_table
from dashboard.components.trend_chart import trend_chart
from dashboard.components.unit_card import fact_rows, source_table
from dashboard.translations import _
from dashboard.wording import points as words
from dashboard.wording.figures import kicker, running_note
from dashboard.wording.headlines import strip
from dashboard.wording.pieces import piece
from pipelines.periods import Period


@piece
def finding(board: Serving, period: Period, area: str | None) -> None:
    """What was earned, and the figures."""
    figures = points.headline_figures(board, period, area)
    headline(
        kicker(_("Points"), period, [running_note(period, board.last_day)]),
        words.title(figures, period),
        words.standfirst(figures, board.district),
    )
    kpi_strip(strip(figures))


@piece
def course(board: Serving, period: Period, area: str | None) -> None:
    """Earned and spent by month, how far everyone has come in the year, entries outside the rule."""
    ledger, year = points.ledger(board, period, area), year_of(board, period)
    lines, gap = words.ledger_lines(ledger), words.ledger_gap(ledger)
    trend_chart(words.ledger_head(ledger), ledger.months, lines, gap, 156)
    progress = points.progress(board, period, area)
    reached = words.progress_head(progress, year, year.is_running(board.last_day))
    column_chart(reached, words.progress_bins(progress, board.district.privacy.minimum_group))
    entries = points.off_rule(board, period, area)
    plain_table(*words.off_rule_table(entries, points.off_rule_count(board), board.district))


@piece
def sources(board: Serving, period: Period, area: str | None) -> None:
    """Kinds of points, merchants where they are spent, and what five stars bring."""
    kinds = points.by_kind(board, period, area)
    block_head(*words.sources_head(kinds))
    source_table(words.sources(kinds), points.headcount(board, period, area))
    plain_table(*words.merchants_table(points.merchants(board, period, area)))
    rewards = points.rewards(board, period, area)
    block_head(*words.rewards_head(rewards))
    fact_rows(words.reward_facts(rewards), pairs=True)


def sheets(board: Serving, period: Period, area: str | None) -> dict[str, pd.DataFrame]:
    """The tables of the screen for a download."""
    return words.download(
        points.by_kind(board, period, area),
        points.progress(board, period, area),
        points.merchants(board, period, area),
        points.off_rule(board, period, area),
        board.district.privacy.minimum_group,
    )
