"""The map as SVG: every area where its degrees say, in its class's colour, with its own words; marks by their counts."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hostile_names import HOSTILE_NAMES

from dashboard.components.map_frame import SIZE, map_frame
from dashboard.components.map_marks import Mark, MarkLayer, density_class, key_html, marks_svg, radius
from dashboard.components.map_picture import MapPicture, Outline, Shape, map_keys, map_svg
from dashboard.theme import DARK, LIGHT, Palette

SVG = "{http://www.w3.org/2000/svg}"
WEST = {
    "type": "Polygon",
    "coordinates": [[[112.0, 31.0], [112.1, 31.0], [112.1, 31.1], [112.0, 31.1], [112.0, 31.0]]],
}
EAST = {
    "type": "MultiPolygon",
    "coordinates": [[[[112.1, 31.0], [112.2, 31.0], [112.2, 31.1], [112.1, 31.0]]]],
}


def drawn(name: str = "甲", geometry: object = WEST, **more: object) -> MapPicture:
    shapes = [
        Shape("Q1", name, geometry, 112.05, 31.05, 4, f"{name}\n99.0%"),
        Shape("Q2", "乙", geometry and EAST, 112.15, 31.05, None, "乙\n—"),
    ]
    frame = map_frame([WEST, EAST], [])
    outlines = [Outline(name, WEST, 112.05, 31.05)]
    return MapPicture(frame, shapes, outlines, False, name, name, ["a", "b", "c", "d", "e"], **more)


def parsed(picture: MapPicture, colours: Palette = LIGHT) -> ElementTree.Element:
    return ElementTree.fromstring(map_svg(picture, colours))


def areas(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {one.attrib["data-code"]: one for one in root.iter() if "data-code" in one.attrib}


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_an_area_has_its_code_its_colour_and_its_words(colours: Palette) -> None:
    found = areas(parsed(drawn(), colours))
    assert list(found) == ["Q1", "Q2"]
    assert found["Q1"].attrib["fill"] == colours.sequential[4]
    assert found["Q2"].attrib["fill"] == colours.page
    assert found["Q1"].attrib["data-t"] == "甲\n99.0%"


def test_a_path_runs_along_its_degrees() -> None:
    frame = map_frame([WEST, EAST], [])
    numbers = [float(one) for one in re.findall(r"-?[\d.]+", frame.path(WEST))]
    corners, (x, y) = [], (0.0, 0.0)
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        corners.append((x, y))
    expected = [frame.at(*point) for point in WEST["coordinates"][0]]
    assert len(corners) == len(expected)
    for (x, y), (ex, ey) in zip(corners, expected, strict=True):
        assert abs(x - ex) < 0.11
        assert abs(y - ey) < 0.11
    assert frame.path(WEST) is frame.path(WEST)


def test_every_ring_of_an_area_begins_anew() -> None:
    frame = map_frame([WEST, EAST], [])
    both = {"type": "MultiPolygon", "coordinates": [WEST["coordinates"], *EAST["coordinates"]]}
    assert frame.path(both) == frame.path(WEST) + frame.path(EAST)


def test_the_frame_holds_the_district_and_nothing_is_squeezed() -> None:
    frame = map_frame([WEST, EAST], [])
    assert max(frame.width, frame.height) == pytest.approx(SIZE)
    for point in [*WEST["coordinates"][0], *EAST["coordinates"][0][0]]:
        assert frame.holds(*point)
    assert not frame.holds(113.5, 31.05)
    (x0, y0), (x1, _), (_, y1) = frame.at(112.0, 31.0), frame.at(112.0085, 31.0), frame.at(112.0, 31.0085)
    # At 31° a degree of longitude is 0.857 of a degree of latitude on the ground.
    assert (x1 - x0) / (y0 - y1) == pytest.approx(0.857, abs=0.002)


def test_a_district_without_any_place_has_a_frame() -> None:
    frame = map_frame([], [])
    assert frame.width > 0
    assert frame.height > 0


def test_without_boundaries_there_are_circles_and_the_chosen_one_is_ringed() -> None:
    root = parsed(drawn(geometry=None, selected="Q1"))
    assert [one.tag for one in areas(root).values()] == [f"{SVG}circle"] * 2
    chosen = next(one for one in root.iter(f"{SVG}g") if one.attrib.get("class") == "chosen")
    assert chosen[0].attrib["stroke"] == LIGHT.red


def test_the_chosen_area_is_outlined_over_the_marks_and_dark_paints_it_gold() -> None:
    layer = MarkLayer("circles", [Mark(112.05, 31.05, 3, "3 件")], "t", [(3, "3")])
    text = map_svg(drawn(selected="Q2", layer=layer), DARK)
    assert text.index('class="marks"') < text.index('class="chosen"')
    assert f'stroke="{DARK.gold}"' in text
    assert 'class="chosen"' not in map_svg(drawn(selected="nobody"), DARK)


def test_areas_step_back_behind_a_layer() -> None:
    layer = MarkLayer("circles", [], "t", [])
    assert 'opacity="' in map_svg(drawn(layer=layer), LIGHT).split(">")[1]
    assert 'opacity="' not in map_svg(drawn(), LIGHT).split(">")[1]


def test_marks_outside_the_picture_are_not_drawn() -> None:
    marks = [Mark(112.05, 31.05, 3, "in"), Mark(113.5, 31.05, 3, "out")]
    for way in ("circles", "cells", "sites"):
        text = marks_svg(
            MarkLayer(way, marks, "t", [], breaks=(2, 3, 4, 5)), map_frame([WEST, EAST], []), LIGHT
        )
        assert text.count("data-t=") == 1
        assert "out" not in text


def test_circles_grow_by_area_and_density_by_class() -> None:
    assert radius(100, 100) == pytest.approx(2 * radius(25, 100))
    assert radius(1, 10_000) > 2
    classes = [density_class(count, (2, 4, 8, 16)) for count in (1, 2, 3, 4, 8, 15, 16, 900)]
    assert classes == [0, 1, 1, 2, 3, 3, 4, 4]
    assert all(one <= other for one, other in pairwise(classes))


def test_kinds_of_sites_differ_in_shape_and_colour() -> None:
    marks = [Mark(112.05, 31.05, 1, str(kind), kind) for kind in range(7)]
    layer = MarkLayer("sites", marks, "阵地", [(kind, str(kind)) for kind in range(7)])
    for colours in (LIGHT, DARK):
        paths = re.findall(r'd="([^"]+)" fill="(#\w+)"', key_html(layer, colours))
        assert len({shape for shape, _colour in paths}) == len({colour for _shape, colour in paths}) == 7
        uses = re.findall(r'href="#(site\d)"', marks_svg(layer, map_frame([WEST, EAST], []), colours))
        assert uses == [f"site{kind}" for kind in range(7)]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_names_stay_text(name: str) -> None:
    marks = [Mark(112.05, 31.05, 1, name)]
    for way in ("circles", "cells", "sites"):
        layer = MarkLayer(way, marks, name, [(0, name)], breaks=(2, 3, 4, 5))
        picture = drawn(name, layer=layer, selected="Q1", without=name)
        tags = {one.tag.removeprefix(SVG) for one in parsed(picture).iter()}
        assert tags <= {"svg", "g", "path", "circle", "rect", "text", "use", "defs"}
        keys = ElementTree.fromstring(f"<div>{map_keys(picture, LIGHT)}</div>")
        assert {one.tag for one in keys.iter()} <= {"div", "b", "span", "i", "svg", "path", "circle"}
