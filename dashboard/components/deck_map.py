"""The district raised: areas in class colours, as high as what they count, drawn by deck.gl.

The flat map (`district_map`) is what every machine can draw; this one needs WebGL and says so where there is none.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, log2, radians
from pathlib import Path
from typing import Any

import pydeck as pdk
import streamlit as st
from pydeck.bindings.json_tools import default_serialize

from dashboard.components.deck_layers import Block, area_layers, mark_layer, name_layer
from dashboard.components.map_picture import MapPicture, map_keys
from dashboard.components.markup import show, text
from dashboard.selection import keep
from dashboard.theme import Palette, palette

_CHECK = st.components.v2.component(
    "red_steward.screen",
    html="<span hidden></span>",
    js=(Path(__file__).parent / "screen.js").read_text("utf-8"),
)
# Height of the map in pixels; a view in degrees cannot follow the width of a phone by itself.
_TALL, _NARROW = 624, 358
_NAME, _NAME_NARROW = 19, 13
_CLICKS = "deck_clicks"
_TILE = 512
_PITCH = 42
_METRES_PER_DEGREE = 111_195
# The highest area stands this share of the district's width above the ground.
_HIGHEST = 0.14
_MIDDLE = 0.45


@dataclass(frozen=True)
class Raised:
    """The shapes of a picture as blocks, in their order; `reading` says what the heights count."""

    blocks: Sequence[Block]
    reading: str


def deck_map(picture: MapPicture, raised: Raised, choice: str, drawing: tuple[str, str]) -> None:
    """Draw the picture raised.

    A click makes the area the choice of that name. In a browser without WebGL the `drawing` (name of the choice and
    code of the flat map) is chosen instead.
    """
    colours = palette()
    narrow = bool(st.session_state.get("screen", {}).get("narrow"))
    _CHECK(
        key="screen",
        data=[{"narrow": narrow}],
        on_missing_change=lambda: keep(*drawing),
        on_narrow_change=lambda: None,
    )
    pixels = _NARROW if narrow else _TALL
    # A chart with a selection fades everything else, so a click is answered by a new chart; any other choice keeps it,
    # for a new one compiles its shaders and forgets how the reader has turned it.
    clicks = st.session_state.setdefault(_CLICKS, 0)
    event: Any = st.pydeck_chart(
        _deck(picture, raised.blocks, pixels, colours),
        height=pixels,
        on_select="rerun",
        selection_mode="single-object",
        key=f"deck-{pixels}-{clicks}",
    )
    show(
        f'<div class="rs map"><div class="mapkey">{text(raised.reading)}</div>{map_keys(picture, colours)}</div>'
    )
    clicked = event.selection.objects.get("areas", [])
    if clicked:
        st.session_state[_CLICKS] = clicks + 1
        keep(choice, str(clicked[0]["area_code"]))
        st.rerun()


class _Deck(pdk.Deck):  # type: ignore[misc]  # pydeck has no types
    def to_json(self) -> str:
        """What pydeck writes, without line breaks: a quarter of the bytes, and written by json's own C."""
        return json.dumps(self, sort_keys=True, default=default_serialize, separators=(",", ":"))


def _deck(picture: MapPicture, blocks: Sequence[Block], pixels: int, colours: Palette) -> _Deck:
    """Areas, marks and names, seen from the south."""
    west, east, south, north = picture.frame.edges
    wide = max((east - west) * _METRES_PER_DEGREE * cos(radians((south + north) / 2)), 1_000)
    # What lies on the areas rises instead of them.
    rise = 0.0 if picture.layer else _HIGHEST * wide / max([*(block.height for block in blocks), 1e-9])
    layers = area_layers(picture, blocks, rise, wide, colours)
    if picture.layer is not None:
        layers.append(mark_layer(picture.layer, _HIGHEST * wide, colours))
    layers.append(name_layer(picture, _NAME if pixels == _TALL else _NAME_NARROW, colours))
    return _Deck(
        map_provider=None,
        initial_view_state=pdk.ViewState(
            # The near edge looks larger than the far one.
            longitude=(west + east) / 2, latitude=south + _MIDDLE * (north - south), zoom=_zoom(picture, pixels),
            pitch=_PITCH, bearing=0,
        ),
        layers=layers,
        tooltip={
            "text": "{hover}",
            "style": {"backgroundColor": colours.band, "color": colours.ink, "fontSize": "13px"},
        },
    )  # fmt: skip


def _zoom(picture: MapPicture, pixels: int) -> float:
    """The zoom that fits the tilted district into so many pixels."""
    wide, tall = picture.frame.spans
    return min(log2(pixels * 0.94 / (_TILE * max(tall * cos(radians(_PITCH)) * 1.15, wide * 1.05, 1e-9))), 16)
