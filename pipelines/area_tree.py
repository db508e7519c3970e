"""The tree of areas by their numbers, so that questions to one table need no join.

Planning a join takes DuckDB five times as long as reading a mart of a hundred communities; a tree is read once a version.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb


@dataclass(frozen=True)
class Area:
    """Code and name of an area, its level, and the number of its subdistrict (None without one)."""

    code: str
    name: str
    level: str
    subdistrict: int | None


@dataclass(frozen=True)
class AreaTree:
    """Number → area; code → number; number → the numbers of all areas but grids in it, itself among them; and level →
    number → the number of the area of that level in which it lies, which may be itself."""

    areas: dict[int, Area]
    numbers: dict[str, int]
    within: dict[int, list[int]]
    above: dict[str, dict[int, int]]


def read_area_tree(con: duckdb.DuckDBPyConnection) -> AreaTree:
    """The tree of a version."""
    named = con.execute("SELECT area_no, area_code, name, level FROM facts.areas ORDER BY area_no").fetchall()
    paths = con.execute("SELECT area_no, level, ancestor_no FROM facts.area_paths").fetchall()
    grids = {number for number, _code, _name, level in named if level == "grid"}
    within: dict[int, list[int]] = {}
    above: dict[str, dict[int, int]] = {}
    for number, level, ancestor in paths:
        above.setdefault(level, {})[number] = ancestor
        if number not in grids:
            within.setdefault(ancestor, []).append(number)
    subdistricts = above.get("subdistrict", {})
    return AreaTree(
        {number: Area(code, name, level, subdistricts.get(number)) for number, code, name, level in named},
        {code: number for number, code, _name, _level in named},
        within,
        above,
    )


def among(column: str, numbers: Iterable[int]) -> str:
    """A condition of SQL: the column is one of some whole numbers of our own; none of them, none at all."""
    listed = ", ".join(map(str, numbers))
    return f"{column} IN ({listed})" if listed else "FALSE"
