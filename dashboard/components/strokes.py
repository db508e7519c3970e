"""Lines of small pictures as HTML: a stroke is a coloured box whose outline is cut out of it.

A screen has a dozen small pictures. As images of SVG each is a document of its own to a browser (3 ms at every choice
that brings new ones: a quarter of the whole), and Streamlit strips SVG that stands in a page. A chart with many lines
is better off as one image (`svg.py`).
"""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from dashboard.components.markup import text
from dashboard.formats import known, number

Series = Sequence[float | None]
_Pair = tuple[float, float]
_SPARK = (180, 20)
# Cosine of the sharpest turn that keeps its point; a sharper one is cut off, or it would stick out of the picture.
_SHARPEST = 0.2


def sparkline(values: Series, name: str = "") -> str:
    """A line without axes, its last point marked; missing values break nothing, they are left out.

    `name` is what it is read out as; without one it is passed over.
    """
    found = known(values)
    if not found:
        return ""
    low, high = min(found), max(found)
    if low == high:
        low, high = low - 1, high + 1
    x, y = places(values, low, high)[-1]
    role = f'role="img" aria-label="{text(name)}"' if name else 'aria-hidden="true"'
    return (
        f'<span class="sparkline" {role}>{stroke(values, low, high, "muted", 1.4, _SPARK)}'
        f'<u style="left:{x:.2f}%;top:{y:.2f}%"></u></span>'
    )


def stroke(values: Series, low: float, high: float, colour: str, width: float, size: _Pair) -> str:
    """A line between two bounds through the box it stands in, `width` pixels wide; nothing for less than two values.

    `colour` is a class of the stylesheet. `size` is how wide, more or less, and how high the box is, in pixels: a
    stroke is as wide as asked for across its direction, which only a browser knows exactly.
    """
    line = places(values, low, high)
    if len(line) < 2:
        return ""
    outline = ",".join(
        f"calc({x:.2f}% + {right:.2f}px) {y + down / size[1] * 100:.2f}%"
        for (x, y), (right, down) in _outline(line, width / 2, size)
    )
    return f'<span class="stroke {colour}" style="clip-path:polygon({outline})"></span>'


def places(values: Series, low: float, high: float) -> list[tuple[float, float]]:
    """Where values over time lie in a box: percent from its left and its top, held between the bounds."""
    steps = max(1, len(values) - 1)
    return [
        (place / steps * 100, (high - min(high, max(low, value))) / (high - low) * 100)
        for place, value in enumerate(map(number, values))
        if value is not None
    ]


def _outline(line: Sequence[_Pair], half: float, size: _Pair) -> list[tuple[_Pair, _Pair]]:
    """Round a line: along its one side and back along the other, each corner as (place, pixels away from it)."""
    across = [_across(a, b, size) for a, b in pairwise(line)]
    corners = [
        (place, (right * half, down * half))
        for place, before, after in zip(line, across[:1] + across, across + across[-1:], strict=True)
        for right, down in _corner(before, after)
    ]
    return corners + [(place, (-right, -down)) for place, (right, down) in reversed(corners)]


def _across(start: _Pair, end: _Pair, size: _Pair) -> _Pair:
    """The unit vector across the way from one place to the next."""
    right, down = ((b - a) * pixels for a, b, pixels in zip(start, end, size, strict=True))
    length = hypot(right, down)
    return -down / length, right / length


def _corner(before: _Pair, after: _Pair) -> list[_Pair]:
    """Where two pieces of a line meet: the point in which their sides cross, or both sides' ends at a sharp turn."""
    turn = before[0] * after[0] + before[1] * after[1]
    if turn < _SHARPEST:
        return [before, after]
    return [((before[0] + after[0]) / (1 + turn), (before[1] + after[1]) / (1 + turn))]
