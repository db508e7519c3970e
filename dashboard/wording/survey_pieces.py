"""The pieces of the surveys' screen: the finding, the waves, areas in the last one; and its download."""

import pandas as pd

from dashboard.board import areas, surveys
from dashboard.board.door import Serving
from dashboard.components.answer_bars import answer_bars
from dashboard.components.headline import headline
from dashboard.components.interval_charts import interval_rows, wave_charts
from dashboard.components.plain_table import plain_table
from dashboard.translations import _
from dashboard.wording import survey_answers
from dashboard.wording import surveys as words
from dashboard.wording.pieces import piece


def _waves(board: Serving, area: str | None) -> dict[str, pd.DataFrame]:
    return {name: surveys.waves(board, name, area) for name in surveys.held(board)}


@piece
def finding(board: Serving, area: str | None, survey: str) -> None:
    """Whether anything has changed by more than chance."""
    waves = _waves(board, area)
    changes = {name: surveys.change(frame) for name, frame in waves.items()}
    place = areas.selectable_areas(board).get(area or "", "")
    headline(
        [_("Satisfaction · safety"), surveys.latest(board, survey).wave, place],
        words.title(waves, changes),
        words.standfirst(survey, waves, changes),
    )


@piece
def course(board: Serving, area: str | None) -> None:
    """Both surveys wave by wave."""
    waves = _waves(board, area)
    changes = {name: surveys.change(frame) for name, frame in waves.items()}
    wave_charts(words.wave_charts(waves, changes, board.district.surveys))


@piece
def spread(board: Serving, area: str | None, survey: str) -> None:
    """Who answered what, in the last wave by topic or wave by wave."""
    answer_bars(*survey_answers.spread(board, survey, area))


@piece
def places(board: Serving, area: str | None, survey: str) -> None:
    """Subdistricts beside each other and the communities of the area in the last wave."""
    district = surveys.latest(board, survey)
    rows = words.estimates_of(surveys.by_area(board, survey, district, "subdistrict"), "subdistrict")
    interval_rows(words.areas_head(survey, rows, district.value), district.value, rows)
    communities = surveys.by_area(board, survey, district, "community", area)
    plain_table(*words.communities_table(survey, communities, board.district.surveys.minimum_n))


def whose_rank(board: Serving, area: str | None) -> str:
    """For the footnote: why a part of the district shows no provincial rank; nothing over the whole."""
    if area is None or not surveys.is_ranked(board):
        return ""
    return _("The province ranks the whole district only: no rank here")


def sheets(board: Serving, area: str | None, survey: str) -> dict[str, pd.DataFrame]:
    """Waves and communities for a download."""
    communities = surveys.by_area(board, survey, surveys.latest(board, survey), "community", area)
    answers = survey_answers.download(surveys.answers(board, survey, area))
    return words.download(_waves(board, area), communities) | {_("Answers"): answers}
