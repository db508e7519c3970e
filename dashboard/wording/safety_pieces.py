"""The pieces of the three zeros: the finding, incidents over time, where they happened; and its download."""

import pandas as pd

from dashboard.board import safety
from dashboard.board.door import Serving
from dashboard.components.headline import headline
from dashboard.components.heat_table import heat_table
from dashboard.components.incident_lanes import incident_lanes
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.plain_table import plain_table
from dashboard.translations import _
from dashboard.wording import safety as words
from dashboard.wording.figures import kicker, running_note
from dashboard.wording.pieces import piece
from pipelines.periods import Period


@piece
def finding(board: Serving, period: Period, area: str | None) -> None:
    """How long since the last one, and how many."""
    zeros, total = safety.zeros(board, period, area), safety.total(board, period, area)
    calm = safety.calm_communities(board, period, area)
    headline(
        kicker(_("Three zeros"), period, [running_note(period, board.last_day)]),
        words.title(zeros, total, period),
        words.standfirst(board, calm, zeros),
    )
    kpi_strip(words.kpis(zeros, total, calm))


@piece
def course(board: Serving, period: Period, area: str | None) -> None:
    """Every incident on its lane, and counts by month."""
    timeline, zeros = safety.timeline(board, area), safety.zeros(board, period, area)
    span = timeline.first, timeline.last
    incident_lanes(words.lanes_head(timeline), words.lanes(timeline, zeros), span, words.lane_ticks(timeline))
    months, counts = safety.month_counts(board, period, area)
    columns = words.month_columns(months)
    heat_table(words.months_head(months, counts), _("Kind"), columns, words.month_rows(counts))


@piece
def places(board: Serving, period: Period, area: str | None) -> None:
    """Subdistricts, and the incidents one by one."""
    plain_table(*words.areas_table(safety.subdistricts(board, period)))
    plain_table(*words.list_table(safety.listed(board, period, area)))


def sheets(board: Serving, period: Period, area: str | None) -> dict[str, pd.DataFrame]:
    """The tables of the screen for a download."""
    listed, by_month = (
        safety.listed_to_download(board, period, area),
        safety.by_month(board, period, area),
    )
    return words.download(listed, safety.by_area(board, period), by_month)
