"""Pieces of a meeting sheet: everything stands where it is put, in pixels of a stage of 1920 × 1080.

A body is plain HTML whose colours are variables of the stylesheet, so that one picture serves light and dark. What
comes from data is escaped and cut with an ellipsis at the edge of its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from dashboard.components.markup import visible

LEFT, RIGHT, TOP, BOTTOM = 96, 1824, 240, 960
WIDTH = RIGHT - LEFT
# Beyond this no place on a stage shows more of a name; the stylesheet cuts at the pixel.
_LONGEST = 80


@dataclass(frozen=True)
class Cell:
    """A place in a row: its left edge and width on the stage, finished HTML, classes of the stylesheet."""

    left: float
    width: float
    content: str
    kind: str = ""


def body(*parts: str) -> str:
    """A finished body."""
    return f'<div class="sb">{"".join(parts)}</div>'


def words(value: object) -> str:
    """Data as inert text, no longer than a stage can show."""
    shown = visible(str(value))
    return escape(shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…", quote=True)


def box(left: float, top: float, width: float, height: float, content: str = "", kind: str = "") -> str:
    """A rectangle of finished HTML."""
    return (
        f'<div class="{kind}" style="left:{left:.1f}px;top:{top:.1f}px;width:{width:.1f}px;'
        f'height:{height:.1f}px">{content}</div>'
    )


def line(left: float, top: float, width: float, content: str, kind: str = "", height: float = 44) -> str:
    """One line of text, cut with an ellipsis."""
    return (
        f'<div class="cut {kind}" style="left:{left:.1f}px;top:{top:.1f}px;width:{width:.1f}px;'
        f'line-height:{height:.1f}px">{content}</div>'
    )


def row(top: float, height: float, cells: Sequence[Cell]) -> str:
    """Texts side by side, each in the middle of the row's height."""
    return "".join(line(one.left, top, one.width, one.content, one.kind, height) for one in cells)


def rule(left: float, top: float, width: float, kind: str = "thin") -> str:
    """A horizontal rule: `group` in ink, `thin` between rows, `good` or `look` over what counts."""
    return f'<div class="rule {kind}" style="left:{left:.1f}px;top:{top:.1f}px;width:{width:.1f}px"></div>'


def upright(left: float, top: float, height: float, kind: str = "") -> str:
    """A vertical rule whose middle stands at `left`."""
    return (
        f'<div class="upright {kind}" style="left:{left:.1f}px;top:{top:.1f}px;height:{height:.1f}px"></div>'
    )


def shape(tier: int | None, left: float, top: float, size: float) -> str:
    """The shape of a tier (0 is the best, None without score lines) around its middle."""
    kind = "s0" if tier is None else f"s{tier + 1}"
    return (
        f'<i class="shape {kind}" style="left:{left - size / 2:.1f}px;top:{top - size / 2:.1f}px;'
        f'width:{size:.1f}px;height:{size:.1f}px"></i>'
    )


def tier_word(tier: int | None, word: str) -> str:
    """Shape and colour of a tier beside its word."""
    if tier is None:
        return words(word)
    return f'<i class="shape in s{tier + 1}"></i>{words(word)}'


@dataclass(frozen=True)
class Scale:
    """From values to pixels of the stage; a scale without extent puts everything into its middle."""

    low: float
    high: float
    left: float
    width: float

    def at(self, value: float) -> float:
        """The pixel of a value, held inside the scale."""
        if self.high <= self.low:
            return self.left + self.width / 2
        share = (value - self.low) / (self.high - self.low)
        return self.left + min(1.0, max(0.0, share)) * self.width
