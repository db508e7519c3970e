"""The lines of a chart as SVG text that stretches with the box it stands in."""

from collections.abc import Sequence

from dashboard.components.strokes import Series, places


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
        upper, lower = (places(values, low, high) for values in gap[:2])
        shade = f'<polygon points="{_path([*upper, *reversed(lower)])}" fill="{gap[2]}" fill-opacity="0.11"/>'
    drawn = "".join(
        f'<polyline points="{_path(places(values, low, high))}" fill="none" stroke="{colour}" '
        f'stroke-width="{width}" stroke-linejoin="round" vector-effect="non-scaling-stroke"/>'
        for values, colour, width in lines
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" preserveAspectRatio="none" '
        f'width="100" height="100">{shade}{drawn}</svg>'
    )


def _path(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
