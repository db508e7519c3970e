"""Publishing in two steps: who, then once more what it means; nothing happens on the first press."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from dashboard.components.markup import show, text
from dashboard.translations import _

_ASKED = "publication_asked"


@dataclass(frozen=True)
class PublishWords:
    """What is published (quarter and version: another one begins anew), and what to read before confirming."""

    subject: str
    confirm: str
    longest_name: int


def publish_steps(words: PublishWords, publish: Callable[[str], str]) -> None:
    """`publish` takes the name of the publisher and gives a sentence when it was refused."""
    asked = st.session_state.get(_ASKED)
    if asked is None or asked[0] != words.subject:
        _first_step(words)
        return
    show(f'<p class="asking">{text(words.confirm.format(who=asked[1]))}</p>')
    with st.container(horizontal=True, gap="small"):
        confirmed = st.button(_("Publish, for good"), type="primary", key="publish_confirm")
        st.button(_("Back"), key="publish_back", on_click=_forget)
    if confirmed:
        refused = publish(asked[1])
        if refused:
            show(f'<p class="bad">{text(refused)}</p>')
            return
        _forget()
        st.rerun()


def _first_step(words: PublishWords) -> None:
    with st.form("publication", border=False, enter_to_submit=False):
        who = st.text_input(
            _("Published by (name)"), max_chars=words.longest_name, key="publisher", width=320
        )
        pressed = st.form_submit_button(_("Go on: look once more"))
    if pressed and who.strip():
        st.session_state[_ASKED] = (words.subject, who.strip())
        st.rerun()
    if pressed:
        show(f'<p class="bad">{text(_("Say who publishes: the name stays with the ranking"))}</p>')


def _forget() -> None:
    st.session_state.pop(_ASKED, None)
