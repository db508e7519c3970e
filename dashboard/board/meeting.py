"""What a meeting rests on: the version it began with, and whether a newer one serves meanwhile."""

from pathlib import Path

import streamlit as st

from dashboard.board.door import Serving, serving, serving_version
from dashboard.selection import MEETING_VERSION
from pipelines.faults import Fault
from pipelines.warehouse import Warehouse


def opened() -> Serving:
    """The version that the meeting of this session began with, as long as it can be read; else the one that serves."""
    current = serving()
    begun = st.session_state.setdefault(MEETING_VERSION, current.version)
    if begun != current.version:
        try:
            return serving_version(current.root, begun)
        except Fault:
            st.session_state[MEETING_VERSION] = current.version
    return current


def is_newer(board: Serving) -> bool:
    """Whether another version serves by now; a warehouse that cannot be read has nothing newer to offer."""
    try:
        return Warehouse(Path(board.root)).current().id != board.version
    except Fault:
        return False
