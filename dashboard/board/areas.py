"""The areas that a reader can choose and that a map can draw."""

import json
from collections.abc import Mapping
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.board.area_tree import places_of
from dashboard.board.door import Serving, answer, connection, fetched, tree_of
from dashboard.formats import is_missing
from dashboard.table_rows import rows_of


@answer
def subdistricts_and_communities(serving: Serving) -> pd.DataFrame:
    """area_code, name, level, subdistrict (name), longitude, latitude; subdistricts first, each before its communities."""
    found = fetched(serving, _AREAS)
    places = places_of(serving, (row["area_no"] for row in found))
    for row in found:
        place = places[row["area_no"]]
        row["subdistrict"] = place.subdistrict
        row["order"] = (
            place.subdistrict_code or row["area_code"],
            row["level"] != "subdistrict",
            row["area_code"],
        )
    found.sort(key=itemgetter("order"))
    texts = {name: pd.Series([row[name] for row in found], dtype=object) for name in _TEXTS}
    return pd.DataFrame(texts | {name: np.array([row[name] for row in found], float) for name in _PLACE})


@answer
def selectable_areas(serving: Serving) -> dict[str, str]:
    """Area code → name as offered in the filter; a community names its subdistrict, so that equal names differ."""
    return {str(area["area_code"]): _label(area) for area in rows_of(subdistricts_and_communities(serving))}


def _label(area: Mapping[Any, Any]) -> str:
    if area["level"] == "subdistrict" or is_missing(area["subdistrict"]):
        return str(area["name"])
    return f"{area['subdistrict']} · {area['name']}"


@answer
def community_count(serving: Serving) -> int:
    """How many communities the district has."""
    return int((subdistricts_and_communities(serving)["level"] == "community").sum())


def boundaries(serving: Serving) -> dict[str, dict[str, Any]]:
    """Area code → GeoJSON geometry in WGS-84; empty without boundaries.geojson. Shared: nobody may change it."""
    return _boundaries(serving.root, serving.version)


@st.cache_resource(max_entries=3, show_spinner=False)
def _boundaries(root: str, version: str) -> dict[str, dict[str, Any]]:
    areas = tree_of(root, version).areas
    found = connection(root, version).cursor().execute(_BOUNDARIES).fetchall()
    return {areas[number].code: json.loads(geometry) for number, geometry in found if number in areas}


@answer
def blocks(serving: Serving) -> dict[str, list[dict[str, Any]]]:
    """Area code → walls, top and core of its block on the raised map (GeoJSON). Shared: nobody may change it."""
    areas = tree_of(serving.root, serving.version).areas
    found = connection(serving.root, serving.version).cursor().execute(_BLOCKS).fetchall()
    return {
        areas[number].code: [json.loads(part) for part in parts]
        for number, *parts in found
        if number in areas
    }


_TEXTS, _PLACE = ("area_code", "name", "level", "subdistrict"), ("longitude", "latitude")

_AREAS = """
SELECT area_no, area_code, name, level, longitude, latitude
FROM facts.areas
WHERE level IN ('subdistrict', 'community')
"""

_BOUNDARIES = "SELECT area_no, geometry FROM facts.boundaries"
_BLOCKS = "SELECT area_no, walls, top, core FROM facts.boundaries"
