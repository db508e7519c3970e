"""The controls of a trial: score lines, headcount rule, back to the rules in force; and the mark that it is one."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.components.filters import choose
from dashboard.components.markup import show, text
from dashboard.components.page_sheet import masthead
from dashboard.selection import forget, keep
from dashboard.theme import on_paper
from dashboard.translations import _

_KEYS = ("trial_line_1", "trial_line_2", "trial_line_3")
_STEP = 5.0


def trial_mark(rules: str) -> None:
    """Says for all to see that this is a trial, and which rules it tries."""
    mark = text(_("Trial: nothing official changes"))
    show(f'{masthead()}<div class="trialmark"><b>{mark}</b><span>{text(rules)}</span></div>')


def trial_inputs(
    lines: Sequence[float],
    official: Sequence[float],
    names: Sequence[str],
    rules: Mapping[str, str],
    first: str,
) -> None:
    """Three numbers and a box; what is chosen goes into the address as `lines` and `headcount`.

    `lines` are those on trial, `official` those in force (best first), `names` the tiers they open.
    """
    if on_paper():
        choose("headcount", _("Whose points count"), rules, first)
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="trial"):
        for n, (key, tier) in enumerate(zip(_KEYS, names, strict=False)):
            st.session_state[key] = lines[n] if n < len(lines) else None
            in_force = _plain(official[n]) if n < len(official) else _("no line")
            st.number_input(
                _("{tier} line (in force: {line})").format(tier=tier, line=in_force), min_value=0.0, max_value=99_999.0,
                step=_STEP, format="%g", key=key, on_change=_keep_lines, width=150,
            )  # fmt: skip
        choose("headcount", _("Whose points count"), rules, first, width=330)
        st.button(_("Back to the rules in force"), key="trial_reset", on_click=_reset)


def _keep_lines() -> None:
    values = [st.session_state.get(key) for key in _KEYS]
    if all(value is not None for value in values):
        keep("lines", ",".join(_plain(float(value)) for value in values if value is not None))


def _reset() -> None:
    for name in ("lines", "headcount"):
        forget(name)


def _plain(value: float) -> str:
    return f"{value:.10g}"
