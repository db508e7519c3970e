"""What lies on the map, chosen in the row above it and kept in the address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.components.filters import choose
from dashboard.selection import asked
from dashboard.translations import _

_NO_LAYER = "none"


@dataclass(frozen=True)
class LayerOffer:
    """Codes and labels: layers, states and categories of tasks, kinds of sites, ways of drawing.

    Categories and kinds are asked for only under their layer.
    """

    layers: Mapping[str, str]
    states: Mapping[str, str]
    categories: Callable[[], Mapping[str, str]]
    kinds: Callable[[], Mapping[str, str]]
    ways: Mapping[str, str]


@dataclass(frozen=True)
class LayerChoice:
    """The chosen layer; `kind` is a category of tasks or a kind of sites, `state` and `way` go with tasks."""

    layer: str
    state: str = ""
    kind: str = ""
    way: str = ""


def choose_layer(offer: LayerOffer) -> LayerChoice:
    """The layer, and only the choices that belong to it."""
    layer = choose(
        "layer",
        _("Layer"),
        offer.layers,
        _NO_LAYER,
        width=110,
        stated=asked("layer") not in (None, _NO_LAYER),
    )
    if layer == "tasks":
        state = choose("task_state", _("State"), offer.states, "open", width=104)
        categories = offer.categories()
        kind = choose("task_category", _("Category"), categories, next(iter(categories)), width=116)
        return LayerChoice(
            layer, state, kind, choose("marks", _("Marks"), offer.ways, "points", control="segments")
        )
    if layer == "sites":
        kinds = offer.kinds()
        return LayerChoice(layer, kind=choose("site_kind", _("Kind"), kinds, next(iter(kinds)), width=116))
    return LayerChoice(layer)
