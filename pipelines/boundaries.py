"""The shapes of areas: boundaries.geojson beside the exports, subdistricts dissolved from communities."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
from shapely import union_all
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from pipelines.faults import BadBoundaries
from pipelines.geo import Datum, from_wgs84, to_wgs84
from pipelines.inbox import BOUNDARIES
from pipelines.raised_boundaries import Block, raised_boundaries
from pipelines.written import write_table

# Decimal degrees kept: 6 digits are 0.1 m.
_DIGITS = 6


def read_boundaries(folder: Path, datum: Datum) -> dict[str, dict[str, Any]]:
    """GeoJSON geometry by area_code, in the district's datum; empty when there is no file.

    The file's own member `datum` holds when it differs. Raises BadBoundaries.
    """
    path = next((found for found in sorted(folder.rglob(BOUNDARIES)) if found.is_file()), None)
    if path is None:
        return {}
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
        own = document.get("datum", datum)
        shapes = {}
        for feature in document["features"]:
            if feature["geometry"]["type"] not in ("Polygon", "MultiPolygon"):
                raise BadBoundaries(path, "有的图形不是多边形（Polygon 或 MultiPolygon）")
            shapes[str(feature["properties"]["area_code"])] = _in_datum(feature["geometry"], own, datum)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadBoundaries(path, f"不是带 area_code 属性的 GeoJSON（{type(error).__name__}）") from error
    return shapes


def write_boundaries(con: duckdb.DuckDBPyConnection, shapes: Mapping[str, Mapping[str, Any]]) -> None:
    """`facts.boundaries` (area_no, geometry, and the parts of its block: walls, top, core; GeoJSON texts).

    An area without a shape of its own gets the union of the areas below it. Needs facts.areas and facts.area_paths.
    """
    areas = con.execute("SELECT area_no, area_code, level FROM facts.areas").fetchall()
    known = {number: shapes[code] for number, code, _level in areas if code in shapes}
    below: dict[int, list[BaseGeometry]] = {}
    for number, ancestor in con.execute("SELECT area_no, ancestor_no FROM facts.area_paths").fetchall():
        if number in known and ancestor not in known:
            below.setdefault(ancestor, []).append(_valid(known[number]))
    found = {number: _rounded(geometry) for number, geometry in known.items()}
    found |= {number: _rounded(mapping(union_all(parts))) for number, parts in below.items()}
    blocks = _blocks(found, {number: level for number, _code, level in areas})
    columns = {
        "area_no": ("INTEGER", list(found)),
        "geometry": ("VARCHAR", [json.dumps(geometry) for geometry in found.values()]),
    }
    for place, part in enumerate(Block._fields):
        columns[part] = "VARCHAR", [json.dumps(blocks[number][place]) for number in found]
    write_table(con, "facts.boundaries", columns)


def _blocks(found: Mapping[int, Any], levels: Mapping[int, str]) -> dict[int, list[Any]]:
    """Area → the parts of its block; areas of one level are neighbours of each other.

    A shape that encloses nothing is its own block.
    """
    valid = {number: _valid(geometry) for number, geometry in found.items()}
    blocks = {number: [geometry] * len(Block._fields) for number, geometry in found.items()}
    for level in dict.fromkeys(levels[number] for number in found):
        numbers = [number for number in found if levels[number] == level and not valid[number].is_empty]
        raised = raised_boundaries([valid[number] for number in numbers])
        for number, block in zip(numbers, raised, strict=True):
            blocks[number] = [_rounded(mapping(part)) for part in block]
    return blocks


def _valid(geometry: Mapping[str, Any]) -> BaseGeometry:
    # A hairline closes the slivers that rounding leaves between neighbours.
    return shape(geometry).buffer(0)


def _in_datum(geometry: dict[str, Any], own: Datum, datum: Datum) -> dict[str, Any]:
    try:
        shape(geometry)
    except ShapelyError as error:
        raise ValueError(str(error)) from error
    if own == datum:
        return geometry
    return {"type": geometry["type"], "coordinates": _moved(geometry["coordinates"], own, datum)}


def _moved(coordinates: Any, own: Datum, datum: Datum) -> Any:
    if isinstance(coordinates[0], int | float):
        plain = to_wgs84([coordinates[0]], [coordinates[1]], own)
        moved = from_wgs84(plain.longitude, plain.latitude, datum)
        return [float(moved.longitude[0]), float(moved.latitude[0])]
    return [_moved(part, own, datum) for part in coordinates]


def _rounded(geometry: Any) -> dict[str, Any]:
    def rounded(value: Any) -> Any:
        return round(value, _DIGITS) if isinstance(value, float) else [rounded(part) for part in value]

    return {"type": geometry["type"], "coordinates": rounded(geometry["coordinates"])}
