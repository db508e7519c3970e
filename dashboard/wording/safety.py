"""Sentences and records of the three zeros."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.board.door import Serving
from dashboard.board.figures import Figure, Value
from dashboard.board.safety import KINDS, Timeline, Zero
from dashboard.components.headline import Head
from dashboard.components.heat_table import HeatCell
from dashboard.components.incident_lanes import Lane
from dashboard.components.kpi_strip import Change, Kpi
from dashboard.components.plain_table import Bar, Column
from dashboard.translations import _
from dashboard.wording.bases import kpi_with_base, or_nothing
from pipelines.periods import Period

LISTED = 12
_TICK_MONTHS = (1, 4, 7, 10)


def not_delivered() -> Head:
    """What to say without any export of incidents, and what to do."""
    return (
        _("No export of incidents has been loaded"),
        _(
            "Put the exports of incidents into the inbox and build again; without one, zero cannot be told from unknown."
        ),
    )


def kind_label(kind: str) -> str:
    """信访, 安全事故, 治安案件."""
    names = {"信访": _("Petitions"), "安全事故": _("Accidents"), "治安案件": _("Public-security cases")}
    return names[kind]


def title(zeros: Sequence[Zero], total: Figure, period: Period) -> str:
    """How many in the period, and how long each zero has lasted."""
    now = int(sum(one.now for one in zeros))
    when = formats.short_period(period)
    text = (
        _("{when}: {count} incidents").format(when=when, count=formats.integer(now))
        if now
        else _("{when}: none of the three occurred").format(when=when)
    )
    change = total.change if now else None
    if change:
        text += (_(", {count} more than before") if change > 0 else _(", {count} fewer than before")).format(
            count=formats.integer(abs(change))
        )
    lasting = [
        _("no {kind} for {days} days").format(kind=kind_label(one.kind), days=formats.integer(one.days))
        for one in zeros
        if one.days is not None
    ]
    return text + _("; ") + _(", ").join(lasting) if lasting else text


def standfirst(serving: Serving, calm: Value, zeros: Sequence[Zero]) -> str:
    """To which day the days count, calm communities, and kinds that never occurred."""
    never = [kind_label(one.kind) for one in zeros if one.last_on is None]
    text = _(
        "Days count to {day}, whatever the period; {calm} of {communities} communities without any incident in the period."
    ).format(
        day=formats.day(serving.data_until),
        calm=formats.integer(calm.numerator),
        communities=formats.integer(calm.denominator),
    )
    if not never:
        return text
    return _("{one} {two}").format(
        one=text, two=_("Never recorded: {kinds}.").format(kinds=_(" and ").join(never))
    )


def kpis(zeros: Sequence[Zero], total: Figure, calm: Value) -> list[Kpi]:
    """Days since the last of each kind, all incidents of the period, calm communities."""
    strip = [_zero_card(one, total.days) for one in zeros]
    strip.append(kpi_with_base(total))
    if calm.denominator:
        base = Change("", formats.fraction(calm.numerator, calm.denominator))
        strip.append(Kpi(_("Communities without incidents"), formats.percent_number(calm.value), "%", [base]))
    return strip


def _zero_card(one: Zero, days: int | None) -> Kpi:
    before = _("vs previous") if days is None else _("vs first {days} days").format(days=days)
    changes = [
        Change(_("last on"), formats.day(one.last_on)) if one.last_on else Change("", _("none on record")),
        Change(_("this period"), formats.integer(one.now)),
    ]
    for label, earlier in ((before, one.previous), (_("vs last year"), one.year_earlier)):
        if earlier is not None:
            mood = "good" if one.now < earlier else "bad" if one.now > earlier else ""
            changes.append(Change(label, formats.signed(one.now - earlier, 0), mood))
    name = _("Days since: {kind}").format(kind=kind_label(one.kind))
    return Kpi(name, formats.integer(one.days), _("days (suffix)") if one.days is not None else "", changes)


def lanes_head(timeline: Timeline) -> Head:
    """The longest quiet stretch, and how to read the lanes."""
    found = [(_longest(days, timeline), kind) for kind, days in timeline.days.items() if days]
    reading = _(
        "A stroke = a day with an incident, band = days since the last one; {first} to {last}"
    ).format(first=formats.day(timeline.first), last=formats.day(timeline.last))
    if not found:
        return _("Nothing occurred in this time"), reading
    (days, kind) = max(found)
    return _("Longest time without: {kind}, {days} days").format(
        kind=kind_label(kind), days=formats.integer(days)
    ), reading


def _longest(days: Sequence[date], timeline: Timeline) -> int:
    edges = [*days, timeline.last]
    return max((after - before).days for before, after in pairwise(edges))


def lanes(timeline: Timeline, zeros: Sequence[Zero]) -> list[Lane]:
    """One lane per kind with its days since the last."""
    since = {one.kind: one.days for one in zeros}
    return [
        Lane(
            kind_label(kind),
            _("{days} days").format(days=formats.integer(since[kind]))
            if since[kind] is not None
            else formats.NOTHING,
            timeline.days[kind],
        )
        for kind in KINDS
    ]


def lane_ticks(timeline: Timeline) -> list[tuple[date, str]]:
    """The first days of quarters, 22-10."""
    months = []
    month = Period.containing("month", timeline.first)
    while month.start <= timeline.last:
        months.append(month)
        month = month.next()
    return [(one.start, formats.short_month(one)) for one in months if one.start.month in _TICK_MONTHS]


def months_head(months: Sequence[Period], counts: Mapping[str, Sequence[float]]) -> Head:
    """The month with the most, and how to read the cells."""
    sums = _sums(counts)
    reading = _("Incidents per finished month; darker = more")
    if not any(sums):
        return _("No incident in these months"), reading
    month = months[sums.index(max(sums))]
    return (
        _("{month} had the most: {count}").format(
            month=formats.period_label(month), count=formats.integer(max(sums))
        ),
        reading,
    )


def _sums(counts: Mapping[str, Sequence[float]]) -> list[float]:
    """All kinds of each month together."""
    return [sum(month) for month in zip(*counts.values(), strict=True)]


def month_columns(months: Sequence[Period]) -> list[str]:
    """Months; the year under the first of a year."""
    return [
        formats.month_tick(month, place == 0 or month.start.month == 1).replace("<br>", "\n")
        for place, month in enumerate(months)
    ]


def month_rows(counts: Mapping[str, Sequence[float]]) -> list[tuple[str, list[HeatCell]]]:
    """Kinds and their sum by month."""
    top = max((value for line in counts.values() for value in line), default=0.0)
    found = [(kind_label(kind), [_heat(value, top) for value in line]) for kind, line in counts.items()]
    return [*found, (_("All"), [HeatCell(formats.integer(value), None) for value in _sums(counts)])]


def _heat(value: float, top: float) -> HeatCell:
    return (
        HeatCell(formats.integer(value), min(4, int(value / top * 4 + 0.5))) if value else HeatCell("·", None)
    )


def areas_table(
    found: Sequence[Mapping[str, Any]],
) -> tuple[str, str, list[Column], list[list[str | Bar]]]:
    """Title, subtitle, columns and rows of the subdistricts, most incidents first."""
    calm = sum(row["incidents"] == 0 for row in found)
    title = (
        _("{count} subdistricts without any incident").format(count=calm)
        if calm
        else _("Every subdistrict had an incident")
    )
    columns = [
        Column(_("Rank"), "r nw"), Column(_("Subdistrict")), *(Column(kind_label(kind), "r") for kind in KINDS),
        Column(_("All")), Column(_("Communities"), "r mute mid"),
    ]  # fmt: skip
    table: list[list[str | Bar]] = [
        [
            formats.rank(row["rank"], row["tied"]), str(row["subdistrict_name"]),
            *(formats.integer(row[column]) for column in ("petitions", "accidents", "cases")),
            Bar(float(row["incidents"]), formats.integer(row["incidents"]), "bad"), formats.integer(row["communities"]),
        ]
        for row in found
    ]  # fmt: skip
    return title, _("Whole district, incidents of the period; fewest ranks first"), columns, table


def list_table(
    found: Sequence[Mapping[str, Any]],
) -> tuple[str, str, list[Column], list[list[str | Bar]], str]:
    """Title, subtitle, columns, rows and note of the incidents, newest first."""
    still = sum(row["closed_on"] is None for row in found)
    title = (
        _("{count} of {all} incidents are not closed").format(count=still, all=len(found))
        if still
        else _("All {all} incidents are closed").format(all=len(found))
        if found
        else _("No incident in the period")
    )
    columns = [
        Column(_("Kind"), "nw"), Column(_("Community")), Column(_("Subdistrict"), "mute wide"),
        Column(_("Occurred on"), "nw"), Column(_("Closed"), "nw"),
    ]  # fmt: skip
    table: list[list[str | Bar]] = [
        [
            kind_label(row["kind"]), or_nothing(row["community"]), or_nothing(row["subdistrict"]),
            formats.day(row["occurred_on"]), _closed(row["closed_on"], row["days"]),
        ]
        for row in found[:LISTED]
    ]  # fmt: skip
    rest = len(found) - len(table)
    note = _("{count} more incidents in the download").format(count=formats.integer(rest)) if rest else ""
    return title, _("Incidents of the period, newest first"), columns, table, note


def _closed(closed_on: object, days: int) -> str:
    template = _("open for {days} days") if formats.is_missing(closed_on) else _("after {days} days")
    return template.format(days=formats.integer(days))


def download(listed: pd.DataFrame, areas: pd.DataFrame, wide: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The incidents, the subdistricts, the months."""
    list_headers = {
        "incident_id": _("Incident"), "kind": _("Kind"), "subdistrict": _("Subdistrict"), "community": _("Community"),
        "occurred_on": _("Occurred on"), "closed_on": _("Closed on"), "days": _("Days to close, or open"),
    }  # fmt: skip
    area_headers = {
        "rank": _("Rank"), "subdistrict": _("Area code"), "subdistrict_name": _("Subdistrict"),
        "petitions": kind_label("信访"), "accidents": kind_label("安全事故"), "cases": kind_label("治安案件"),
        "incidents": _("All"), "communities": _("Communities"),
    }  # fmt: skip
    dated = listed.assign(kind=listed["kind"].map(kind_label))
    months = wide.rename_axis(_("Month")).rename(columns=kind_label).reset_index()
    months.columns.name = None
    return {
        _("Incidents"): dated[list(list_headers)].rename(columns=list_headers),
        _("Subdistricts"): areas[list(area_headers)].rename(columns=area_headers),
        _("Month"): months,
    }
