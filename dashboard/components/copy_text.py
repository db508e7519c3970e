"""A button that copies a text, for pasting it into a document of one's own."""

from pathlib import Path

import streamlit as st

from dashboard.theme import on_paper
from dashboard.translations import _

_STYLE = """
button{font:inherit;font-size:15px;color:var(--st-text-color);background:none;border:1px solid var(--st-border-color);
border-radius:3px;padding:6px 14px;white-space:nowrap;cursor:pointer}
button:hover{border-color:var(--st-primary-color);color:var(--st-primary-color)}
"""
_BUTTON = st.components.v2.component(
    "red_steward.copy_text",
    html='<button type="button"></button>',
    css=_STYLE,
    js=(Path(__file__).parent / "copy_text.js").read_text("utf-8"),
)


def copy_text(key: str, words: str) -> None:
    """Offer a text for copying; nothing on a sheet."""
    if not on_paper():
        _BUTTON(key=key, data=[{"text": words, "label": _("Copy the text"), "copied": _("Copied")}])
