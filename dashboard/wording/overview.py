"""Sentences and records of the overview."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard import formats
from dashboard.board.door import metrics
from dashboard.board.figures import Figure, Value
from dashboard.board.overview import AREA_RATE, AreaRates, Flow
from dashboard.components.headline import Head
from dashboard.components.kpi_strip import Change, Kpi
from dashboard.components.small_multiples import Panel
from dashboard.components.trend_chart import Line
from dashboard.translations import _
from dashboard.wording.figures import kpi, metric_label, not_settled, rate_movement
from pipelines.metrics import Metric
from pipelines.periods import Period

FAR_BEHIND = 0.03
NOTEWORTHY = 0.01


def title(figures: Sequence[Figure], period: Period, units: pd.DataFrame, areas: AreaRates) -> str:
    """Up to three clauses: the in-time rate, who explains in writing, which subdistrict lags."""
    by_name = {figure.metric.name: figure for figure in figures}
    clauses = []
    in_time = by_name["in_time_rate"]
    if in_time.now.value is not None:
        clauses.append(
            _("{period} {metric} {movement}").format(
                period=formats.short_period(period),
                metric=metric_label(in_time.metric),
                movement=rate_movement(in_time),
            )
        )
    explaining = sum("explains" in consequence for consequence in units["consequence"])
    if explaining and period.grain == "quarter":
        clauses.append(_("{count} units must explain in writing").format(count=explaining))
    lagging = _lagging(areas)
    if lagging:
        clauses.append(
            _("{area} wishes lag by {gap} pp").format(area=lagging[0], gap=formats.decimal(lagging[1] * 100))
        )
    return _(", ").join(clauses) or _("No figures for this period")


def standfirst(figures: Sequence[Figure], verified: Value) -> str:
    """What the figures rest on."""
    by_name = {figure.metric.name: figure.now for figure in figures}
    wishes = by_name["wish_fulfilled_rate"]
    return _(
        "{tasks} tasks published, {claims} claims, {verified} verifications; {fulfilled} of {collected} wishes fulfilled."
    ).format(
        tasks=formats.integer(by_name["tasks_published"].value),
        claims=formats.integer(by_name["claims"].value),
        verified=formats.integer(verified.value),
        fulfilled=formats.integer(wishes.numerator),
        collected=formats.integer(wishes.denominator),
    )


def kpis(figures: Sequence[Figure], safety: Sequence[Value], safety_metric: Metric) -> list[Kpi]:
    """The strip; the survey shows its interval and n where the others show changes."""
    strip = [kpi(figure) for figure in figures]
    if safety:
        last = safety[-1]
        changes = [
            Change(_("interval"), formats.interval(last.low, last.high)),
            Change("", f"n={formats.integer(last.n)}"),
        ]
        strip.append(
            Kpi(
                metric_label(safety_metric),
                formats.percent_number(last.value),
                "%",
                changes,
                [wave.value for wave in safety],
            )
        )
    return strip


def flow_head(flow: Flow) -> Head:
    """Finding and reading of the monthly lines."""
    return _flow_title(flow), _flow_subtitle(flow)


def _flow_title(flow: Flow) -> str:
    """Do claims grow faster than verifications, and how much is left unverified?"""
    claims, verified = flow.counts["claims"], flow.counts["verifications"]
    month = formats.short_period(flow.months[-1])
    if not claims[-1]:
        return _("No claims in {month}").format(month=month)
    now = verified[-1] / claims[-1]
    before = verified[0] / claims[0] if len(claims) > 1 and claims[0] else now
    template = _("Verifications stay at {now} of claims")
    if abs(now - before) >= NOTEWORTHY:
        template = (
            _("Verifications rise from {before} to {now} of claims")
            if now > before
            else _("Verifications fall from {before} to {now} of claims")
        )
    left = formats.short_count(claims[-1] - verified[-1])
    return (template + _("; {left} of {month} unverified")).format(
        before=formats.percent(before),
        now=formats.percent(now),
        left=" ".join(part for part in left if part),
        month=month,
    )


def _flow_subtitle(flow: Flow) -> str:
    """How to read the lines, and the running month that is not drawn."""
    reading = _("Per month; claims and verifications in cases, publications in tasks")
    if flow.running is None or flow.running_claims.value is None:
        return reading
    return reading + _(
        "; {month} is not over and not drawn: claims of its first {days} days {change} on the month before"
    ).format(
        month=formats.short_period(flow.running),
        days=flow.days,
        change=formats.relative_change(flow.running_claims.value, flow.previous_claims.value),
    )


def flow_lines(flow: Flow) -> list[Line]:
    """Claims, verifications, publications."""
    names = {"claims": _("Claimed"), "verifications": _("Verified"), "tasks_published": _("Published")}
    return [Line(names[name], values) for name, values in flow.counts.items()]


def flow_gap(flow: Flow) -> str:
    """The gap between claims and verifications of the last month."""
    number, unit = formats.short_count(flow.counts["claims"][-1] - flow.counts["verifications"][-1])
    return _("unverified {number}").format(number=f"{number} {unit}".strip())


def area_panels(areas: AreaRates) -> list[Panel]:
    """One panel per subdistrict, best first by its rate in the period; violet for those far behind."""
    panels, district = [], areas.whole
    for code, months in areas.lines.items():
        rate = areas.in_period.get(code)
        lags = rate is not None and district is not None and district - rate > FAR_BEHIND
        values = [None if formats.is_missing(value) else value for value in months]
        panels.append(Panel(areas.names[code], values, lags=lags, shown=rate))
    return sorted(panels, key=lambda panel: -(panel.shown if panel.shown is not None else -1.0))


def areas_head(panels: Sequence[Panel], areas: AreaRates) -> Head:
    """Finding and reading of the panels; a line that ends low because its last month is not settled says so."""
    reading = _("%; figure: this period, line: last {count} months, grey: whole district").format(
        count=max((len(panel.values) for panel in panels), default=0)
    )
    if not areas.settled:
        reading += _("; last month: {words}").format(words=not_settled())
    return _areas_title(panels, metrics()[AREA_RATE]), reading


def areas_frame(areas: AreaRates) -> tuple[Sequence[float | None], tuple[str, str]]:
    """The district's line behind every panel, and the first and the last month."""
    months = areas.months
    return areas.district, (formats.short_month(months[0]), formats.short_month(months[-1]))


def _areas_title(panels: Sequence[Panel], metric: Metric) -> str:
    behind = [panel.name for panel in panels if panel.lags]
    label = metric_label(metric)
    if not behind:
        return _("{metric}: no subdistrict far behind the district").format(metric=label)
    if len(behind) > 2:
        return _("{metric}: {count} subdistricts far behind the district").format(
            metric=label, count=len(behind)
        )
    return _("{metric}: {areas} far behind the district").format(metric=label, areas=_(" and ").join(behind))


def tiers_head(quarters: Sequence[tuple[Period, Mapping[str, int]]], words: Sequence[str]) -> Head:
    """Finding and reading of the tier bars."""
    remedy = _("Give score lines in the settings of the district and build again")
    return _tiers_title(quarters, words), _("All units, number per quarter") if quarters else remedy


def _tiers_title(quarters: Sequence[tuple[Period, Mapping[str, int]]], words: Sequence[str]) -> str:
    """Did the failing units become fewer?"""
    if not quarters:
        return _("No score lines are in force")
    now = int(quarters[0][1].get(words[3], 0))
    if len(quarters) < 2:
        return _("Unit tiers: {now} {tier}").format(now=now, tier=words[3])
    before = int(quarters[1][1].get(words[3], 0))
    if now == before:
        return _("Unit tiers: {tier} unchanged at {now}").format(tier=words[3], now=now)
    template = (
        _("Unit tiers: {tier} down from {before} to {now}")
        if now < before
        else _("Unit tiers: {tier} up from {before} to {now}")
    )
    return template.format(tier=words[3], before=before, now=now)


def tier_rows(
    quarters: Sequence[tuple[Period, Mapping[str, int]]], words: Sequence[str]
) -> list[tuple[str, list[int]]]:
    """23 三季 and the units in each tier."""
    return [
        (
            _("{year:02d} Q{quarter}").format(
                year=quarter.start.year % 100, quarter=formats.quarter_word(quarter)
            ),
            [int(counts.get(word, 0)) for word in words],
        )
        for quarter, counts in quarters
    ]


def download(figures: Sequence[Figure]) -> dict[str, pd.DataFrame]:
    """The headline numbers, unrounded."""
    rows = [
        {
            _("Metric"): metric_label(figure.metric), _("Value"): figure.now.value, _("Numerator"): figure.now.numerator,
            _("Denominator"): figure.now.denominator, _("Previous period"): figure.previous.value,
            _("A year earlier"): figure.year_earlier.value,
        }
        for figure in figures
    ]  # fmt: skip
    return {_("Overview"): pd.DataFrame(rows)}


def _lagging(areas: AreaRates) -> tuple[str, float] | None:
    """The subdistrict furthest behind the whole district in the period, and by how much."""
    rates = {code: areas.in_period.get(code) for code in areas.lines}
    known = {code: float(rate) for code, rate in rates.items() if rate is not None}
    if not known or areas.whole is None:
        return None
    worst = min(known, key=lambda code: known[code])
    gap = areas.whole - known[worst]
    return (areas.names[worst], gap) if gap > FAR_BEHIND else None
