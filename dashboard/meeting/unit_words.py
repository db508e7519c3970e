"""What the sheets of the unit ranking say alike."""

from collections.abc import Sequence

from dashboard import formats
from dashboard.board.door import Serving
from dashboard.board.units import Standing
from dashboard.components.markup import visible
from dashboard.translations import _
from pipelines.periods import Period

_LONGEST_GROUP = 14


def section(part: str, period: Period, quarter: Period) -> str:
    """单位排名 · 分档; of a period that is no quarter also which quarter is meant."""
    named = _("Unit ranking · {part}").format(part=part)
    return named if period == quarter else f"{named} · {formats.period_label(quarter)}"


def group_name(group: str) -> str:
    """A ranking group over a sheet: cut where it would take the whole line."""
    name = visible(group) or _("Without group")
    return name if len(name) <= _LONGEST_GROUP else f"{name[: _LONGEST_GROUP - 1]}…"


def tier_place(tier: object, names: Sequence[str]) -> int | None:
    """0 for the best tier; None without score lines."""
    return names.index(str(tier)) if tier in names else None


def until(standing: Standing, board: Serving) -> str:
    """The day of the data; of a published ranking that it stays, of a running quarter that it is provisional."""
    day = _("data until {day}").format(day=formats.day(standing.board.data_until))
    if standing.fixed is not None:
        return _("published ranking") + "　" + day
    if bool(standing.ranking["provisional"].fillna(False).astype(bool).any()):
        return _("provisional, the quarter is not over") + "　" + day
    return day


def group_place(rank: formats.Numeric, tied: bool, ranked: int) -> str:
    """3/44; of a shared place 并列 3."""
    return formats.rank(rank, tied) if tied else f"{formats.rank(rank)}/{ranked}"
