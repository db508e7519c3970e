"""Small line pictures as SVG text: sparklines, and lines that stretch with the box they stand in."""

from collections.abc import Sequence

from dashboard.formats import known, number

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


Series = Sequence[float | None]


def stretched(
    lines: Sequence[tuple[Series, str, float]],
    low: float,
    high: float,
    gap: tuple[Series, Series, str] | None = None,
) -> str:
    """Lines (values, colour, width) between two bounds that fill whatever box they are put into.

    `gap` shades what lies between two series in a colour.
    """
    shade = ""
    if gap:
        upper, lower = (_points(values, 0, 100, 0, 100, low, high) for values in gap[:2])
        shade = f'<polygon points="{_path([*upper, *reversed(lower)])}" fill="{gap[2]}" fill-opacity="0.11"/>'
    drawn = "".join(
        f'<polyline points="{_path(_points(values, 0, 100, 0, 100, low, high))}" fill="none" stroke="{colour}" '
        f'stroke-width="{width}" stroke-linejoin="round" vector-effect="non-scaling-stroke"/>'
        for values, colour, width in lines
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" preserveAspectRatio="none" '
        f'width="100" height="100">{shade}{drawn}</svg>'
    )


def _span(values: Sequence[float | None]) -> tuple[float, float]:
    found = known(values)
    if not found:
        return 0.0, 1.0
    low, high = min(found), max(found)
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
            bottom - (min(high, max(low, value)) - low) / (high - low) * (bottom - top),
        )
        for place, value in enumerate(map(number, values))
        if value is not None
    ]


def _path(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in points)


def _svg(width: int, height: int, inner: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}">{inner}</svg>'
    )
