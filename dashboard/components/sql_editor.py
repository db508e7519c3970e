"""The box for a statement: it runs on the button only, never because a link says so."""

import streamlit as st

from dashboard.selection import asked, keep
from dashboard.translations import _

_HEIGHT = 190
_SENT = "statement_sent"
# Longer ones would not fit an address that mail programs leave alone.
_LONGEST_IN_ADDRESS = 1_500


def sql_editor(example: str) -> str | None:
    """The statement that this session sent last; None before. The address carries it, so that a link brings it along."""
    with st.form("sql", border=False, enter_to_submit=False):
        statement = st.text_area(
            _("Statement"), asked("sql") or example, height=_HEIGHT, label_visibility="collapsed",
            placeholder=_("Statement"),
        )  # fmt: skip
        if not st.form_submit_button(_("Run"), type="primary"):
            sent: str | None = st.session_state.get(_SENT)
            return sent
    st.session_state[_SENT] = statement
    if len(statement) <= _LONGEST_IN_ADDRESS:
        keep("sql", statement)
    return statement
