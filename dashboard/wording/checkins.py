"""Sentences and figures of the check-ins."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce

from dashboard import formats
from dashboard.board.checkins import PER_PERSON, RATE, Distances, Target
from dashboard.board.figures import Figure, Value
from dashboard.components.headline import Head
from dashboard.components.interval_charts import Estimate
from dashboard.components.kpi_strip import Change, Kpi
from dashboard.translations import _
from dashboard.wording.bases import kpi_with_base
from dashboard.wording.checkin_distances import metres
from pipelines.periods import Period


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
            template.format(when=when, count=formats.decimal(each.value), target=times(target.to_date))
        )
    if rate.value is not None:
        clauses.append(_("{share} of check-ins are not valid").format(share=formats.percent(1 - rate.value)))
    return _(", ").join(clauses) or _("No check-ins in {period}").format(period=formats.period_label(period))


def standfirst(figures: Mapping[str, Figure], people: Value, distances: Distances, target: Target) -> str:
    """What counts, the base, and what cannot be judged."""
    parts = [
        _("Valid: within {radius} m of the community's registered point, the line included.").format(
            radius=metres(distances.radius)
        )
    ]
    if people.denominator:
        parts.append(
            _("{reached} of {people} people of units reached {target}.").format(
                reached=formats.integer(people.numerator),
                people=formats.integer(people.denominator),
                target=times(target.to_date),
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
                Change("", rule.format(target=times(target.to_date))),
            ]
            if people.denominator
            else [],
        )
    )
    return strip


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


def times(count: float) -> str:
    """3 次; a rule to date need not be a whole number."""
    return _("{count} times").format(count=formats.decimal(count, 0 if count == int(count) else 1))
