"""The downloads of a screen: its sheets, the number formats of their columns, and what each figure means."""

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from dashboard import formats
from dashboard.board.door import Serving, metrics
from dashboard.components.download_menu import download_menu
from dashboard.downloads.xlsx_file import BROKEN, SHARE, WHOLE, ByRow, Formats
from dashboard.translations import _
from dashboard.wording.figures import is_share, metric_definition, metric_label
from pipelines.metrics import Metric


def offer_download(
    serving: Serving, name: str, sheets: Callable[[], Mapping[str, pd.DataFrame]], *asked: str
) -> None:
    """The download button: `sheets` as CSV (the first) and as a workbook, with definitions of the `asked` metrics."""
    download_menu(name, lambda: with_definitions(serving, sheets(), *asked), number_formats)


def number_formats() -> Formats:
    """Header → number format: every metric by its name, and what is a share under another name."""
    shares = (_("Rate"), _("Share"), _("Lower bound"), _("Upper bound"), _("Share of residents"))
    by_metric = {metric_label(metric): pattern_of(metric) for metric in metrics().values()}
    by_row = ByRow(_("Metric"), by_metric)
    mixed = (_("Value"), _("Previous period"), _("A year earlier"))
    return {**by_metric, **dict.fromkeys(shares, SHARE), **dict.fromkeys(mixed, by_row)}


def pattern_of(metric: Metric) -> str:
    """Excel's number format of a metric's values."""
    if is_share(metric):
        return SHARE
    return WHOLE if metric.format == "integer" else BROKEN


def with_definitions(
    serving: Serving, sheets: Mapping[str, pd.DataFrame], *asked: str
) -> dict[str, pd.DataFrame]:
    """The sheets, and a last one: what the asked metrics and those named in the sheets mean, and data until."""
    named = {name for frame in sheets.values() for name in _names(frame)}
    shown = [one for one in metrics().values() if one.name in asked or metric_label(one) in named]
    listed = [(metric_label(metric), metric_definition(metric)) for metric in shown]
    listed += [(_("Data until"), formats.day(serving.data_until)), (_("Data version"), serving.version)]
    return {**sheets, _("Definitions"): pd.DataFrame(listed, columns=[_("Figure"), _("Definition")])}


def _names(frame: pd.DataFrame) -> Iterator[str]:
    yield from (str(header) for header in frame.columns)
    if _("Metric") in frame:
        yield from frame[_("Metric")]
