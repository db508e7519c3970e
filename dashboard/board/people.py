"""Names of persons from the private file, handed out masked unless the district has switched that off.

The only other place of the board that opens that file gives the correction sheets.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard.board.door import Serving
from pipelines.faults import SurroundingsFault
from pipelines.privacy import mask_name
from pipelines.warehouse import Warehouse


@dataclass(frozen=True)
class Names:
    """Steward id → name as it may be shown, `masked` or whole; `fault` says why there are none."""

    known: dict[str, str]
    fault: str = ""
    masked: bool = True

    def of(self, steward_ids: pd.Series) -> list[str]:
        """The names in the order of the ids, nothing for an unknown one."""
        return [self.known.get(str(steward_id), "") for steward_id in steward_ids]


def names(serving: Serving) -> Names:
    """Masked names, whole ones only where the district has switched masking off."""
    return _names(serving.root, serving.version, serving.district.privacy.mask_names)


@st.cache_resource(max_entries=3, show_spinner=False)
def _names(root: str, version: str, masked: bool) -> Names:
    try:
        connection = Warehouse(Path(root)).open(version, private=True)
    except SurroundingsFault as fault:
        return Names({}, str(fault))
    try:
        found = connection.execute(
            "SELECT steward_id, max(name) FROM private.stewards GROUP BY steward_id"
        ).fetchall()
    finally:
        connection.close()
    known = {str(key): mask_name(name or "") if masked else name or "" for key, name in found}
    return Names(known, masked=masked)
