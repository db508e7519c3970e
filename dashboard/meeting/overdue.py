"""Tasks overdue 逾期: how many, how old, and whose the oldest ones are."""

from collections.abc import Mapping
from typing import Any

from dashboard import formats
from dashboard.board import tasks
from dashboard.board.areas import selectable_areas
from dashboard.board.door import Serving
from dashboard.board.task_units import Claimed, claiming_units
from dashboard.components.sheet_overdue import LISTED, AgeBar, Waiting, overdue_body
from dashboard.meeting.one_line import Title, fitted, marked, noted, spoken, title
from dashboard.meeting.sheet import Sheet
from dashboard.table_rows import rows_of
from dashboard.translations import _
from dashboard.wording.task_tables import age_label, stands_at
from pipelines.periods import Period

KIND = "overdue"


def sheets(board: Serving, period: Period, area: str | None = None) -> list[Sheet]:
    """One sheet, as of data until whatever the period; none when nothing is overdue."""
    overdue = tasks.overdue(board, area)
    if not overdue.count:
        return []
    waiting = tasks.waiting(board, area)
    oldest = waiting.loc[waiting["overdue"] > 0, "age"].iloc[-1]
    bars = [
        AgeBar(age_label(age), float(count), formats.integer(count), age == oldest)
        for age, count in waiting[["age", "overdue"]].to_numpy()
    ]
    listed = rows_of(overdue.listed.head(LISTED))
    claimed = claiming_units(board, [str(row["task_id"]) for row in listed])
    heads = (
        _("Days overdue · tasks"),
        _("The {count} longest overdue").format(count=len(listed))
        if len(listed) < overdue.count
        else _("All of them"),
        _("Claimed by · stands at"),
        _("Overdue"),
    )
    body = overdue_body(
        bars, heads, [_waiting(row, claimed.get(str(row["task_id"]), Claimed())) for row in listed]
    )
    heading = _title(overdue.count, int(listed[0]["days"]))
    section = _("Task loop · overdue")
    if area is not None:
        section = f"{section} · {selectable_areas(board).get(area, area)}"
    return [Sheet(KIND, section, heading, body, _note(board, overdue), spoken(heading))]


def _title(count: int, days: int) -> Title:
    first = _("{count} tasks overdue").format(count=formats.integer(count))
    if days < 1:
        return fitted(title(first))
    longest = _("the longest for {count} days").format(count=formats.integer(days))
    return fitted(title(first, _(", "), marked(longest)), title(first))


def _waiting(row: Mapping[Any, Any], claimed: Claimed) -> Waiting:
    matter = str(row["title"]) if row["title"] else str(row["task_id"])
    place = " · ".join(str(row[name]) for name in ("subdistrict", "community") if row[name])
    step = _("stands at “{step}”").format(step=stands_at(row))
    return Waiting(matter, place, _whose(claimed), step, formats.integer(row["days"]), _("days (suffix)"))


def _whose(claimed: Claimed) -> str:
    if not claimed.claims:
        return _("Nobody has claimed it")
    if not claimed.units:
        return _("Persons without a unit")
    if len(claimed.units) == 1:
        return claimed.units[0]
    return _("{unit} and others, {count} units").format(unit=claimed.units[0], count=len(claimed.units))


def _note(board: Serving, overdue: tasks.Overdue) -> str:
    long = _("{count} for more than {days} days").format(
        count=formats.integer(overdue.long), days=tasks.LONG_OVERDUE
    )
    spare = [_("Overdue = past the due time and still open"), long if overdue.long else ""]
    return noted([], spare, _("data until {day}").format(day=formats.day(board.data_until)))
