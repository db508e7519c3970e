"""Links from one area to the other screens, opened on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.components.headline import block_head
from dashboard.theme import on_paper


@dataclass(frozen=True)
class PlaceLink:
    """The file of a screen, its name, and what its address must say beside the choices kept anyway."""

    screen: str
    name: str
    query: Mapping[str, str]


def place_links(title: str, links: Sequence[PlaceLink], kept: Mapping[str, str]) -> None:
    """A row of links under a heading; `kept` goes with each of them."""
    if on_paper():
        return
    block_head(title)
    with st.container(horizontal=True, gap="small", key="placelinks"):
        for link in links:
            st.page_link(
                f"screens/{link.screen}.py",
                label=link.name,
                query_params={**kept, **link.query},
                width="content",
            )
