"""Page mode: a screen as one white sheet for print, titled by district and data until, its choices stated in words."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import streamlit as st

from dashboard.components.markup import grown, text
from dashboard.theme import on_paper
from dashboard.translations import _
from pipelines.district import District

# A sheet has one width whatever the window's, so nothing on it may depend on the window.
_BY_WINDOW = re.compile(r"^@media .*$", re.MULTILINE)
_OWN = (Path(__file__).parent.parent / "page_sheet.css").read_text("utf-8")
_SCREEN, _TITLES, _CHOICES, _SCRIPTED = "sheet_screen", "sheet_titles", "sheet_choices", "sheet_scripted"


@cache
def sheet_styles(desk: str) -> str:
    """The desk's stylesheet at the size of a sheet, and what only a sheet has."""
    return grown(_BY_WINDOW.sub("", desk)) + _OWN


def begin_sheet(screen: str) -> None:
    """Begins the sheet of a screen of that name."""
    st.session_state[_SCREEN], st.session_state[_TITLES] = screen, ("", "")
    st.session_state[_CHOICES], st.session_state[_SCRIPTED] = [], 0


def entitle(district: str, data_until: date) -> None:
    """What stands at the top of the sheet, above whatever its screen says first."""
    named = district != District().name
    board = _("{district} Red Steward Board").format(district=district) if named else _("Red Steward Board")
    until = _("Data until {day}").format(day=f"{data_until:%Y-%m-%d}")
    st.session_state[_TITLES] = (board, until)


def masthead() -> str:
    """The HTML of the first line of a sheet, once; nothing on the desk."""
    if not on_paper():
        return ""
    st.session_state.pop(_SCREEN, None)
    titles = st.session_state.pop(_TITLES, ("", ""))
    return (
        f'<div class="masthead"><span>{text(titles[0])}</span><span>{text(titles[1])}</span></div>'
        if any(titles)
        else ""
    )


def unnamed_screen() -> str:
    """The screen of a sheet that says nothing yet; its first words have to name it. Nothing on the desk."""
    return str(st.session_state.get(_SCREEN, "")) if on_paper() else ""


def state(choice: str) -> None:
    """A choice that a box would show on the desk, for the next headline to say."""
    st.session_state.setdefault(_CHOICES, []).append(choice)


def end_mark() -> str:
    """HTML at the end of what a screen says, by which a browser tells that all is there; nothing on the desk.

    It says how many pictures are drawn by scripts of their own, which may load long after everything else.
    """
    if not on_paper():
        return ""
    return f'<div class="sheet-end" data-scripted="{st.session_state.get(_SCRIPTED, 0)}"></div>'


def drawn_by_script() -> None:
    """Says that a picture follows which a script draws in the browser."""
    st.session_state[_SCRIPTED] = st.session_state.get(_SCRIPTED, 0) + 1


def with_choices(kicker: Sequence[str]) -> list[str]:
    """The kicker; on a sheet without the district, which stands above, and with the choices that it does not name."""
    if not on_paper():
        return list(kicker)
    made = st.session_state.get(_CHOICES, [])
    st.session_state[_CHOICES] = []
    board = st.session_state.get(_TITLES, ("", ""))[0]
    named = [part for part in kicker if part and not board.startswith(part)]
    return [*named, *(one for one in made if not any(one in part for part in named))]
