"""Small line pictures as SVG text: sparklines and the panels of small multiples."""

from collections.abc import Sequence

from dashboard.formats import is_missing
from dashboard.theme import FONT, Palette

_SPARK = (240, 28)


def sparkline(values: Sequence[float | None], line: str, end: str, size: tuple[int, int] = _SPARK) -> str:
    """A line without axes, its last point marked; missing values break nothing, they are left out."""
    width, height = size
    points = _points(values, 3, width - 6, 4, height - 4, *_span(values))
    if not points:
        return _svg(width, height, "")
    x, y = points[-1]
    return _svg(
        width,
        height,
        f'<polyline points="{_path(points)}" fill="none" stroke="{line}" stroke-width="1.4" '
        f'stroke-linejoin="round"/><circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{end}"/>',
    )


def panel(
    values: Sequence[float | None],
    baseline: Sequence[float | None],
    ticks: Sequence[tuple[float, str]],
    ends: tuple[str, str],
    colours: Palette,
    colour: str,
) -> str:
    """One panel of small multiples: a line, the grey line of the whole district behind it, shared ticks at right."""
    width, height, right, bottom = 190, 132, 26, 24
    low, high = ticks[0][0], ticks[-1][0]
    parts = []
    for value, label in ticks:
        y = 6 + (high - value) / (high - low) * (height - bottom - 12)
        parts.append(f'<line x1="0" x2="{width - right}" y1="{y:.1f}" y2="{y:.1f}" stroke="{colours.rule}"/>')
        parts.append(_label(width, y + 4, label, colours.muted, "end"))
    box = (2, width - right - 6, 6, height - bottom - 6)
    for series, stroke, weight in ((baseline, colours.comparison, 1.4), (values, colour, 2.2)):
        path = _path(_points(series, *box, low, high))
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{stroke}" stroke-width="{weight}" '
            'stroke-linejoin="round"/>'
        )
    points = _points(values, *box, low, high)
    if points:
        parts.append(f'<circle cx="{points[-1][0]:.1f}" cy="{points[-1][1]:.1f}" r="3.8" fill="{colour}"/>')
    parts.append(_label(0, height - 4, ends[0], colours.muted, "start"))
    parts.append(_label(width - right, height - 4, ends[1], colours.muted, "end"))
    return _svg(width, height, "".join(parts))


def _span(values: Sequence[float | None]) -> tuple[float, float]:
    known = [float(value) for value in values if not is_missing(value)]  # type: ignore[arg-type]
    if not known:
        return 0.0, 1.0
    low, high = min(known), max(known)
    return (low, high) if high > low else (low - 1, high + 1)


def _points(
    values: Sequence[float | None],
    left: float,
    right: float,
    top: float,
    bottom: float,
    low: float,
    high: float,
) -> list[tuple[float, float]]:
    steps = max(1, len(values) - 1)
    return [
        (
            left + (right - left) * place / steps,
            bottom - (min(high, max(low, float(value))) - low) / (high - low) * (bottom - top),  # type: ignore[arg-type]
        )
        for place, value in enumerate(values)
        if not is_missing(value)
    ]


def _path(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _label(x: float, y: float, words: str, colour: str, anchor: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{FONT}" font-size="12" fill="{colour}" '
        f'text-anchor="{anchor}">{words}</text>'
    )


def _svg(width: int, height: int, inner: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}">{inner}</svg>'
    )
