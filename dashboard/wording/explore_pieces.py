"""The pieces of the explorer: the finding, the picture, the table; and its download."""

import pandas as pd

from dashboard.board import areas, explore
from dashboard.board.door import Serving
from dashboard.board.explore import WHOLE, Asked, Explored
from dashboard.board.kept_answers import answer
from dashboard.components.headline import Head, headline
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.line_plot import line_plot
from dashboard.components.plain_table import plain_table
from dashboard.components.plot import Plot
from dashboard.translations import language
from dashboard.wording import explore as words
from dashboard.wording import explore_pictures as pictures
from dashboard.wording import explore_table as rows
from dashboard.wording.pieces import piece


def found(board: Serving, asked: Asked) -> Explored:
    """The answer in the language in use."""
    return _found(language(), board, asked)


@answer
def _found(_language: str, board: Serving, asked: Asked) -> Explored:
    return words.in_words(explore.explored(board, asked))


@piece
def finding(board: Serving, asked: Asked) -> None:
    """What was asked, the highest and the lowest, the figures."""
    told = found(board, asked)
    place = areas.selectable_areas(board).get(asked.area or "", "")
    headline(*words.opening(told, _breakdown(asked), place))
    if not told.frame.empty:
        kpi_strip(words.kpis(told, explore.headline_figure(board, told)))


def picture(board: Serving, asked: Asked, chart: str) -> None:
    """The chosen picture; what scripts draw cannot be kept as it is drawn."""
    if chart == "zoom":
        line_plot(*_lines(language(), board, asked))
    elif chart == "map":
        _draw(board, asked, chart)
    else:
        _drawn(board, asked, chart)


@piece
def _drawn(board: Serving, asked: Asked, chart: str) -> None:
    _draw(board, asked, chart)


def _draw(board: Serving, asked: Asked, chart: str) -> None:
    told = found(board, asked)
    whole = explore.whole_line(board, told)
    for draw, parts in pictures.chosen(chart, told, whole, _breakdown(asked), board):
        draw(*parts)


@answer
def _lines(_language: str, board: Serving, asked: Asked) -> tuple[Head, Plot]:
    told = found(board, asked)
    return pictures.line_figure(told, explore.whole_line(board, told))


@piece
def table(board: Serving, asked: Asked, alone: bool) -> None:
    """The rows, more of them where the table stands alone."""
    plain_table(*rows.table(found(board, asked), _breakdown(asked), alone=alone))


def sheets(board: Serving, asked: Asked) -> dict[str, pd.DataFrame]:
    """All rows for a download."""
    return rows.download(found(board, asked), _breakdown(asked))


def _breakdown(asked: Asked) -> str:
    labels = words.dimension_labels(asked.metric, explore.offered_dimensions(asked.metric))
    return labels[asked.by or WHOLE]
