"""Sentences, pictures and tables of the explorer."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.board.explore import EVERY, WHOLE, Asked, Explored
from dashboard.board.figures import Figure
from dashboard.components.bar_rows import BarRow
from dashboard.components.headline import Head
from dashboard.components.heat_table import HeatCell
from dashboard.components.kpi_strip import Change, Kpi
from dashboard.components.markup import text
from dashboard.components.plain_table import Bar, Column
from dashboard.components.plot import Plot, PlotLine
from dashboard.components.small_multiples import share_ticks
from dashboard.translations import _, language
from dashboard.wording.bases import kpi_with_base
from dashboard.wording.figures import is_share, metric_definition, metric_label, value_text
from pipelines.metrics import Dimension, Metric
from pipelines.periods import MONTHS_OF, Period
from pipelines.ranking import competition_ranks

LISTED, LISTED_ALONE, BARS, HEAT_ROWS, HEAT_COLUMNS = 20, 200, 24, 24, 13
_FEW_LINES = 4
_LABEL = 7
_PAINT = ("teal", "gold", "violet", "muted")


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


def chart_labels(asked: Asked) -> dict[str, str]:
    """The pictures that can show the answer."""
    names = {"line": _("Lines"), "bar": _("Bars"), "heat": _("Heat"), "table": _("Table")}
    every = asked.period is None and asked.grain != "all"
    offered = ["line"] if every else []
    offered += ["heat"] if every and asked.by is not None else ["bar"]
    return {chart: names[chart] for chart in [*offered, "table"]}


def nothing() -> Head:
    """What to say where the warehouse has no row for the choice."""
    return (
        _("There is no row for this choice"),
        _(
            "Choose another period, area or breakdown; or put the exports behind this metric into the inbox and build again."
        ),
    )


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
    finished = found.finished
    first, last = finished.iloc[0], finished.iloc[-1]
    now = value_text(asked.metric, last["value"])
    if len(finished) == 1:
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
    return value_text(metric, value), metric.suffix


def head(found: Explored, frame: pd.DataFrame, most: int = 0) -> Head:
    """The picture's own title: what, over which periods (at most the last so many), in which unit."""
    metric = found.asked.metric
    unit = "%" if is_share(metric) else metric.suffix
    shown = [period_name(str(key), found.asked.grain) for key in dict.fromkeys(frame["period"])][-most:]
    span = shown[0] if len(shown) == 1 else _("{first} to {last}").format(first=shown[0], last=shown[-1])
    return metric_label(metric), _("{span}; {unit}").format(span=span, unit=unit or formats.NOTHING)


def lines(found: Explored, whole: Mapping[str, float]) -> Plot:
    """Few codes in colours with their names; of many the highest and the lowest, the others thin behind them."""
    asked, frame = found.asked, found.finished
    periods = [str(key) for key in dict.fromkeys(frame["period"])]
    drawn = _single(frame, periods, asked) if asked.by is None else _several(found, periods, whole)
    known = [float(value) for line in drawn for value in line.values if value is not None]
    bounds, ticks = _scale(asked.metric, known)
    tips = [_tip(frame[frame["period"] == key], asked) for key in periods]
    return Plot(drawn, bounds, ticks, _names(periods, asked.grain), tips)


def _single(frame: pd.DataFrame, periods: list[str], asked: Asked) -> list[PlotLine]:
    values = dict(zip(frame["period"], frame["value"], strict=True))
    last = value_text(asked.metric, values[periods[-1]])
    return [PlotLine([float(values[key]) for key in periods], "teal", 2.4, last)]


def _several(found: Explored, periods: list[str], whole: Mapping[str, float]) -> list[PlotLine]:
    asked, frame, latest = found.asked, found.finished, found.latest
    by = str(asked.by)
    wide = frame.pivot(index="period", columns=by, values="value").reindex(periods)
    names = dict(zip(frame[by], frame[f"{by}_name"], strict=True))
    order = list(latest[by])
    few = len(wide.columns) <= _FEW_LINES
    marked = order if few else [order[0], order[-1]]
    found_lines = [
        PlotLine(
            _values(wide[code]),
            _PAINT[place] if few else _mood(asked.metric, place == 0),
            2.4,
            f"{_short(names[code])} {value_text(asked.metric, latest.loc[latest[by] == code, 'value'].iloc[0])}",
        )
        for place, code in enumerate(marked)
    ]
    rest = [] if few else [code for code in wide.columns if code not in marked]
    found_lines += [PlotLine(_values(wide[code]), "comparison", 0.8, strong=False) for code in rest]
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


def _values(column: pd.Series) -> list[float | None]:
    return [None if formats.is_missing(value) else float(value) for value in column]


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


def _tip(rows: pd.DataFrame, asked: Asked) -> str:
    lines = [f"<b>{text(period_name(str(rows['period'].iloc[0]), asked.grain))}</b>"]
    for row in rows.head(12).to_dict("records"):
        name = f"{text(row[f'{asked.by}_name'])} " if asked.by else ""
        lines.append(f"{name}{text(value_text(asked.metric, row['value']))}")
    return "<br>".join(lines)


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
        for row in shown.to_dict("records")
    ]
    return rows, _left_out(len(frame) - len(shown))


def middle(found: Explored, whole: Mapping[str, float]) -> float | None:
    """The whole behind the bars of a ratio."""
    return next(iter(whole.values()), None) if is_ratio(found.asked.metric) else None


def heat(found: Explored) -> tuple[list[str], list[tuple[str, list[HeatCell]]], str]:
    """The last periods side by side, codes by their value in the last one; and how many are left out."""
    asked, frame = found.asked, found.frame
    by = str(asked.by)
    periods = [str(key) for key in dict.fromkeys(frame["period"])][-HEAT_COLUMNS:]
    wide = frame.pivot(index=by, columns="period", values="value").reindex(columns=periods)
    names = dict(zip(frame[by], frame[f"{by}_name"], strict=True))
    order = [*found.latest[by], *(code for code in wide.index if code not in set(found.latest[by]))]
    low, high = float(wide.min().min()), float(wide.max().max())
    rows = [
        (str(names[code]), [_shaded(asked.metric, float(value), low, high) for value in values])
        for code, values in zip(order[:HEAT_ROWS], wide.reindex(order).to_numpy()[:HEAT_ROWS], strict=True)
    ]
    return [_tick(key, asked.grain) for key in periods], rows, _left_out(len(order) - len(rows))


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


def table(found: Explored, by: str, alone: bool) -> tuple[str, str, list[Column], list[list[str | Bar]], str]:
    """Title, subtitle, columns, rows and note: what `measure` answers, newest period first; longer when `alone`."""
    asked, frame = found.asked, found.frame
    columns = [Column(_("Rank"), "r nw")] if is_ranked(asked) else []
    columns += [Column(_("Period"), "nw")] if asked.by is None or asked.period is None else []
    columns += [Column(by)] if asked.by is not None else []
    columns += [Column(metric_label(asked.metric))]
    ratio, survey = asked.metric.denominator is not None, asked.metric.kind == "survey"
    columns += [Column(_("Numerator / denominator"), "r nw mid")] if ratio and not survey else []
    columns += [Column(_("95% interval"), "r nw"), Column("n", "r")] if survey else []
    newest = {key: -n for n, key in enumerate(dict.fromkeys(frame["period"]))}
    ordered = frame.assign(_place=frame["period"].map(newest)).sort_values("_place", kind="stable")
    ranks = _ranks(ordered, asked) if is_ranked(asked) else []
    listed = ordered.head(LISTED_ALONE if alone else LISTED)
    rows = [_row(row, found) for row in listed.to_dict("records")]
    rows = [[rank, *row] for rank, row in zip(ranks, rows, strict=False)] if ranks else rows
    title = _("{count} rows").format(count=formats.integer(len(frame)))
    return (
        title,
        _("As the command steward measure gives them"),
        columns,
        rows,
        _left_out(len(frame) - len(rows)),
    )


def is_ranked(asked: Asked) -> bool:
    """One period, by a dimension, and no survey: there intervals decide, not places."""
    return asked.by is not None and asked.period is not None and asked.metric.kind != "survey"


def _ranks(frame: pd.DataFrame, asked: Asked) -> list[str]:
    """Competition ranks over exact values, best first; highest first where neither end is better."""
    sign = -1 if asked.metric.better == "down" else 1
    scores = [
        sign * (Fraction(value) if formats.is_missing(base) else Fraction(number) / Fraction(base))
        for value, number, base in frame[["value", "numerator", "denominator"]]
        .astype(float)
        .to_numpy()
        .tolist()
    ]
    return [formats.rank(one.rank, one.tied) if one else formats.NOTHING for one in competition_ranks(scores)]


def _row(row: Mapping[Any, Any], found: Explored) -> list[str | Bar]:
    asked = found.asked
    value = float(row["value"])
    words = formats.percent_number(value) if is_share(asked.metric) else value_text(asked.metric, value)
    cells: list[str | Bar] = []
    if asked.by is None or asked.period is None:
        running = row["period"] == found.running
        name = period_name(str(row["period"]), asked.grain)
        cells.append(_("{period} (running)").format(period=name) if running else name)
    if asked.by is not None:
        cells.append(str(row[f"{asked.by}_name"]))
    cells.append(Bar(max(value, 0.0), words, "deep"))
    if asked.metric.kind == "survey":
        cells += [formats.interval(row["low"], row["high"]), formats.integer(row["n"])]
    elif asked.metric.denominator is not None:
        cells.append(formats.fraction(row["numerator"], row["denominator"]))
    return cells


def _left_out(count: int) -> str:
    return _("{count} more rows in the download").format(count=formats.integer(count)) if count > 0 else ""


def download(found: Explored, by: str) -> dict[str, pd.DataFrame]:
    """Exactly the rows of the answer, unrounded."""
    asked = found.asked
    headers = {
        "period": _("Period"), asked.by or "": _("Code"), f"{asked.by}_name": by, "value": metric_label(asked.metric),
        "numerator": _("Numerator"), "denominator": _("Denominator"), "n": "n", "low": _("Lower bound"),
        "high": _("Upper bound"),
    }  # fmt: skip
    kept = [column for column in headers if column in found.frame and not found.frame[column].isna().all()]
    return {metric_label(asked.metric): found.frame[kept].rename(columns=headers)}


def number_formats(found: Explored) -> dict[str, str]:
    """Excel's formats of the columns."""
    metric = found.asked.metric
    pattern = "0.0%" if is_share(metric) else "#,##0" if metric.format == "integer" else "#,##0.0"
    return {metric_label(metric): pattern, _("Numerator"): "#,##0.##", _("Denominator"): "#,##0.##", _("Lower bound"): "0.0%", _("Upper bound"): "0.0%"}  # fmt: skip
