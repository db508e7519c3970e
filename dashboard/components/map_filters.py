"""What lies on the map, chosen in the row above it and kept in the address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.components.filters import choose
from dashboard.selection import asked
from dashboard.translations import _

_NO_LAYER = "none"
_OPEN = "open"
PLACES = "places"


@dataclass(frozen=True)
class LayerOffer:
    """Codes and labels: layers; states, categories, claimants and ages of tasks; kinds of sites; ways of drawing.

    Categories and kinds are asked for only under their layer; claimants are none where no claims came.
    """

    layers: Mapping[str, str]
    states: Mapping[str, str]
    categories: Callable[[], Mapping[str, str]]
    claimants: Mapping[str, str]
    ages: Mapping[str, str]
    kinds: Callable[[], Mapping[str, str]]
    ways: Mapping[str, str]


@dataclass(frozen=True)
class LayerChoice:
    """The chosen layer; `kind` is a category of tasks or a kind of sites, what follows goes with tasks.

    `by_place` draws the tasks of the open area at their buildings, markets and streets.
    """

    layer: str
    kind: str = ""
    state: str = ""
    claimant: str = ""
    age: str = ""
    way: str = ""

    @property
    def by_place(self) -> bool:
        """Whether the map shows one area from near."""
        return self.way == PLACES


def choose_layer(offer: LayerOffer) -> LayerChoice:
    """The layer, and only the choices that belong to it."""
    layer = choose(
        "layer",
        _("Layer"),
        offer.layers,
        _NO_LAYER,
        width=92,
        stated=asked("layer") not in (None, _NO_LAYER),
    )
    if layer == "tasks":
        return _choose_tasks(layer, offer)
    if layer == "sites":
        kinds = offer.kinds()
        return LayerChoice(layer, kind=choose("site_kind", _("Kind"), kinds, next(iter(kinds)), width=116))
    return LayerChoice(layer)


def _choose_tasks(layer: str, offer: LayerOffer) -> LayerChoice:
    state = choose("task_state", _("State"), offer.states, _OPEN, width=104)
    # Only what is still open grows older.
    age = _choose("task_age", _("Age"), offer.ages, 104) if state == _OPEN else next(iter(offer.ages))
    kind = _choose("task_category", _("Category"), offer.categories(), 104)
    claimant = _choose("task_class", _("Class"), offer.claimants, 104) if offer.claimants else ""
    way = choose("marks", _("Marks"), offer.ways, next(iter(offer.ways)), control="segments")
    return LayerChoice(layer, kind, state, claimant, age, way)


def _choose(name: str, label: str, options: Mapping[str, str], width: int) -> str:
    """A choice whose first option narrows nothing, so that a sheet states only another."""
    every = next(iter(options))
    return choose(name, label, options, every, width=width, stated=asked(name) not in (None, every))
