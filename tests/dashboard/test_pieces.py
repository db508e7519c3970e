"""Pieces of a screen: drawn once for each choice, language and theme, and never so on a sheet."""

import pytest
from boards import bodies
from streamlit.testing.v1 import AppTest

from dashboard.components.markup import show
from dashboard.theme import DARK
from dashboard.translations import language
from dashboard.wording import pieces
from dashboard.wording.pieces import piece

_DRAWN: list[tuple[str, str]] = []


@piece
def drawn(name: str) -> None:
    """A piece that notes when it is drawn."""
    _DRAWN.append((name, language()))
    show(f"<p>{name} {language()}</p>")
    show("<p>below</p>")


def _three_pieces() -> None:
    import streamlit as st
    from test_pieces import drawn

    from dashboard.theme import take_medium
    from dashboard.translations import use_language

    use_language(st.query_params.get("lang"))
    take_medium()
    drawn("first")
    drawn("second")
    drawn("first")


def ran(**query: str) -> list[str]:
    at = AppTest.from_function(_three_pieces)
    for name, value in query.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return bodies(at)


def test_a_piece_is_drawn_once_and_shown_as_often_as_asked() -> None:
    _DRAWN.clear()
    first, second, again = ran()
    assert first == again == '<div class="rs"><p>first zh_CN</p></div><div class="rs"><p>below</p></div>'
    assert "second" in second
    assert ran() == [first, second, again]
    assert _DRAWN == [("first", "zh_CN"), ("second", "zh_CN")]


def test_another_language_is_another_piece() -> None:
    ran()
    assert "first en" in ran(lang="en")[0]
    assert "first zh_CN" in ran()[0]


def test_another_theme_is_another_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    ran()
    _DRAWN.clear()
    ran()
    assert not _DRAWN
    monkeypatch.setattr(pieces, "palette", lambda: DARK)
    ran()
    assert _DRAWN == [("first", "zh_CN"), ("second", "zh_CN")]


def test_a_sheet_is_drawn_anew() -> None:
    ran()
    _DRAWN.clear()
    assert len(ran(mode="page")) == 6
    assert [name for name, _spoken in _DRAWN] == ["first", "second", "first"]
