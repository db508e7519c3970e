"""Sentences of the map, and what it draws: areas in their classes, the months under the slider."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import formats
from dashboard.board import district_map
from dashboard.board.district_map import FEWEST, LEVELS, Level
from dashboard.board.door import Serving, metrics
from dashboard.board.figures import Value
from dashboard.board.kept_answers import answer
from dashboard.board.thresholds import is_settled
from dashboard.components.district_map import MapMonth
from dashboard.components.headline import Head
from dashboard.components.map_marks import MarkLayer
from dashboard.components.map_picture import MapPicture
from dashboard.table_rows import Row, rows_of
from dashboard.theme import on_paper
from dashboard.translations import _, language
from dashboard.wording.district_map_classes import (
    CLASSES,
    Classes,
    class_names,
    classes,
    classes_by_month,
    legend,
    with_base,
    without_class,
)
from dashboard.wording.district_map_shapes import Ground, ground, in_unit, months, shapes
from dashboard.wording.figures import is_share, metric_label, not_settled, value_text
from pipelines.metrics import Metric
from pipelines.periods import Period


def level_labels() -> dict[str, str]:
    """What the map is drawn by."""
    return dict(zip(LEVELS, (_("Communities"), _("Subdistricts")), strict=True))


def no_areas() -> Head:
    """What to say without areas, and what to do."""
    return _("No communities to draw"), _("Put the export of areas into the inbox and build again.")


@dataclass(frozen=True)
class MapView:
    """What the screen shows of a metric in a period: areas with values and classes, sentences, months.

    `rows` is the frame one by one.
    """

    metric: Metric
    level: Level
    frame: pd.DataFrame
    rows: Sequence[Row]
    district: Value
    breaks: Classes
    title: str
    standfirst: str
    ground: Ground
    months: Sequence[MapMonth]


def view(serving: Serving, metric: Metric, period: Period, level: Level) -> MapView:
    """The view of a metric, a period and a level; in months with one set of classes for all that are settled."""
    frame = with_base(district_map.values_by_area(serving, metric.name, period, level), metric)
    district = district_map.district_value(serving, metric.name, period)
    rows = rows_of(frame)
    settled = is_settled(metric.name, period, serving.last_day)
    shared, _own = _classes_by_month(serving, metric.name, level)
    by_month = shared is not None and period.grain == "month" and settled
    breaks = shared if shared is not None and by_month else classes(frame, metric, district)
    return MapView(
        metric, level, frame, rows, district, breaks, title(rows, metric, breaks, level),
        standfirst(metric, district, breaks, level, by_month, settled), ground(serving),
        _months(serving, metric.name, level, shared or breaks, language()),
    )  # fmt: skip


@answer
def _classes_by_month(
    serving: Serving, metric: str, level: Level
) -> tuple[Classes | None, dict[str, Classes]]:
    found = district_map.values_by_month(serving, metric, level)
    whole = district_map.district_months(serving, metric)
    return classes_by_month(found, metrics()[metric], whole, serving.last_day)


@answer
def _months(
    serving: Serving, metric: str, level: Level, breaks: Classes, _language: str
) -> Sequence[MapMonth]:
    """The months of the slider: the same in every period whose months share their classes."""
    found = district_map.values_by_month(serving, metric, level)
    whole = district_map.district_months(serving, metric)
    _shared, own = _classes_by_month(serving, metric, level)
    return months(found, whole, metrics()[metric], breaks, own, district_map.drawn_areas(serving, level))


def month_shown(shown: MapView, period: Period) -> tuple[str, bool]:
    """Where the slider stands: the last month of the period that has data, and whether it is the period itself."""
    within = [one.key for one in shown.months if period.start <= Period.parse(one.key).start <= period.end]
    return (within[-1] if within else ""), period.grain == "month"


def title(rows: Sequence[Row], metric: Metric, breaks: Classes, level: Level) -> str:
    """How many communities are in the weakest class and where they lie; of subdistricts both ends."""
    label = metric_label(metric)
    known = [row for row in rows if not formats.is_missing(row["shown"])]
    if not known and not all(formats.is_missing(row["value"]) for row in rows):
        return _("{metric}: no area with {fewest} cases or more, none is compared").format(
            metric=label, fewest=FEWEST
        )
    if not known:
        return _("{metric}: no figures in this period").format(metric=label)
    if level == "subdistrict":
        return _ends(known, metric)
    place = 0 if metric.better != "down" else CLASSES - 1
    lowest = [row for row in known if breaks.of(row["shown"]) == place]
    edge = value_text(metric, breaks.breaks[0] if place == 0 else breaks.breaks[3])
    if not breaks.diverging:
        # Of equal ones the last.
        extreme = max(reversed(known), key=lambda row: row["shown"])
        return _("{metric}: most in {community}, {value}").format(
            metric=label, community=extreme["name"], value=value_text(metric, extreme["shown"])
        )
    if not lowest:
        template = (
            _("{metric}: no community below {edge}")
            if place == 0
            else _("{metric}: no community at {edge} or more")
        )
        return template.format(metric=label, edge=edge)
    below = (
        _("{metric} below {edge}: {count} communities")
        if place == 0
        else _("{metric} at {edge} or more: {count} communities")
    )
    return below.format(metric=label, edge=edge, count=len(lowest)) + _where(lowest)


def _where(lowest: Sequence[Row]) -> str:
    counts = Counter(row["subdistrict"] for row in lowest if not formats.is_missing(row["subdistrict"]))
    if not counts:
        return ""
    ((area, most),) = counts.most_common(1)
    where = _(", all in {area}") if len(counts) == 1 else _(", {most} of them in {area}")
    if len(counts) > 1 and most * 2 < len(lowest):
        where = _(", spread over {areas} subdistricts")
    return where.format(area=area, most=most, areas=len(counts))


def _ends(known: Sequence[Row], metric: Metric) -> str:
    ordered = sorted(known, key=lambda row: (-row["shown"], row["area_code"]))
    high, low = ordered[0], ordered[-1]
    if high["shown"] == low["shown"]:
        return _("{metric}: {name} {value}").format(
            metric=metric_label(metric), name=high["name"], value=value_text(metric, high["shown"])
        )
    return _("{metric}: {high} highest with {high_value}, {low} lowest with {low_value}").format(
        metric=metric_label(metric), high=high["name"], high_value=value_text(metric, high["shown"]),
        low=low["name"], low_value=value_text(metric, low["shown"]),
    )  # fmt: skip


def standfirst(
    metric: Metric, district: Value, breaks: Classes, level: Level, by_month: bool, settled: bool
) -> str:
    """The district's value, whether it may be compared with other periods, how to read the colours, who is left out."""
    whole = _("District {value}").format(value=value_text(metric, district.value))
    if is_share(metric):
        whole += _(" ({fraction})").format(
            fraction=formats.fraction(district.numerator, district.denominator)
        )
    if level == "subdistrict":
        reading = _(". A subdistrict's figure is the sum over its communities.")
    elif breaks.diverging:
        reading = _(
            ". Violet low, teal high, pale near the district; communities with fewer than {fewest} cases stay blank."
        ).format(fewest=FEWEST)
    else:
        reading = _(". The darker, the more.")
    click = "" if on_paper() else _(" Click an area to open its card.")
    every = _(" The classes are the same in every month.") if by_month else ""
    whole += "" if settled else _(", ") + not_settled()
    return whole + reading + every + click


def legend_of(shown: MapView) -> tuple[Head, list[tuple[str, int]], tuple[str, int], bool]:
    """Head, classes with their numbers of areas, those without a class, and whether colours spread from the middle."""
    counted, without = legend((row["shown"] for row in shown.rows), shown.metric, shown.breaks)
    return _legend_head(shown.metric, shown.level), counted, without, shown.breaks.diverging


def _legend_head(metric: Metric, level: Level) -> Head:
    if level == "subdistrict":
        return (
            _("Subdistricts by {metric}").format(metric=metric_label(metric)),
            _("Legend and histogram in one: a square is a subdistrict"),
        )
    return (
        _("Communities by {metric}").format(metric=metric_label(metric)),
        _("Legend and histogram in one: a square is a community"),
    )


def picture(shown: MapView, selected: str = "", layer: MarkLayer | None = None) -> MapPicture:
    """The finished map."""
    lacks = any(formats.is_missing(row["shown"]) for row in shown.rows)
    blank = without_class(shown.metric) if lacks else ""
    names = [in_unit(name, shown.metric) for name in class_names(shown.metric, shown.breaks)]
    return MapPicture(
        shown.ground.rectangle, shapes(shown.rows, shown.metric, shown.breaks, shown.ground), shown.ground.outlines,
        shown.breaks.diverging, shown.title, shown.standfirst, names, blank, selected, layer,
    )  # fmt: skip


def download(shown: MapView, layer: tuple[str, pd.DataFrame] | None) -> dict[str, pd.DataFrame]:
    """All areas with their values, unrounded; on a sheet of its own what lies on them."""
    label = metric_label(shown.metric)
    headers = {
        "area_code": _("Area code"), "name": level_labels()[shown.level], "subdistrict": _("Subdistrict"), "value": label,
        "numerator": _("Numerator"), "denominator": _("Denominator"),
    }  # fmt: skip
    if shown.level == "subdistrict":
        del headers["subdistrict"]
    sheets = {label: shown.frame[list(headers)].rename(columns=headers)}
    return sheets | ({layer[0]: layer[1]} if layer else {})
