"""What the reader has chosen: period, area, ranking group and the like, kept in the address of the page.

Streamlit's own `bind="query-params"` was measured on 1.67 and is not used for these: it writes the label that is
shown instead of a code (a link would break when a name or the language changes, and two areas of one name
could not be told apart), and it removes a value that equals the default (the link of "the latest quarter" would
show another quarter after the next build). So the address carries codes, always written out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from pipelines.faults import PeriodFault
from pipelines.periods import MONTHS_OF, Grain, Period, periods_between

GRAINS: tuple[Grain, ...] = ("month", "quarter", "year")
DEFAULT_GRAIN: Grain = "quarter"
# Under this name a session remembers which version its meeting began with.
MEETING_VERSION = "meeting_version"
_MEMORY, _UNWRITTEN = "selection", "unwritten"


@dataclass(frozen=True)
class Selection:
    """The choice that all screens share. `area` is an area code, None for the whole district."""

    period: Period
    area: str | None = None

    @property
    def grain(self) -> Grain:
        """month, quarter or year."""
        return self.period.grain


def recall(name: str, allowed: Sequence[str], default: str) -> str:
    """The chosen code: from the address, else from earlier in this session, else the default; written back to both."""
    for value in (_in_address(name), _memory().get(name)):
        if value is not None and value in allowed:
            keep(name, value)
            return value
    keep(name, default)
    return default


def keep(name: str, value: str) -> None:
    """Remember a choice for this session and put it into the address."""
    _memory()[name] = value
    _note(name, value)


def forget(name: str) -> None:
    """Take a choice back, in this session and in the address."""
    _memory().pop(name, None)
    _note(name, None)


def asked(name: str) -> str | None:
    """What the address or the session holds for a choice, whether it is allowed or not."""
    return _in_address(name) or _memory().get(name)


def address() -> dict[str, str]:
    """All choices of the address as it will stand at the end of the run."""
    noted = {**st.query_params.to_dict(), **_unwritten()}
    return {name: value for name, value in noted.items() if value is not None}


def write_address() -> None:
    """What a run has chosen goes into the address at once.

    The browser makes a page of its history out of every change: written one by one, the ten choices of a screen have
    to be gone back through one by one, and nothing is seen to happen.
    """
    if _unwritten():
        st.query_params.from_dict(address())
        _unwritten().clear()


def offered_periods(grain: Grain, first: date, data_until: date) -> list[Period]:
    """Periods with data, newest first."""
    return periods_between(grain, first, data_until)[::-1]


def latest_finished(periods: Sequence[Period], data_until: date) -> Period:
    """The newest period that is over; the newest of all when none is."""
    return next((period for period in periods if not period.is_running(data_until)), periods[0])


def fitting_period(key: str | None, periods: Sequence[Period], default: Period) -> Period:
    """The offered period that a key of any grain means: its own, the one that holds its end, or the last one inside it."""
    wanted = _parsed(key)
    if wanted is None:
        return default
    last_day = min(wanted.end, periods[0].end)
    fitting = Period.containing(default.grain, last_day)
    return fitting if fitting in periods else default


def chosen_period(first: date, data_until: date) -> Period:
    """The period that the address names, or the newest finished quarter; nothing is offered and nothing written back."""
    grain = grain_of(asked("grain"))
    offered = offered_periods(grain, first, data_until)
    return fitting_period(asked("period"), offered, latest_finished(offered, data_until))


def _parsed(key: str | None) -> Period | None:
    try:
        return Period.parse(key) if key else None
    except PeriodFault:
        return None


def is_period(key: str) -> bool:
    """Whether a text names a month, quarter or year."""
    return _parsed(key) is not None


def grain_of(text: str | None) -> Grain:
    """A grain from the address; anything else means quarters."""
    return text if text in MONTHS_OF else DEFAULT_GRAIN


def _in_address(name: str) -> str | None:
    unwritten = _unwritten()
    return unwritten[name] if name in unwritten else st.query_params.get(name)


def _note(name: str, value: str | None) -> None:
    unwritten = _unwritten()
    unwritten.pop(name, None)
    if st.query_params.get(name) != value:
        unwritten[name] = value


def _unwritten() -> dict[str, str | None]:
    unwritten: dict[str, str | None] = st.session_state.setdefault(_UNWRITTEN, {})
    return unwritten


def _memory() -> dict[str, str]:
    memory: dict[str, str] = st.session_state.setdefault(_MEMORY, {})
    return memory
