"""Sentences and records of one area's card beside the map, and where else to look at it."""

from collections.abc import Mapping, Sequence
from statistics import fmean

from dashboard import formats
from dashboard.board import district_map
from dashboard.board.district_map import AreaLine, Level, Spread
from dashboard.board.door import Serving
from dashboard.board.figures import Value
from dashboard.board.kept_answers import answer
from dashboard.components.area_card import CardChart, Standing
from dashboard.components.headline import Head
from dashboard.components.own_links import ScreenLink
from dashboard.components.plain_table import Column
from dashboard.table_rows import Row
from dashboard.translations import _
from dashboard.wording.figures import is_share, metric_label, suffix_of, value_text
from pipelines.metrics import Metric
from pipelines.periods import Period

_LOWEST = 5


def first_to_open(placed: Sequence[Row], rows: Sequence[Row]) -> str:
    """The area opened first: the weakest."""
    return str((placed or rows)[-1]["area_code"])


@answer
def area_names(board: Serving, level: Level) -> dict[str, str]:
    """Area code → name and, of a community, its subdistrict, for the box that opens a card."""
    return {
        str(row["area_code"]): f"{row['name']}　{row['subdistrict']}" if _lies_in(row) else str(row["name"])
        for row in district_map.level_areas(board, level)
    }


@answer
def area_name(board: Serving, level: Level, code: str) -> str:
    """The name of an area."""
    return next(
        str(row["name"]) for row in district_map.level_areas(board, level) if row["area_code"] == code
    )


def area(rows: Sequence[Row], code: str) -> Row:
    """The row of one area."""
    return next(row for row in rows if row["area_code"] == code)


def card(
    row: Row, metric: Metric, placed: Sequence[Row], line: AreaLine, district: Value
) -> tuple[Head, CardChart]:
    """The area, its value and rank; numerator, denominator and distance to the district; its months."""
    head = _card_title(row, metric, placed), _card_subtitle(row, metric, district)
    return head, _card_chart(row, metric, line, district)


def _card_chart(row: Row, metric: Metric, line: AreaLine, district: Value) -> CardChart:
    """The area's months; the district's behind them only where they are comparable."""
    ends = formats.short_month(line.months[0]), formats.short_month(line.months[-1])
    behind = line.district if metric.kind in ("rate", "mean") else ()
    return CardChart(
        line.own, behind, ends, _own_label(line, metric), _lags(row, metric, district), is_share(metric)
    )


def standings(values: Mapping[str, Spread], area: str) -> list[Standing]:
    """The area's place in the metrics of the card."""
    return [_standing(known, metric, area, district) for metric, known, district in values.values()]


def lowest_title(metric: Metric, level: Level) -> str:
    """Heading of the list of the weakest areas."""
    if level == "subdistrict":
        highest, lowest = (
            _("{metric}: the {count} highest subdistricts"),
            _("{metric}: the {count} lowest subdistricts"),
        )
    else:
        highest, lowest = _("{metric}: the {count} highest"), _("{metric}: the {count} lowest")
    return (highest if metric.better == "down" else lowest).format(metric=metric_label(metric), count=_LOWEST)


def lowest_columns() -> list[Column]:
    """Area, subdistrict, value, cases: a list of five needs no header."""
    return [Column(""), Column("", "mute"), Column("", "r strong"), Column("", "r mute")]


def lowest(placed: Sequence[Row], metric: Metric, opened: str) -> tuple[list[list[str]], str, int | None]:
    """Cells of the weakest areas, weakest first; no note; the row of the area that is open."""
    last = placed[::-1][:_LOWEST]
    cells = [
        [
            str(row["name"]),
            str(row["subdistrict"]) if _lies_in(row) else "",
            value_text(metric, row["value"]),
            formats.fraction(row["numerator"], row["denominator"]) if is_share(metric) else "",
        ]
        for row in last
    ]
    codes = [row["area_code"] for row in last]
    return cells, "", codes.index(opened) if opened in codes else None


def links(code: str, name: str, level: Level, period: Period, relieved: bool) -> tuple[str, list[ScreenLink]]:
    """The screens that show this area, opened on it in the same period; a community's own card first."""
    kept = {"grain": period.grain, "period": period.key}
    own = [ScreenLink("communities", _("Community card"), {**kept, "community": code})]
    screens = [
        ("", _("Overview")), ("tasks", _("Task loop")), ("surveys", _("Satisfaction · safety")),
        ("wishes", _("Wishes")), ("points", _("Points")), ("stewards", _("Stewards")),
        ("checkins", _("Check-ins")), ("safety", _("Three zeros")), ("explore", _("Explore")),
    ]  # fmt: skip
    found = [
        ScreenLink(screen, label, {**kept, "area": code})
        for screen, label in screens
        if not (relieved and screen == "checkins")
    ]
    title = _("{area} on the other screens").format(area=name)
    return title, (own if level == "community" else []) + found


def _lies_in(row: Row) -> bool:
    return not formats.is_missing(row["subdistrict"]) and row["level"] == "community"


def _card_title(row: Row, metric: Metric, placed: Sequence[Row]) -> str:
    """花溪西村　柳泉镇：67.6%，全区第 107 / 108"""
    place = next((one["place"] for one in placed if one["area_code"] == row["area_code"]), None)
    value = value_text(metric, row["value"])
    name = f"{row['name']}　{row['subdistrict']}" if _lies_in(row) else row["name"]
    if place is None:
        return _("{area}: {value}, too few cases to rank").format(area=name, value=value)
    return _("{area}: {value}, rank {place} of {count}").format(
        area=name, value=value, place=place, count=len(placed)
    )


def _card_subtitle(row: Row, metric: Metric, district: Value) -> str:
    """Numerator and denominator, and the distance to the district."""
    if not is_share(metric):
        return _("By month; grey line: the district") if metric.kind == "mean" else _("By month")
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


def _lags(row: Row, metric: Metric, district: Value) -> bool:
    """Whether the area is on the wrong side of the district."""
    if formats.is_missing(row["value"]) or district.value is None or not is_share(metric):
        return False
    return bool((float(row["value"]) < district.value) == (metric.better != "down"))


def _own_label(line: AreaLine, metric: Metric) -> str:
    """The figure at the end of the area's line: its last month with a base."""
    last = next((value for value in reversed(line.own) if value is not None), None)
    return formats.percent_number(last) if is_share(metric) else value_text(metric, last)


def _standing(known: Mapping[str, float], metric: Metric, area: str, district: Value) -> Standing:
    """The area's place in one metric among all."""
    value, values = known.get(area), known.values()
    middle = district.value if metric.kind in ("rate", "mean") else (fmean(values) if values else None)
    suffix = f", {suffix_of(metric)}" if suffix_of(metric) and not is_share(metric) else ""
    shown = value_text(metric, middle) if is_share(metric) else formats.decimal(middle)
    if metric.kind not in ("rate", "mean") and middle is not None:
        shown = _("average {value}").format(value=shown)
    return Standing(
        metric_label(metric) + suffix, value_text(metric, value), shown, value, middle,
        (min(values), max(values)) if values else (0.0, 1.0),
    )  # fmt: skip
