"""Pictures of an explorer's answer: lines, bars, heat."""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.board.door import Serving
from dashboard.board.explore import Asked, Explored
from dashboard.components.bar_rows import BarRow, bar_rows
from dashboard.components.district_map import district_map
from dashboard.components.headline import Head, block_head
from dashboard.components.heat_table import HeatCell, heat_table
from dashboard.components.line_chart import line_chart
from dashboard.components.markup import text
from dashboard.components.plot import Plot, PlotLine
from dashboard.components.small_multiples import Panel, Scale, share_scale, share_ticks, small_multiples
from dashboard.table_rows import rows_of
from dashboard.translations import _
from dashboard.wording.explore import left_out, period_name
from dashboard.wording.explore_map import explored_map
from dashboard.wording.figures import is_share, metric_label, suffix_of, value_text
from pipelines.metrics import Metric
from pipelines.periods import MONTHS_OF, Period

BARS, HEAT_ROWS, HEAT_COLUMNS, PANELS = 24, 24, 13, 24
_FEW_LINES = 4
_LABEL = 7
_PAINT = ("teal", "gold", "violet", "muted")


def shares(chart: str) -> list[int]:
    """Widths of the picture and of the table beside it; a table alone has the whole width."""
    return [1] if chart == "table" else [7, 5]


def chosen(
    chart: str, found: Explored, whole: Mapping[str, float], by: str, serving: Serving
) -> list[tuple[Callable[..., None], tuple[Any, ...]]]:
    """The component that draws the chosen picture (not by plotly), with what it draws; none beside a table alone."""
    if chart == "line":
        return [(line_chart, line_figure(found, whole))]
    if chart == "multiples":
        return [(small_multiples, panels(found, whole))]
    if chart == "map":
        picture = explored_map(found, whole, serving)
        return [(block_head, (picture.title, picture.reading)), (district_map, (picture,))]
    if chart == "heat":
        return [(heat_table, (heat_head(found), by, *heat(found)))]
    if chart == "table":
        return []
    drawn, rest = bars(found)
    return [(bar_rows, (head(found, found.frame), drawn, middle(found, whole), rest))]


def head(found: Explored, frame: pd.DataFrame, most: int = 0) -> Head:
    """The picture's own title: what, over which periods (at most the last so many), in which unit."""
    metric = found.asked.metric
    unit = "%" if is_share(metric) else suffix_of(metric)
    shown = [period_name(str(key), found.asked.grain) for key in dict.fromkeys(frame["period"])][-most:]
    span = shown[0] if len(shown) == 1 else _("{first} to {last}").format(first=shown[0], last=shown[-1])
    return metric_label(metric), _("{span}; {unit}").format(span=span, unit=unit or formats.NOTHING)


def line_figure(found: Explored, whole: Mapping[str, float]) -> tuple[Head, Plot]:
    """The lines under their title."""
    return head(found, found.finished), lines(found, whole)


def lines(found: Explored, whole: Mapping[str, float]) -> Plot:
    """Few codes in colours with their names; of many the highest and the lowest, the others thin behind them."""
    asked, frame = found.asked, found.finished
    periods = [str(key) for key in dict.fromkeys(frame["period"])]
    listed = rows_of(frame)
    drawn = _single(listed, asked) if asked.by is None else _several(found, listed, periods, whole)
    known = [float(value) for line in drawn for value in line.values if value is not None]
    bounds, ticks = _scale(asked.metric, known)
    rows: dict[str, list[Mapping[Any, Any]]] = {key: [] for key in periods}
    for row in listed:
        rows[str(row["period"])].append(row)
    tips = [_tip(key, of_period, asked) for key, of_period in rows.items()]
    return Plot(drawn, bounds, ticks, _names(periods, asked.grain), tips)


def _single(rows: Sequence[Mapping[Any, Any]], asked: Asked) -> list[PlotLine]:
    last = value_text(asked.metric, rows[-1]["value"])
    return [PlotLine([float(row["value"]) for row in rows], "teal", 2.4, last)]


def _several(
    found: Explored, rows: Sequence[Mapping[Any, Any]], periods: list[str], whole: Mapping[str, float]
) -> list[PlotLine]:
    asked = found.asked
    by = str(asked.by)
    wide, names = _by_code(rows, by)
    order = found.latest[by].tolist()
    few = len(wide) <= _FEW_LINES
    marked = order if few else [order[0], order[-1]]
    found_lines = [
        PlotLine(
            _values(wide[code], periods),
            _PAINT[place] if few else _mood(asked.metric, place == 0),
            2.4,
            f"{_short(names[code])} {value_text(asked.metric, wide[code][periods[-1]])}",
        )
        for place, code in enumerate(marked)
    ]
    rest = [] if few else [code for code in wide if code not in marked]
    found_lines += [PlotLine(_values(wide[code], periods), "comparison", 0.8, strong=False) for code in rest]
    if whole and is_ratio(asked.metric):
        values = [whole.get(key) for key in periods]
        found_lines.append(PlotLine(values, "muted", 1.6, _("whole"), strong=False))
    return found_lines


def _mood(metric: Metric, highest: bool) -> str:
    """Violet for the worse end; gold for the lower one where neither is worse."""
    if metric.better == "none":
        return "teal" if highest else "gold"
    return "teal" if highest == (metric.better == "up") else "violet"


def is_ratio(metric: Metric) -> bool:
    """Whether the whole stands among its parts and not above them."""
    return metric.denominator is not None


def _by_code(
    rows: Sequence[Mapping[Any, Any]], by: str
) -> tuple[dict[str, dict[str, float]], dict[str, str]]:
    """Code → period → value in the order of the codes, and code → name: pandas takes milliseconds for a pivot."""
    wide: dict[str, dict[str, float]] = {}
    names: dict[str, str] = {}
    for row in rows:
        wide.setdefault(row[by], {})[str(row["period"])] = row["value"]
        names[row[by]] = row[f"{by}_name"]
    return dict(sorted(wide.items())), names


def _values(known: Mapping[str, float], periods: Sequence[str]) -> list[float | None]:
    return [formats.number(known.get(key)) for key in periods]


def _short(name: str) -> str:
    return name if len(name) <= _LABEL else f"{name[: _LABEL - 1]}…"


def _scale(metric: Metric, known: Sequence[float]) -> tuple[tuple[float, float], list[tuple[float, str]]]:
    if is_share(metric):
        ticks = share_ticks(known)
        low, high = min(ticks[0][0], min(known)), max(ticks[-1][0], max(known))
        return (low - (high - low) * 0.04, high + (high - low) * 0.04), ticks
    high, low = max([0.0, *known]), min([0.0, *known])
    steps = (base * 10.0**power for power in range(-2, 9) for base in (1, 2, 5))
    step = next((step for step in steps if (high - low) / step <= 5), 1.0)
    first, last = int(low // step), int(high // step)
    places = 0 if step >= 1 else 1 if step >= 0.1 else 2
    ticks = [(n * step, formats.decimal(n * step, places)) for n in range(first, last + 1)]
    return (low, (high - low) * 1.06 + low or 1.0), ticks


def _names(periods: Sequence[str], grain: str) -> list[tuple[int, str]]:
    every = max(1, -(-len(periods) // 8))
    return [(n, _tick(key, grain)) for n, key in enumerate(periods) if (len(periods) - 1 - n) % every == 0]


def _tick(key: str, grain: str) -> str:
    if grain not in MONTHS_OF:
        return text(formats.wave_label(key))
    period = Period.parse(key)
    if grain == "month":
        return formats.short_month(period)
    if grain == "quarter":
        return _("{year:02d} Q{quarter}").format(
            year=period.start.year % 100, quarter=formats.quarter_word(period)
        )
    return str(period.start.year)


def _tip(period: str, rows: Sequence[Mapping[Any, Any]], asked: Asked) -> list[str]:
    lines = [period_name(period, asked.grain)]
    for row in rows[:12]:
        name = f"{row[f'{asked.by}_name']} " if asked.by else ""
        lines.append(f"{name}{value_text(asked.metric, row['value'])}")
    return lines


def panels(
    found: Explored, whole: Mapping[str, float]
) -> tuple[Head, list[Panel], list[float | None], tuple[str, str], Scale, str, int]:
    """A panel per code on one axis, the one with the highest last value first; of a ratio the whole in grey behind."""
    asked, frame = found.asked, found.finished
    by = str(asked.by)
    periods = [str(key) for key in dict.fromkeys(frame["period"])]
    wide, names = _by_code(rows_of(frame), by)
    order = list(dict.fromkeys([*found.latest[by], *wide]))
    behind = [whole.get(key) for key in periods] if whole and is_ratio(asked.metric) else []
    drawn = [
        Panel(str(names[code]), values, lags=_worse(asked.metric, values, behind), shown=values[-1])
        for code, values in ((code, _values(wide[code], periods)) for code in order[:PANELS])
    ]
    known = [
        value for values in (behind, *(one.values for one in drawn)) for value in values if value is not None
    ]
    reading = head(found, frame)
    return (
        (reading[0], _("{reading}; all on one axis").format(reading=reading[1])), drawn, behind,
        (_tick(periods[0], asked.grain), _tick(periods[-1], asked.grain)), _common(asked.metric, known),
        left_out(len(order) - len(drawn)), 3 if len(drawn) <= 9 else 5,
    )  # fmt: skip


def _worse(metric: Metric, values: Sequence[float | None], behind: Sequence[float | None]) -> bool:
    """Whether the last value is on the wrong side of the whole."""
    if not behind or metric.better == "none" or values[-1] is None or behind[-1] is None:
        return False
    return (values[-1] < behind[-1]) == (metric.better == "up") and values[-1] != behind[-1]


def _common(metric: Metric, known: Sequence[float]) -> Scale:
    if is_share(metric):
        return share_scale(known)
    bounds, ticks = _scale(metric, known)
    few = ticks if len(ticks) < 4 else ticks[::2]
    return Scale(bounds, [(at, "".join(formats.short_count(at)) if at >= 1 else words) for at, words in few], partial(value_text, metric))  # fmt: skip


def bars(found: Explored) -> tuple[list[BarRow], str]:
    """The codes of the period, or the periods; and how many are left out."""
    asked, frame = found.asked, found.frame
    shown = frame.head(BARS) if asked.by else frame.tail(BARS)
    rows = [
        BarRow(
            str(row[f"{asked.by}_name"]) if asked.by else period_name(str(row["period"]), asked.grain),
            float(row["value"]),
            value_text(asked.metric, row["value"]),
        )
        for row in rows_of(shown)
    ]
    return rows, left_out(len(frame) - len(shown))


def middle(found: Explored, whole: Mapping[str, float]) -> float | None:
    """The whole behind the bars of a ratio."""
    return next(iter(whole.values()), None) if is_ratio(found.asked.metric) else None


def heat(found: Explored) -> tuple[list[str], list[tuple[str, list[HeatCell]]], str]:
    """The last periods side by side, codes by their value in the last one; and how many are left out."""
    asked, frame = found.asked, found.frame
    by = str(asked.by)
    periods = [str(key) for key in dict.fromkeys(frame["period"])][-HEAT_COLUMNS:]
    wide, names = _by_code(rows_of(frame), by)
    order = list(dict.fromkeys([*found.latest[by], *wide]))
    shown = [values[key] for values in wide.values() for key in periods if key in values]
    low, high = min(shown), max(shown)
    rows = [
        (
            str(names[code]),
            [_shaded(asked.metric, wide[code].get(key, math.nan), low, high) for key in periods],
        )
        for code in order[:HEAT_ROWS]
    ]
    return [_tick(key, asked.grain) for key in periods], rows, left_out(len(order) - len(rows))


def _shaded(metric: Metric, value: float, low: float, high: float) -> HeatCell:
    if formats.is_missing(value):
        return HeatCell(formats.NOTHING, None)
    shade = min(4, int((value - low) / (high - low) * 5)) if high > low else 2
    words = formats.percent_number(value) if is_share(metric) else value_text(metric, value)
    return HeatCell(words, shade)


def heat_head(found: Explored) -> Head:
    """The picture's title; darker is more."""
    own, reading = head(found, found.frame, HEAT_COLUMNS)
    return own, _("{reading}; darker = more").format(reading=reading)
