"""The pieces of the overview: the finding with its figures, the flow, what needs deciding, subdistricts, tiers.

`published` is which quarters are published from which version: that may change while a version serves.
"""

from dashboard.board import areas, overview, units
from dashboard.board.door import Serving, metrics
from dashboard.components.decision_list import decision_list
from dashboard.components.headline import headline
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.small_multiples import small_multiples
from dashboard.components.tier_bars import tier_bars
from dashboard.components.trend_chart import trend_chart
from dashboard.wording import decisions
from dashboard.wording import figures as wording
from dashboard.wording import overview as words
from dashboard.wording.pieces import piece
from pipelines.periods import Period

Published = tuple[tuple[str, str], ...]


@piece
def finding(board: Serving, period: Period, area: str | None, published: Published) -> None:
    """How the district is doing, and the headline numbers."""
    figures, by_area = (
        overview.headline_figures(board, period, area),
        overview.rate_by_subdistrict(board, period, area),
    )
    ranking = units.ranking(board, units.quarter_of(period, board))
    name = areas.selectable_areas(board).get(area or "", "")
    headline(
        wording.kicker(board.district.name, period, [name, wording.running_note(period, board.last_day)]),
        words.title(figures, period, ranking, by_area),
        words.standfirst(figures, overview.verified(board, period, area)),
    )
    safety = overview.latest_safety(board, period, area)
    kpi_strip(words.kpis(figures, safety, metrics()["safety_rate"]))


@piece
def flow(board: Serving, period: Period, area: str | None) -> None:
    """Claims, verifications and published tasks by month."""
    found = overview.flow(board, period, area)
    trend_chart(words.flow_head(found), found.months, words.flow_lines(found), words.flow_gap(found))


@piece
def pressing(board: Serving, quarter: Period, area: str | None, published: Published) -> None:
    """What needs deciding."""
    ranking, pending = units.ranking(board, quarter), overview.pending(board, area)
    decision_list(decisions.head(board), decisions.listed(board, ranking, pending))


@piece
def subdistricts(board: Serving, period: Period, area: str | None) -> None:
    """The watched rate of each subdistrict."""
    by_area = overview.rate_by_subdistrict(board, period, area)
    panels = words.area_panels(by_area)
    small_multiples(words.areas_head(panels, by_area), panels, *words.areas_frame(by_area))


@piece
def tiers(board: Serving, period: Period, published: Published) -> None:
    """Units in each tier, quarter by quarter."""
    names, quarters = board.district.tiers.names, overview.tiers_by_quarter(board, period)
    tier_bars(words.tiers_head(quarters, names), names, words.tier_rows(quarters, names))
