"""Wishes 微心愿: how many of those collected are fulfilled, and which kind lags."""

from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.board import wishes as board_wishes
from dashboard.board.areas import selectable_areas
from dashboard.board.door import Serving
from dashboard.board.figures import Value, one_value
from dashboard.board.thresholds import FEWEST_TO_RANK
from dashboard.components.sheet_wishes import MOST_BARS, DoneBar, done_bars
from dashboard.meeting.one_line import Title, fitted, marked, shortened, spoken, title
from dashboard.meeting.sheet import Sheet
from dashboard.table_rows import rows_of
from dashboard.translations import _
from pipelines.periods import Period

KIND = "wishes"
# By small kind where the exports tell it, else by category.
_BREAKDOWNS = ("small_kind", "category")
# Wide letters of a name that leave room for its rate.
_LONGEST_NAME = 12


def sheets(board: Serving, period: Period, area: str | None = None) -> list[Sheet]:
    """One sheet; none without a wish in the period."""
    whole = one_value(board, board_wishes.RATE, period, area)
    if whole.value is None:
        return []
    kinds = _kinds(board, period, area)
    lowest = _lowest(kinds, whole)
    heading = _title(whole, lowest)
    shown = _shown(kinds, lowest)
    bars = [_bar(kind, lowest is not None and kind["name"] == lowest["name"]) for kind in rows_of(shown)]
    section = (
        _("Micro-wishes")
        if area is None
        else f"{_('Micro-wishes')} · {selectable_areas(board).get(area, area)}"
    )
    body = done_bars(_("solid: fulfilled; outline: collected"), _lowest_area(board, period, area), bars)
    return [Sheet(KIND, section, heading, body, _note(board, period, whole, shown), spoken(heading))]


def _kinds(board: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """name, numerator, denominator, value; most collected first; wishes without a kind are none."""
    frame = pd.DataFrame()
    for by in _BREAKDOWNS:
        frame = board_wishes.breakdown(board, period, by, area)
        frame = frame[(frame["denominator"] > 0) & (frame[by].astype(str) != "")]
        if len(frame) > 1:
            return frame.rename(columns={f"{by}_name": "name"})
    whole = one_value(board, board_wishes.RATE, period, area)
    return pd.DataFrame(
        [
            {
                "name": _("all"),
                "numerator": whole.numerator,
                "denominator": whole.denominator,
                "value": whole.value,
            }
        ]
    )


def _shown(kinds: pd.DataFrame, lowest: "pd.Series[float] | None") -> pd.DataFrame:
    """The kinds with most wishes, and the lowest one wherever it stands."""
    if lowest is None or lowest["name"] in list(kinds["name"].head(MOST_BARS)):
        return kinds.head(MOST_BARS)
    return pd.concat([kinds.head(MOST_BARS - 1), kinds[kinds["name"] == lowest["name"]]])


def _lowest(kinds: pd.DataFrame, whole: Value) -> "pd.Series[float] | None":
    """The lowest kind, if it lies below the whole and has enough wishes; none when two share the lowest rate."""
    enough = kinds[(kinds["denominator"] >= FEWEST_TO_RANK) & (kinds["value"] < (whole.value or 0))]
    if enough.empty or enough["value"].min() > kinds["value"].min():
        return None
    exact = [
        Fraction(int(done), int(every))
        for done, every in zip(enough["numerator"], enough["denominator"], strict=True)
    ]
    return None if exact.count(min(exact)) > 1 else enough.iloc[exact.index(min(exact))]


def _lowest_area(board: Serving, period: Period, area: str | None) -> str:
    """The subdistrict with the lowest rate, for the decisions to refer to; nothing where two share it."""
    frame = board_wishes.subdistricts(board, period)
    frame = frame[frame["denominator"] >= FEWEST_TO_RANK]
    if area is not None or len(frame) < 2 or frame.iloc[-1]["value"] == frame.iloc[-2]["value"]:
        return ""
    last = frame.iloc[-1]
    return _("lowest subdistrict: {area} {rate} ({base})").format(
        area=shortened(str(last["subdistrict_name"]), _LONGEST_NAME),
        rate=formats.percent(last["value"]),
        base=formats.fraction(last["numerator"], last["denominator"]),
    )


def _title(whole: Value, lowest: "pd.Series[float] | None") -> Title:
    first = _("Fulfilled {rate}").format(rate=formats.percent(whole.value))
    if lowest is None:
        return fitted(title(first))
    name, rate = str(lowest["name"]), formats.percent(lowest["value"])
    last = marked(_("{kind} lowest, {rate}").format(kind=name, rate=rate))
    return fitted(title(first, _(", "), last), title(last), title(first))


def _bar(kind: Mapping[Hashable, Any], looked: bool) -> DoneBar:
    done, collected = int(kind["numerator"]), int(kind["denominator"])
    return DoneBar(
        str(kind["name"]),
        done,
        collected,
        formats.fraction(done, collected),
        formats.percent(kind["value"]),
        looked,
    )


def _note(board: Serving, period: Period, whole: Value, shown: pd.DataFrame) -> str:
    unlisted = int((whole.denominator or 0) - shown["denominator"].sum())
    parts = [
        _("rate = fulfilled by data until ÷ collected in {period}").format(
            period=formats.short_period(period)
        ),
        formats.fraction(whole.numerator, whole.denominator),
        *([_("{count} of no or another kind").format(count=formats.integer(unlisted))] if unlisted else []),
        _("data until {day}").format(day=formats.day(board.data_until)),
    ]
    return "　".join(parts)
