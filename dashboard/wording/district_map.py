"""Sentences of the map, and what it draws: areas in their classes, the months under the slider."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import formats
from dashboard.board import district_map
from dashboard.board.district_map import FEWEST, LEVELS, Level
from dashboard.board.door import Serving
from dashboard.board.figures import Value
from dashboard.board.thresholds import is_settled
from dashboard.components.district_map import MapMonth
from dashboard.components.headline import Head
from dashboard.components.map_marks import MarkLayer
from dashboard.components.map_picture import MapPicture
from dashboard.theme import on_paper
from dashboard.translations import _
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
    """What the screen shows of a metric in a period: areas with values and classes, sentences, months."""

    metric: Metric
    level: Level
    frame: pd.DataFrame
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
    found = district_map.values_by_month(serving, metric.name, level)
    whole = district_map.district_months(serving, metric.name)
    settled = is_settled(metric.name, period, serving.last_day)
    shared, own = classes_by_month(found, metric, whole, serving.last_day)
    by_month = shared is not None and period.grain == "month" and settled
    breaks = shared if shared is not None and by_month else classes(frame, metric, district)
    return MapView(
        metric, level, frame, district, breaks, title(frame, metric, breaks, level),
        standfirst(metric, district, breaks, level, by_month, settled), ground(serving),
        months(found, whole, metric, shared or breaks, own, frame),
    )  # fmt: skip


def month_shown(shown: MapView, period: Period) -> tuple[str, bool]:
    """Where the slider stands: the last month of the period that has data, and whether it is the period itself."""
    within = [one.key for one in shown.months if period.start <= Period.parse(one.key).start <= period.end]
    return (within[-1] if within else ""), period.grain == "month"


def title(frame: pd.DataFrame, metric: Metric, breaks: Classes, level: Level) -> str:
    """How many communities are in the weakest class and where they lie; of subdistricts both ends."""
    label = metric_label(metric)
    known = frame[frame["shown"].notna()]
    if known.empty and frame["value"].notna().any():
        return _("{metric}: no area with {fewest} cases or more, none is compared").format(
            metric=label, fewest=FEWEST
        )
    if known.empty:
        return _("{metric}: no figures in this period").format(metric=label)
    if level == "subdistrict":
        return _ends(known, metric)
    place = 0 if metric.better != "down" else CLASSES - 1
    lowest = known[known["shown"].map(breaks.of) == place]
    edge = value_text(metric, breaks.breaks[0] if place == 0 else breaks.breaks[3])
    if not breaks.diverging:
        extreme = known.sort_values("shown").iloc[-1]
        return _("{metric}: most in {community}, {value}").format(
            metric=label, community=extreme["name"], value=value_text(metric, extreme["shown"])
        )
    if lowest.empty:
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


def _where(lowest: pd.DataFrame) -> str:
    counts = lowest["subdistrict"].value_counts()
    if counts.empty:
        return ""
    where = _(", all in {area}") if len(counts) == 1 else _(", {most} of them in {area}")
    if len(counts) > 1 and counts.iloc[0] * 2 < len(lowest):
        where = _(", spread over {areas} subdistricts")
    return where.format(area=counts.index[0], most=int(counts.iloc[0]), areas=len(counts))


def _ends(known: pd.DataFrame, metric: Metric) -> str:
    ordered = known.sort_values(["shown", "area_code"], ascending=[False, True])
    high, low = ordered.iloc[0], ordered.iloc[-1]
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
    counted, without = legend(shown.frame, shown.metric, shown.breaks)
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
    blank = without_class(shown.metric) if bool(shown.frame["shown"].isna().any()) else ""
    names = [in_unit(name, shown.metric) for name in class_names(shown.metric, shown.breaks)]
    return MapPicture(
        shown.ground.rectangle, shapes(shown.frame, shown.metric, shown.breaks, shown.ground), shown.ground.outlines,
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
