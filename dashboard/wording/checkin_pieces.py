"""The pieces of the check-ins' screen: the finding, distances, subdistricts, units, communities; and its download."""

import pandas as pd

from dashboard.board import checkins
from dashboard.board.door import Serving
from dashboard.components.distance_histogram import distance_histogram
from dashboard.components.headline import headline
from dashboard.components.interval_charts import interval_rows
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.plain_table import plain_table
from dashboard.translations import _
from dashboard.wording import checkin_tables as tables
from dashboard.wording import checkins as words
from dashboard.wording.bases import estimates
from dashboard.wording.checkin_distances import distance_picture
from dashboard.wording.figures import kicker, running_note
from dashboard.wording.pieces import piece
from pipelines.periods import Period


@piece
def finding(board: Serving, period: Period, area: str | None) -> None:
    """How many are valid, how far off the others are, who comes as often as asked."""
    figures, target = checkins.headline_figures(board, period, area), checkins.target(board, period)
    people, distances = checkins.on_target(board, period, area), checkins.distances(board, period, area)
    headline(
        kicker(_("Check-ins"), period, [running_note(period, board.last_day)]),
        words.title(figures, period, target, board.last_day),
        words.standfirst(figures, people, distances, target),
    )
    kpi_strip(words.kpis(figures, people, target))


@piece
def distances(board: Serving, period: Period, area: str | None) -> None:
    """Check-ins by their distance from the station."""
    distance_histogram(*distance_picture(checkins.distances(board, period, area)))


@piece
def subdistricts(board: Serving, period: Period) -> None:
    """Subdistricts with the intervals of their rates."""
    district = checkins.district_rate(board, period)
    rows = estimates(checkins.subdistricts(board, period), "subdistrict")
    interval_rows(words.areas_head(rows, district), district.value or 0.0, rows)


@piece
def units(board: Serving, period: Period, group: str, whole: bool) -> None:
    """The units of a ranking group: the last ones, or the whole group."""
    members = [row for row in checkins.unit_rows(board, period) if row["ranking_group"] == group]
    plain_table(*tables.units_table(members, checkins.target(board, period), whole=whole))


@piece
def communities(board: Serving, period: Period, area: str | None) -> None:
    """Communities by the share that is valid."""
    plain_table(*tables.communities_table(checkins.community_rows(board, period, area)))


def sheets(board: Serving, period: Period, area: str | None) -> dict[str, pd.DataFrame]:
    """Units, communities and distances for a download."""
    return tables.download(
        checkins.units(board, period),
        checkins.communities(board, period, area),
        checkins.distances(board, period, area),
    )
