"""One row per group, one dot per member on a common scale, the group's own value as an upright stroke."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.headline import Head, block
from dashboard.components.markup import position, show, text
from dashboard.formats import decimal

_STEPS = (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)


@dataclass(frozen=True)
class Dot:
    """One member: its value, what a pointer over it says, whether it is the one that is open elsewhere."""

    value: float
    hover: str
    selected: bool = False


@dataclass(frozen=True)
class DotRow:
    """A group: name, note under the name, its own value (None: none), the value as shown, its members."""

    name: str
    note: str
    value: float | None
    shown: str
    dots: Sequence[Dot]


def dot_rows(head: Head, rows: Sequence[DotRow], middle: float | None) -> None:
    """Draw the rows; `middle` is the whole district's value, an ink line through all of them."""
    values = [dot.value for row in rows for dot in row.dots]
    values += [value for value in (middle, *(row.value for row in rows)) if value is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    pad = (high - low) * 0.04 or 1.0
    span = (low - pad, high + pad)
    at = "" if middle is None else f"--mid-at:{position(middle, *span)}%"
    drawn = "".join(_row(row, span, at) for row in rows)
    ticks = "".join(
        f'<span style="left:{position(value, *span)}%">{decimal(value, 1 if value % 1 else 0)}</span>'
        for value in _ticks(low, high)
    )
    show(
        block(*head),
        f'<div class="dotrows" style="margin-top:8px">{drawn}<b></b><div class="scale">{ticks}</div><b></b></div>',
    )


def _row(row: DotRow, span: tuple[float, float], middle: str) -> str:
    dots = "".join(
        f'<i class="{"on" if dot.selected else ""}" style="left:{position(dot.value, *span)}%" title="{text(dot.hover)}"></i>'
        for dot in sorted(row.dots, key=lambda dot: dot.selected)
    )
    own = "" if row.value is None else f'<u style="left:{position(row.value, *span)}%"></u>'
    return (
        f"<span>{text(row.name)}<small>{text(row.note)}</small></span>"
        f'<div class="cell" style="{middle}">{own}{dots}</div><b>{text(row.shown)}</b>'
    )


def _ticks(low: float, high: float) -> list[float]:
    step = next((step for step in _STEPS if (high - low) / step <= 7), high - low or 1.0)
    first = int(-(-low // step))
    return [n * step for n in range(first, int(high // step) + 1)]
