"""Words and marks of what lies on the map: tasks, sites, check-ins."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.board import map_layers
from dashboard.board.door import Serving
from dashboard.board.map_layers import EVERY
from dashboard.components.map_filters import PLACES, LayerChoice, LayerOffer
from dashboard.components.map_frame import MapFrame
from dashboard.components.map_marks import Mark, MarkLayer
from dashboard.table_rows import rows_of
from dashboard.translations import _
from dashboard.wording import district_map_tasks as tasks
from dashboard.wording.choices import choice_label
from dashboard.wording.district_map_cells import Layer, cells_layer, inside, noted
from pipelines.periods import Period

_NAMED = 3


def offer(serving: Serving) -> LayerOffer:
    """The layers of this version and what each can be narrowed to."""
    names = {"none": _("No layer"), "tasks": _("Tasks"), "sites": _("Sites"), "checkins": _("Check-ins made")}
    return LayerOffer(
        {name: names[name] for name in map_layers.offered_layers(serving)},
        tasks.states(),
        lambda: {EVERY: _("Every category")} | {one: one for one in map_layers.task_categories(serving)},
        {} if "claims" in serving.missing else tasks.claimants(),
        tasks.ages(),
        lambda: {EVERY: _("Every kind")} | {one: choice_label(one) for one in map_layers.site_kinds(serving)},
        {"points": _("Circles"), "density": _("Density"), PLACES: _("Places")},
    )


def layer(serving: Serving, choice: LayerChoice, period: Period, frame: MapFrame, opened: str) -> Layer:
    """The chosen layer for the period; tasks by their places are those of the open area."""
    if choice.layer == "tasks":
        return tasks.layer(serving, choice, period, frame, opened)
    if choice.layer == "checkins":
        cells, few = map_layers.checkin_cells(serving, period)
        drawn = cells_layer(cells, _("Check-ins made"), _("{count} check-ins"), frame, dense=True)
        fewest = serving.district.privacy.minimum_group
        note = _("{count} in squares with fewer than {fewest} are not drawn").format(count=formats.integer(few), fewest=fewest)  # fmt: skip
        return noted(drawn, note) if few else drawn
    if choice.layer == "sites":
        return _sites(map_layers.sites(serving, choice.kind), serving)
    return Layer()


def said(serving: Serving, choice: LayerChoice, period: Period, frame: MapFrame) -> str:
    """What lies on the whole map, in a sentence; nothing without a layer."""
    if choice.layer == "tasks":
        return tasks.said(serving, choice, period, frame)
    if choice.layer == "checkins":
        return _checkins_said(inside(map_layers.checkin_cells(serving, period)[0], frame)["count"])
    if choice.layer == "sites":
        return _sites_said(_by_kind(map_layers.sites(serving, choice.kind)))
    return ""


def _checkins_said(counts: "pd.Series[int]") -> str:
    if counts.empty:
        return _(" On the map: no check-in of the period.")
    return _(" On the map: {count} check-ins in {squares} squares, {most} in the fullest.").format(
        count=formats.integer(counts.sum()),
        squares=formats.integer(len(counts)),
        most=formats.integer(counts.max()),
    )


def _sites(found: pd.DataFrame, serving: Serving) -> Layer:
    kinds = {kind: place for place, kind in enumerate(map_layers.site_kinds(serving))}
    marks = [
        Mark(float(row["longitude"]), float(row["latitude"]), int(row["count"]), _site_hover(row), kinds[str(row["kind"])])
        for row in rows_of(found.iloc[::-1])
    ]  # fmt: skip
    counts = _by_kind(found)
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
    )


def _by_kind(found: pd.DataFrame) -> "pd.Series[int]":
    return found.groupby("kind")["count"].sum().sort_values(ascending=False, kind="stable")


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
