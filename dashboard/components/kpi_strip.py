"""The strip of headline numbers: value, change against earlier periods, sparkline."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dashboard.components.markup import show, text
from dashboard.components.strokes import sparkline


@dataclass(frozen=True)
class Change:
    """One comparison: label (环比, 同比, 区间), its text, and `good`, `bad` or nothing.

    One that is `second` gives way where the cards are narrow.
    """

    label: str
    value: str
    mood: str = ""
    second: bool = False


@dataclass(frozen=True)
class Kpi:
    """One headline number; `trend` runs to the shown period, oldest first."""

    name: str
    number: str
    suffix: str = ""
    changes: Sequence[Change] = ()
    trend: Sequence[float | None] = field(default=())


def kpi_strip(kpis: Sequence[Kpi]) -> None:
    """Up to six numbers side by side, two in a row on a phone."""
    show(f'<div class="kpis">{"".join(_card(kpi) for kpi in kpis)}</div>')


def _card(kpi: Kpi) -> str:
    changes = "".join(_change(change) for change in kpi.changes)
    line = sparkline(kpi.trend, kpi.name) if len(kpi.trend) > 1 else ""
    return (
        f'<div class="kpi"><div class="name">{_parts(kpi.name)}</div>'
        f'<div class="num">{text(kpi.number)}<small>{text(kpi.suffix)}</small></div>'
        f'<div class="chg">{changes}</div>{line}</div>'
    )


def _parts(name: str) -> str:
    """A name and what the number rests on, parted by a wide space: each stays in one piece."""
    first, *rest = name.split("\u3000")
    return " ".join([text(first), *(f'<span class="nw">{text(part)}</span>' for part in rest)])


def _change(change: Change) -> str:
    kind = "second" if change.second else ""
    return (
        f'<span class="{kind}">{text(change.label)} <b class="{change.mood}">{text(change.value)}</b></span>'
    )
