"""Links from one area to the other screens, opened on it."""

from collections.abc import Sequence

from dashboard.components.headline import block
from dashboard.components.markup import show
from dashboard.components.own_links import ScreenLink, screen_links
from dashboard.theme import on_paper


def place_links(title: str, links: Sequence[ScreenLink]) -> None:
    """A row of links under a heading."""
    if not on_paper():
        show(block(title, inner=screen_links(links, "places")))
