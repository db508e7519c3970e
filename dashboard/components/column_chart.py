"""Columns side by side with the figure on each and, where there is one, a stroke at an earlier value."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.headline import Head, block
from dashboard.components.markup import show, text

_TALL = 92
_MANY = 12  # more columns than that leave no room for every figure on a phone


@dataclass(frozen=True)
class Bin:
    """A column: its name, value (None: not shown), the figure as written, mood (bad, deep, none), earlier value."""

    name: str
    value: float | None
    words: str
    mood: str = ""
    earlier: float | None = None
    hover: str = ""


def column_chart(head: Head, bins: Sequence[Bin]) -> None:
    """Draw the columns on one scale from zero."""
    known = [value for one in bins for value in (one.value, one.earlier) if value is not None]
    tallest = max([1.0, *known])
    drawn = "".join(_column(one, tallest) for one in bins)
    names = "".join(f"<span>{text(one.name)}</span>" for one in bins)
    show(
        block(*head),
        f'<div class="bins{" tight" if len(bins) > _MANY else ""}" style="margin-top:10px">{drawn}</div><div class="binsx">{names}</div>',
    )


def _column(one: Bin, tallest: float) -> str:
    height = 0.0 if one.value is None else max(0.0, one.value) / tallest * _TALL
    earlier = (
        ""
        if one.earlier is None
        else f'<u style="bottom:{max(0.0, one.earlier) / tallest * _TALL:.1f}px"></u>'
    )
    return (
        f'<div class="{one.mood}" title="{text(one.hover)}"><span>{text(one.words)}</span>'
        f'<i style="height:{height:.1f}px"></i>{earlier}</div>'
    )
