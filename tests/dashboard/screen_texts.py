"""What a screen offers to read beside its HTML, and what its downloads hold."""

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from boards import APP, opened
from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

from dashboard.components import download_menu

SCREENS = tuple(
    sorted(path.stem for path in (APP.parent / "screens").glob("*.py") if path.stem != "__init__")
)
# The monthly report's tables lie in the workbook of its pack.
WITH_A_WORKBOOK = tuple(screen for screen in SCREENS if screen != "monthly_report")
READABLE = {"body", "label", "options", "placeholder", "help", "content", "caption"}


def texts(at: AppTest) -> Iterator[str]:
    """Every line of HTML and every label, option, placeholder and tooltip of a widget, popovers included."""
    for element in at._tree:
        message = getattr(element, "proto", None)
        if message is not None:
            for text in _readable(MessageToDict(message)):
                if "<style" not in text:
                    plain = unescape(re.sub(r"<[^>]*>", "\n", text))
                    yield from (line.strip() for line in plain.split("\n") if line.strip())


def _readable(part: Any, readable: bool = False) -> Iterator[str]:
    if isinstance(part, dict):
        for key, inner in part.items():
            yield from _readable(inner, key in READABLE)
    elif isinstance(part, list):
        for inner in part:
            yield from _readable(inner, readable)
    elif readable and isinstance(part, str):
        yield part


def downloads(
    screen: str, monkeypatch: pytest.MonkeyPatch, query: Mapping[str, str] | None = None
) -> dict[str, Callable[[], bytes]]:
    """File name → content of what a screen offers to download; made as a reader's click makes it."""
    offered: dict[str, Callable[[], bytes]] = {}

    def offer(
        _label: str, data: Callable[[], bytes], file_name: str, *_more: object, **_named: object
    ) -> bool:
        offered[file_name] = data
        return False

    # A click on a real button is handled by the server, which AppTest does not have.
    monkeypatch.setattr(st, "download_button", offer)
    at = opened(screen, query)
    assert not at.exception, at.exception[0].message
    return {
        name: data
        for name, data in offered.items()
        if not name.startswith("overview") or screen == "overview"
    }


def workbooks(
    screen: str, monkeypatch: pytest.MonkeyPatch, query: Mapping[str, str] | None = None
) -> list[tuple[dict[str, pd.DataFrame], bytes]]:
    """The frames behind each workbook of a screen, and the workbook."""
    written: list[dict[str, pd.DataFrame]] = []
    to_xlsx = download_menu.to_xlsx

    def noted(frames: Mapping[str, pd.DataFrame], formats: Any) -> bytes:
        written.append(dict(frames))
        return to_xlsx(frames, formats)

    monkeypatch.setattr(download_menu, "to_xlsx", noted)
    books = [data for name, data in downloads(screen, monkeypatch, query).items() if name.endswith(".xlsx")]
    contents = [make() for make in books]
    assert contents, f"{screen} offers no workbook"
    return list(zip(written, contents, strict=True))
