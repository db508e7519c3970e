"""Names of persons from the private file, handed out masked unless the district has switched that off.

The only other place of the board that opens that file gives the correction sheets.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import duckdb
import streamlit as st

from dashboard.board.door import Serving
from pipelines.faults import SurroundingsFault
from pipelines.privacy import mask_name
from pipelines.warehouse import Warehouse

# From so many ids on the index is no quicker than reading all, in a district of two hundred thousand.
_FEW = 250
# Names of so many are remembered, for the same people are shown again in the next period: a megabyte.
_REMEMBERED = 10_000
# A question for six costs a millisecond, each further person a thirtieth: so many are asked for at once.
_ALONG = 32


@dataclass(frozen=True)
class Names:
    """Names as they may be shown, `masked` or whole; `fault` says why there are none.

    They are looked up for those who are shown: all of a large district would take seventy megabytes.
    """

    private: duckdb.DuckDBPyConnection | None
    fault: str = ""
    masked: bool = True
    remembered: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def of(self, steward_ids: Iterable[object], likely: Iterable[str] = ()) -> list[str]:
        """The names in the order of the ids, nothing for an unknown one.

        The first of those who are `likely` to be asked for next are looked up along with others.
        """
        asked = [str(steward_id) for steward_id in steward_ids]
        known = {one: name for one in asked if (name := self.remembered.get(one)) is not None}
        if missing := {one for one in asked if one not in known}:
            room = max(_ALONG - len(missing), 0)
            along = (
                one for one in dict.fromkeys(likely) if one not in self.remembered and one not in missing
            )
            known |= self._learned([*missing, *islice(along, room)])
        return [known.get(steward_id, "") for steward_id in asked]

    def _learned(self, steward_ids: list[str]) -> dict[str, str]:
        found = self._known(sorted(steward_ids))
        if self.private is not None and len(steward_ids) <= _FEW:
            if len(self.remembered) > _REMEMBERED:
                self.remembered.clear()
            self.remembered.update({one: found.get(one, "") for one in steward_ids})
        return found

    def _known(self, steward_ids: list[str]) -> dict[str, str]:
        if self.private is None or not steward_ids:
            return {}
        # Only a list of single values is looked up by the index, and only a short one quicker than without it.
        few = len(steward_ids) <= _FEW
        which = ", ".join("?" * len(steward_ids)) if few else "SELECT unnest(?::VARCHAR[])"
        asked = steward_ids if few else [steward_ids]
        found = self.private.cursor().execute(_NAMES.format(which=which), asked).fetchall()
        # Of a person with several names the last in order.
        return {key: mask_name(name) if self.masked else name for key, name in sorted(found)}


def names(serving: Serving) -> Names:
    """Masked names, whole ones only where the district has switched masking off."""
    return _names(serving.root, serving.version, serving.district.privacy.mask_names)


@st.cache_resource(max_entries=3, show_spinner=False)
def _names(root: str, version: str, masked: bool) -> Names:
    try:
        return Names(Warehouse(Path(root)).open(version, private=True), masked=masked)
    except SurroundingsFault as fault:
        return Names(None, str(fault))


_NAMES = """
SELECT steward_id, coalesce(name, '')
FROM private.stewards
WHERE steward_id IN ({which})
"""
