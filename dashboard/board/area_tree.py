"""The tree of areas by their numbers, so that questions to one table need no join.

Planning a join takes DuckDB longer than reading a mart; the numbers of a choice are known here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from dashboard.board.door import Serving, connection


@dataclass(frozen=True)
class Area:
    """Code and name of an area, its level, and the number of its subdistrict (None without one)."""

    code: str
    name: str
    level: str
    subdistrict: int | None


@dataclass(frozen=True)
class AreaTree:
    """Number → area, code → number, and number → the numbers of all areas but grids in it, itself among them."""

    areas: dict[int, Area]
    numbers: dict[str, int]
    within: dict[int, list[int]]


def inside(serving: Serving, area: str | None, column: str = "community_no") -> str:
    """A condition of SQL for the communities of an area; of whole numbers only, whatever the reader asks for."""
    if area is None:
        return "TRUE"
    numbers = within(serving, area)
    return f"{column} IN ({', '.join(map(str, numbers))})" if numbers else "FALSE"


def within(serving: Serving, area: str) -> list[int]:
    """The numbers of all areas but grids in an area, itself among them; none of an unknown one."""
    tree = _tree(serving.root, serving.version)
    return tree.within.get(tree.numbers.get(area, -1), [])


def number_of(serving: Serving, area: str | None) -> int:
    """The number of an area, without one that of the district; -1 for an unknown one."""
    tree = _tree(serving.root, serving.version)
    if area is not None:
        return tree.numbers.get(area, -1)
    return next((number for number, one in tree.areas.items() if one.level == "district"), -1)


def with_places(serving: Serving, frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows with community and subdistrict (names) for community_no."""
    numbers = (int(number) if pd.notna(number) else None for number in frame["community_no"])
    found = [places(serving, number) for number in numbers]
    return frame.assign(
        community=[community for community, _subdistrict in found],
        subdistrict=[subdistrict for _community, subdistrict in found],
    )


def places(serving: Serving, community_no: int | None) -> tuple[str, str]:
    """The names of a community and of its subdistrict; empty ones where there is none."""
    areas = _tree(serving.root, serving.version).areas
    found = None if community_no is None else areas.get(community_no)
    parent = areas.get(found.subdistrict) if found and found.subdistrict is not None else None
    return found.name if found else "", parent.name if parent else ""


def places_of(
    serving: Serving, communities: Iterable[int | None]
) -> dict[int | None, tuple[str | None, str | None, str | None]]:
    """Number of a community → its code, its name, and the name of its subdistrict; None where there is none."""
    areas = _tree(serving.root, serving.version).areas
    found: dict[int | None, tuple[str | None, str | None, str | None]] = {}
    for number in communities:
        one = areas.get(number) if number is not None else None
        parent = areas.get(one.subdistrict) if one and one.subdistrict is not None else None
        found[number] = (
            one.code if one else None,
            one.name if one else None,
            parent.name if parent else None,
        )
    return found


@lru_cache(3)
def _tree(root: str, version: str) -> AreaTree:
    cursor = connection(root, version).cursor()
    named = cursor.execute(
        "SELECT area_no, area_code, name, level FROM facts.areas ORDER BY area_no"
    ).fetchall()
    paths = cursor.execute("SELECT area_no, level, ancestor_no FROM facts.area_paths").fetchall()
    subdistricts = {number: ancestor for number, level, ancestor in paths if level == "subdistrict"}
    within: dict[int, list[int]] = {}
    grids = {number for number, _code, _name, level in named if level == "grid"}
    for number, _level, ancestor in paths:
        if number not in grids:
            within.setdefault(ancestor, []).append(number)
    return AreaTree(
        {number: Area(code, name, level, subdistricts.get(number)) for number, code, name, level in named},
        {code: number for number, code, _name, _level in named},
        within,
    )
