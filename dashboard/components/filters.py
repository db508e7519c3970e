"""The row of choices above a screen: each writes its code into the address and reads it from there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.components.markup import visible
from dashboard.components.page_sheet import state
from dashboard.components.shown_value import shows
from dashboard.formats import period_label
from dashboard.selection import (
    GRAINS,
    asked,
    fitting_period,
    grain_of,
    is_period,
    keep,
    latest_finished,
    offered_periods,
    recall,
)
from dashboard.theme import on_paper
from dashboard.translations import _
from pipelines.periods import Grain, Period

_LONGEST_LABEL = 40
WHOLE_DISTRICT = "all"


def filter_row() -> DeltaGenerator:
    """The container of a screen's choices, downloads at its right end."""
    return st.container(horizontal=True, vertical_alignment="center", gap="small", key="filters")


def choose(
    name: str,
    label: str,
    options: Mapping[str, str],
    default: str,
    width: int | Literal["stretch"] = 200,
    control: Literal["box", "segments"] = "box",
    stated: bool = True,
) -> str:
    """A select box (or segments, for two or three) over code → label; gives the code.

    A sheet has no boxes: there the label is stated in the headline that follows, if it is to be `stated`.
    """
    chosen = recall(name, list(options), default)
    key = f"choice_{name}"
    labels = distinct_labels(options)
    if on_paper():
        if stated:
            state(labels.get(chosen, chosen))
        return chosen
    codes, begins = list(options), shows(key, chosen)
    if control == "segments":
        st.segmented_control(
            label, codes, format_func=lambda code: labels.get(code, code), key=key, on_change=_keep_choice,
            args=(name, key), label_visibility="collapsed", required=True, default=chosen if begins else None,
        )  # fmt: skip
        return chosen
    st.selectbox(
        label,
        codes,
        index=codes.index(chosen) if begins else 0,
        format_func=lambda code: labels.get(code, code),
        key=key,
        on_change=_keep_choice,
        args=(name, key),
        label_visibility="collapsed",
        placeholder=label,
        filter_mode="contains" if len(options) > 12 else None,
        width=width,
    )
    return chosen


def choose_period(first: date, data_until: date, grains: Sequence[Grain] = GRAINS) -> Period:
    """Month, quarter or year, and which one; the newest finished one unless the address says otherwise."""
    grain = grain_of(asked("grain")) if len(grains) > 1 else grains[0]
    if len(grains) > 1 and not on_paper():
        _choose_grain(grain, grains)
    offered = offered_periods(grain, first, data_until)
    period = fitting_period(asked("period"), offered, latest_finished(offered, data_until))
    # A screen of one grain leaves a finer or coarser choice in the address, so that others find it again.
    choice = asked("period")
    fits = len(grains) == 1 and choice is not None and is_period(choice)
    keep("period", choice if fits and choice is not None else period.key)
    if on_paper():
        return period
    labels = {one.key: _marked(one, data_until) for one in offered}
    codes, key = list(labels), f"choice_period_{grain}"
    st.selectbox(
        _("Period"), codes, format_func=lambda code: labels.get(code, code), key=key, on_change=_keep_choice,
        args=("period", key), label_visibility="collapsed", placeholder=_("Period"), filter_mode=None, width=190,
        index=codes.index(period.key) if shows(key, period.key) else 0,
    )  # fmt: skip
    return period


def choose_area(names: Mapping[str, str], communities: int, width: int = 200) -> str | None:
    """The whole district, a subdistrict or a community; gives the code, None for the whole district."""
    whole = _("Whole district ({count} communities)").format(count=communities)
    chosen = choose("area", _("Area"), {WHOLE_DISTRICT: whole, **names}, WHOLE_DISTRICT, width)
    return None if chosen == WHOLE_DISTRICT else chosen


def distinct_labels(options: Mapping[str, str]) -> dict[str, str]:
    """Code → label that no other code has: Streamlit finds the chosen option by its label."""
    return _distinct(tuple(options.items()))


@lru_cache(256)
def _distinct(options: tuple[tuple[str, str], ...]) -> dict[str, str]:
    labels = {code: shortened(words) for code, words in options}
    often = Counter(labels.values())
    return {code: f"{label} ({code})" if often[label] > 1 else label for code, label in labels.items()}


def shortened(words: str) -> str:
    """A label that fits a select box, without characters that would turn or break it."""
    plain = visible(words)
    return plain if len(plain) <= _LONGEST_LABEL else f"{plain[: _LONGEST_LABEL - 1]}…"


def _choose_grain(grain: Grain, grains: Sequence[Grain]) -> None:
    words = {"month": _("Month"), "quarter": _("Quarter"), "year": _("Year")}
    keep("grain", grain)
    st.segmented_control(
        _("Grain"), list(grains), format_func=lambda code: words[code], key="choice_grain", on_change=_keep_choice,
        args=("grain", "choice_grain"), label_visibility="collapsed", required=True,
        default=grain if shows("choice_grain", grain) else None,
    )  # fmt: skip


def _marked(period: Period, data_until: date) -> str:
    label = period_label(period)
    return _("{period} (running)").format(period=label) if period.is_running(data_until) else label


def _keep_choice(name: str, key: str) -> None:
    value = st.session_state.get(key)
    if value is not None:
        keep(name, str(value))
