"""The pieces of the map: the finding, the legend, the card of one area, and the map itself."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from zlib import compress, decompress

import pandas as pd

from dashboard.board import district_map
from dashboard.board.district_map import Level
from dashboard.board.door import Serving, metrics
from dashboard.board.kept_answers import answer
from dashboard.components.area_card import card_line, standing_table
from dashboard.components.district_map import map_data, map_legend, show_map
from dashboard.components.headline import headline
from dashboard.components.map_drawing import draw_map
from dashboard.components.map_filters import LayerChoice
from dashboard.components.map_picture import MapPicture, brought_near
from dashboard.components.plain_table import plain_table
from dashboard.table_rows import Row
from dashboard.theme import on_paper, palette
from dashboard.translations import _, language
from dashboard.wording import district_map as words
from dashboard.wording import district_map_card as card_words
from dashboard.wording import district_map_tasks as tasks
from dashboard.wording.district_map_cells import Layer
from dashboard.wording.district_map_classes import ranked_rows
from dashboard.wording.district_map_layers import layer, said
from dashboard.wording.district_map_raised import raised
from dashboard.wording.figures import kicker, metric_label
from dashboard.wording.pieces import piece
from pipelines.periods import Period

_FEW = 16


@piece
def finding(board: Serving, metric: str, period: Period, level: Level, chosen: LayerChoice) -> None:
    """Where the weakest areas lie, and what lies on the map."""
    view = _view(board, metric, period, level)
    lies = said(board, chosen, period, view.ground.rectangle)
    headline(kicker(_("Map"), period, [metric_label(view.metric)]), view.title, view.standfirst + lies)


@piece
def legend(board: Serving, metric: str, period: Period, level: Level) -> None:
    """The classes and how many areas are in each."""
    map_legend(*words.legend_of(_view(board, metric, period, level)))


@piece
def card(board: Serving, metric: str, period: Period, level: Level, opened: str) -> None:
    """One area: its line, and its place in other metrics."""
    view, placed = _lately(_asked(board, metric, period, level))
    line = district_map.area_line(board, metric, period, opened)
    card_line(*card_words.card(card_words.area(view.rows, opened), view.metric, placed, line, view.district))
    values = district_map.card_values(board, period, level)
    standing_table(card_words.standings(values, opened), len(view.rows), level)


@piece
def weakest(board: Serving, metric: str, period: Period, level: Level, opened: str) -> None:
    """The weakest of all areas."""
    view, placed = _lately(_asked(board, metric, period, level))
    lowest = card_words.lowest(placed, view.metric, opened)
    plain_table(card_words.lowest_title(view.metric, level), "", card_words.lowest_columns(), *lowest)


@piece
def places(board: Serving, period: Period, level: Level, opened: str, chosen: LayerChoice) -> None:
    """The places of the open area with most tasks."""
    found = tasks.places(board, chosen, period, opened)
    name = card_words.area_name(board, level, opened)
    plain_table(*tasks.places_table(found, chosen, name, period, several=level != "community"))


@answer
def first_to_open(board: Serving, metric: str, period: Period, level: Level) -> str:
    """The area whose card is open at first."""
    view, placed = _lately(_asked(board, metric, period, level))
    return card_words.first_to_open(placed, view.rows)


def the_map(
    board: Serving, metric: str, period: Period, level: Level, opened: str, chosen: LayerChoice, stands: bool
) -> None:
    """The map; the flat one of the desk is kept as it is sent, in each language and theme."""
    if not stands and not on_paper():
        kept = _kept(board, metric, period, level, opened, chosen, language(), palette().dark)
        show_map(json.loads(decompress(kept)), level)
        return
    view, picture, marks = _shown(board, metric, period, level, opened, chosen)
    months = words.month_shown(view, period)
    blocks = raised(board, view, marks.marks) if stands else None
    draw_map(picture, level, blocks, view.months, *months)


def download(
    board: Serving, metric: str, period: Period, level: Level, opened: str, chosen: LayerChoice
) -> dict[str, pd.DataFrame]:
    """All areas with their values, and what lies on them."""
    view, _picture, marks = _shown(board, metric, period, level, opened, chosen)
    return words.download(view, marks.table)


def _shown(
    board: Serving, metric: str, period: Period, level: Level, opened: str, chosen: LayerChoice
) -> tuple[words.MapView, MapPicture, Layer]:
    """The view, the picture of it, and what lies on it."""
    view = _view(board, metric, period, level)
    marks = layer(board, chosen, period, view.ground.rectangle, opened)
    picture = words.picture(view, opened, marks.marks)
    return view, brought_near(picture) if chosen.by_place else picture, marks


@answer
def _kept(
    board: Serving, metric: str, period: Period, level: Level, opened: str, chosen: LayerChoice, *_look: Any
) -> bytes:
    view, picture, _marks = _shown(board, metric, period, level, opened, chosen)
    data = map_data(picture, level, view.months, *words.month_shown(view, period))
    return compress(json.dumps(data, ensure_ascii=False).encode(), 1)


@dataclass(frozen=True)
class _Asked:
    """What a view is of; the version stands for the board."""

    board: Serving = field(compare=False)
    version: tuple[str, str]
    metric: str
    period: Period
    level: Level
    look: tuple[str, bool]


def _asked(board: Serving, metric: str, period: Period, level: Level) -> _Asked:
    return _Asked(board, (board.root, board.version), metric, period, level, (language(), on_paper()))


def _view(board: Serving, metric: str, period: Period, level: Level) -> words.MapView:
    return _lately(_asked(board, metric, period, level))[0]


@lru_cache(_FEW)
def _lately(asked: _Asked) -> tuple[words.MapView, Sequence[Row]]:
    """What the pieces of a screen are made of, and its areas ranked; only the last ones are kept, for they are large."""
    view = words.view(asked.board, metrics()[asked.metric], asked.period, asked.level)
    return view, ranked_rows(view.rows, view.metric)
