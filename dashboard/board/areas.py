"""The areas that a reader can choose and that a map can draw."""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.board.door import Serving, answer, rows
from dashboard.formats import is_missing
from dashboard.table_rows import rows_of


@answer
def subdistricts_and_communities(serving: Serving) -> pd.DataFrame:
    """area_code, name, level, subdistrict (name), longitude, latitude; subdistricts first, each before its communities."""
    return rows(serving.root, serving.version, _AREAS)


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
    frame = rows(
        root,
        version,
        "SELECT a.area_code, b.geometry FROM facts.boundaries AS b JOIN facts.areas AS a ON a.area_no = b.area_no",
    )
    return {str(code): json.loads(geometry) for code, geometry in frame[["area_code", "geometry"]].to_numpy()}


_AREAS = """
SELECT
    a.area_code,
    a.name,
    a.level,
    s.name AS subdistrict,
    a.longitude,
    a.latitude
FROM facts.areas AS a
LEFT JOIN facts.area_paths AS p ON p.area_no = a.area_no AND p.level = 'subdistrict'
LEFT JOIN facts.areas AS s ON s.area_no = p.ancestor_no
WHERE a.level IN ('subdistrict', 'community')
ORDER BY coalesce(s.area_code, a.area_code), CASE WHEN a.level = 'subdistrict' THEN 0 ELSE 1 END, a.area_code
"""
