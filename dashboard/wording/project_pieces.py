"""The pieces of the projects' screen: the finding, what was finished, how far, how satisfied; and its download."""

import pandas as pd

from dashboard.board import projects
from dashboard.board.door import Serving
from dashboard.components.headline import headline
from dashboard.components.interval_charts import interval_rows
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.plain_table import plain_table
from dashboard.translations import _
from dashboard.wording import projects as words
from dashboard.wording.figures import kicker, running_note
from dashboard.wording.pieces import piece
from pipelines.periods import Period


@piece
def finding(board: Serving, period: Period, area: str | None) -> None:
    """What is finished and how satisfied residents are."""
    figures, topics = projects.headline_figures(board, period, area), projects.topics(board)
    headline(
        kicker(_("Projects"), period, [running_note(period, board.last_day)]),
        words.title(figures, topics, period),
        words.standfirst(figures, topics),
    )
    kpi_strip(words.kpis(figures, topics))


@piece
def finished(board: Serving, period: Period) -> None:
    """What was finished, and subdistricts by how much of what they began."""
    plain_table(*words.outcomes_table(projects.outcomes(board, period)))
    plain_table(*words.progress_table(projects.subdistricts(board, period), "subdistrict"))


@piece
def kinds(board: Serving, period: Period, area: str | None) -> None:
    """Satisfaction by topic, and how much of each kind is finished."""
    topics = projects.topics(board)
    interval_rows(words.topics_head(topics), projects.all_topics(board), words.estimates(topics))
    plain_table(*words.progress_table(projects.kinds(board, period, area), "kind"))


def sheets(board: Serving, period: Period, area: str | None) -> dict[str, pd.DataFrame]:
    """The tables of the screen for a download."""
    return words.download(
        projects.outcomes(board, period),
        projects.kinds(board, period, area),
        projects.subdistricts(board, period),
        projects.topics(board),
    )
