"""Where a community lies, and which communities lie in an area: the tree of the version that serves."""

from collections.abc import Iterable

import pandas as pd

from dashboard.board.door import Serving, tree_of
from pipelines.area_tree import among


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
    areas = tree_of(serving.root, serving.version).areas
    found = None if community_no is None else areas.get(community_no)
    parent = areas.get(found.subdistrict) if found and found.subdistrict is not None else None
    return found.name if found else "", parent.name if parent else ""


def places_of(
    serving: Serving, communities: Iterable[int | None]
) -> dict[int | None, tuple[str | None, str | None, str | None]]:
    """Number of a community → its code, its name, and the name of its subdistrict; None where there is none."""
    areas = tree_of(serving.root, serving.version).areas
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
