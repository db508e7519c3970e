"""Sentences and records of the definitions 指标口径: every metric, from the catalogue."""

from collections.abc import Mapping

import pandas as pd

from dashboard.components.plain_table import Column
from dashboard.translations import _
from dashboard.wording.explore import dimension_label
from dashboard.wording.figures import metric_definition, metric_label, suffix_of
from pipelines.metrics import Metric, load_dimensions

EVERY = "all"
_OTHER = "other"
# Mart → subject; a mart that is new stands under the other metrics until it is given a subject.
_SUBJECTS = {
    "tasks": "tasks", "publications": "tasks", "closings": "tasks", "claims": "claims", "completions": "claims",
    "verifications": "claims", "points": "points", "progress": "points", "people": "people", "places": "places",
    "checkins": "checkins", "wishes": "wishes", "satisfaction": "surveys", "safety": "surveys", "bulletins": "surveys",
    "incidents": "surveys", "honours": "honours", "meetings": "participation", "activities": "participation",
    "projects": "participation", "outcomes": "participation",
}  # fmt: skip


def subjects(catalogue: Mapping[str, Metric]) -> dict[str, str]:
    """The subjects that have metrics, and all of them together."""
    names = {
        "tasks": _("Tasks"), "claims": _("Claims and verification"), "points": _("Points"), "people": _("Stewards"),
        "places": _("Areas and sites"), "checkins": _("Check-ins"), "wishes": _("Micro-wishes"),
        "surveys": _("Satisfaction · safety"), "honours": _("Honours"), "participation": _("Participation"),
        _OTHER: _("Other metrics"),
    }  # fmt: skip
    held = {subject_of(metric) for metric in catalogue.values()}
    return {name: label for name, label in names.items() if name in held} | {EVERY: _("Every metric")}


def subject_of(metric: Metric) -> str:
    """The subject under which a metric stands."""
    return _SUBJECTS.get(metric.mart, _OTHER)


def found(catalogue: Mapping[str, Metric], subject: str, words: str) -> list[Metric]:
    """The metrics of a subject; words are looked for in all subjects, each of them in name or definition."""
    wanted = words.casefold().split()
    if not wanted:
        return [one for one in catalogue.values() if subject in (EVERY, subject_of(one))]
    return [one for one in catalogue.values() if all(word in _text(one) for word in wanted)]


def _text(metric: Metric) -> str:
    return " ".join(
        (metric.name, metric.label, metric.label_en, metric.definition, metric.definition_en)
    ).casefold()


def title(catalogue: Mapping[str, Metric], metrics: list[Metric], words: str) -> str:
    """How many metrics there are, or how many were found."""
    if not words:
        return _("{count} metrics, each defined once").format(count=len(catalogue))
    if not metrics:
        return _("No metric speaks of “{words}”").format(words=words)
    return _("{found} of {count} metrics speak of “{words}”").format(
        found=len(metrics), count=len(catalogue), words=words
    )


def nothing(words: str) -> tuple[str, str]:
    """What to do when no metric was found."""
    return _("No metric speaks of “{words}”").format(words=words), _(
        "Try a shorter word, or empty the field."
    )


def standfirst() -> str:
    """Where the definitions come from."""
    return _(
        "From the catalogue that also computes the figures: screens, rankings, downloads and commands all use it."
    )


def definition_table(
    metrics: list[Metric], label: str, words: str
) -> tuple[str, str, list[Column], list[list[str]]]:
    """Name, definition, suffix, direction, periods and breakdowns of each metric."""
    heading = _("{subject}: {count} metrics").format(
        subject=_("Found") if words else label, count=len(metrics)
    )
    columns = [
        Column(_("Metric"), "nw strong"), Column(_("Definition"), "long"), Column(_("Suffix"), "mute nw mid"),
        Column(_("Kind"), "mute nw mid"), Column(_("Better"), "mute nw mid"), Column(_("Breakdown"), "mute long wide"),
    ]  # fmt: skip
    reading = _("Definition as it is computed; breakdowns are what Explore offers for it")
    return heading, reading, columns, [_row(metric) for metric in metrics]


def _row(metric: Metric) -> list[str]:
    return [
        metric_label(metric), metric_definition(metric), suffix_of(metric) or "–", _kind(metric), _better(metric),
        _(" and ").join(dimension_label(load_dimensions()[name]) for name in metric.dimensions),
    ]  # fmt: skip


def _kind(metric: Metric) -> str:
    return {
        "count": _("count (kind)"), "rate": _("rate (kind)"), "stock": _("stock (kind)"), "mean": _("mean (kind)"),
        "survey": _("survey (kind)"),
    }.get(metric.kind, metric.kind)  # fmt: skip


def _better(metric: Metric) -> str:
    return {"up": _("higher"), "down": _("lower")}.get(metric.better, "–")


def download(metrics: list[Metric]) -> dict[str, pd.DataFrame]:
    """The definitions on screen as a table."""
    rows = [[metric.name, *_row(metric), " ".join(metric.grains)] for metric in metrics]
    headers = [
        _("Code"), _("Metric"), _("Definition"), _("Suffix"), _("Kind"), _("Better"), _("Breakdown"), _("Grain"),
    ]  # fmt: skip
    return {_("Metrics"): pd.DataFrame(rows, columns=headers)}
