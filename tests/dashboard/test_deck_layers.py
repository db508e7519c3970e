"""The layers of the raised map: blocks in their colours, the chosen one marked, columns without boundaries."""

from typing import Any

import pytest

from dashboard.components.deck_layers import Block, area_layers
from dashboard.components.map_frame import map_frame
from dashboard.components.map_marks import MarkLayer
from dashboard.components.map_picture import MapPicture, Shape
from dashboard.theme import DARK, LIGHT, Palette, rgb


def square(west: float, within: float = 0.0) -> dict[str, Any]:
    a, b, c, d = west + within, west + 0.1 - within, 31 + within, 31.1 - within
    return {"type": "Polygon", "coordinates": [[[a, c], [b, c], [b, d], [a, d], [a, c]]]}


def drawn(
    selected: str = "", bounded: bool = True, layer: MarkLayer | None = None
) -> tuple[MapPicture, list[Block]]:
    wests = {"Q1": 112.0, "Q2": 112.1, "Q3": 112.2}
    shapes = [
        Shape(code, code, None, west + 0.05, 31.05, None if code == "Q3" else 4, f"{code}\n9")
        for code, west in wests.items()
    ]
    frame = map_frame([square(west) for west in wests.values()], [])
    picture = MapPicture(frame, shapes, [], False, "", "", ["a"] * 5, selected=selected, layer=layer)
    parts = ([square(west, by) for by in (0, 0.01, 0.03)] if bounded else [] for west in wests.values())
    return picture, [Block(high, *part) for high, part in zip((2, 1, 0), parts, strict=True)]


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_tops_have_the_colours_of_the_key_above_darker_walls(colours: Palette) -> None:
    blocks, tops = area_layers(*drawn(), rise=100, wide=20_000, colours=colours)
    assert [row["high"] for row in blocks.data] == [200, 100, 0]
    fills = [row["fill"] for row in tops.data]
    assert fills == [rgb(colours.sequential[4])] * 2 + [rgb(colours.rule)]
    assert all(sum(wall["fill"]) != sum(top) for wall, top in zip(blocks.data, fills, strict=True))
    heights = [{point[2] for ring in row["top"] for point in ring} for row in tops.data]
    assert heights == [{216}, {116}, {16}]


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_the_chosen_area_has_walls_of_its_own_colour_and_a_broad_edge(colours: Palette) -> None:
    blocks, tops = area_layers(*drawn(selected="Q2"), rise=100, wide=20_000, colours=colours)
    mark = rgb(colours.gold if colours.dark else colours.red)
    assert [row["fill"] == mark for row in blocks.data] == [False, True, False]
    assert tops.data[1]["fill"] == rgb(colours.sequential[4])
    edges = [round(min(point[0] for point in row["top"][0]) % 0.1, 3) for row in tops.data]
    assert edges == [0.01, 0.03, 0.01]


def test_areas_are_pale_under_a_layer() -> None:
    layer = MarkLayer("circles", [], "", [])
    _blocks, tops = area_layers(*drawn(layer=layer), rise=0, wide=20_000, colours=LIGHT)
    full, page = rgb(LIGHT.sequential[4]), rgb(LIGHT.page)
    assert tops.data[0]["fill"] == [round((one + other) / 2) for one, other in zip(full, page, strict=True)]


def test_without_boundaries_areas_are_columns() -> None:
    (columns,) = area_layers(*drawn(selected="Q2", bounded=False), rise=100, wide=20_000, colours=LIGHT)
    assert columns.type == "ColumnLayer"
    assert [row["area_code"] for row in columns.data] == ["Q1", "Q2", "Q3"]
    assert [row["hover"] for row in columns.data] == ["Q1\n9", "Q2\n9", "Q3\n9"]
