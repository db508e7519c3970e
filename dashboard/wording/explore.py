"""Sentences and choices of the explorer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard import formats
from dashboard.board.district_map import LEVELS
from dashboard.board.explore import EVERY, WHOLE, Asked, Explored
from dashboard.board.figures import Figure
from dashboard.components.headline import Head
from dashboard.components.kpi_strip import Change, Kpi
from dashboard.translations import _, language
from dashboard.wording.bases import kpi_with_base
from dashboard.wording.choices import named
from dashboard.wording.figures import (
    is_share,
    metric_definition,
    metric_label,
    not_settled,
    suffix_of,
    value_text,
)
from pipelines.metrics import Dimension, Metric
from pipelines.periods import MONTHS_OF, Period


def metric_labels(offered: Mapping[str, Metric]) -> dict[str, str]:
    """The metrics by the name that the reader sees."""
    return {name: metric_label(metric) for name, metric in offered.items()}


def dimension_labels(metric: Metric, offered: Sequence[Dimension]) -> dict[str, str]:
    """The whole, and each dimension; the one without which quantities must not be added up stands alone."""
    whole = {} if metric.requires else {WHOLE: _("As a whole")}
    return whole | {one.name: dimension_label(one) for one in offered}


def dimension_label(one: Dimension) -> str:
    """The dimension's name in the language in use."""
    return one.label if language() == "zh_CN" else one.label_en


def grain_labels(metric: Metric) -> dict[str, str]:
    """The grains of the metric."""
    names = {
        "month": _("By month"), "quarter": _("By quarter"), "year": _("By year"), "wave": _("By wave"),
        "all": _("Whole time"),
    }  # fmt: skip
    return {grain: names[grain] for grain in metric.grains}


def period_labels(keys: Sequence[str], grain: str) -> dict[str, str]:
    """Every period, and each."""
    return {EVERY: _("Every period")} | {key: period_name(key, grain) for key in keys}


def period_name(key: str, grain: str) -> str:
    """2023年第三季度, a wave's own name, or the whole time."""
    if grain in MONTHS_OF:
        return formats.period_label(Period.parse(key))
    return _("Whole time") if grain == "all" else key


def in_words(found: Explored) -> Explored:
    """The answer with the names of its codes in the language in use."""
    return replace(found, frame=named(found.frame, found.asked.by))


def chart_labels(asked: Asked) -> dict[str, str]:
    """The pictures that can show the answer."""
    names = {
        "line": _("Lines"), "multiples": _("Small multiples"), "bar": _("Bars"), "heat": _("Heat"), "map": _("On the map"),
        "table": _("Table"), "zoom": _("Zoom"),
    }  # fmt: skip
    every = asked.period is None and asked.grain != "all"
    offered = ["line"] if every else []
    offered += ["multiples", "heat"] if every and asked.by is not None else ["bar"]
    offered += ["map"] if asked.by in LEVELS else []
    offered += ["table", "zoom"] if every else ["table"]
    return {chart: names[chart] for chart in offered}


def nothing() -> Head:
    """What to say where the warehouse has no row for the choice."""
    return (
        _("There is no row for this choice"),
        _(
            "Choose another period, area or breakdown; or put the exports behind this metric into the inbox and build again."
        ),
    )


def opening(found: Explored, by: str, area: str) -> tuple[list[str], str, str]:
    """Kicker, title and standfirst."""
    return kicker(found, by, area), title(found), standfirst(found)


def kicker(found: Explored, by: str, area: str) -> list[str]:
    """Explore, the period, the breakdown, the area."""
    asked = found.asked
    shown = (
        period_name(asked.period, asked.grain) if asked.period else grain_labels(asked.metric)[asked.grain]
    )
    return [_("Explore"), shown, by, area]


def title(found: Explored) -> str:
    """Highest and lowest, or from where to where."""
    asked, label = found.asked, metric_label(found.asked.metric)
    if found.frame.empty:
        return _("{metric}: nothing for this choice").format(metric=label)
    if asked.by is not None:
        return _extremes(found, label)
    compared = found.settled if len(found.settled) else found.finished.tail(1)
    first, last = compared.iloc[0], compared.iloc[-1]
    now = value_text(asked.metric, last["value"])
    if len(compared) == 1:
        return _("{metric}: {value}").format(metric=label, value=now)
    return _("{metric}: from {before} ({first}) to {now} ({last})").format(
        metric=label, before=value_text(asked.metric, first["value"]), now=now,
        first=period_name(first["period"], asked.grain), last=period_name(last["period"], asked.grain),
    )  # fmt: skip


def _extremes(found: Explored, label: str) -> str:
    asked, latest = found.asked, found.latest
    name = f"{asked.by}_name"
    high, low = latest.iloc[0], latest.iloc[-1]
    if len(latest) == 1:
        return _("{metric}: {name} {value}").format(
            metric=label, name=high[name], value=value_text(asked.metric, high["value"])
        )
    return _("{metric}: {high} highest with {high_value}, {low} lowest with {low_value}").format(
        metric=label,
        high=high[name],
        high_value=value_text(asked.metric, high["value"]),
        low=low[name],
        low_value=value_text(asked.metric, low["value"]),
    )


def standfirst(found: Explored) -> str:
    """The definition, what is withheld, the period that is not over."""
    parts = [_("{definition}.").format(definition=metric_definition(found.asked.metric).rstrip("。."))]
    if found.withheld:
        parts.append(_("{count} rows about too few persons are withheld.").format(count=found.withheld))
    if found.running is not None and found.running in set(found.frame["period"]):
        parts.append(
            _("{period} is not over: in the table, not in the lines.").format(
                period=period_name(found.running, found.asked.grain)
            )
        )
    if found.young:
        young = _(" and ").join(period_name(key, found.asked.grain) for key in found.young)
        parts.append(_("{period}: {words}.").format(period=young, words=not_settled()))
    whole = parts[0]
    for part in parts[1:]:
        whole = _("{one} {two}").format(one=whole, two=part)
    return whole


def kpis(found: Explored, figure: Figure | None) -> list[Kpi]:
    """The whole with its changes, the highest, the lowest."""
    strip = [kpi_with_base(figure)] if figure is not None else []
    latest, asked = found.latest, found.asked
    if asked.by is None or latest.empty:
        return strip
    ends = [(_("Highest"), latest.iloc[0])] + ([(_("Lowest"), latest.iloc[-1])] if len(latest) > 1 else [])
    for words, row in ends:
        base = (
            [Change("", formats.fraction(row["numerator"], row["denominator"]))]
            if not formats.is_missing(row["denominator"])
            else []
        )
        name = (
            f"{words}：{row[f'{asked.by}_name']}"
            if language() == "zh_CN"
            else f"{words}: {row[f'{asked.by}_name']}"
        )
        strip.append(Kpi(name, *_number(asked.metric, row["value"]), base))
    return strip


def _number(metric: Metric, value: float) -> tuple[str, str]:
    if is_share(metric):
        return formats.percent_number(value), "%"
    return value_text(metric, value), suffix_of(metric)


def left_out(count: int) -> str:
    """How many rows stand in the download only; nothing when all are shown."""
    return _("{count} more rows in the download").format(count=formats.integer(count)) if count > 0 else ""
