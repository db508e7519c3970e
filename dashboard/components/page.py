"""The page around every screen: title, logo, stylesheet."""

from copy import copy
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.components.footnote import empty_state
from dashboard.components.hidden_words import hidden_words
from dashboard.components.markup import Finished, text
from dashboard.components.own_links import own_links
from dashboard.components.page_sheet import sheet_styles
from dashboard.selection import asked, write_address
from dashboard.theme import FONT, LIGHT, on_paper, palette, take_medium
from dashboard.translations import _, use_language
from pipelines.faults import Fault

# Read once: Streamlit would read a file at every rerun.
_STYLES = (Path(__file__).parent.parent / "stylesheet.css").read_text("utf-8")
_MARK = (
    '<rect width="18" height="18" y="3" fill="{red}"/>'
    '<path d="M9 7.2 14.2 16H3.8z" fill="#F5C65B"/>'
)  # fmt: skip


def page_frame(name: str) -> None:
    """Page title, icon, logo and stylesheet; the same for every screen."""
    take_medium()
    st.set_page_config(page_title=name, page_icon=_svg(18, "", LIGHT.red, LIGHT.ink), layout="wide")
    colours = palette()
    st.logo(_svg(24 + 15 * len(name), name, colours.red, colours.ink), size="medium")
    styles = sheet_styles(_STYLES) if on_paper() else _STYLES
    st.html(Finished(f"<style>{styles}</style>"))
    # Streamlit's own words are English; the stylesheet puts these in their place.
    words = f':root{{--no-match:"{_("No match")}";--skip:"{_("Skip to the figures")}"}}'
    st.html(Finished(f"<style>{words}</style>"))
    hidden_words()
    own_links()


@st.fragment
def desk(screen: StreamlitPage) -> None:
    """Runs a screen; a choice made on it runs it again and nothing around it, which no choice changes.

    The frame, the navigation and the stylesheet cost the server as much as a screen of kept answers does, and the
    browser draws what it is sent. What they set up for a run has to be set up here once more.
    """
    use_language(asked("lang"))
    take_medium()
    try:
        # Streamlit lets a page run once, but a copy of it that has not run yet, too.
        copy(screen).run()
    except Fault as fault:
        empty_state(_("There is nothing to show yet"), str(fault), "steward build INBOX --warehouse DIR")
    # Not when the run begins anew: what it has chosen would be lost, for the next one is given the address of before.
    write_address()


def _svg(width: int, name: str, red: str, ink: str) -> str:
    words = f'<text x="25" y="17.5" font-family="{FONT}" font-size="15" font-weight="700" fill="{ink}">{text(name)}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="24" viewBox="0 0 {width} 24">'
        f"{_MARK.format(red=red)}{words if name else ''}</svg>"
    )
