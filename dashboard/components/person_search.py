"""A field for the code of one steward; what the reader types goes into the address."""

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard.components.shown_value import shows
from dashboard.selection import asked, keep
from dashboard.theme import on_paper

_LONGEST_CODE = 64
_KEY = "choice_steward"


def person_search(label: str, placeholder: str, belongs: Callable[[str], Mapping[str, str]]) -> str:
    """The code asked for, or nothing; `belongs` gives the choices (community, class, unit) that a found person sets."""
    code = (asked("steward") or "")[:_LONGEST_CODE]
    if on_paper():
        return code
    st.text_input(
        label, value=code if shows(_KEY, code) else "", key=_KEY, placeholder=placeholder, max_chars=_LONGEST_CODE, on_change=_keep_person, args=(belongs,),
        label_visibility="collapsed", width=300,
    )  # fmt: skip
    return code


def _keep_person(belongs: Callable[[str], Mapping[str, str]]) -> None:
    code = str(st.session_state.get(_KEY) or "").strip()
    keep("steward", code)
    for name, value in belongs(code).items():
        keep(name, value)
