"""Wording: source strings are English, `zh_CN` is complete and the default, `en` holds what reads better reworded.

Catalogues are gettext `.po` files read through Babel once per process, so there is no compiled file to forget.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TypeVar

from babel.messages.pofile import read_po

from dashboard.translations.singular import English

DEFAULT_LANGUAGE = "zh_CN"
LANGUAGES = {"zh_CN": "中文", "en": "English"}

Answer = TypeVar("Answer")

_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


@cache
def catalogue(language: str) -> dict[str, str]:
    """Message → translation of one language; untranslated messages are absent."""
    with (Path(__file__).parent / f"{language}.po").open("rb") as lines:
        return {
            str(message.id): str(message.string)
            for message in read_po(lines)
            if message.id and message.string
        }


def use_language(language: str | None) -> str:
    """Set the language for this run of the script; an unknown one falls back to Chinese."""
    known = language if language in LANGUAGES else DEFAULT_LANGUAGE
    _language.set(known)
    return known


def language() -> str:
    """The language in use."""
    return _language.get()


def in_this_language(make: Callable[..., Answer]) -> Callable[..., Answer]:
    """The same function, spoken in the language of now: downloads and callbacks run outside the run of the script."""
    spoken = _language.get()

    def made(*args: object, **named: object) -> Answer:
        before = _language.set(spoken)
        try:
            return make(*args, **named)
        finally:
            _language.reset(before)

    return made


def _(message: str) -> str:
    """The message in the language in use; a message without translation stays as it is in the source."""
    known = catalogue(_language.get()).get(message, message)
    return English(known) if _language.get() == "en" else known
