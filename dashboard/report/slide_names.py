"""Names in a chart on a slide: short enough for their place, months as the board writes them on its axes."""

import re
from collections.abc import Sequence

from dashboard.report.model import Chart, Series
from dashboard.report.slide import BODY, clean
from dashboard.report.text_fit import shortened, width_of

_MONTH = re.compile(r"(\d{4})年(\d{1,2})月")
_LONGEST_CATEGORY, _LONGEST_END = 3.2, 2.2


def label_size(chart: Chart) -> float:
    """Type of categories and labels, in points, by how many must stand beside each other."""
    count = len(chart.categories)
    if chart.kind in ("line", "column"):
        return 16 if count <= 13 else 14 if count <= 25 else 12
    return next((size for most, size in ((9, 20), (12, 18), (17, 14), (24, 11), (36, 8)) if count <= most), 6)


def category_labels(chart: Chart) -> list[str]:
    """The categories as the axis bears them: of months the year only where one begins."""
    months = [_MONTH.fullmatch(words) for words in chart.categories]
    if chart.kind in ("line", "column") and chart.categories and all(months):
        return _months([(month[1], month[2]) for month in months if month])
    return [_cut(words, chart) for words in chart.categories]


def series_label(series: Series, chart: Chart) -> str:
    """The name of a series; at the end of a line it must not leave the slide."""
    words = clean(series.name)
    return shortened(_one_line(words), label_size(chart) + 2, _LONGEST_END) if chart.kind == "line" else words


def end_room(chart: Chart) -> float:
    """Inches that the widest name with its value takes right of the lines."""
    named = [width_of(f"{series_label(one, chart)} 99,999.9", label_size(chart) + 2) for one in chart.series]
    return max(named, default=0.0) + 0.2


def cut_names(chart: Chart) -> list[str]:
    """Names that stand whole in the notes, because the chart has to shorten them."""
    categories = [words for words in chart.categories if not _MONTH.fullmatch(words)]
    cut = [words for words in categories if _cut(words, chart) != _one_line(clean(words))]
    return [*cut, *(one.name for one in chart.series if series_label(one, chart) != clean(one.name))]


def _months(months: Sequence[tuple[str, str]]) -> list[str]:
    begins = [n == 0 or months[n - 1][0] != year for n, (year, _month) in enumerate(months)]
    return [
        f"{month}月\n{year}" if first else f"{month}月"
        for first, (year, month) in zip(begins, months, strict=True)
    ]


def _cut(words: str, chart: Chart) -> str:
    room = _LONGEST_CATEGORY
    lines = 1
    if chart.kind in ("line", "column"):
        room, lines = (BODY.width - end_room(chart) - 1) / max(1, len(chart.categories)), 2
    return shortened(_one_line(clean(words)), label_size(chart), room, lines)


def _one_line(words: str) -> str:
    return " ".join(words.split())
