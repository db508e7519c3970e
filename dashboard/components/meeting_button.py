"""The way into meeting mode, one quiet word beside the language switch."""

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.selection import MEETING_VERSION
from dashboard.translations import _


def meeting_button() -> None:
    """Opens the meeting over the period of the screen; where the screen was stays in the address."""
    with st.container(key="meeting_mode", width="content"):
        st.button(_("Meeting mode"), key="open_meeting", type="tertiary", on_click=_open)


def _open() -> None:
    st.session_state.pop(MEETING_VERSION, None)
    st.query_params["mode"] = "meeting"


def meeting_instead(screens: Mapping[str, Sequence[StreamlitPage]]) -> dict[str, list[StreamlitPage]]:
    """The meeting under the address of every screen, so that the way back leads to where it was opened from."""
    return {
        "": [
            st.Page("meeting/room.py", title=page.title, url_path=page.url_path, default=page.url_path == "")
            for pages in screens.values()
            for page in pages
        ]
    }
