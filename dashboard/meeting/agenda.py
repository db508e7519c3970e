"""The agenda: which sheets a meeting has, in which order, over which period; all of them made at once."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from dashboard.board.areas import selectable_areas
from dashboard.board.door import Serving, answer
from dashboard.board.units import publications
from dashboard.meeting import (
    consequences,
    cover,
    decisions,
    movers,
    overdue,
    overview,
    surveys,
    unit_list,
    unit_tiers,
    weakest_map,
    wishes,
)
from dashboard.meeting.sheet import Sheet
from dashboard.translations import _, language
from pipelines.district.settings import AgendaSettings
from pipelines.district.values import SheetKind
from pipelines.periods import MONTHS_OF, Period

DEFAULT: tuple[SheetKind, ...] = (
    "cover", "overview", "weakest_map", "unit_tiers", "consequences", "movers", "overdue", "surveys", "wishes",
    "decisions",
)  # fmt: skip

_MAKERS: Mapping[str, Callable[..., list[Sheet]]] = {
    "overview": overview.sheets,
    "weakest_map": weakest_map.sheets,
    "unit_tiers": unit_tiers.sheets,
    "consequences": consequences.sheets,
    "unit_list": unit_list.sheets,
    "movers": movers.sheets,
    "overdue": overdue.sheets,
    "surveys": surveys.sheets,
    "wishes": wishes.sheets,
}


def made(board: Serving, period: Period) -> list[dict[str, Any]]:
    """The finished sheets of the meeting, as the stage takes them; kept for everybody who looks."""
    return _made(board, period, language(), publications(board))


@answer
def _made(
    board: Serving, period: Period, spoken: str, fixed: tuple[tuple[str, str], ...]
) -> list[dict[str, Any]]:
    """`spoken` and `fixed` stand for what the sheets also rest on: the language and the published rankings."""
    return [asdict(sheet) for sheet in sheets(board, period)]


def sheets(board: Serving, period: Period) -> list[Sheet]:
    """The sheets of the agenda in order. One without data is left out and named on the cover."""
    items = board.district.agenda or tuple(AgendaSettings(sheet=kind) for kind in DEFAULT)
    bodies: list[list[Sheet] | None] = [_bodies(board, period, item) for item in items]
    pages: dict[str, int] = {}
    page = 1
    for item, found in zip(items, bodies, strict=True):
        if found != []:
            pages.setdefault(item.sheet, page)
        page += 1 if found is None else len(found)
    if "decisions" in pages:
        closing = decisions.sheet(board, period, pages)
        bodies = [
            [closing] if item.sheet == "decisions" else found
            for item, found in zip(items, bodies, strict=True)
        ]
    left_out = [labels()[item.sheet] for item, found in zip(items, bodies, strict=True) if found == []]
    finished: list[Sheet | None] = [
        sheet for found in bodies for sheet in (found if found is not None else [None])
    ]
    others = [(n, sheet) for n, sheet in enumerate(finished, start=1) if sheet is not None]
    front = cover.sheet(board, period, others, left_out)
    return [sheet or front for sheet in finished] or [front]


def _bodies(board: Serving, period: Period, item: AgendaSettings) -> list[Sheet] | None:
    """The sheets of one item; None for those that rest on the others: the cover and the decisions."""
    if item.sheet not in _MAKERS:
        return None
    chosen = {
        name: getattr(item, name) for name in ("metric", "group", "area") if getattr(item, name) is not None
    }
    if "area" in chosen and chosen["area"] not in selectable_areas(board):
        return []
    return _MAKERS[item.sheet](board, _period(board, period, item), **chosen)


def _period(board: Serving, period: Period, item: AgendaSettings) -> Period:
    """The period of a sheet: the meeting's, the one of another grain in which it ends, or the one that is named."""
    for grain in MONTHS_OF:
        if item.period == grain:
            return Period.containing(grain, min(period.end, board.last_day))
    return Period.parse(item.period) if item.period else period


def labels() -> dict[str, str]:
    """The name of each kind of sheet, as the cover names those without data."""
    return {
        "overview": _("Overview"),
        "weakest_map": _("Map"),
        "unit_tiers": _("unit tiers"),
        "consequences": _("commendation and explanation"),
        "unit_list": _("unit list"),
        "movers": _("movers"),
        "overdue": _("overdue tasks"),
        "surveys": _("Satisfaction · safety"),
        "wishes": _("Micro-wishes"),
    }
