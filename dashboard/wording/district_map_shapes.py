"""What a map draws: the ground of a version, areas in their classes with their own words, the months of the slider."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard import formats
from dashboard.board import areas
from dashboard.board.district_map import MonthValues
from dashboard.board.door import Serving
from dashboard.board.figures import Value
from dashboard.board.kept_answers import answer
from dashboard.components.district_map import MapMonth
from dashboard.components.map_frame import MapFrame, map_frame
from dashboard.components.map_picture import Outline, Shape
from dashboard.table_rows import rows_of
from dashboard.translations import _
from dashboard.wording.district_map_classes import Classes, month_classes
from dashboard.wording.figures import is_share, metric_label, not_settled, suffix_of, value_text
from pipelines.metrics import Metric
from pipelines.periods import Period


@dataclass(frozen=True)
class Ground:
    """What stays the same under every metric: the rectangle, the polygons by area code, the subdistricts."""

    rectangle: MapFrame
    boundaries: Mapping[str, Mapping[str, Any]]
    outlines: list[Outline]


@answer
def ground(serving: Serving) -> Ground:
    """The ground of a version, made once: with the rectangle the outlines stay written."""
    placed = areas.subdistricts_and_communities(serving).dropna(subset=["longitude", "latitude"])
    boundaries = areas.boundaries(serving)
    points = [(float(x), float(y)) for x, y in placed[["longitude", "latitude"]].to_numpy()]
    outlines = [
        Outline(str(row["name"]), boundaries.get(str(row["area_code"])), float(row["longitude"]), float(row["latitude"]))
        for row in rows_of(placed[placed["level"] == "subdistrict"])
    ]  # fmt: skip
    return Ground(map_frame(list(boundaries.values()), points), boundaries, outlines)


def shapes(rows: Iterable[Mapping[Any, Any]], metric: Metric, breaks: Classes, below: Ground) -> list[Shape]:
    """One polygon or point per area that has a place."""
    hover = hovers(metric)
    return [
        Shape(
            row["area_code"], row["name"], below.boundaries.get(row["area_code"]), row["longitude"], row["latitude"],
            breaks.of(row["shown"]), hover(row),
        )
        for row in rows
        if not formats.is_missing(row["longitude"]) and not formats.is_missing(row["latitude"])
    ]  # fmt: skip


def hovers(metric: Metric) -> Callable[[Mapping[Any, Any]], str]:
    """What is said of an area: name, then value with numerator and denominator; the metric's words are found once."""
    label, share, with_base = metric_label(metric), is_share(metric), metric.denominator is not None
    suffix, base = f" {suffix_of(metric)}".rstrip(), _(" ({fraction})")

    def hover(row: Mapping[Any, Any]) -> str:
        lies = row["level"] == "community" and not formats.is_missing(row["subdistrict"])
        name = f"{row['subdistrict']} · {row['name']}" if lies else str(row["name"])
        value = f"{label} {value_text(metric, row['value'])}"
        if not share and not formats.is_missing(row["value"]):
            value += suffix
        if with_base and not formats.is_missing(row["denominator"]):
            value += base.format(fraction=formats.fraction(row["numerator"], row["denominator"]))
        return f"{name}\n{value}"

    return hover


def in_unit(name: str, metric: Metric) -> str:
    """A class's name as it stands in a key."""
    return f"{name}%" if is_share(metric) else name


def months(
    found: MonthValues,
    whole: Mapping[str, Value],
    metric: Metric,
    breaks: Classes,
    own: Mapping[str, Classes],
    drawn: Collection[str],
) -> list[MapMonth]:
    """The months of the slider: the district's value, and the class of every drawn area.

    `own`: the breaks of months that are not to be compared with others, which is said beside the slider.
    """
    kept = [place for place, code in enumerate(found.areas) if code in drawn]
    classes = dict(zip(found.months, month_classes(found, metric, breaks), strict=True))
    for key, breaks_of_month in own.items():
        (classes[key],) = month_classes(found.only({key}), metric, breaks_of_month)
    return [
        MapMonth(
            key,
            f"{formats.period_label(Period.parse(key))}　"
            + _("District {value}").format(value=value_text(metric, whole.get(key, Value()).value))
            + (_(", ") + not_settled() if key in own else ""),
            [places[n] for n in kept],
        )
        for key, places in classes.items()
    ]
