"""The pieces of the honours' screen: the finding, stars by month, communities, classes, people; and its download."""

import pandas as pd

from dashboard.board import honours
from dashboard.board.door import Serving
from dashboard.board.honours import Choice
from dashboard.board.people import names as known_names
from dashboard.components.column_chart import column_chart
from dashboard.components.folded_table import folded_table, places_table
from dashboard.components.headline import block_head, headline
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.plain_table import plain_table
from dashboard.translations import _
from dashboard.wording import honours as words
from dashboard.wording.figures import kicker, running_note
from dashboard.wording.pieces import piece
from pipelines.periods import Period


@piece
def finding(board: Serving, year: Period, area: str | None) -> None:
    """Stars and medals of the year."""
    figures, medals = honours.headline_figures(board, year, area), honours.medal_counts(board, year, area)
    month, running = honours.stars(board, year, area).latest, year.is_running(board.last_day)
    headline(
        kicker(_("Honours"), year, [running_note(year, board.last_day)]),
        words.title(figures, year, running),
        words.standfirst(medals, month, honours.communities_with_a_star(board, month, area)),
    )
    kpi_strip(words.kpis(figures, medals, honours.medal_counts_before(board, year, area)))


@piece
def stars(board: Serving, year: Period, area: str | None) -> None:
    """Stars by month, and the head of the communities below."""
    found = honours.stars(board, year, area)
    column_chart(words.stars_head(found, found.latest.is_running(board.last_day)), words.star_bins(found))
    block_head(*words.communities_head(honours.counted(board, year, area).communities))


@piece
def communities(board: Serving, year: Period, area: str | None, folded: bool) -> None:
    """Communities by stars, the first ones or all."""
    found = honours.counted(board, year, area).communities
    rows, kept = words.community_rows(found), words.kept(len(found), folded)
    folded_table(words.community_columns(), rows, kept, _("{count} communities"))


@piece
def classes(board: Serving, year: Period, area: str | None) -> None:
    """Stars and medals by class."""
    plain_table(*words.classes_table(honours.counted(board, year, area).classes))


@piece
def people(board: Serving, choice: Choice) -> None:
    """The first people of a list."""
    found, names = honours.first_people(board, choice), known_names(board)
    block_head(*words.people_head(found, choice, names))
    rows = words.people_rows(found.listed, choice.name, names)
    places_table(words.people_columns(), rows, found.count, _("{count} more people"))


def sheets(board: Serving, choice: Choice) -> dict[str, pd.DataFrame]:
    """Communities, classes and all people of the list for a download."""
    communities = honours.by_community(board, choice.year, choice.area)
    classes, listed = honours.by_class(board, choice.year, choice.area), honours.everyone(board, choice)
    return words.download(communities, classes, listed, known_names(board), choice.name)
