"""Links to other screens as one piece of HTML: ten of Streamlit's own cost a choice on the map 15 ms in the browser and 8 ms here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from dashboard.components.markup import name, text
from dashboard.selection import asked
from dashboard.theme import on_paper

_FOLLOWED = st.components.v2.component(
    "red_steward.own_links",
    html="<span hidden></span>",
    js=(Path(__file__).parent / "own_links.js").read_text("utf-8"),
)


@dataclass(frozen=True)
class ScreenLink:
    """The path of a screen (the first one has none), its name, and what its address must say beside the choices kept anyway."""

    path: str
    name: str
    query: Mapping[str, str] = field(default_factory=dict)


def own_links() -> None:
    """Has the links of the page followed without loading it anew. A sheet has none."""
    if not on_paper():
        _FOLLOWED(key="own_links", data=[{}])


def screen_links(links: Sequence[ScreenLink], kind: str, here: str | None = None) -> str:
    """A row of links in a class of the stylesheet; the one to the path `here`, if any, is where the reader is."""
    return f'<nav class="screens {kind}">{"".join(_link(link, link.path == here) for link in links)}</nav>'


def screen_link(link: ScreenLink) -> str:
    """A link in a cell of a table, cut like a name; on a sheet, which nobody presses, the name alone."""
    return name(link.name) if on_paper() else _link(link, here=False)


def _link(link: ScreenLink, here: bool) -> str:
    # A tab of its own has no session that remembers the language.
    spoken = {"lang": lang} if (lang := asked("lang")) else {}
    query = urlencode({**spoken, **link.query})
    current = ' aria-current="page"' if here else ""
    return f'<a href="./{text(link.path)}{text(f"?{query}") if query else ""}"{current}>{name(link.name)}</a>'
