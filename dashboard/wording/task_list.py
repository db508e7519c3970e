"""Sentences and records of the list of tasks and of one task."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dashboard import formats
from dashboard.board.task_list import OneTask, TaskList
from dashboard.components.headline import Head
from dashboard.components.plain_table import Bar, Column, Table
from dashboard.translations import _
from dashboard.wording.choices import choice_label
from dashboard.wording.task_tables import duration
from pipelines.periods import Period


def states() -> dict[str, str]:
    """What the list can be limited to."""
    return {"all": _("All"), "open": _("Not closed"), "overdue": _("Overdue"), "unclaimed": _("Unclaimed")}


def search_label() -> str:
    """The words in the empty field."""
    return _("Id, title or place of a task")


def list_table(
    found: TaskList, period: Period, state: str, words: str, until: datetime, opened: str
) -> tuple[str, str, list[Column], list[list[str | Bar]], str, int | None]:
    """The tasks that were found, as a plain table with the open one marked."""
    rows: list[list[str | Bar]] = [
        [
            str(row["task_id"]), str(row["title"]), str(row["community"]), formats.day(row["published_at"]),
            _state(row, until),
        ]
        for row in found.listed
    ]  # fmt: skip
    columns = [
        Column(_("Task"), "mute wide"), Column(_("Matter")), Column(_("Community")), Column(_("Published"), "nw mid"),
        Column(_("State"), "nw"),
    ]  # fmt: skip
    rest = found.count - len(rows)
    note = _("{count} more; a search or another choice narrows the list").format(count=formats.integer(rest))
    reading = _("Newest first; the search is for tasks of the period, a whole id finds any task")
    codes = [row["task_id"] for row in found.listed]
    place = codes.index(opened) if opened in codes else None
    return _title(found, period, state, words), reading, columns, rows, note if rest else "", place


def _title(found: TaskList, period: Period, state: str, words: str) -> str:
    count, label = formats.integer(found.count), formats.period_label(period)
    if words:
        return _("{count} tasks with “{words}”").format(count=count, words=words)
    if state != "all":
        return _("Of the tasks published in {period}, {state}: {count}").format(
            period=label, state=states()[state], count=count
        )
    return _("{count} tasks published in {period}").format(count=count, period=label)


def _state(row: Mapping[Any, Any], until: datetime) -> str:
    if not formats.is_missing(row["closed_at"]):
        return _("Closed")
    if not formats.is_missing(row["due_at"]) and row["due_at"] < until:
        return _("Overdue {days} days").format(
            days=formats.integer((until.date() - row["due_at"].date()).days)
        )
    return _("Not closed")


def options(found: TaskList) -> dict[str, str]:
    """Task id → what the box that opens a task shows."""
    return {str(row["task_id"]): f"{row['task_id']} {row['title']}" for row in found.listed} or {
        "": _("No task")
    }


def first(found: TaskList) -> str:
    """The task that is open at first."""
    return next(iter(options(found)))


def number_of(found: TaskList, opened: str) -> int | None:
    """The number of the task that is open; None when none is."""
    return next((row["task_no"] for row in found.listed if row["task_id"] == opened), None)


def card(one: OneTask | None) -> list[Table]:
    """Steps and claims of the open task."""
    return [] if one is None else [steps_table(one), claims_table(one)]


def card_head(one: OneTask) -> Head:
    """The matter, and what kind of task it is and where."""
    task = one.task
    kept = [task[name] for name in ("task_id", "category", "kind", "horn_level", "channel", "difficulty")]
    kept += [task["subdistrict"], task["community"], task["place"]]
    return str(task["title"] or task["category"]), " · ".join(
        choice_label(part) for part in kept if _is_said(part)
    )


def steps_table(one: OneTask) -> Table:
    """Every step that was taken with its time, and how long after the one before."""
    names = {
        "published_at": _("Published"), "accepted_at": _("Accepted"), "routed_at": _("Routed"), "supervised_at": _("Supervised"),
        "feedback_at": _("Fed back"), "closed_at": _("Closed"), "assessed_at": _("Assessed"),
    }  # fmt: skip
    taken = [(name, one.task[name]) for name in names if not formats.is_missing(one.task[name])]
    taken.sort(key=lambda step: step[1])
    rows: list[list[str | Bar]] = []
    before = None
    for name, at in taken:
        after = formats.NOTHING if before is None else duration((at - before).total_seconds() / 86_400)
        rows.append([names[name], _moment(at), after])
        before = at
    due = one.task["due_at"]
    note = "" if formats.is_missing(due) else _("Due by {moment}").format(moment=_moment(due))
    columns = [Column(_("Step")), Column(_("At"), "nw"), Column(_("After the step before"), "r nw")]
    return *card_head(one), columns, rows, note


def claims_table(one: OneTask) -> Table:
    """Who claimed it, and what became of each claim."""
    rows: list[list[str | Bar]] = [
        [
            str(row["steward_id"]) if _is_said(row["steward_id"]) else formats.NOTHING,
            _moment(row["claimed_at"]), _moment(row["completed_at"]), _moment(row["verified_at"]), _verdict(row),
        ]
        for row in one.claims
    ]  # fmt: skip
    columns = [
        Column(_("Steward code"), "mute"), Column(_("Claimed"), "nw"), Column(_("Completed"), "nw mid"), Column(_("Verified"), "nw wide"),
        Column(_("Verdict"), "nw"),
    ]  # fmt: skip
    rest = one.claim_count - len(rows)
    title = (
        _("{count} claims").format(count=formats.integer(one.claim_count))
        if rows
        else _("Nobody has claimed it")
    )
    return title, "", columns if rows else [], rows, _("{count} more").format(count=rest) if rest else ""


def _verdict(row: Mapping[Any, Any]) -> str:
    words = choice_label(row["verdict"]) if _is_said(row["verdict"]) else formats.NOTHING
    if formats.is_missing(row["stars"]):
        return words
    return _("{verdict}, {count} stars").format(verdict=words, count=int(row["stars"]))


def _moment(at: Any) -> str:
    return formats.NOTHING if formats.is_missing(at) else f"{at:%Y-%m-%d %H:%M}"


def _is_said(value: object) -> bool:
    return not formats.is_missing(value) and bool(str(value))
