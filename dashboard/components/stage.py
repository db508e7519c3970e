"""The stage of a meeting: all its sheets at once in the browser, which pages through them by itself."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.components.markup import visible
from dashboard.translations import _

LOOK_EVERY_S = 15
_HERE = Path(__file__).parent
_STAGE = st.components.v2.component(
    "red_steward.stage",
    html='<div class="meeting" role="region"></div>',
    css="\n".join((_HERE / name).read_text("utf-8") for name in ("stage.css", "sheet_bodies.css")),
    js=(_HERE / "stage.js").read_text("utf-8"),
    isolate_styles=False,
)


def stage(sheets: Sequence[Mapping[str, Any]], where: str, version: str, choices: Mapping[str, str]) -> None:
    """Show the sheets (kind, section, title spans, body, note, full) over everything else.

    As long as `choices`, which are written into the address, stay the same the browser keeps the sheets that it was
    given first. `where` names district and period over every sheet.
    """
    data = {
        "sheets": list(sheets),
        "where": visible(where),
        "version": version,
        "choices": dict(choices),
        "occasion": " ".join(choices.values()),
        "words": _words(),
    }
    _STAGE(key="stage", data=[data])


@st.fragment(run_every=LOOK_EVERY_S)
def newer_version(look: Callable[[], str]) -> None:
    """Looks now and then; what there is to say stands in the foot of every sheet, the stage itself is left alone."""
    st.html(f'<style>:root{{--newer:"{visible(look())}"}}</style>')


def newer() -> str:
    """What the foot says once a newer version serves."""
    return _("newer data: F5")


def _words() -> dict[str, str]:
    return {
        "meeting": _("Meeting mode"),
        "by_hand": _("Paged by hand"),
        "countdown": _("next in {seconds} s"),
        "resume": _("R goes on"),
        "rotate": _("Rotate (R)"),
        "full": _("Full screen (F)"),
        "leave": _("Back to the board (Esc)"),
        "hint": _("F: full screen"),
        "newer": newer(),
    }
