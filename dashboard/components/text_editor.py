"""A box for a longer text that is read and changed; what was saved elsewhere replaces what stands in it."""

from zlib import crc32

import streamlit as st

from dashboard.theme import on_paper

_HEIGHT = 190


def text_editor(key: str, label: str, saved: str, longest: int) -> str:
    """The text in the box; it begins with the saved one."""
    if on_paper():
        return saved
    # Another saved text gives another box: Streamlit keeps what somebody typed under the same key.
    own = f"{key}_{crc32(saved.encode()):08x}"
    with st.container(key=key):
        typed = st.text_area(
            label, saved, height=_HEIGHT, max_chars=longest, key=own, label_visibility="collapsed"
        )
    return (typed or "").strip()
