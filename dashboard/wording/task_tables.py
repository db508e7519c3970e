"""Tables of the task loop: time in each step, what waits, what is overdue, and categories."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.board.door import Serving
from dashboard.board.tasks import AGES, LONG_OVERDUE, Overdue, StepTime, overdue_to_download
from dashboard.components.plain_table import Bar, Column, Table
from dashboard.table_rows import rows_of
from dashboard.translations import _
from dashboard.wording.choices import choice_label
from dashboard.wording.tasks import step_names


def times_table(times: Mapping[str, StepTime], process: str) -> Table:
    """Median and 90th percentile of each step, and of how many tasks."""
    names = step_names(process)
    rows: list[list[str | Bar]] = [
        [
            names[step],
            formats.integer(time.tasks),
            duration(time.median),
            duration(time.p90),
        ]
        for step, time in ((step, times[step]) for step in names if step in times)
    ]
    columns = [Column(_("Step")), Column(_("Tasks"), "r"), Column(_("Median"), "r strong"), Column(_("90 of 100 within"), "r")]  # fmt: skip
    note = _("Supervision counts from acceptance, feedback from routing") if "supervised" in names else ""
    return _times_title(times, names), _("Time from the step before, of the tasks that took the step"), columns, rows, note  # fmt: skip


def _times_title(times: Mapping[str, StepTime], names: Mapping[str, str]) -> str:
    known = {step: time for step, time in times.items() if step in names}
    if not known:
        return _("No step is timed")
    slowest = max(known, key=lambda step: known[step].median)
    return _("“{step}” takes longest: half of the tasks need more than {time}").format(
        step=names[slowest], time=duration(known[slowest].median)
    )


def duration(days: float) -> str:
    """Minutes, hours or days, whichever can be read."""
    if abs(days) * 24 < 1:
        return _("{count} min").format(count=formats.decimal(days * 24 * 60, 0))
    if abs(days) < 1:
        return _("{count} h").format(count=formats.decimal(days * 24))
    return _("{count} days").format(count=formats.decimal(days))


def waiting_table(frame: pd.DataFrame) -> Table:
    """Overdue and unclaimed tasks by age."""
    title = _("Waiting now: {overdue} tasks overdue, {unclaimed} that nobody has claimed").format(
        overdue=formats.integer(frame["overdue"].sum()), unclaimed=formats.integer(frame["unclaimed"].sum())
    )
    rows: list[list[str | Bar]] = [
        [
            age_label(row["age"]),
            Bar(float(row["overdue"]), formats.integer(row["overdue"]), _mood(row["age"])),
            Bar(float(row["unclaimed"]), formats.integer(row["unclaimed"]), _mood(row["age"])),
        ]
        for row in rows_of(frame)
    ]
    columns = [Column(_("Age"), "nw"), Column(_("Overdue")), Column(_("Unclaimed"))]
    return title, _("Open tasks at data until, of all periods: days since the due time, days since publication"), columns, rows, ""  # fmt: skip


def age_label(code: str) -> str:
    """3–6 days, 90 days or more."""
    first, last = AGES[code]
    if last is None:
        return _("{first} days or more").format(first=first)
    return _("{first}–{last} days").format(first=first, last=last - 1)


def _mood(code: str) -> str:
    return "bad" if AGES[code][0] >= LONG_OVERDUE else "warn"


def overdue_table(overdue: Overdue) -> Table:
    """The longest overdue."""
    return overdue_title(overdue), _("By days overdue"), overdue_columns(), overdue_rows(overdue), overdue_note(overdue)  # fmt: skip


def overdue_title(overdue: Overdue) -> str:
    """How many are overdue, and for how long."""
    if not overdue.count:
        return _("No task is overdue")
    return _("{count} tasks overdue, {long} of them for more than {days} days").format(
        count=formats.integer(overdue.count), long=formats.integer(overdue.long), days=LONG_OVERDUE
    )


def overdue_columns() -> list[Column]:
    """Columns of the overdue list."""
    return [
        Column(_("Task"), "mute wide"),
        Column(_("Matter")),
        Column(_("Community")),
        Column(_("Stands at"), "mute mid"),
        Column(_("Difficulty"), "mute mid"),
        Column(_("Overdue, days")),
    ]


def overdue_rows(overdue: Overdue) -> list[list[str | Bar]]:
    """The longest overdue."""
    return [
        [
            str(row["task_id"]), str(row["title"]), str(row["community"]), stands_at(row), choice_label(row["difficulty"] or formats.NOTHING),
            Bar(float(row["days"]), formats.integer(row["days"]), "bad" if row["days"] > LONG_OVERDUE else "warn"),
        ]
        for row in rows_of(overdue.listed)
    ]  # fmt: skip


def overdue_note(overdue: Overdue) -> str:
    """What the list leaves out."""
    rest = overdue.count - len(overdue.listed)
    if not rest:
        return ""
    return _("{count} more, overdue for at most {days} days").format(
        count=formats.integer(rest), days=formats.integer(overdue.listed["days"].min())
    )


def categories_table(found: Sequence[Mapping[str, Any]]) -> Table:
    """Tasks of each category, how many of those due were closed in time, and how many are overdue."""
    shown = found[:_CATEGORIES]
    rows: list[list[str | Bar]] = [
        [
            str(row["category"]) or _("No category"),
            Bar(float(row["tasks"]), formats.integer(row["tasks"])),
            formats.fraction(row["in_time"], row["due"]),
            formats.percent(row["in_time"] / row["due"]) if row["due"] else formats.NOTHING,
            formats.integer(row["overdue"]),
        ]
        for row in shown
    ]
    columns = [
        Column(_("Category")), Column(_("Tasks")), Column(_("In time / due"), "r mute wide"), Column(_("In-time rate"), "r strong"),
        Column(_("Overdue"), "r"),
    ]  # fmt: skip
    rest = len(found) - len(rows)
    note = _("{count} smaller categories").format(count=rest) if rest else ""
    return _categories_title(shown), _("Tasks of the period, most first"), columns, rows, note


_CATEGORIES = 10


def _categories_title(shown: Sequence[Mapping[str, Any]]) -> str:
    rates = [(row["in_time"] / row["due"], row) for row in shown if row["due"] > 0 and row["category"] != ""]
    if len(rates) < 2:
        return _("In-time rate by category")
    rate, worst = min(rates, key=lambda one: one[0])
    return _("Lowest in-time rate: {category}, {rate}").format(
        category=worst["category"], rate=formats.percent(rate)
    )


def download(board: Serving, area: str | None) -> dict[str, pd.DataFrame]:
    """The overdue tasks."""
    headers = {
        "task_id": _("Task"), "title": _("Matter"), "community": _("Community"), "subdistrict": _("Subdistrict"),
        "difficulty": _("Difficulty"), "days": _("Overdue, days"),
    }  # fmt: skip
    overdue = overdue_to_download(board, area)
    overdue = overdue.assign(difficulty=overdue["difficulty"].map(choice_label, na_action="ignore"))
    return {_("Overdue tasks"): overdue[list(headers)].rename(columns=headers)}


def stands_at(row: Mapping[Any, Any]) -> str:
    """The last step of the loop that a task has reached."""
    names = step_names("loop")
    reached = [
        ("fed_back", "feedback_at"),
        ("supervised", "supervised_at"),
        ("routed", "routed_at"),
        ("accepted", "accepted_at"),
    ]
    return next(
        (names[step] for step, column in reached if not formats.is_missing(row[column])),
        _("Published"),
    )
