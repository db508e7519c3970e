"""Horizontal bars, one per row, with the value at the end."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.headline import Head, block
from dashboard.components.markup import position, show, text


@dataclass(frozen=True)
class BarRow:
    """Name, value and the value as shown."""

    name: str
    value: float
    words: str


def bar_rows(head: Head, rows: Sequence[BarRow], middle: float | None, note: str = "") -> None:
    """Bars from zero; `middle` is the value of the whole, an ink line through all of them."""
    low = min([0.0, *(row.value for row in rows)])
    high = max([row.value for row in rows] + [middle or 0.0]) or 1.0
    zero = position(0.0, low, high)
    at = "" if middle is None else f"--mid-at:{position(middle, low, high)}%"
    drawn = "".join(
        f'<span>{text(row.name)}</span><div class="cell" style="{at}">'
        f'<i style="left:{min(zero, position(row.value, low, high))}%;width:{abs(position(row.value, low, high) - zero):.2f}%"></i>'
        f"</div><b>{text(row.words)}</b>"
        for row in rows
    )
    below = f'<p class="sub" style="padding:6px 0">{text(note)}</p>' if note else ""
    show(block(*head), f'<div class="barrows{" ruled" if middle is not None else ""}">{drawn}</div>{below}')
