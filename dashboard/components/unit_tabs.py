"""The four screens on units side by side: ranking, accounts, what if, publishing."""

from dashboard.components.markup import show
from dashboard.components.own_links import ScreenLink, screen_links
from dashboard.selection import asked
from dashboard.theme import on_paper
from dashboard.translations import _

# What these screens share; a tab of the browser's own has no session that remembers it.
_KEPT = ("period", "group", "unit")


def unit_tabs(here: str) -> None:
    """Links that keep the choices made so far; `here` is the path of the screen that shows them."""
    if on_paper():
        return
    kept = {choice: value for choice in _KEPT if (value := asked(choice))}
    screens = {
        "units": _("Ranking"), "unit-accounts": _("Where scores come from"), "what-if": _("What if"),
        "publication": _("Publishing"),
    }  # fmt: skip
    links = [ScreenLink(path, label, kept) for path, label in screens.items()]
    show(screen_links(links, "tabs", here))
