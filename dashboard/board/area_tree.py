"""Where a community lies, and which communities lie in an area: the tree of the version that serves."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from dashboard.board.door import Serving, answer, tree_of
from pipelines.area_tree import AreaTree, among


class Place(NamedTuple):
    """Area code and name of a community and of its subdistrict; None where there is none."""

    code: str | None
    name: str | None
    subdistrict_code: str | None
    subdistrict: str | None


NOWHERE = Place(None, None, None, None)


def inside(serving: Serving, area: str | None, column: str = "community_no") -> str:
    """A condition of SQL for the communities of an area; of whole numbers only, whatever the reader asks for."""
    if area is None:
        return "TRUE"
    return among(column, within(serving, area))


def within(serving: Serving, area: str) -> list[int]:
    """The numbers of all areas but grids in an area, itself among them; none of an unknown one."""
    tree = tree_of(serving.root, serving.version)
    return tree.within.get(tree.numbers.get(area, -1), [])


def number_of(serving: Serving, area: str | None) -> int:
    """The number of an area, without one that of the district; -1 for an unknown one."""
    tree = tree_of(serving.root, serving.version)
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
    found = _place(tree_of(serving.root, serving.version), community_no)
    return found.name or "", found.subdistrict or ""


def places_of(serving: Serving, communities: Iterable[int | None]) -> dict[int | None, Place]:
    """Number of a community → its place."""
    tree = tree_of(serving.root, serving.version)
    return {number: _place(tree, number) for number in communities}


@answer
def places_by_code(serving: Serving) -> dict[str, Place]:
    """Area code of every community → its place."""
    tree = tree_of(serving.root, serving.version)
    return {one.code: _place(tree, number) for number, one in tree.areas.items() if one.level == "community"}


def _place(tree: AreaTree, number: int | None) -> Place:
    own = None if number is None else tree.areas.get(number)
    if own is None:
        return NOWHERE
    above = None if own.subdistrict is None else tree.areas.get(own.subdistrict)
    return Place(own.code, own.name, *((above.code, above.name) if above else (None, None)))
