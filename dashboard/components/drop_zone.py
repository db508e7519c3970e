"""Where exports are dropped; Streamlit's own words in it are English, so ours stand in their place."""

from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.components.markup import show, text


@dataclass(frozen=True)
class DropWords:
    """What the zone says: title, what may be dropped, the button, and a file too large for the browser."""

    title: str
    hint: str
    button: str
    too_large: str
    label: str


def drop_zone(words: DropWords, number: int, megabytes: int) -> list[UploadedFile]:
    """The files that lie in the zone; a new `number` gives an empty one."""
    show(
        f'<div class="block"><h2>{text(words.title)}</h2><p class="sub">{text(words.hint)}</p></div>',
        # The stylesheet says where these words stand; only they depend on the language.
        f"<style>.st-key-drop{{--browse:{_quoted(words.button)};--too-large:{_quoted(words.too_large)}}}</style>",
    )
    with st.container(key="drop"):
        return st.file_uploader(
            words.label, accept_multiple_files=True, key=f"drop_{number}", label_visibility="collapsed",
            max_upload_size=megabytes,
        )  # fmt: skip


def _quoted(words: str) -> str:
    """A string of CSS."""
    return '"' + "".join(character for character in words if character not in '"\\<>\n') + '"'
