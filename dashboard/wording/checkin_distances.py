"""How far check-ins lie from the registered points: the histogram, its line and what it says."""

from dashboard import formats
from dashboard.board.checkins import Distances
from dashboard.components.distance_histogram import DistanceClass
from dashboard.components.headline import Head
from dashboard.translations import _


def distance_head(distances: Distances) -> Head:
    """How many lie beyond the line, how many of them only just."""
    total, beyond = sum(distances.counts), _beyond(distances)
    reading = _(
        "Check-ins of the period by distance from the registered point, metres; every class includes its upper bound"
    )
    if not total:
        return _("No check-in can be judged"), reading
    if not beyond:
        return _("All check-ins lie within the line"), reading
    title = _("{count} check-ins beyond the line").format(count=formats.integer(beyond))
    near = _just_beyond(distances)
    if near:
        title += _(", {count} of them by at most {metres} m").format(
            count=formats.integer(near[0]), metres=metres(near[1])
        )
    return title, reading


def distance_picture(
    distances: Distances,
) -> tuple[Head, list[DistanceClass], float | None, str, tuple[str, str]]:
    """Everything that the histogram of distances shows."""
    line = line_at(distances), line_name(distances)
    return distance_head(distances), distance_classes(distances), *line, sides(distances)


def distance_classes(distances: Distances) -> list[DistanceClass]:
    """The bars."""
    return [
        DistanceClass(name, _axis_name(low, high), count, _inside(low, high, distances.radius))
        for (low, high), name, count in zip(distances.edges, distances.names, distances.counts, strict=True)
    ]


def line_at(distances: Distances) -> float | None:
    """Where the line stands, counted in classes from the left; None beyond the classes that occur."""
    for place, (low, high) in enumerate(distances.edges):
        if distances.radius <= low:
            return float(place)
        if high is not None and distances.radius <= high:
            return place + (distances.radius - low) / (high - low)
    return None


def line_name(distances: Distances) -> str:
    """50 米线"""
    return _("{radius} m line").format(radius=metres(distances.radius))


def sides(distances: Distances) -> tuple[str, str]:
    """Counts left and right of the line; nothing when a class lies across it."""
    if any(_inside(low, high, distances.radius) is None for low, high in distances.edges):
        return "", ""
    beyond = _beyond(distances)
    within = sum(distances.counts) - beyond
    return (
        _("valid {count}").format(count=formats.integer(within)),
        _("not valid {count}").format(count=formats.integer(beyond)),
    )


def metres(value: float) -> str:
    """50, or 62.5 where the line is no whole metre."""
    return formats.decimal(value, 0 if value == int(value) else 1)


def _inside(low: float, high: float | None, radius: float) -> bool | None:
    if high is not None and high <= radius:
        return True
    return False if low >= radius else None


def _beyond(distances: Distances) -> int:
    return sum(
        count
        for (low, _high), count in zip(distances.edges, distances.counts, strict=True)
        if low >= distances.radius
    )


def _just_beyond(distances: Distances) -> tuple[int, float] | None:
    """The class that begins at the line: its check-ins and how wide it is."""
    for (low, high), count in zip(distances.edges, distances.counts, strict=True):
        if low == distances.radius and high is not None:
            return count, high - low
    return None


def _axis_name(low: float, high: float | None) -> str:
    return f"{low:g}+" if high is None else f"{low:g}–{high:g}"
