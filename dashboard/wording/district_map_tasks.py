"""Tasks on the map: which ones, in squares all over the district, or in one area at their places."""

import pandas as pd

from dashboard import formats
from dashboard.board import map_layers
from dashboard.board.door import Serving
from dashboard.board.map_layers import CLAIMANTS, EVERY, NOBODY, TaskChoice
from dashboard.board.tasks import AGES
from dashboard.components.map_filters import LayerChoice
from dashboard.components.map_frame import MapFrame
from dashboard.components.map_marks import Mark, MarkLayer
from dashboard.components.own_links import ScreenLink
from dashboard.components.plain_table import Cell, Column
from dashboard.table_rows import Row
from dashboard.theme import on_paper
from dashboard.translations import _
from dashboard.wording.district_map_cells import Layer, cells_layer, circle_key, inside, noted
from dashboard.wording.task_tables import age_label
from pipelines.periods import Period

LISTED = 5
_COLOURS = {"open": "violet", "closed": "teal", "all": "gold"}


def states() -> dict[str, str]:
    """What tasks on the map can be limited to."""
    return {"open": _("Still open"), "closed": _("Done"), "all": _("Open and done")}


def claimants() -> dict[str, str]:
    """All, claimed by nobody, or by the class of one who claimed them."""
    names = {EVERY: _("Any class"), NOBODY: _("Claimed by nobody")}
    return {code: names.get(code) or _("Claimed by class {number}").format(number=code) for code in CLAIMANTS}


def ages() -> dict[str, str]:
    """How long open tasks have waited since they were published."""
    return {EVERY: _("Any age")} | {age: age_label(age) for age in AGES}


def layer(serving: Serving, choice: LayerChoice, period: Period, frame: MapFrame, opened: str) -> Layer:
    """Squares all over the district, or the places of the open area."""
    if choice.by_place:
        return _places_layer(places(serving, choice, period, opened), choice, frame)
    cells = map_layers.task_cells(serving, period, _which(choice))
    return cells_layer(
        cells, subject(choice), _("{count} tasks"), frame, choice.way == "density", _COLOURS[choice.state]
    )


def places(serving: Serving, choice: LayerChoice, period: Period, opened: str) -> list[Row]:
    """The places of an area with tasks of the choice, most first."""
    return map_layers.task_places(serving, period, _which(choice), opened)


def subject(choice: LayerChoice) -> str:
    """未办结任务（公共设施 · 4号领取）"""
    state = {"open": _("Tasks still open"), "closed": _("Tasks done"), "all": _("Tasks")}[choice.state]
    return state + _in_brackets(_narrowed(choice))


def said(serving: Serving, choice: LayerChoice, period: Period, frame: MapFrame) -> str:
    """On the map: how many tasks, how many of them open or done, and how many lie in the fullest square."""

    def counts(state: str, age: str = EVERY) -> "pd.Series[int]":
        which = TaskChoice(state, choice.kind, choice.claimant or EVERY, age)
        return inside(map_layers.task_cells(serving, period, which), frame)["count"]

    every, shown = counts("all").sum(), counts(choice.state, choice.age)
    only = _in_brackets(_narrowed(choice, with_age=False))
    if not every:
        return _(" On the map{only}: no task of the period has a place.").format(only=only)
    part = counts("open").sum() if choice.state == "all" else shown.sum()
    template = {
        "open": _(" On the map{only}: of {tasks} tasks with a place, {part} are still open ({share}); {most} in the fullest square."),
        "closed": _(" On the map{only}: of {tasks} tasks with a place, {part} are done ({share}); {most} in the fullest square."),
        "all": _(" On the map{only}: {tasks} tasks with a place, {part} of them still open ({share}); {most} in the fullest square."),
    }[choice.state]  # fmt: skip
    if choice.age != EVERY:
        template = _(" On the map{only}: of {tasks} tasks with a place, {part} are still open and have waited for {age} ({share}); {most} in the fullest square.")  # fmt: skip
    return template.format(
        only=only,
        tasks=formats.integer(every),
        part=formats.integer(part),
        share=formats.percent(part / every),
        most=formats.integer(shown.max() if len(shown) else 0),
        age="" if choice.age == EVERY else age_label(choice.age),
    )


def _which(choice: LayerChoice) -> TaskChoice:
    return TaskChoice(choice.state, choice.kind, choice.claimant or EVERY, choice.age)


def _narrowed(choice: LayerChoice, with_age: bool = True) -> list[str]:
    """Category, claimant and age as far as they are chosen."""
    found = [choice.kind] if choice.kind != EVERY else []
    found += [claimants()[choice.claimant]] if choice.claimant not in ("", EVERY) else []
    return found + (
        [_("Open: {age}").format(age=age_label(choice.age))] if with_age and choice.age != EVERY else []
    )


def _in_brackets(narrowed: list[str]) -> str:
    return _(" ({choice})").format(choice=" · ".join(narrowed)) if narrowed else ""


def _places_layer(found: list[Row], choice: LayerChoice, frame: MapFrame) -> Layer:
    shown = [row for row in found if frame.holds(row["longitude"], row["latitude"])]
    marks = [
        Mark(
            row["longitude"], row["latitude"], row["count"],
            f"{place_name(row)}\n{_('{count} tasks').format(count=formats.integer(row['count']))}", label=row["place"],
        )
        for row in shown
    ]  # fmt: skip
    total = sum(row["count"] for row in shown)
    outside = sum(row["count"] for row in found) - total
    heading = _("{what}: {count}, by building, market or street").format(
        what=subject(choice), count=formats.integer(total)
    )
    key = circle_key(max((mark.count for mark in marks), default=1))
    drawn = Layer(
        MarkLayer("circles", marks, heading, key, _COLOURS[choice.state]), (subject(choice), _table(found))
    )
    note = _("{count} outside the picture").format(count=formats.integer(outside))
    return noted(drawn, note) if outside else drawn


def _table(found: list[Row]) -> pd.DataFrame:
    heads = {
        "place": _("Place"), "community": _("Community"), "longitude": _("Longitude"), "latitude": _("Latitude"),
        "count": _("Count"), "waiting": _("Open for 30 days or more"),
    }  # fmt: skip
    return pd.DataFrame(found, columns=list(heads)).rename(columns=heads)


def place_name(row: Row) -> str:
    """The name of a place."""
    return str(row["place"]) or _("Without the name of a place")


def places_table(
    found: list[Row], choice: LayerChoice, area: str, period: Period, several: bool
) -> tuple[str, str, list[Column], list[list[Cell]], str]:
    """The places with most tasks, each a link to its tasks; with their communities where there are `several`."""
    total = sum(row["count"] for row in found)
    title = _("{area}: no such tasks in this period").format(area=area)
    if found:
        title = _("{area}: {what} {count}, at {places} places").format(
            area=area, what=subject(choice), count=formats.integer(total), places=formats.integer(len(found))
        )
    waits = choice.state != "closed"
    columns = [
        Column(_("Place")),
        *([Column(_("Community"), "mute wide")] if several else []),
        Column(_("Tasks"), "r strong"),
    ]
    columns += [Column(_("Open for 30 days or more"), "r")] if waits else []
    rows: list[list[Cell]] = [
        [
            _link(row, choice, period), *([row["community"]] if several else []), formats.integer(row["count"]),
            *([formats.integer(row["waiting"])] if waits else []),
        ]
        for row in found[:LISTED]
    ]  # fmt: skip
    rest = len(found) - LISTED
    note = _("{count} more places").format(count=formats.integer(rest)) if rest > 0 else ""
    reading = _("Most first") if on_paper() else _("Most first; a place opens its tasks")
    return title, reading if found else "", columns if found else [], rows, note


def _link(row: Row, choice: LayerChoice, period: Period) -> Cell:
    if not row["place"]:
        return place_name(row)
    query = {
        "grain": period.grain, "period": period.key, "area": row["area_code"] or "", "matter": row["place"],
        "tasks": "open" if choice.state == "open" else "all",
    }  # fmt: skip
    return ScreenLink("tasks", row["place"], query)
