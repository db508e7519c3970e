"""Sentences and records of the micro-wishes."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashboard import formats
from dashboard.board.door import Serving, metrics
from dashboard.board.figures import Figure, Value
from dashboard.board.thresholds import FEWEST_TO_RANK
from dashboard.board.wishes import BREAKDOWNS, RATE, Flow
from dashboard.components.headline import Head
from dashboard.components.interval_charts import Estimate
from dashboard.components.kpi_strip import Kpi
from dashboard.components.plain_table import Bar, Column
from dashboard.components.trend_chart import Line
from dashboard.table_rows import rows_of
from dashboard.translations import _
from dashboard.wording.bases import kpi_with_base, or_nothing
from dashboard.wording.figures import metric_label, rate_movement
from pipelines.periods import Period

LISTED = 8
FAR_BEHIND = 0.03
_ROOM_FOR_WORDS = 0.2
_LONG = ("90-179", "180+")


def no_wishes() -> Head:
    """What to say without any wish, and what to do."""
    return (
        _("No micro-wish has been loaded"),
        _("Put the exports of wishes into the inbox and build again."),
    )


def title(figures: Mapping[str, Figure], period: Period, areas: list[Estimate], district: Value) -> str:
    """The fulfilled rate and where it goes, and the subdistrict that really lags."""
    rate = figures[RATE]
    if rate.now.value is None:
        return _("No wishes collected in {period}").format(period=formats.period_label(period))
    text = _("{period}: {metric} {movement}").format(
        period=formats.short_period(period), metric=metric_label(rate.metric), movement=rate_movement(rate)
    )
    behind = lagging(areas, district)
    if behind:
        worst = behind[-1]
        text += _(", {area} only {rate}, {gap} pp behind the district").format(
            area=worst.name,
            rate=formats.percent(worst.value),
            gap=formats.decimal(((district.value or 0) - worst.value) * 100),
        )
    return text


def standfirst(figures: Mapping[str, Figure], ages: pd.DataFrame) -> str:
    """Numerators, denominators, and the backlog of all periods."""
    rate, adopted = figures[RATE].now, figures["wish_adoption_rate"].now
    return _(
        "{fulfilled} of {collected} wishes fulfilled, {adopted} adopted by data until; {open} of all periods are open, {long} of them for 90 days or more."
    ).format(
        fulfilled=formats.integer(rate.numerator),
        collected=formats.integer(rate.denominator),
        adopted=formats.integer(adopted.numerator),
        open=formats.integer(ages["value"].sum()),
        long=formats.integer(waiting_long(ages)),
    )


def kpis(figures: Mapping[str, Figure]) -> list[Kpi]:
    """The strip; rates carry their base."""
    return [kpi_with_base(figure) for figure in figures.values()]


def flow_head(flow: Flow) -> Head:
    """Do fulfilments keep up with what is collected?"""
    reading = _(
        "Per month of collection, wishes; what became of them by data until, so younger months had less time"
    )
    collected, fulfilled = sum(flow.counts["wishes_collected"]), sum(flow.counts["wishes_fulfilled"])
    if not collected:
        return _("No wishes in these months"), reading
    return (
        _("{count} months: {fulfilled} of {collected} fulfilled, {left} left").format(
            count=len(flow.months),
            fulfilled=formats.integer(fulfilled),
            collected=formats.integer(collected),
            left=formats.integer(collected - fulfilled),
        ),
        reading,
    )


def flow_lines(flow: Flow) -> list[Line]:
    """Collected, fulfilled, adopted."""
    names = {
        "wishes_collected": _("Collected"),
        "wishes_fulfilled": _("Fulfilled"),
        "wishes_adopted": _("Adopted"),
    }
    return [Line(names[name], values) for name, values in flow.counts.items()]


def flow_gap(flow: Flow) -> str:
    """What is left of the last month, where the gap has room for the words."""
    collected, fulfilled = flow.counts["wishes_collected"], flow.counts["wishes_fulfilled"]
    left = collected[-1] - fulfilled[-1]
    roomy = left > _ROOM_FOR_WORDS * max(collected)
    return _("open {number}").format(number=formats.integer(left)) if roomy else ""


def lagging(areas: list[Estimate], district: Value) -> list[Estimate]:
    """Subdistricts below the district beyond chance and by more than a trifle, worst last."""
    rate = district.value
    if rate is None:
        return []
    return [one for one in areas if one.high < rate and rate - one.value > FAR_BEHIND]


def areas_head(areas: list[Estimate], district: Value) -> Head:
    """Which subdistricts lag, and how to read the rows."""
    behind = [one.name for one in lagging(areas, district)]
    title = (
        _("{areas} really behind the district").format(areas=_(" and ").join(behind[-3:]))
        if behind
        else _("No subdistrict is behind the district beyond chance")
    )
    return title, _(
        "Fulfilled share, %; line = 95% interval (Wilson), upright = district {rate}, n = collected"
    ).format(rate=formats.percent(district.value))


def breakdowns() -> dict[str, str]:
    """What the wishes can be sorted by."""
    names = {"category": _("Category"), "small_kind": _("Four small matters"), "channel": _("Channel")}
    return {name: names[name] for name in BREAKDOWNS}


def breakdown_table(frame: pd.DataFrame, by: str) -> tuple[str, str, list[Column], list[list[str | Bar]]]:
    """Title, subtitle, columns and rows by category, small kind or channel."""
    rows = rows_of(frame)
    columns = [
        Column(breakdowns()[by]),
        Column(_("Fulfilled / collected"), "r nw"),
        Column(_("Share, %")),
    ]
    table: list[list[str | Bar]] = [
        [
            str(row[f"{by}_name"]), formats.fraction(row["numerator"], row["denominator"]),
            Bar(float(row["value"]), formats.percent_number(row["value"]), "deep"),
        ]
        for row in rows
    ]  # fmt: skip
    return _breakdown_title(rows, by), _("Wishes collected in the period, most first"), columns, table


def _breakdown_title(rows: Sequence[Mapping[Hashable, Any]], by: str) -> str:
    enough = [row for row in rows if row["denominator"] >= FEWEST_TO_RANK]
    if len(enough) < 2:
        return breakdowns()[by]
    # Of equal ones those which a table sorted by them begins and ends with.
    order = np.argsort([row["value"] for row in enough], kind="stable")
    low, high = enough[order[0]], enough[order[-1]]
    return _("{low} lowest with {low_rate}, {high} highest with {high_rate}").format(
        low=low[f"{by}_name"],
        low_rate=formats.percent(low["value"]),
        high=high[f"{by}_name"],
        high_rate=formats.percent(high["value"]),
    )


def waiting_long(ages: pd.DataFrame) -> float:
    """Open wishes that have waited for 90 days or more."""
    waiting = zip(ages["age"].tolist(), ages["value"].tolist(), strict=True)
    return float(sum(count for age, count in waiting if age in _LONG))


def age_table(ages: pd.DataFrame, serving: Serving) -> tuple[str, str, list[Column], list[list[str | Bar]]]:
    """Title, subtitle, columns and rows of the open wishes by days waiting."""
    total = float(ages["value"].sum())
    title = (
        _("{share} of {total} open wishes have waited for 90 days or more").format(
            share=formats.percent(waiting_long(ages) / total), total=formats.integer(total)
        )
        if total
        else _("No wish is open")
    )
    subtitle = _("All periods, as of {day}; days since collection").format(
        day=formats.day(serving.data_until)
    )
    table: list[list[str | Bar]] = [
        [
            str(row["age_name"]),
            Bar(float(row["value"]), formats.integer(row["value"]), _age_mood(str(row["age"]))),
            formats.percent(row["value"] / total),
        ]
        for row in rows_of(ages)
    ]  # fmt: skip
    return (
        title,
        subtitle,
        [Column(_("Days waiting"), "nw"), Column(_("Open")), Column(_("Share"), "r mute")],
        table,
    )


def _age_mood(age: str) -> str:
    return "bad" if age in _LONG else "warn" if age == "30-89" else "deep"


def communities_table(
    communities: Sequence[Mapping[Hashable, Any]],
) -> tuple[str, str, list[Column], list[list[str | Bar]], str]:
    """Title, subtitle, columns, rows and note: the lowest of those that can be ranked."""
    ranked = [row for row in communities if row["rank"] is not None]
    title = _("Communities that can be ranked: {ranked}; with too few wishes: {few}").format(
        ranked=len(ranked), few=len(communities) - len(ranked)
    )
    subtitle = _("At least {count} wishes to be ranked; lowest first").format(count=FEWEST_TO_RANK)
    columns = [
        Column(_("Rank"), "r nw"), Column(_("Community")), Column(_("Subdistrict"), "mute wide"),
        Column(_("Fulfilled / collected"), "r nw"), Column(_("Share, %")), Column(_("Open"), "r"),
    ]  # fmt: skip
    listed = sorted(ranked, key=lambda row: (row["value"], -row["denominator"]))[:LISTED]
    table: list[list[str | Bar]] = [
        [
            formats.rank(row["rank"], row["tied"]), str(row["community_name"]), or_nothing(row["subdistrict"]),
            formats.fraction(row["numerator"], row["denominator"]),
            Bar(float(row["value"]), formats.percent_number(row["value"]), "deep"),
            formats.integer(row["denominator"] - row["numerator"]),
        ]
        for row in listed
    ]  # fmt: skip
    rest = len(ranked) - len(listed)
    note = _("{count} more communities in the download").format(count=rest) if rest else ""
    return title, subtitle, columns, table, note


def download(
    communities: pd.DataFrame, areas: pd.DataFrame, kinds: pd.DataFrame, ages: pd.DataFrame, by: str
) -> dict[str, pd.DataFrame]:
    """Communities, subdistricts, the breakdown and the ages, unrounded."""
    headers = {
        "rank": _("Rank"), "community": _("Area code"), "subdistrict_code": _("Area code"), "community_name": _("Community"),
        "subdistrict_name": _("Subdistrict"), "subdistrict": _("Subdistrict"), f"{by}_name": breakdowns()[by],
        "age_name": _("Days waiting"), "numerator": _("Fulfilled"), "denominator": _("Collected"),
        "value": metric_label(metrics()[RATE]), "open": _("Open"),
    }  # fmt: skip
    sheets = {
        _("Communities"): communities,
        _("Subdistricts"): areas.rename(columns={"subdistrict": "subdistrict_code"}),
        breakdowns()[by]: kinds,
        _("Days waiting"): ages[["age_name", "value"]].rename(columns={"value": "open"}),
    }
    return {
        name: frame[[column for column in headers if column in frame]].rename(columns=headers)
        for name, frame in sheets.items()
    }
