"""The pieces of the wishes' screen: the finding, the flow, subdistricts, kinds, ages, communities; and its download."""

import pandas as pd

from dashboard.board import wishes
from dashboard.board.door import Serving
from dashboard.components.headline import headline
from dashboard.components.interval_charts import interval_rows
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.plain_table import plain_table
from dashboard.components.trend_chart import trend_chart
from dashboard.translations import _
from dashboard.wording import wishes as words
from dashboard.wording.bases import estimates
from dashboard.wording.choices import named
from dashboard.wording.figures import kicker, running_note
from dashboard.wording.pieces import piece
from pipelines.periods import Period


@piece
def finding(board: Serving, period: Period, area: str | None) -> None:
    """How many come true, where fewer, how many wait."""
    figures, district = wishes.headline_figures(board, period, area), wishes.district_rate(board, period)
    subdistricts = estimates(wishes.subdistricts(board, period), "subdistrict")
    headline(
        kicker(_("Wishes"), period, [running_note(period, board.last_day)]),
        words.title(figures, period, subdistricts, district),
        words.standfirst(figures, named(wishes.open_by_age(board, area), "age")),
    )
    kpi_strip(words.kpis(figures))


@piece
def flow(board: Serving, period: Period, area: str | None) -> None:
    """Wishes that came and were fulfilled by month."""
    found = wishes.flow(board, period, area)
    trend_chart(words.flow_head(found), found.months, words.flow_lines(found), words.flow_gap(found), 216)


@piece
def subdistricts(board: Serving, period: Period) -> None:
    """Subdistricts with the intervals of their rates."""
    found, district = (
        estimates(wishes.subdistricts(board, period), "subdistrict"),
        wishes.district_rate(board, period),
    )
    interval_rows(words.areas_head(found, district), district.value or 0.0, found)


@piece
def kinds(board: Serving, period: Period, by: str, area: str | None) -> None:
    """Wishes by category, source or group."""
    plain_table(*words.breakdown_table(named(wishes.breakdown(board, period, by, area), by), by))


@piece
def ages(board: Serving, area: str | None) -> None:
    """How long the open ones wait."""
    plain_table(*words.age_table(named(wishes.open_by_age(board, area), "age"), board))


@piece
def communities(board: Serving, period: Period, area: str | None) -> None:
    """Communities, those with most to do first."""
    plain_table(*words.communities_table(wishes.community_rows(board, period, area)))


def sheets(board: Serving, period: Period, by: str, area: str | None) -> dict[str, pd.DataFrame]:
    """The tables of the screen for a download."""
    return words.download(
        wishes.communities(board, period, area),
        wishes.subdistricts(board, period),
        named(wishes.breakdown(board, period, by, area), by),
        named(wishes.open_by_age(board, area), "age"),
        by,
    )
