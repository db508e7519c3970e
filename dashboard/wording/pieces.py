"""Pieces of a screen that are kept as they are drawn: the next reader of the same choice is sent finished HTML.

Sentences, tables and pictures of kept answers cost a screen more than the answers do. A screen of pieces costs what
Streamlit takes for its boxes.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec
from zlib import compress, decompress

import streamlit as st

from dashboard.board.kept_answers import answer
from dashboard.components.markup import Finished, gathered
from dashboard.theme import on_paper, palette
from dashboard.translations import language

P = ParamSpec("P")
# The quickest; tables and calendars say the same again and again and still become a tenth.
_PACKED = 1


def piece(draw: Callable[P, None]) -> Callable[P, None]:
    """Draws once for each of its arguments, language and theme, all as one element of the page.

    `draw` shows what follows from its arguments and nothing else, and only HTML: what may change while a version
    serves has to be one of them. It begins with a title or has none, for a picture to download is a title and what
    follows it. A sheet, whose parts know of each other, is drawn anew.
    """

    @answer
    def packed(_language: str, _dark: bool, *arguments: P.args, **options: P.kwargs) -> bytes:
        return compress(gathered(lambda: draw(*arguments, **options)).encode(), _PACKED)

    @wraps(draw)
    def shown(*arguments: P.args, **options: P.kwargs) -> None:
        if on_paper():
            draw(*arguments, **options)
        elif html := decompress(packed(language(), palette().dark, *arguments, **options)).decode():
            st.html(Finished(html))

    return shown
