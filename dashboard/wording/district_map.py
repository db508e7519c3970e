"""Sentences, classes and records of the map."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.board.district_map import FEWEST, AreaLine
from dashboard.board.figures import Value
from dashboard.components.area_card import CardChart, Standing
from dashboard.components.district_map import Outline, Shape
from dashboard.components.headline import Head
from dashboard.components.plain_table import Column
from dashboard.translations import _
from dashboard.wording.figures import is_share, metric_label, suffix_of, value_text
from pipelines.metrics import Metric

_LOWEST = 5
_CLASSES = 5
_STEPS = (0.002, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.15, 0.2)


@dataclass(frozen=True)
class Classes:
    """Four breaks between five classes, and whether they spread around the district's value."""

    breaks: tuple[float, float, float, float]
    diverging: bool

    def of(self, value: float | None) -> int | None:
        """The class of a value; a value equal to a break belongs to the class above it."""
        return None if formats.is_missing(value) else sum(value >= edge for edge in self.breaks)  # type: ignore[operator]


def with_base(frame: pd.DataFrame, metric: Metric) -> pd.DataFrame:
    """Values kept only where there are enough cases to compare a rate."""
    if not is_share(metric):
        return frame.assign(shown=frame["value"].astype(float))
    enough = frame["denominator"].astype(float) >= FEWEST
    return frame.assign(shown=frame["value"].astype(float).where(enough))


def classes(frame: pd.DataFrame, metric: Metric, district: Value) -> Classes:
    """Even steps around the district's rate, or fifths of the communities for an amount."""
    values = frame["shown"].dropna()
    if is_share(metric) and district.value is not None and len(values) > 1:
        step = _nice(float((values - district.value).abs().quantile(0.8)) / 1.6 or 0.01)
        middle = district.value
        step = _nice_below(min(step, (1 - middle) / 1.6, middle / 1.6))
        edges = (middle - 1.5 * step, middle - 0.5 * step, middle + 0.5 * step, middle + 1.5 * step)
        places = 2 if step >= 0.01 else 3
        return Classes(tuple(float(formats.rounded(edge, places)) for edge in edges), diverging=True)  # type: ignore[arg-type]
    cuts = [float(values.quantile(n / _CLASSES)) if len(values) else float(n) for n in range(1, _CLASSES)]
    return Classes(tuple(float(formats.rounded(cut, 0 if cut >= 10 else 1)) for cut in cuts), diverging=False)  # type: ignore[arg-type]


def title(frame: pd.DataFrame, metric: Metric, breaks: Classes) -> str:
    """How many communities are in the weakest class and where they lie."""
    label = metric_label(metric)
    known = frame[frame["shown"].notna()]
    if known.empty:
        return _("{metric}: no community has figures in this period").format(metric=label)
    place = 0 if metric.better != "down" else _CLASSES - 1
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
    counts = lowest["subdistrict"].value_counts()
    below = (
        _("{metric} below {edge}: {count} communities")
        if place == 0
        else _("{metric} at {edge} or more: {count} communities")
    )
    where = _(", all in {area}") if len(counts) == 1 else _(", {most} of them in {area}")
    if len(counts) > 1 and counts.iloc[0] * 2 < len(lowest):
        where = _(", spread over {areas} subdistricts")
    return below.format(metric=label, edge=edge, count=len(lowest)) + where.format(
        area=counts.index[0], most=int(counts.iloc[0]), areas=len(counts)
    )


def standfirst(metric: Metric, district: Value, breaks: Classes) -> str:
    """The district's value, how to read the colours, who is left out."""
    whole = _("District {value}").format(value=value_text(metric, district.value))
    if is_share(metric):
        whole += _(" ({fraction})").format(
            fraction=formats.fraction(district.numerator, district.denominator)
        )
    if breaks.diverging:
        return whole + _(
            ". Click a community to open its card; violet low, teal high, pale near the district; communities with fewer than {fewest} cases stay blank."
        ).format(fewest=FEWEST)
    return whole + _(". Click a community to open its card; the darker, the more.")


def shapes(
    frame: pd.DataFrame, metric: Metric, breaks: Classes, boundaries: Mapping[str, Mapping[str, Any]]
) -> list[Shape]:
    """One polygon or point per community."""
    return [
        Shape(
            str(row["area_code"]), str(row["name"]), boundaries.get(str(row["area_code"])), float(row["longitude"]), float(row["latitude"]),
            breaks.of(row["shown"]), f"{row['subdistrict']} · {row['name']}  {value_text(metric, row['value'])}",
        )
        for row in frame.dropna(subset=["longitude", "latitude"]).to_dict("records")
    ]  # fmt: skip


def outlines(areas: pd.DataFrame, boundaries: Mapping[str, Mapping[str, Any]]) -> list[Outline]:
    """Outlines and label points of the subdistricts."""
    found = areas[(areas["level"] == "subdistrict")].dropna(subset=["longitude"])
    return [
        Outline(
            str(row["name"]),
            boundaries.get(str(row["area_code"])),
            float(row["longitude"]),
            float(row["latitude"]),
        )
        for row in found.to_dict("records")
    ]


def legend(
    frame: pd.DataFrame, metric: Metric, breaks: Classes
) -> tuple[list[tuple[str, int]], tuple[str, int]]:
    """Name and number of communities of each class; and of those without enough cases."""
    counts = frame["shown"].map(breaks.of).value_counts()
    edges = [_edge(metric, edge) for edge in breaks.breaks]
    names = [
        f"<{edges[0]}",
        *(f"{low}–{high}" for low, high in pairwise(edges)),
        f"≥{edges[3]}",
    ]
    without = int(frame["shown"].isna().sum())
    label = _("fewer than {fewest}").format(fewest=FEWEST) if is_share(metric) else _("no figure")
    return [(name, int(counts.get(n, 0))) for n, name in enumerate(names)], (label, without)


def ranked(frame: pd.DataFrame, metric: Metric) -> pd.DataFrame:
    """Communities with a shown value, best first, with `place` (equal values share one)."""
    known = frame[frame["shown"].notna()].copy()
    best_first = metric.better == "down"
    known["place"] = known["shown"].rank(method="min", ascending=best_first).astype(int)
    return known.sort_values(["place", "area_code"])


def first_to_open(placed: pd.DataFrame, frame: pd.DataFrame) -> str:
    """The community opened first: the weakest."""
    return str((placed if len(placed) else frame).iloc[-1]["area_code"])


def _card_title(row: pd.Series, metric: Metric, placed: pd.DataFrame) -> str:
    """花溪西村　柳泉镇：67.6%，全区第 107 / 108"""
    place = placed.loc[placed["area_code"] == row["area_code"], "place"]
    value = value_text(metric, row["value"])
    if place.empty:
        return _("{community} {area}: {value}, too few cases to rank").format(
            community=row["name"], area=row["subdistrict"], value=value
        )
    return _("{community} {area}: {value}, rank {place} of {count}").format(
        community=row["name"],
        area=row["subdistrict"],
        value=value,
        place=int(place.iloc[0]),
        count=len(placed),
    )


def _card_subtitle(row: pd.Series, metric: Metric, district: Value) -> str:
    """Numerator and denominator, and the distance to the district."""
    if not is_share(metric):
        return _("Grey line: district per community")
    parts = formats.fraction(row["numerator"], row["denominator"])
    if formats.is_missing(row["value"]) or district.value is None:
        return parts
    gap = float(row["value"]) - district.value
    if formats.rounded(gap * 100, 1) == 0:
        return _("{fraction}, level with the district").format(fraction=parts)
    template = (
        _("{fraction}, {gap} pp above the district")
        if gap > 0
        else _("{fraction}, {gap} pp below the district")
    )
    return template.format(fraction=parts, gap=formats.decimal(abs(gap) * 100))


def _lags(row: pd.Series, metric: Metric, district: Value) -> bool:
    """Whether the community is on the wrong side of the district."""
    if formats.is_missing(row["value"]) or district.value is None or not is_share(metric):
        return False
    return bool((float(row["value"]) < district.value) == (metric.better != "down"))


def no_communities() -> Head:
    """What to say without communities, and what to do."""
    return _("No communities to draw"), _("Put the export of areas into the inbox and build again.")


def community_names(frame: pd.DataFrame) -> dict[str, str]:
    """Area code → subdistrict and name, for the box that opens a card."""
    return {str(row["area_code"]): f"{row['name']}　{row['subdistrict']}" for row in frame.to_dict("records")}


def community(frame: pd.DataFrame, area: str) -> pd.Series:
    """The row of one community."""
    return frame[frame["area_code"] == area].iloc[0]


def legend_head(metric: Metric) -> Head:
    """What the legend counts and how to read it."""
    return (
        _("Communities by {metric}").format(metric=metric_label(metric)),
        _("Legend and histogram in one: a square is a community"),
    )


def card_head(row: pd.Series, metric: Metric, placed: pd.DataFrame, district: Value) -> Head:
    """The community, its value and rank; numerator, denominator and distance to the district."""
    return _card_title(row, metric, placed), _card_subtitle(row, metric, district)


def card_chart(row: pd.Series, metric: Metric, line: AreaLine, district: Value) -> CardChart:
    """The community's months; the district's behind them only where they are comparable."""
    ends = formats.short_month(line.months[0]), formats.short_month(line.months[-1])
    behind = line.district if metric.kind in ("rate", "mean") else ()
    return CardChart(
        line.own, behind, ends, _own_label(line, metric), _lags(row, metric, district), is_share(metric)
    )


def standings(values: Mapping[str, tuple[Metric, pd.DataFrame, Value]], area: str) -> list[Standing]:
    """The community's place in the metrics of the card."""
    return [_standing(frame, metric, area, district) for metric, frame, district in values.values()]


def _own_label(line: AreaLine, metric: Metric) -> str:
    """The figure at the end of the community's line: its last month with a base."""
    last = next((value for value in reversed(line.own) if value is not None), None)
    return formats.percent_number(last) if is_share(metric) else value_text(metric, last)


def _standing(frame: pd.DataFrame, metric: Metric, area: str, district: Value) -> Standing:
    """The community's place in one metric among all."""
    values = frame["value"].dropna().astype(float)
    own = frame.loc[frame["area_code"] == area, "value"]
    value = None if own.empty or formats.is_missing(own.iloc[0]) else float(own.iloc[0])
    middle = (
        district.value if metric.kind in ("rate", "mean") else (float(values.mean()) if len(values) else None)
    )
    suffix = f", {suffix_of(metric)}" if suffix_of(metric) and not is_share(metric) else ""
    shown = value_text(metric, middle) if is_share(metric) else formats.decimal(middle)
    return Standing(
        metric_label(metric) + suffix, value_text(metric, value), shown, value, middle,
        (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0),
    )  # fmt: skip


def lowest_title(metric: Metric) -> str:
    """Heading of the list of the weakest communities."""
    template = (
        _("{metric}: the {count} highest") if metric.better == "down" else _("{metric}: the {count} lowest")
    )
    return template.format(metric=metric_label(metric), count=_LOWEST)


def lowest_columns() -> list[Column]:
    """Community, subdistrict, value, cases: a list of five needs no header."""
    return [Column(""), Column("", "mute"), Column("", "r strong"), Column("", "r mute")]


def lowest(placed: pd.DataFrame, metric: Metric, opened: str) -> tuple[list[list[str]], str, int | None]:
    """Cells of the weakest communities, weakest first; no note; the row of the community that is open."""
    last = placed.iloc[::-1].head(_LOWEST)
    cells = [
        [
            str(name),
            str(area or ""),
            value_text(metric, value),
            formats.fraction(top, base) if is_share(metric) else "",
        ]
        for name, area, value, top, base in last[
            ["name", "subdistrict", "value", "numerator", "denominator"]
        ].to_numpy()
    ]
    codes = last["area_code"].tolist()
    return cells, "", codes.index(opened) if opened in codes else None


def download(frame: pd.DataFrame, metric: Metric) -> dict[str, pd.DataFrame]:
    """All communities with their values, unrounded."""
    headers = {
        "area_code": _("Area code"), "name": _("Community"), "subdistrict": _("Subdistrict"), "value": metric_label(metric),
        "numerator": _("Numerator"), "denominator": _("Denominator"),
    }  # fmt: skip
    return {metric_label(metric): frame[list(headers)].rename(columns=headers)}


def _edge(metric: Metric, edge: float) -> str:
    if not is_share(metric):
        return formats.decimal(edge, 0 if edge >= 10 or edge == int(edge) else 1)
    return formats.decimal(edge * 100, 0 if abs(edge * 100 - round(edge * 100)) < 1e-9 else 1)


def _nice(step: float) -> float:
    return next((nice for nice in _STEPS if step <= nice), _STEPS[-1])


def _nice_below(step: float) -> float:
    return next((nice for nice in reversed(_STEPS) if nice <= step), _STEPS[0])
