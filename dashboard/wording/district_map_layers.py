"""Words and marks of what lies on the map: tasks, sites, check-ins."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.board import map_layers
from dashboard.board.door import Serving
from dashboard.board.map_layers import EVERY
from dashboard.components.map_filters import LayerChoice, LayerOffer
from dashboard.components.map_frame import MapFrame
from dashboard.components.map_marks import Mark, MarkLayer
from dashboard.table_rows import rows_of
from dashboard.translations import _
from dashboard.wording.choices import choice_label
from pipelines.periods import Period

_COLOURS = {"open": "violet", "closed": "teal", "all": "gold"}
# Classes of a density double from one to the next, whatever its scale.
_SHARES = (1 / 16, 1 / 8, 1 / 4, 1 / 2)
_NAMED = 3


@dataclass(frozen=True)
class Layer:
    """What is drawn, the same as a table to download, and in a sentence; nothing of all three without a layer."""

    marks: MarkLayer | None = None
    table: tuple[str, pd.DataFrame] | None = None
    said: str = ""


def offer(serving: Serving) -> LayerOffer:
    """The layers of this version and what each can be narrowed to."""
    names = {"none": _("No layer"), "tasks": _("Tasks"), "sites": _("Sites"), "checkins": _("Check-ins made")}
    return LayerOffer(
        {name: names[name] for name in map_layers.offered_layers(serving)},
        {"open": _("Still open"), "closed": _("Done"), "all": _("Open and done")},
        lambda: {EVERY: _("Every category")} | {one: one for one in map_layers.task_categories(serving)},
        lambda: {EVERY: _("Every kind")} | {one: choice_label(one) for one in map_layers.site_kinds(serving)},
        {"points": _("Circles"), "density": _("Density")},
    )


def layer(serving: Serving, choice: LayerChoice, period: Period, frame: MapFrame) -> Layer:
    """The chosen layer for the period."""
    if choice.layer == "tasks":
        cells = map_layers.task_cells(serving, period, choice.state, choice.kind)
        drawn = _cells(cells, _tasks_title(choice), _("{count} tasks"), frame, choice)
        return replace(drawn, said=_tasks_said(drawn, serving, period, choice, frame))
    if choice.layer == "checkins":
        cells, few = map_layers.checkin_cells(serving, period)
        drawn = _cells(cells, _("Check-ins made"), _("{count} check-ins"), frame, choice)
        drawn = replace(drawn, said=_checkins_said(drawn))
        fewest = serving.district.privacy.minimum_group
        note = _("{count} in squares with fewer than {fewest} are not drawn").format(count=formats.integer(few), fewest=fewest)  # fmt: skip
        return _noted(drawn, note) if few else drawn
    if choice.layer == "sites":
        return _sites(map_layers.sites(serving, choice.kind), serving)
    return Layer()


def _tasks_said(drawn: Layer, serving: Serving, period: Period, choice: LayerChoice, frame: MapFrame) -> str:
    """On the map: how many tasks, how many of them open or done, and how many lie in the fullest square."""
    every = _inside(map_layers.task_cells(serving, period, "all", choice.kind), frame)["count"].sum()
    part = "open" if choice.state == "all" else choice.state
    of_which = _inside(map_layers.task_cells(serving, period, part, choice.kind), frame)["count"].sum()
    if not every:
        return _(" On the map: no task of the period has a place.")
    template = {
        "open": _(" On the map: of {tasks} tasks with a place, {part} are still open ({share}); {most} in the fullest square."),
        "closed": _(" On the map: of {tasks} tasks with a place, {part} are done ({share}); {most} in the fullest square."),
        "all": _(" On the map: {tasks} tasks with a place, {part} of them still open ({share}); {most} in the fullest square."),
    }[choice.state]  # fmt: skip
    return template.format(
        tasks=formats.integer(every),
        part=formats.integer(of_which),
        share=formats.percent(of_which / every),
        most=formats.integer(_fullest(drawn)),
    )


def _checkins_said(drawn: Layer) -> str:
    marks = drawn.marks.marks if drawn.marks else ()
    if not marks:
        return _(" On the map: no check-in of the period.")
    return _(" On the map: {count} check-ins in {squares} squares, {most} in the fullest.").format(
        count=formats.integer(sum(mark.count for mark in marks)),
        squares=formats.integer(len(marks)),
        most=formats.integer(_fullest(drawn)),
    )


def _fullest(drawn: Layer) -> int:
    return max((mark.count for mark in drawn.marks.marks), default=0) if drawn.marks else 0


def _inside(cells: pd.DataFrame, frame: MapFrame) -> pd.DataFrame:
    return cells[[frame.holds(x, y) for x, y in cells[["longitude", "latitude"]].to_numpy()]]


def _tasks_title(choice: LayerChoice) -> str:
    states = {"open": _("Tasks still open"), "closed": _("Tasks done"), "all": _("Tasks")}
    category = "" if choice.kind == EVERY else choice.kind
    return _("{tasks} {category}").format(tasks=states[choice.state], category=category).strip()


def _cells(cells: pd.DataFrame, what: str, counted: str, frame: MapFrame, choice: LayerChoice) -> Layer:
    shown = _inside(cells, frame)
    largest = int(shown["count"].max()) if len(shown) else 1
    breaks = tuple(max(n + 2, round(largest * share)) for n, share in enumerate(_SHARES))
    density = choice.way == "density" or choice.layer == "checkins"
    marks = [
        Mark(float(x), float(y), int(count), counted.format(count=formats.integer(count)))
        for x, y, count in shown[["longitude", "latitude", "count"]].to_numpy()
    ]
    total, outside = int(shown["count"].sum()), int(cells["count"].sum() - shown["count"].sum())
    heading = _("{what}: {count}, in squares of about 500 m").format(what=what, count=formats.integer(total))
    key = _density_key(breaks) if density else _circle_key(largest)
    drawn = Layer(
        MarkLayer(
            "cells" if density else "circles", marks, heading, key,
            _COLOURS[choice.state] if choice.layer == "tasks" else "gold", breaks,
        ),
        (what, cells.rename(columns={"longitude": _("Longitude"), "latitude": _("Latitude"), "count": _("Count")})),
    )  # fmt: skip
    note = _("{count} outside the picture").format(count=formats.integer(outside))
    return _noted(drawn, note) if outside else drawn


def _circle_key(largest: int) -> list[tuple[int, str]]:
    sizes = sorted({max(1, largest // 16), max(1, largest // 4), largest})
    return [(size, formats.integer(size)) for size in sizes]


def _density_key(breaks: tuple[int, ...]) -> list[tuple[int, str]]:
    ends = [1, *breaks]
    names = [f"{low}–{high - 1}" if high - 1 > low else f"{low}" for low, high in pairwise(ends)]
    return list(enumerate([*names, f"≥{ends[-1]}"]))


def _noted(drawn: Layer, note: str) -> Layer:
    if drawn.marks is None:
        return drawn
    marks = drawn.marks
    title = _("{title}; {note}").format(title=marks.title, note=note)
    return replace(drawn, marks=replace(marks, title=title))


def _sites(found: pd.DataFrame, serving: Serving) -> Layer:
    kinds = {kind: place for place, kind in enumerate(map_layers.site_kinds(serving))}
    marks = [
        Mark(float(row["longitude"]), float(row["latitude"]), int(row["count"]), _site_hover(row), kinds[str(row["kind"])])
        for row in rows_of(found.iloc[::-1])
    ]  # fmt: skip
    counts = found.groupby("kind")["count"].sum()
    key = [
        (place, f"{choice_label(kind)} {formats.integer(counts[kind])}")
        for kind, place in kinds.items()
        if kind in counts.index
    ]
    names = {"kind": _("Kind"), "name": _("Name"), "longitude": _("Longitude"), "latitude": _("Latitude"), "count": _("Count")}  # fmt: skip
    heading = _("Sites: {count}, as they stand at data until").format(
        count=formats.integer(int(counts.sum()))
    )
    return Layer(
        MarkLayer("sites", marks, heading, key),
        (_("Sites"), found[list(names)].rename(columns=names)),
        _sites_said(counts.sort_values(ascending=False, kind="stable")),
    )


def _sites_said(counts: "pd.Series[int]") -> str:
    """On the map: how many sites, and how many of the commonest kinds."""
    if counts.empty:
        return _(" On the map: no site has a place.")
    named = [f"{choice_label(kind)} {formats.integer(count)}" for kind, count in counts.head(_NAMED).items()]
    if len(counts) == 1:
        return _(" On the map: {named} sites.").format(named=named[0])
    return _(" On the map: {count} sites, of them {named}.").format(
        count=formats.integer(counts.sum()), named=_(" / ").join(named)
    )


def _site_hover(row: Mapping[Any, Any]) -> str:
    name = f"{choice_label(row['kind'])} · {row['name']}"
    return name if row["count"] == 1 else _("{name} and {count} more").format(name=name, count=int(row["count"]) - 1)  # fmt: skip
