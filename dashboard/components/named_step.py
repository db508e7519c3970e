"""A step that changes what everybody sees: somebody gives a name, presses once, reads, and confirms."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from dashboard.components.markup import show, text
from dashboard.theme import on_paper

_LONGEST_NAME = 40
# Who gave a name once in this session need not type it again.
_GIVEN = "given_name"


@dataclass(frozen=True)
class StepWords:
    """The field for the name, the first button, what is read before the second, the second, and the way back."""

    name: str
    button: str
    sentence: str
    confirm: str
    cancel: str
    nameless: str


def named_step(key: str, words: StepWords) -> str | None:
    """The name of who confirmed, at the run in which that happened; None before."""
    if on_paper():
        return None
    asked = f"{key}_asked"
    if st.session_state.get(asked):
        return _second(key, asked, words)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"{key}_step"):
        name = st.text_input(
            words.name, st.session_state.get(_GIVEN, ""), max_chars=_LONGEST_NAME, key=f"{key}_name",
            placeholder=words.name, label_visibility="collapsed", width=220,
        )  # fmt: skip
        pressed = st.button(words.button, key=f"{key}_button", type="primary")
    if pressed and not (name or "").strip():
        say(words.nameless, bad=True)
    elif pressed:
        st.session_state[asked] = st.session_state[_GIVEN] = (name or "").strip()
        st.rerun()
    return None


def _second(key: str, asked: str, words: StepWords) -> str | None:
    say(words.sentence)
    with st.container(horizontal=True, gap="small", key=f"{key}_step"):
        confirmed = st.button(words.confirm, key=f"{key}_confirm", type="primary")
        cancelled = st.button(words.cancel, key=f"{key}_cancel")
    if not confirmed and not cancelled:
        return None
    name = str(st.session_state.pop(asked))
    if cancelled:
        st.rerun()
    return name


def say(sentence: str, *, bad: bool = False) -> None:
    """One sentence; a bad one in violet. Nothing for an empty one."""
    if sentence:
        show(f'<p class="say{" bad" if bad else ""}">{text(sentence)}</p>')


@contextmanager
def progress_bar() -> Iterator["Report"]:
    """A bar that a long step moves, gone at its end."""
    report = Report()
    yield report
    report.bar.empty()


class Report:
    """Called with a step in words and the share that is done."""

    def __init__(self) -> None:
        self.bar = st.progress(0.0)

    def __call__(self, step: str, share: float) -> None:
        self.bar.progress(min(1.0, max(0.0, share)), step)
