"""The pieces of the stewards' screen: the finding, classes, subdistricts, persons in their frames; and its download."""

import pandas as pd

from dashboard.board import frames, stewards
from dashboard.board.door import Serving
from dashboard.board.frames import Frame
from dashboard.board.people import names as known_names
from dashboard.components.class_progress import class_progress
from dashboard.components.frame_lists import frame_list
from dashboard.components.headline import headline
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.plain_table import plain_table
from dashboard.translations import _
from dashboard.wording import frames as compared
from dashboard.wording import stewards as words
from dashboard.wording.figures import kicker, running_note
from dashboard.wording.headlines import strip
from dashboard.wording.pieces import piece
from pipelines.periods import Period

_FIRST = 6


@piece
def finding(board: Serving, period: Period, area: str | None) -> None:
    """How many there are, how far they have come, and the figures."""
    figures, year = stewards.headline_figures(board, period, area), stewards.year_of(board, period)
    classes, minimum = stewards.class_rows(board, period, area), board.district.privacy.minimum_group
    headline(
        kicker(_("Stewards"), period, [running_note(period, board.last_day)]),
        words.title(figures, classes, minimum),
        words.standfirst(figures, year, board.last_day),
    )
    kpi_strip(strip(figures))


@piece
def targets(board: Serving, period: Period, area: str | None) -> None:
    """Each class against its own target."""
    classes, minimum = stewards.class_rows(board, period, area), board.district.privacy.minimum_group
    head = words.progress_head(classes, stewards.year_of(board, period), minimum)
    class_progress(head, words.progress_rows(classes, minimum))


@piece
def headcounts(board: Serving, period: Period, area: str | None) -> None:
    """People of each class."""
    classes, minimum = stewards.class_rows(board, period, area), board.district.privacy.minimum_group
    plain_table(*words.classes_table(stewards.headcounts(board, period, area), classes, minimum))


@piece
def subdistricts(board: Serving, period: Period, area: str | None) -> None:
    """People of each subdistrict."""
    plain_table(*words.subdistricts_table(stewards.subdistrict_rows(board, period, area)))


@piece
def members(board: Serving, period: Period, code: str, frame: Frame, group: str) -> None:
    """The first people of a group, and the one who was searched for."""
    found = frames.members(board, period, frame.choice, group, code, _FIRST)
    minimum = board.district.privacy.minimum_group
    likely = frames.likely_next(board, period, frame.choice, group, _FIRST)
    frame_list(compared.listed(frame, found, code, known_names(board), minimum, likely))


def sheets(board: Serving, period: Period, area: str | None) -> dict[str, pd.DataFrame]:
    """Classes and subdistricts for a download."""
    classes, places = stewards.class_progress(board, period, area), stewards.subdistricts(board, period, area)
    return words.download(classes, places, board.district.privacy.minimum_group)
