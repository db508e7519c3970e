"""Wording of headline numbers: value, suffix, changes and whether a change is good or bad."""

from collections.abc import Sequence
from datetime import date

from dashboard import formats
from dashboard.board.figures import Figure, Value
from dashboard.components.kpi_strip import Change, Kpi
from dashboard.translations import _, language
from pipelines.metrics import Metric
from pipelines.periods import Period

_NOTHING_SHOWN = 0.0005


def metric_label(metric: Metric) -> str:
    """The metric's name in the language in use."""
    return metric.label if language() == "zh_CN" else metric.label_en


def metric_definition(metric: Metric) -> str:
    """The metric's definition 口径 in the language in use."""
    return metric.definition if language() == "zh_CN" else metric.definition_en


def suffix_of(metric: Metric) -> str:
    """The metric's suffix 计量单位; the catalogue has it in Chinese only, so English does without."""
    return metric.suffix if language() == "zh_CN" else ""


def is_share(metric: Metric) -> bool:
    """Whether values are shares between 0 and 1."""
    return metric.format.startswith("percent")


def value_text(metric: Metric, value: float | None) -> str:
    """A value as it stands in a table or a sentence, with % for shares."""
    if is_share(metric):
        return formats.percent(value)
    return formats.decimal(value, 1 if metric.format == "decimal1" else 0)


def kpi(figure: Figure) -> Kpi:
    """The card of a headline number."""
    metric, value = figure.metric, figure.now.value
    if is_share(metric):
        number, suffix = formats.percent_number(value), "%"
    elif metric.format == "decimal1":
        number, suffix = formats.decimal(value), suffix_of(metric)
    else:
        number, unit = formats.short_count(value)
        suffix = f"{unit}{suffix_of(metric)}"
    return Kpi(metric_label(metric), number, suffix, changes(figure), figure.trend)


def not_settled() -> str:
    """仍在办理，暂不比较: what stands in the place of a comparison with other periods."""
    return _("still rising")


def changes(figure: Figure) -> list[Change]:
    """环比 and 同比; of a running period against the same first days, and said so; of one that is not settled neither."""
    if not figure.settled and figure.now.value is not None:
        return [Change("", not_settled())]
    found: list[Change] = []
    before = _("vs previous") if figure.days is None else _("vs first {days} days").format(days=figure.days)
    for label, earlier in ((before, figure.previous), (_("vs last year"), figure.year_earlier)):
        if earlier.value is None or figure.now.value is None:
            continue
        written = change_text(figure.metric, figure.now, earlier)
        feeling = mood(figure.metric, figure.now, earlier)
        found.append(Change(label, written, feeling, second=bool(found) and is_share(figure.metric)))
    return found


def change_text(metric: Metric, now: Value, before: Value) -> str:
    """+0.4 个百分点 for shares, +6.2% for counts."""
    if is_share(metric):
        return formats.percentage_points((now.value or 0) - (before.value or 0))
    return formats.relative_change(now.value, before.value)


def mood(metric: Metric, now: Value, before: Value) -> str:
    """good, bad, or nothing where the metric has no better direction or the shown change is zero."""
    if metric.better not in ("up", "down") or now.value is None or before.value is None:
        return ""
    gap = now.value - before.value
    if abs(gap) < (_NOTHING_SHOWN if is_share(metric) else 1e-9):
        return ""
    return "good" if (gap > 0) == (metric.better == "up") else "bad"


def kicker(screen: str, period: Period, more: Sequence[str] = ()) -> list[str]:
    """Screen, period, and what else is chosen."""
    return [screen, formats.period_label(period), *more]


def running_note(period: Period, last_day: date) -> str:
    """Marks a period that is not over; nothing for one that is."""
    if not period.is_running(last_day):
        return ""
    return _("running, until {day}; compared with the same days").format(day=formats.day(last_day))


def rate_movement(figure: Figure) -> str:
    """升至 99.1%, 降至 …, 持平于 …"""
    shown = value_text(figure.metric, figure.now.value)
    change = figure.change
    if change is None:
        return _("at {value}").format(value=shown)
    if formats.rounded(change * 100, 1) == 0:
        return _("unchanged at {value}").format(value=shown)
    return (_("up to {value}") if change > 0 else _("down to {value}")).format(value=shown)
