"""The four screens on units side by side: ranking, accounts, what if, publishing."""

import streamlit as st

from dashboard.theme import on_paper
from dashboard.translations import _


def unit_tabs() -> None:
    """Links that keep the choices made so far."""
    if on_paper():
        return
    screens = {
        "units": _("Ranking"),
        "unit_accounts": _("Where scores come from"),
        "what_if": _("What if"),
        "publication": _("Publishing"),
    }
    with st.container(horizontal=True, gap="small", key="unit_tabs"):
        for screen, label in screens.items():
            st.page_link(f"screens/{screen}.py", label=label)
