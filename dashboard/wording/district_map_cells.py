"""What is counted in squares on the map: circles or densities with their key."""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd

from dashboard import formats
from dashboard.components.map_frame import MapFrame
from dashboard.components.map_marks import Mark, MarkLayer
from dashboard.translations import _

# Classes of a density double from one to the next, whatever its scale.
_SHARES = (1 / 16, 1 / 8, 1 / 4, 1 / 2)


@dataclass(frozen=True)
class Layer:
    """What is drawn, and the same as a table to download; nothing of both without a layer."""

    marks: MarkLayer | None = None
    table: tuple[str, pd.DataFrame] | None = None


def cells_layer(
    cells: pd.DataFrame, what: str, counted: str, frame: MapFrame, dense: bool, colour: str = "gold"
) -> Layer:
    """Cells (longitude, latitude, count) as circles, or as squares when `dense`."""
    shown = inside(cells, frame)
    largest = int(shown["count"].max()) if len(shown) else 1
    breaks = tuple(max(n + 2, round(largest * share)) for n, share in enumerate(_SHARES))
    marks = [
        Mark(float(x), float(y), int(count), counted.format(count=formats.integer(count)))
        for x, y, count in shown[["longitude", "latitude", "count"]].to_numpy()
    ]
    total, outside = int(shown["count"].sum()), int(cells["count"].sum() - shown["count"].sum())
    heading = _("{what}: {count}, in squares of about 500 m").format(what=what, count=formats.integer(total))
    key = _density_key(breaks) if dense else circle_key(largest)
    drawn = Layer(
        MarkLayer("cells" if dense else "circles", marks, heading, key, colour, breaks),
        (what, cells.rename(columns={"longitude": _("Longitude"), "latitude": _("Latitude"), "count": _("Count")})),
    )  # fmt: skip
    note = _("{count} outside the picture").format(count=formats.integer(outside))
    return noted(drawn, note) if outside else drawn


def inside(cells: pd.DataFrame, frame: MapFrame) -> pd.DataFrame:
    """Those within the picture."""
    places = cells[["longitude", "latitude"]].to_numpy()
    return cells[np.array([frame.holds(x, y) for x, y in places], dtype=bool)]


def circle_key(largest: int) -> list[tuple[int, str]]:
    """Three sizes of circles and what they count."""
    sizes = sorted({max(1, largest // 16), max(1, largest // 4), largest})
    return [(size, formats.integer(size)) for size in sizes]


def noted(drawn: Layer, note: str) -> Layer:
    """The same with a note behind its title."""
    if drawn.marks is None:
        return drawn
    title = _("{title}; {note}").format(title=drawn.marks.title, note=note)
    return replace(drawn, marks=replace(drawn.marks, title=title))


def _density_key(breaks: tuple[int, ...]) -> list[tuple[int, str]]:
    ends = [1, *breaks]
    names = [f"{low}–{high - 1}" if high - 1 > low else f"{low}" for low, high in pairwise(ends)]
    return list(enumerate([*names, f"≥{ends[-1]}"]))
