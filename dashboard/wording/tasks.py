"""Sentences and records of the task loop."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import formats
from dashboard.board.figures import Value
from dashboard.board.tasks import LOOP, SERVICE, Channels, Overdue, StepTime
from dashboard.components.funnel import Step, step_losses
from dashboard.components.headline import Head
from dashboard.components.small_multiples import Panel
from dashboard.translations import _
from dashboard.wording.choices import choice_label
from pipelines.periods import Period

FAR_BEHIND = 0.02
DIFFICULTIES = ("易", "实", "难")
_NO_TASKS = {"tasks": 0.0, "overdue": 0.0}


def step_names(process: str) -> dict[str, str]:
    """Step → its name, in order."""
    names = {
        "accepted": _("Accepted"), "routed": _("Routed"), "supervised": _("Supervised"), "fed_back": _("Fed back"),
        "closed": _("Closed"), "assessed": _("Assessed"), "published": _("Published"), "claimed": _("Claimed"),
        "completed": _("Completed"), "verified": _("Verified"), "five_star": _("Five stars"),
    }  # fmt: skip
    return {step: names[step] for step in (LOOP if process == "loop" else SERVICE)}


def processes(counts: Mapping[str, Mapping[str, int]]) -> dict[str, str]:
    """The processes that the exports can show."""
    found = {"loop": _("Five-step loop")} if counts["loop"]["accepted"] else {}
    return found | (
        {"service": _("Publish – claim – verify")} if counts["service"]["published"] or not found else {}
    )


def steps(counts: Mapping[str, int], times: Mapping[str, StepTime], process: str) -> list[Step]:
    """The funnel's rows; steps that no task of the district ever uses are left out."""
    found = []
    for step, name in step_names(process).items():
        time = times.get(step)
        if counts[step] or step in ("accepted", "published"):
            found.append(Step(name, counts[step], *((time.median, time.p10, time.p90) if time else ())))
    return found


def title(rows: list[Step], period: Period) -> str:
    """How many reach the end, and where the time goes."""
    first, last = rows[0], rows[-1]
    if not first.count:
        return _("No tasks in {period}").format(period=formats.period_label(period))
    share = formats.percent(last.count / first.count)
    timed = [row for row in rows if row.median is not None]
    whole = sum(row.median or 0 for row in timed)
    if not timed or not whole:
        return _("{share} of {first} tasks are {last}").format(
            share=share, first=formats.integer(first.count), last=last.name
        )
    slowest = max(timed, key=lambda row: row.median or 0)
    return _("{share} of tasks reach “{last}”; most time goes into “{slowest}”: median {days} days").format(
        share=share, last=last.name, slowest=slowest.name, days=formats.decimal(slowest.median)
    )


def standfirst(rows: list[Step], closing: Value, overdue: Overdue) -> str:
    """Counts, what is open, and the task that is overdue longest."""
    text = _("{first} {count}").format(first=rows[0].name, count=formats.integer(rows[0].count))
    if closing.denominator:
        looped = rows[0].name == step_names("loop")["accepted"]
        closed = (
            _("; closed {closed} ({rate})")
            if looped
            else _("; of {accepted} accepted, {closed} closed ({rate})")
        )
        text += closed.format(
            closed=formats.integer(closing.numerator),
            accepted=formats.integer(closing.denominator),
            rate=formats.percent(closing.value),
        )
    if not overdue.count:
        return text + _("; no task is overdue.")
    longest = overdue.listed.iloc[0]
    return text + _("; {count} tasks overdue now, the longest in {area} for {days} days.").format(
        count=formats.integer(overdue.count),
        area=longest["subdistrict"] or longest["community"],
        days=formats.integer(longest["days"]),
    )


def funnel(rows: list[Step]) -> tuple[Head, list[Step]]:
    """Where most are lost, how to read the funnel, and its rows."""
    reading = _(
        "Left: tasks and their share of the first step. Right: days from the step before (dot = median, line = 10th to 90th percentile)"
    )
    return (_funnel_title(rows), reading), rows


def _funnel_title(rows: list[Step]) -> str:
    losses = step_losses(rows)
    if max(losses) <= 0:
        return _("No task is lost between the steps")
    place = losses.index(max(losses))
    return _("Most are left before “{step}”: {count}").format(
        step=rows[place].name, count=formats.integer(losses[place])
    )


def channel_panels(channels: Channels) -> list[Panel]:
    """One panel per channel with its tasks, best first; violet for those far behind the best."""
    found = []
    for code, values in channels.rates.items():
        known = [value for value in values if value is not None]
        if known and code:
            found.append((known[-1], str(channels.names[code] or code), values, channels.counts.get(code)))
    best = max((one[0] for one in found), default=0.0)
    return [
        Panel(name, values, _("{count} tasks").format(count=formats.integer(count)), best - last > FAR_BEHIND)
        for last, name, values, count in sorted(found, key=lambda one: -one[0])
    ]


def channels(found: Channels) -> tuple[Head, list[Panel], list[float | None], tuple[str, str]]:
    """Which channel is slowest; its panels, no line behind them, and first and last month under them."""
    panels, months = channel_panels(found), found.months
    head = _channels_title(panels), _("%, last {count} months").format(count=len(months))
    return head, panels, [], (formats.short_month(months[0]), formats.short_month(months[-1]))


def _channels_title(panels: list[Panel]) -> str:
    behind = [panel.name for panel in panels if panel.lags]
    if not behind:
        return _("In-time rate by channel: no channel far behind")
    return _("In-time rate by channel: {channels} slowest").format(channels=_(" and ").join(behind[-2:]))


def mix(
    rows: Sequence[Mapping[str, Any]],
) -> tuple[Head, tuple[str, ...], list[tuple[str, list[float]]]]:
    """The part of hard tasks, and the difficulty of all tasks and of the overdue ones."""
    by_code = {row["difficulty"]: row for row in rows}
    counts = [[by_code.get(code, _NO_TASKS)[name] for code in DIFFICULTIES] for name in _NO_TASKS]
    found = list(zip((_("All"), _("Overdue")), counts, strict=True))
    bars = [one for one in found if sum(one[1])]
    title = _mix_title(bars) if bars else ""
    names = tuple(choice_label(code) for code in DIFFICULTIES)
    return (title, _("Make-up of all tasks and of the overdue ones")), names, bars


def _mix_title(bars: list[tuple[str, list[float]]]) -> str:
    hard = [counts[2] / sum(counts) for _label, counts in bars]
    whole = f"{formats.decimal(hard[0] * 100, 0)}%"
    if len(hard) < 2:
        return _("Hard tasks are {share} of all").format(share=whole)
    return _("Hard tasks are {share} of all and {overdue} of the overdue").format(
        share=whole, overdue=f"{formats.decimal(hard[1] * 100, 0)}%"
    )
