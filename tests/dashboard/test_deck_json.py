"""The raised map's own JSON says what pydeck's would."""

import json

import pydeck as pdk

from dashboard.components.deck_map import _Deck


def test_the_compact_json_of_a_raised_map_is_that_of_pydeck() -> None:
    deck = _Deck(
        map_provider=None,
        initial_view_state=pdk.ViewState(longitude=112.5, latitude=31, zoom=9, pitch=42),
        layers=[
            pdk.Layer(
                "TextLayer", [{"name": "石桥街道\n二", "position": [112.5, 31.0]}], id="names", get_text="name",
                get_position="position", get_color=[1, 2, 3], character_set=pdk.types.String("auto"), pickable=False,
            )
        ],
    )  # fmt: skip
    compact = deck.to_json()
    assert json.loads(compact) == json.loads(pdk.Deck.to_json(deck))
    assert json.loads(compact)["layers"][0]["getText"] == "@@=name"
    assert "\n" not in compact
