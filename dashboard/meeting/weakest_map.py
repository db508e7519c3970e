"""Map of the weakest metric 一张图: where the rate that fell most is lowest, and who is behind it."""

import pandas as pd

from dashboard import formats
from dashboard.board import weakest
from dashboard.board.district_map import mappable_metrics
from dashboard.board.door import Serving
from dashboard.components.sheet_map import Legend, Worst, map_body
from dashboard.meeting.one_line import Title, fitted, marked, noted, spoken, title
from dashboard.meeting.sheet import Sheet
from dashboard.table_rows import rows_of
from dashboard.translations import _
from dashboard.wording import district_map as words
from dashboard.wording.district_map import MapView
from dashboard.wording.district_map_classes import ranked_rows
from dashboard.wording.district_map_shapes import in_unit
from dashboard.wording.figures import is_share, metric_definition, metric_label, value_text
from pipelines.metrics import Metric
from pipelines.periods import Period

KIND = "weakest_map"
LISTED = 6


def sheets(board: Serving, period: Period, metric: str | None = None) -> list[Sheet]:
    """The sheet of a metric, of the weakest one where none is named; none when no community has enough cases."""
    chosen = _metric(board, period, metric)
    if chosen is None:
        return []
    view = words.view(board, chosen, period, "community")
    known = pd.DataFrame(ranked_rows(view.rows, chosen))
    if known.empty:
        return []
    known = known.sort_values(["place", "area_code"], ascending=[False, True])
    worst, more = known.head(LISTED), _level_with_the_last(known)
    lies = view.frame["subdistrict"].nunique() > 1
    heading = _title(worst, chosen, bool(more), lies) if len(known) > LISTED else _title_of_few(known, chosen)
    picture = words.picture(view)
    body = map_body(picture, _rows(worst, chosen), _legend(view), (_heads(chosen), metric_label(chosen)))
    section = _("Map · {metric}").format(metric=metric_label(chosen))
    return [Sheet(KIND, section, heading, body, _note(view, worst, more, board), spoken(heading))]


def _metric(board: Serving, period: Period, name: str | None) -> Metric | None:
    if name is None:
        found = weakest.weakest(board, period)
        return None if found is None else found.metric
    return mappable_metrics(board.district.burden_relief).get(name)


def _level_with_the_last(known: pd.DataFrame) -> int:
    """How many communities have the same value as the last one listed and are not listed."""
    if len(known) <= LISTED:
        return 0
    last = known.iloc[LISTED - 1]["shown"]
    return int((known.iloc[LISTED:]["shown"] == last).sum())


def _title(worst: pd.DataFrame, metric: Metric, tied: bool, lies: bool) -> Title:
    """How many are the worst, and in which subdistricts where the district has several (`lies`).

    With ties at the cut nothing is called the lowest.
    """
    label, count = metric_label(metric), len(worst)
    if worst["shown"].nunique() == 1 and count > 1:
        return fitted(title(_("{metric}: no community lower").format(metric=label)), title(label))
    highest = metric.better == "down"
    said = (
        _("{count} communities with the highest {metric}")
        if highest
        else _("{count} communities with the lowest {metric}")
    )
    if tied:
        said = _("{count} communities behind in {metric}")
    first = marked(said.format(metric=label, count=count))
    if not lies:
        return fitted(title(first), title(marked(label)))
    places = worst["subdistrict"].dropna().nunique()
    shorter = _(", in {areas} subdistricts").format(areas=places) if places > 1 else ""
    return fitted(title(first, _where(worst)), title(first, shorter), title(first), title(marked(label)))


def _title_of_few(known: pd.DataFrame, metric: Metric) -> Title:
    """Of so few communities that all are listed: which one is the lowest, where one is."""
    label, lowest = metric_label(metric), known.iloc[0]
    if len(known) > 1 and int((known["shown"] == lowest["shown"]).sum()) > 1:
        return fitted(
            title(_("{metric} of the {count} communities").format(metric=label, count=len(known))),
            title(label),
        )
    said = _("{community}: {metric} {value}").format(
        community=lowest["name"], metric=label, value=value_text(metric, lowest["shown"])
    )
    last = _(", the lowest") if metric.better != "down" else _(", the highest")
    return fitted(
        title(marked(said), last if len(known) > 1 else ""), title(marked(said)), title(marked(label))
    )


def _where(worst: pd.DataFrame) -> str:
    counts = worst["subdistrict"].dropna().value_counts()
    if counts.empty or len(worst) < 2:
        return ""
    if int(counts.iloc[0]) == len(worst):
        return _(", all in {area}").format(area=counts.index[0])
    if int(counts.iloc[0]) * 2 > len(worst):
        return _(", {most} of them in {area}").format(most=int(counts.iloc[0]), area=counts.index[0])
    return _(", spread over {areas} subdistricts").format(areas=len(counts))


def _heads(metric: Metric) -> str:
    return _("Community · numerator / denominator") if metric.denominator else _("Community")


def _rows(worst: pd.DataFrame, metric: Metric) -> list[Worst]:
    found = []
    for row in rows_of(worst):
        lies = [] if formats.is_missing(row["subdistrict"]) else [str(row["subdistrict"])]
        base = [] if metric.denominator is None else [formats.fraction(row["numerator"], row["denominator"])]
        found.append(
            Worst(
                str(row["area_code"]),
                str(row["name"]),
                " · ".join([*lies, *base]),
                value_text(metric, row["shown"]),
            )
        )
    return found


def _legend(view: MapView) -> Legend:
    _head, classes, (_without, blank), _diverging = words.legend_of(view)
    names = [in_unit(name, view.metric) for name, _count in classes]
    percent = is_share(view.metric)
    edges = [in_unit(name.split("–")[0], view.metric) for name, _count in classes[1:]]
    edges = [edge.removeprefix("≥") for edge in edges]
    few = _("{count} with too few cases stay blank").format(count=blank) if blank else ""
    caption = (
        _("Communities by {metric}").format(metric=metric_label(view.metric))
        if percent
        else metric_label(view.metric)
    )
    return Legend(caption, names, edges, [count for _name, count in classes], few)


def _note(view: MapView, worst: pd.DataFrame, more: int, board: Serving) -> str:
    parts = [_("District {value}").format(value=value_text(view.metric, view.district.value))]
    if more:
        parts.append(
            _("{count} more at {value} not listed").format(
                count=more, value=value_text(view.metric, worst.iloc[-1]["shown"])
            )
        )
    day = _("data until {day}").format(day=formats.day(board.data_until))
    return noted(parts, [metric_definition(view.metric)], day)
