"""Sentences and records of the check-ins."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce

import pandas as pd

from dashboard import formats
from dashboard.board.checkins import PER_PERSON, RATE, Distances, Target
from dashboard.board.door import metrics
from dashboard.board.figures import Figure, Value
from dashboard.board.thresholds import FEWEST_TO_RANK
from dashboard.board.units import ranking_groups
from dashboard.components.distance_histogram import DistanceClass
from dashboard.components.headline import Head
from dashboard.components.interval_charts import Estimate
from dashboard.components.kpi_strip import Change, Kpi
from dashboard.components.plain_table import Bar, Column
from dashboard.translations import _
from dashboard.wording.bases import kpi_with_base
from dashboard.wording.choices import code_label
from dashboard.wording.figures import metric_label
from dashboard.wording.units import group_labels
from pipelines.periods import Period

LISTED_UNITS, LISTED_COMMUNITIES = 6, 7


def no_checkins() -> Head:
    """What to say without any check-in, and what to do."""
    return _("No check-in has been loaded"), _("Put the exports of check-ins into the inbox and build again.")


def relieved() -> Head:
    """What to say in burden relief."""
    return (
        _("Burden relief: check-ins are not shown"),
        _(
            "The district's settings (burden_relief in district.toml) hide check-in counts everywhere. The records stay complete."
        ),
    )


def title(figures: Mapping[str, Figure], period: Period, target: Target, last_day: date) -> str:
    """Valid check-ins per person against the rule, and the share beyond the line."""
    each, rate = figures[PER_PERSON].now, figures[RATE].now
    clauses = []
    if each.value is not None:
        when = (
            formats.short_period(period)
            if not target.is_running
            else _("Until {day}").format(day=formats.day(last_day))
        )
        template = (
            _("{when}: {count} valid check-ins per person, the rule of {target} is met")
            if each.value >= target.to_date
            else _("{when}: {count} valid check-ins per person, below the rule of {target}")
        )
        clauses.append(
            template.format(when=when, count=formats.decimal(each.value), target=_times(target.to_date))
        )
    if rate.value is not None:
        clauses.append(_("{share} of check-ins are not valid").format(share=formats.percent(1 - rate.value)))
    return _(", ").join(clauses) or _("No check-ins in {period}").format(period=formats.period_label(period))


def standfirst(figures: Mapping[str, Figure], people: Value, distances: Distances, target: Target) -> str:
    """What counts, the base, and what cannot be judged."""
    parts = [
        _("Valid: within {radius} m of the community's registered point, the line included.").format(
            radius=_metres(distances.radius)
        )
    ]
    if people.denominator:
        parts.append(
            _("{reached} of {people} people of units reached {target}.").format(
                reached=formats.integer(people.numerator),
                people=formats.integer(people.denominator),
                target=_times(target.to_date),
            )
        )
    if distances.unlocated:
        parts.append(
            _("{count} check-ins at communities without a registered point are not judged.").format(
                count=formats.integer(distances.unlocated)
            )
        )
    return reduce(lambda one, two: _("{one} {two}").format(one=one, two=two), parts)


def kpis(figures: Mapping[str, Figure], people: Value, target: Target) -> list[Kpi]:
    """The strip: check-ins, valid share, per person against the rule, people who reached it."""
    strip = [kpi_with_base(figure) for figure in figures.values()]
    rule = _("to date {target}") if target.is_running else _("rule {target}")
    strip.append(
        Kpi(
            _("People on target"),
            formats.percent_number(people.value),
            "%",
            [
                Change("", formats.fraction(people.numerator, people.denominator)),
                Change("", rule.format(target=_times(target.to_date))),
            ]
            if people.denominator
            else [],
        )
    )
    return strip


def distance_head(distances: Distances) -> Head:
    """How many lie beyond the line, how many of them only just."""
    total, beyond = sum(distances.counts), _beyond(distances)
    reading = _(
        "Check-ins of the period by distance from the registered point, metres; every class includes its upper bound"
    )
    if not total:
        return _("No check-in can be judged"), reading
    if not beyond:
        return _("All check-ins lie within the line"), reading
    title = _("{count} check-ins beyond the line").format(count=formats.integer(beyond))
    near = _just_beyond(distances)
    if near:
        title += _(", {count} of them by at most {metres} m").format(
            count=formats.integer(near[0]), metres=_metres(near[1])
        )
    return title, reading


def distance_picture(
    distances: Distances,
) -> tuple[Head, list[DistanceClass], float | None, str, tuple[str, str]]:
    """Everything that the histogram of distances shows."""
    line = line_at(distances), line_name(distances)
    return distance_head(distances), distance_classes(distances), *line, sides(distances)


def groups(units: pd.DataFrame) -> dict[str, str]:
    """The ranking groups of the units, by the name that the reader sees."""
    return group_labels(ranking_groups(units))


def distance_classes(distances: Distances) -> list[DistanceClass]:
    """The bars."""
    return [
        DistanceClass(name, _axis_name(low, high), count, _inside(low, high, distances.radius))
        for (low, high), name, count in zip(distances.edges, distances.names, distances.counts, strict=True)
    ]


def line_at(distances: Distances) -> float | None:
    """Where the line stands, counted in classes from the left; None beyond the classes that occur."""
    for place, (low, high) in enumerate(distances.edges):
        if distances.radius <= low:
            return float(place)
        if high is not None and distances.radius <= high:
            return place + (distances.radius - low) / (high - low)
    return None


def line_name(distances: Distances) -> str:
    """50 米线"""
    return _("{radius} m line").format(radius=_metres(distances.radius))


def sides(distances: Distances) -> tuple[str, str]:
    """Counts left and right of the line; nothing when a class lies across it."""
    if any(_inside(low, high, distances.radius) is None for low, high in distances.edges):
        return "", ""
    beyond = _beyond(distances)
    within = sum(distances.counts) - beyond
    return (
        _("valid {count}").format(count=formats.integer(within)),
        _("not valid {count}").format(count=formats.integer(beyond)),
    )


def areas_head(areas: Sequence[Estimate], district: Value) -> Head:
    """Which subdistricts are below the district, and how to read the rows."""
    behind = [one.name for one in areas if district.value is not None and one.high < district.value]
    title = (
        _("Valid share: {areas} really behind the district").format(areas=_(" and ").join(behind[-3:]))
        if behind
        else _("Valid share: no subdistrict behind the district beyond chance")
    )
    return title, _(
        "Subdistrict checked into, %; line = 95% interval (Wilson), upright = district {rate}"
    ).format(rate=formats.percent(district.value))


def in_group(units: pd.DataFrame, group: str) -> pd.DataFrame:
    """The units of one ranking group."""
    return units[units["ranking_group"] == group]


def units_table(
    units: pd.DataFrame, target: Target, whole: bool
) -> tuple[str, str, list[Column], list[list[str | Bar]], str]:
    """Title, subtitle, columns, rows and note; the last ones, or all of them."""
    below = units[units["value"] < target.to_date]
    title = (
        _("{count} of {units} units below {target} per person").format(
            count=len(below), units=len(units), target=_times(target.to_date)
        )
        if len(below)
        else _("All {units} units reach {target} per person").format(
            units=len(units), target=_times(target.to_date)
        )
    )
    subtitle = _("All people of the unit at the period's end; an area filter never changes them")
    columns = [
        Column(_("Rank"), "r nw"), Column(_("Unit")), Column(_("Valid per person")),
        Column(_("Valid / people"), "r nw mid"), Column(_("People on target"), "r nw wide"), Column(_("Against the rule"), "r nw"),
    ]  # fmt: skip
    listed = units.sort_values(["rank", "unit"], ascending=[False, True])
    listed = listed if whole else listed.head(LISTED_UNITS)
    table: list[list[str | Bar]] = [
        [
            formats.rank(row["rank"], row["tied"]), str(row["unit_name"]),
            Bar(float(row["value"]), formats.decimal(row["value"]), "bad" if row["value"] < target.to_date else "deep"),
            formats.fraction(row["numerator"], row["denominator"]), formats.fraction(row["reached"], row["denominator"]),
            formats.signed(row["value"] - target.to_date),
        ]
        for row in listed.to_dict("records")
    ]  # fmt: skip
    rest = len(units) - len(listed)
    note = _("{count} units above them").format(count=rest) if rest else ""
    return title, subtitle, columns, table, note


def unit_rows() -> dict[str, str]:
    """How much of the table is shown."""
    return {"last": _("Last ones"), "all": _("All units")}


def communities_table(frame: pd.DataFrame) -> tuple[str, str, list[Column], list[list[str | Bar]], str]:
    """Title, subtitle, columns, rows and note: communities with the lowest valid share."""
    ranked = frame[frame["rank"].notna()]
    title = (
        _("{community}: only {share} valid, the lowest").format(
            community=ranked.iloc[0]["community_name"], share=formats.percent(ranked.iloc[0]["value"])
        )
        if len(ranked)
        else _("No community has enough check-ins to be ranked")
    )
    subtitle = _(
        "At least {count} check-ins to be ranked; a very low share hints at a wrong datum or point"
    ).format(count=FEWEST_TO_RANK)
    columns = [
        Column(_("Rank"), "r nw"), Column(_("Community")), Column(_("Valid / judged"), "r nw"), Column(_("Valid share, %")),
    ]  # fmt: skip
    listed = ranked.head(LISTED_COMMUNITIES)
    table: list[list[str | Bar]] = [
        [
            formats.rank(row["rank"], row["tied"]), str(row["community_name"]),
            formats.fraction(row["numerator"], row["denominator"]),
            Bar(float(row["value"]), formats.percent_number(row["value"]), "deep"),
        ]
        for row in listed.to_dict("records")
    ]  # fmt: skip
    rest = len(ranked) - len(listed)
    note = _("{count} more communities in the download").format(count=rest) if rest else ""
    return title, subtitle, columns, table, note


def download(units: pd.DataFrame, communities: pd.DataFrame, distances: Distances) -> dict[str, pd.DataFrame]:
    """Units of all groups, communities and the histogram, unrounded."""
    unit_headers = {
        "ranking_group": _("Ranking group"), "rank": _("Rank"), "unit": _("Unit code"), "unit_name": _("Unit"),
        "denominator": _("People"), "numerator": _("Valid check-ins"), "value": metric_label(metrics()[PER_PERSON]),
        "reached": _("People on target"),
    }  # fmt: skip
    area_headers = {
        "rank": _("Rank"), "community": _("Area code"), "community_name": _("Community"),
        "numerator": _("Valid check-ins"), "denominator": _("Judged check-ins"), "value": metric_label(metrics()[RATE]),
    }  # fmt: skip
    histogram = pd.DataFrame(
        {
            _("Distance"): [code_label("distance", name) for name in distances.names],
            _("Number of check-ins"): distances.counts,
        }
    )
    return {
        _("Units"): units[list(unit_headers)].rename(columns=unit_headers),
        _("Communities"): communities[list(area_headers)].rename(columns=area_headers),
        _("Distance"): histogram,
    }


def _inside(low: float, high: float | None, radius: float) -> bool | None:
    if high is not None and high <= radius:
        return True
    return False if low >= radius else None


def _beyond(distances: Distances) -> int:
    return sum(
        count
        for (low, _high), count in zip(distances.edges, distances.counts, strict=True)
        if low >= distances.radius
    )


def _just_beyond(distances: Distances) -> tuple[int, float] | None:
    """The class that begins at the line: its check-ins and how wide it is."""
    for (low, high), count in zip(distances.edges, distances.counts, strict=True):
        if low == distances.radius and high is not None:
            return count, high - low
    return None


def _axis_name(low: float, high: float | None) -> str:
    return f"{low:g}+" if high is None else f"{low:g}–{high:g}"


def _metres(value: float) -> str:
    return formats.decimal(value, 0 if value == int(value) else 1)


def _times(count: float) -> str:
    return _("{count} times").format(count=formats.decimal(count, 0 if count == int(count) else 1))
