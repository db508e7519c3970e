"""The button that makes something larger, and, once it is there, the button that fetches it."""

import streamlit as st

from dashboard.theme import on_paper


def make_button(key: str, label: str) -> bool:
    """Pressed at this run; never on a sheet."""
    return not on_paper() and st.button(label, key=key, type="primary")


def fetch_button(key: str, label: str, content: bytes, name: str) -> None:
    """A finished archive to download."""
    if not on_paper():
        st.download_button(
            label, content, name, "application/zip", key=key, type="primary", on_click="ignore"
        )
