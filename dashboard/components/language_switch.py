"""The other language, one quiet word at the end of the navigation."""

import streamlit as st

from dashboard.selection import keep
from dashboard.translations import LANGUAGES, language


def language_switch() -> None:
    """Offers each language that is not in use under its own name; the choice stands in the address."""
    with st.container(key="language", width="content"):
        for code, name in LANGUAGES.items():
            if code != language():
                st.button(name, key=f"language_{code}", type="tertiary", on_click=keep, args=("lang", code))
