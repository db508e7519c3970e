"""A field for words to look for; what the reader types goes into the address."""

import streamlit as st

from dashboard.components.shown_value import shows
from dashboard.selection import asked, keep
from dashboard.theme import on_paper

_LONGEST = 40


def search_field(name: str, label: str) -> str:
    """The words asked for, blanks around them taken off; nothing at first."""
    key = f"choice_{name}"
    words = (asked(name) or "")[:_LONGEST]
    if on_paper():
        return words.strip()
    st.text_input(
        label, value=words if shows(key, words) else "", key=key, placeholder=label, max_chars=_LONGEST, on_change=_keep_words, args=(name, key),
        label_visibility="collapsed", width=280,
    )  # fmt: skip
    return words.strip()


def _keep_words(name: str, key: str) -> None:
    keep(name, str(st.session_state.get(key) or ""))
