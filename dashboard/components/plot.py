"""A plot of lines over time as HTML: it takes the theme's colours, keeps its type size and needs no script.

Plotly was measured on the same picture: 22 ms of server time a rerun and 4.6 MB on a first visit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dashboard.components.markup import picture, position, text
from dashboard.components.svg import stretched
from dashboard.formats import is_missing
from dashboard.theme import Palette, palette

_LABEL_HEIGHT = 18


@dataclass(frozen=True)
class PlotLine:
    """Values over time (oldest first), colour as a field of the palette, width, and what stands at the end."""

    values: Sequence[float | None]
    colour: str
    width: float
    label: str = ""
    strong: bool = True


@dataclass(frozen=True)
class Plot:
    """Lines between two bounds; ticks as (value, words), names under the places as (place, words), for each
    place the lines that the pointer tells of it.

    `shaded` fills the gap between the first two lines and writes its words into it.
    """

    lines: Sequence[PlotLine]
    bounds: tuple[float, float]
    ticks: Sequence[tuple[float, str]]
    names: Sequence[tuple[int, str]]
    tips: Sequence[Sequence[str]] = field(default=())
    shaded: str = ""


def plot(drawn: Plot, height: int, kind: str = "") -> str:
    """The HTML of a plot; `kind` is a class of the stylesheet that sets its margins."""
    colours = palette()
    places = max((len(line.values) for line in drawn.lines), default=0)
    grid = "".join(
        f'<i class="grid" style="bottom:{position(at, *drawn.bounds)}%"><em>{text(words)}</em></i>'
        for at, words in drawn.ticks
    )
    gap = (drawn.lines[0].values, drawn.lines[1].values, colours.gold) if drawn.shaded else None
    strokes = [(line.values, _paint(colours, line.colour), line.width) for line in reversed(drawn.lines)]
    names = "".join(
        f'<span class="name" style="left:{_across(place, places)}%">{words}</span>'
        for place, words in drawn.names
    )
    return (
        f'<div class="plot {kind}"><div class="field" style="height:{height}px">{grid}'
        f"{picture(stretched(strokes, *drawn.bounds, gap))}{_gap(drawn, places)}{_ends(drawn, height)}{names}"
        f"{_columns(drawn.tips, places)}</div></div>"
    )


def _across(place: int, places: int) -> float:
    return position(place, 0, max(1, places - 1))


def _paint(colours: Palette, name: str) -> str:
    return str(getattr(colours, name))


def _last(values: Sequence[float | None]) -> tuple[int, float] | None:
    known = [
        (place, float(value))
        for place, value in enumerate(values)
        if value is not None and not is_missing(value)
    ]
    return known[-1] if known else None


def _ends(drawn: Plot, height: int) -> str:
    """Dots at the line ends, their labels pushed apart to a line's height in the order of the values."""
    ends = [(last, line) for line in drawn.lines if (last := _last(line.values)) is not None]
    bottom, parts = -1e9, []
    for (place, value), line in sorted(ends, key=lambda end: end[0][1]):
        at = position(value, *drawn.bounds) / 100 * height
        bottom = max(at, bottom + _LABEL_HEIGHT) if line.label else bottom
        left = _across(place, len(line.values))
        if line.strong:
            parts.append(f'<u class="{line.colour}" style="left:{left}%;bottom:{at:.1f}px"></u>')
        if line.label:
            weight = "b" if line.strong else "span"
            parts.append(
                f'<{weight} class="end {line.colour}" style="left:{left}%;bottom:{bottom:.1f}px">'
                f"{text(line.label)}</{weight}>"
            )
    return "".join(parts)


def _gap(drawn: Plot, places: int) -> str:
    if not drawn.shaded or places < 2:
        return ""
    upper, lower = (line.values[places - 2] or 0 for line in drawn.lines[:2])
    at = position((upper + lower) / 2, *drawn.bounds)
    return (
        f'<span class="gap" style="right:{100 / (places - 1):.2f}%;bottom:{at}%">{text(drawn.shaded)}</span>'
    )


def _columns(tips: Sequence[Sequence[str]], places: int) -> str:
    """A box over each place; what it tells is an attribute, since each element costs a browser time."""
    width = 100 / max(1, places - 1)
    return "".join(
        f'<div class="col{" late" if place > places / 2 else ""}" data-tip="{"&#10;".join(map(text, tip))}" '
        f'style="left:{_across(place, places) - width / 2:.2f}%;width:{width:.2f}%"></div>'
        for place, tip in enumerate(tips)
    )
