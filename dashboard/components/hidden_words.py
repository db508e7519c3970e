"""What Streamlit's own widgets say to a screen reader, in the language of the page."""

from pathlib import Path

import streamlit as st

from dashboard.theme import on_paper
from dashboard.translations import _, language

_SAY = st.components.v2.component(
    "red_steward.hidden_words",
    html="<span hidden></span>",
    js=(Path(__file__).parent / "hidden_words.js").read_text("utf-8"),
)


def hidden_words() -> None:
    """Put them into the language of the page; they are English by themselves. A sheet has no widgets."""
    if on_paper():
        return
    words: dict[str, str] = {}
    if language() == "zh_CN":
        words = {
            "App pages": _("Screens of the board"),
            "Navigate to home page": _("To the overview"),
            "Logo": _("Red Steward Board"),
            "Open": _("Unfold the list"),
            "Clear value": _("Empty the field"),
            "file upload": _("Choose files"),
            "Decrement": _("One less"),
            "Increment": _("One more"),
            "Dismiss": _("Close"),
            "Close": _("Close"),
        }
    options = _("{count} options") if words else ""
    _SAY(key="hidden_words", data=[{"words": words, "options": options}])
