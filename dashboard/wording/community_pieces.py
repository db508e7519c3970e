"""The pieces of the communities' screen: the finding, one community, all of them as dots and in a table."""

from dashboard.board import areas, communities
from dashboard.board.door import Serving
from dashboard.components.community_card import community_card
from dashboard.components.dot_rows import dot_rows
from dashboard.components.folded_table import folded_table
from dashboard.components.headline import headline
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.plain_table import plain_table
from dashboard.translations import _
from dashboard.wording import communities as words
from dashboard.wording import community_card as card
from dashboard.wording.figures import kicker, running_note
from dashboard.wording.headlines import strip
from dashboard.wording.pieces import piece
from pipelines.periods import Period


@piece
def finding(board: Serving, period: Period, area: str | None) -> None:
    """Who leads, and the figures of all."""
    ranking, whole = communities.ranking_rows(board, period), communities.district(board, period)
    name = areas.selectable_areas(board).get(area or "", "")
    headline(
        kicker(_("Communities"), period, [name, running_note(period, board.last_day)]),
        words.title(ranking, communities.rows_in_area(ranking, area), name, board.district),
        words.standfirst(ranking, whole, board.district),
    )
    kpi_strip(strip(communities.headline_figures(board, period, area)))


@piece
def one(board: Serving, period: Period, opened: str) -> None:
    """What stands behind one community."""
    behind, whole = communities.card(board, period, opened), communities.district(board, period)
    ranking = communities.ranking_rows(board, period)
    community_card(*card.records(behind, ranking, opened, whole, board.district))


@piece
def dots(board: Serving, period: Period, opened: str) -> None:
    """The subdistricts with their communities."""
    ranking, subdistricts = (
        communities.ranking_rows(board, period),
        communities.subdistrict_rows(board, period),
    )
    rows = words.subdistrict_rows(ranking, subdistricts, opened)
    middle = communities.district(board, period).value
    dot_rows(words.subdistricts_head(subdistricts, board.district), rows, middle)


@piece
def table(board: Serving, period: Period, area: str | None, opened: str, folded: bool) -> None:
    """The ranking, its rows in the middle folded away."""
    shown = communities.rows_in_area(communities.ranking_rows(board, period), area)
    kept, place = words.kept(shown, opened, folded, board.district), words.place_of(shown, opened)
    rows = words.table_rows(shown, board.district)
    folded_table(words.columns(board.district), rows, kept, _("{count} communities"), place)


@piece
def stationless(board: Serving, period: Period, area: str | None) -> None:
    """Who has no service station."""
    codes = communities.without_station(board, area)
    plain_table(*words.stationless_table(codes, communities.ranking_rows(board, period)))
