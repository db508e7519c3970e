"""The last line of every screen, and what stands in place of a picture that has no data."""

from collections.abc import Sequence
from typing import NoReturn

import streamlit as st

from dashboard.components.headline import headline
from dashboard.components.markup import show, text
from dashboard.components.page_sheet import end_mark, unnamed_screen
from dashboard.selection import write_address


def footnote(parts: Sequence[str]) -> None:
    """Definition, data until, records and rejects, one after the other."""
    said = "".join(f"<span>{text(part)}</span>" for part in parts if part)
    show(f'<div class="foot">{said}</div>{end_mark()}')


def nothing_here(what: tuple[str, ...], notes: Sequence[str]) -> NoReturn:
    """Ends the screen: what is missing, what to do about it, and the footnote."""
    empty_state(*what)
    footnote(notes)
    write_address()  # nothing more is sent by a run that stops
    st.stop()


def empty_state(title: str, remedy: str, command: str = "") -> None:
    """Says what is missing and what to do about it; on a sheet that has nothing else, of which screen."""
    line = f"<p><code>{text(command)}</code></p>" if command else ""
    if screen := unnamed_screen():
        headline([screen], title, remedy)
        show(f'<div class="standfirst">{line}</div>{end_mark()}')
    else:
        show(f'<div class="empty"><h2>{text(title)}</h2><p>{text(remedy)}</p>{line}</div>{end_mark()}')
