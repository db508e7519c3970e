"""A map on a sheet: areas in their classes, the worst outlined and numbered as in the table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.map_frame import MapFrame
from dashboard.components.map_picture import MapPicture, Shape
from dashboard.components.sheet_map_view import Numeral, View, numerals, whole_view, zoomed_view
from dashboard.components.sheet_parts import BOTTOM, LEFT, RIGHT, TOP, body, box, line, rule, words

MAP_WIDTH, _SHORT, _NARROW = 984, 484, 640
_TABLE_LEFT, _ROW = 1150, 104
_LOCATOR_WIDTH, _LOCATOR_HEIGHT = 250, 196
_NUMERAL, _HALO, _APART = 25.0, 38.0, 56.0
_OUTLINE, _THIN, _BORDER, _SUBDISTRICT = 6.0, 3.0, 2.0, 4.0


@dataclass(frozen=True)
class Worst:
    """A row of the table: area, its name, what stands below the name, its value."""

    area_code: str
    name: str
    note: str
    value: str


@dataclass(frozen=True)
class Legend:
    """What the colours stand for; the names of the classes, the edges between them, the areas in each, and who has none."""

    caption: str
    names: Sequence[str]
    edges: Sequence[str]
    counts: Sequence[int]
    note: str


def map_body(picture: MapPicture, worst: Sequence[Worst], legend: Legend, heads: tuple[str, str]) -> str:
    """The map zoomed to the worst, with a locator; where these span half of the district, all of it."""
    codes = [one.area_code for one in worst]
    shapes = {shape.area_code: shape for shape in picture.shapes}
    marked = [shapes.get(code) for code in codes]
    known = [shape for shape in marked if shape is not None]
    points = all(shape.geometry is None for shape in picture.shapes)
    zoomed = zoomed_view(picture.frame, known, MAP_WIDTH, _SHORT)
    if not known:
        parts = [_horizontal_legend(legend, picture.diverging, LEFT, TOP + 40, MAP_WIDTH)]
    elif zoomed is not None:
        parts = [
            _map(picture, marked, zoomed, MAP_WIDTH, _SHORT),
            _locator(picture, zoomed),
            _horizontal_legend(
                legend, picture.diverging, LEFT + _LOCATOR_WIDTH + 30, 752, MAP_WIDTH - _LOCATOR_WIDTH - 30
            ),
        ]
    elif picture.frame.width > picture.frame.height * 1.2:
        parts = [
            _map(picture, marked, whole_view(picture.frame, MAP_WIDTH, _SHORT, points), MAP_WIDTH, _SHORT),
            _horizontal_legend(legend, picture.diverging, LEFT, 752, MAP_WIDTH),
        ]
    else:
        tall = BOTTOM - TOP
        parts = [
            _map(picture, marked, whole_view(picture.frame, _NARROW, tall, points), _NARROW, tall),
            _vertical_legend(legend, picture.diverging, LEFT + _NARROW + 34),
        ]
    return body(*parts, _table(worst, heads))


def _map(picture: MapPicture, marked: Sequence[Shape | None], view: View, width: float, height: float) -> str:
    """The drawing; every stroke is a number of stage pixels, whatever the zoom."""
    frame, pixel = picture.frame, 1 / view.scale
    outlines = "".join(
        f'<path d="{frame.path(one.geometry)}"/>' for one in picture.outlines if one.geometry is not None
    )
    numbered = numerals(frame, marked, view, _APART)
    aside = {one.number for one in numbered if one.leads_to is not None}
    thin = f' stroke-width="{_THIN * pixel:.3f}"'
    rings = "".join(
        f'<path d="{frame.path(one.geometry)}"{thin if n + 1 in aside else ""}/>'
        for n, one in enumerate(marked)
        if one is not None and one.geometry is not None
    )
    return (
        f'<svg class="pic map" style="left:{LEFT}px;top:{TOP}px;width:{width:.0f}px;height:{height:.0f}px" '
        f'viewBox="{view.box}" stroke-linejoin="round">'
        f'<g class="areas" stroke-width="{_BORDER * pixel:.3f}">{_areas(picture, 16 * pixel)}</g>'
        f'<g class="areas">{_halos(picture, marked, frame, pixel)}</g><g class="outline" stroke-width="{_SUBDISTRICT * pixel:.3f}">{outlines}</g>'
        f'<g class="marked" stroke-width="{_OUTLINE * pixel:.3f}">{rings}</g>'
        f"{''.join(_leader(one, pixel) for one in numbered)}{''.join(_numeral(one, pixel) for one in numbered)}</svg>"
    )


def _halos(picture: MapPicture, marked: Sequence[Shape | None], frame: MapFrame, pixel: float) -> str:
    """The class colour around the numerals of areas that are mere points."""
    found = [shape for shape in marked if shape is not None and shape.geometry is None]
    return "".join(_area(shape, frame, _HALO * pixel, _kind(picture, shape)) for shape in found)


def _kind(picture: MapPicture, shape: Shape) -> str:
    if shape.colour_class is None:
        return "none"
    return f"{'d' if picture.diverging else 'q'}{shape.colour_class + 1}"


def _areas(picture: MapPicture, radius: float) -> str:
    return "".join(_area(shape, picture.frame, radius, _kind(picture, shape)) for shape in picture.shapes)


def _area(shape: Shape, frame: MapFrame, radius: float, kind: str) -> str:
    if shape.geometry is not None:
        return f'<path class="{kind}" d="{frame.path(shape.geometry)}"/>'
    x, y = frame.at(shape.longitude, shape.latitude)
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.2f}"/>'


def _leader(numeral: Numeral, pixel: float) -> str:
    """The line to an area too small for its numeral, with a halo that keeps it apart from borders."""
    if numeral.leads_to is None:
        return ""
    (x, y), (to_x, to_y) = numeral.place, numeral.leads_to
    path = f'd="M{x:.2f} {y:.2f}L{to_x:.2f} {to_y:.2f}"'
    return (
        f'<path class="halo" {path} stroke-width="{9 * pixel:.3f}"/>'
        f'<path class="marked" {path} stroke-width="{3 * pixel:.3f}"/>'
        f'<circle class="end" cx="{to_x:.2f}" cy="{to_y:.2f}" r="{5 * pixel:.3f}"/>'
    )


def _numeral(numeral: Numeral, pixel: float) -> str:
    x, y = numeral.place
    return (
        f'<circle class="ring" cx="{x:.2f}" cy="{y:.2f}" r="{_NUMERAL * pixel:.3f}" stroke-width="{4 * pixel:.3f}"/>'
        f'<text x="{x:.2f}" y="{y:.2f}" style="font-size:{34 * pixel:.3f}px">{numeral.number}</text>'
    )


def _locator(picture: MapPicture, view: View) -> str:
    """The whole district, small, with a frame around what the map shows."""
    whole = whole_view(picture.frame, _LOCATOR_WIDTH, _LOCATOR_HEIGHT)
    pixel = 1 / whole.scale
    return (
        f'<svg class="pic locator" style="left:{LEFT}px;top:{BOTTOM - _LOCATOR_HEIGHT - 6}px;width:{_LOCATOR_WIDTH}px;'
        f'height:{_LOCATOR_HEIGHT}px" viewBox="{whole.box}"><g class="areas" stroke-width="{0.7 * pixel:.3f}">'
        f'{_areas(picture, 3 * pixel)}</g><rect class="marked" x="{view.left:.1f}" y="{view.top:.1f}" '
        f'width="{view.width:.1f}" height="{view.height:.1f}" stroke-width="{5 * pixel:.3f}"/></svg>'
    )


def _kinds(diverging: bool) -> list[str]:
    return [f"{'d' if diverging else 'q'}{place + 1}" for place in range(5)]


def _horizontal_legend(legend: Legend, diverging: bool, left: float, top: float, width: float) -> str:
    """Counts above the colours, the edges of the classes where the colours meet."""
    step = width / len(legend.counts)
    parts = [line(left, top, width, words(legend.caption), "note", 44)]
    for place, (count, kind) in enumerate(zip(legend.counts, _kinds(diverging), strict=True)):
        parts.append(line(left + place * step, top + 46, step, str(count), "b c", 44))
        parts.append(box(left + place * step, top + 92, step - 3, 38, "", kind))
    parts += [
        line(left + (place + 1) * step - step / 2, top + 134, step, words(edge), "small c", 40)
        for place, edge in enumerate(legend.edges)
    ]
    if legend.note:
        parts.append(line(left, top + 172, width, words(legend.note), "note", 40))
    return "".join(parts)


def _vertical_legend(legend: Legend, diverging: bool, left: float) -> str:
    """A line for each class, the good end at the top."""
    width = LEFT + MAP_WIDTH - left
    parts = [line(left, TOP, width, words(legend.caption), "note", 44)]
    named = list(zip(legend.names, legend.counts, _kinds(diverging), strict=True))
    for place, (name, count, kind) in enumerate(reversed(named)):
        top = TOP + 62 + place * 60
        parts.append(box(left, top, 54, 46, "", kind))
        parts.append(line(left + 68, top, width - 130, words(name), "small", 46))
        parts.append(line(left + width - 70, top, 70, str(count), "b r", 46))
    if legend.note:
        parts.append(line(left, TOP + 62 + 5 * 60, width, words(legend.note), "note", 46))
    return "".join(parts)


def _table(worst: Sequence[Worst], heads: tuple[str, str]) -> str:
    width = RIGHT - _TABLE_LEFT
    parts = [
        line(_TABLE_LEFT + 66, TOP, width - 66 - 240, words(heads[0]), "note", 44),
        line(RIGHT - 240, TOP, 240, words(heads[1]), "note r", 44),
        rule(_TABLE_LEFT, TOP + 54, width, "group"),
    ]
    for place, one in enumerate(worst):
        top = TOP + 58 + place * _ROW
        parts += [
            box(_TABLE_LEFT, top + (_ROW - 48) / 2, 48, 48, str(place + 1), "numeral"),
            line(_TABLE_LEFT + 66, top + 6, width - 66 - 210, words(one.name), "name", 50),
            line(_TABLE_LEFT + 66, top + 55, width - 66 - 210, words(one.note), "note", 42),
            line(RIGHT - 200, top, 200, words(one.value), "big bad r", _ROW),
            rule(_TABLE_LEFT, top + _ROW, width),
        ]
    return "".join(parts)
