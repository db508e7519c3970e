"""HTML for st.html: everything that comes from data passes through `text`, pictures become data URIs."""

import re
import unicodedata
from base64 import b64encode
from collections.abc import Callable
from contextvars import ContextVar
from html import escape

import streamlit as st

from dashboard.theme import PAPER_SCALE, on_paper

_LONGEST_NAME = 26
# Data is escaped, so no quote of it can end or begin an attribute.
_STYLED = re.compile(r'style="[^"]*"')
_PIXELS = re.compile(r"(?<![\w.#])((?:\d*\.)?\d+)px\b")
# Where finished HTML goes instead of the screen while somebody gathers it.
_gathered: ContextVar["list[str] | None"] = ContextVar("gathered", default=None)


def text(value: object) -> str:
    """Data as inert text: tags and quotes escaped, control and direction-changing characters dropped."""
    return escape(visible(str(value)), quote=True)


def visible(value: str) -> str:
    """Without control characters, and without those that turn the direction of what follows."""
    if value.isprintable():
        return value
    return "".join(
        character for character in value if unicodedata.category(character) not in ("Cc", "Cf", "Co", "Cs")
    )


def name(value: object, longest: int = _LONGEST_NAME) -> str:
    """A name as text, cut where it would burst its row; the whole of it shows under the pointer."""
    words = visible(str(value))
    if len(words) <= longest:
        return escape(words, quote=True)
    return f'<span title="{escape(words, quote=True)}">{escape(words[: longest - 1], quote=True)}…</span>'


class Finished:
    """HTML that `st.html` takes as it is; a string it would search for a file's name and for indented lines."""

    def __init__(self, html: str) -> None:
        self._html = html

    def _repr_html_(self) -> str:
        return self._html


def show(*parts: str) -> None:
    """Draw finished HTML inside the board's stylesheet scope."""
    html = f'<div class="rs">{at_size("".join(parts))}</div>'
    into = _gathered.get()
    if into is None:
        st.html(Finished(html))
    else:
        into.append(html)


def gathered(draw: Callable[[], object]) -> str:
    """The HTML of everything that `draw` would show, which is not shown."""
    found: list[str] = []
    before = _gathered.set(found)
    try:
        draw()
    finally:
        _gathered.reset(before)
    return "".join(found)


def at_size(html: str) -> str:
    """Finished HTML whose own measures grow on a sheet as the stylesheet's do."""
    return _STYLED.sub(lambda style: grown(style[0]), html) if on_paper() else html


def grown(css: str, scale: float = PAPER_SCALE) -> str:
    """The same CSS with all its pixels times `scale`."""
    return _PIXELS.sub(lambda pixels: f"{float(pixels[1]) * scale:g}px", css)


def classed(value: object, *classes: str) -> str:
    """A span of escaped text with classes of the stylesheet."""
    return f'<span class="{" ".join(classes)}">{text(value)}</span>'


def picture(svg: str, alt: str = "") -> str:
    """An SVG as an <img>: Streamlit strips inline <svg>."""
    encoded = b64encode(svg.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{encoded}" alt="{text(alt)}">'


def table(headers: list[tuple[str, str]], rows: list[str]) -> str:
    """A table from (header, class) pairs and finished <tr> rows; without any header the head is left out."""
    if not any(name for name, _kind in headers):
        return f"<table><tbody>{''.join(rows)}</tbody></table>"
    head = "".join(f'<th class="{kind}">{text(name)}</th>' for name, kind in headers)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def cell(content: str, kind: str = "") -> str:
    """One cell of finished HTML."""
    return f'<td class="{kind}">{content}</td>'


def tier_mark(place: int, word: str) -> str:
    """Shape and colour of a tier (0 is the best) beside its word."""
    return f'<span class="shape s{place + 1}"></span>{text(word)}'


def position(value: float, low: float, high: float) -> float:
    """Where a value lies between low and high, in percent of the width, held inside 0–100."""
    if high <= low:
        return 50.0
    return round(min(100.0, max(0.0, (value - low) / (high - low) * 100)), 2)
