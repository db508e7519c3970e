"""The four screens on units side by side: ranking, accounts, what if, publishing."""

from dashboard.components.markup import show
from dashboard.components.own_links import ScreenLink, screen_links
from dashboard.theme import on_paper
from dashboard.translations import _


def unit_tabs(here: str) -> None:
    """Links that keep the choices made so far; `here` is the path of the screen that shows them."""
    if on_paper():
        return
    screens = [
        ScreenLink("units", _("Ranking")),
        ScreenLink("unit-accounts", _("Where scores come from")),
        ScreenLink("what-if", _("What if")),
        ScreenLink("publication", _("Publishing")),
    ]
    show(screen_links(screens, "tabs", here))
