"""How numbers, ranks and periods are written on screen; rounding is half up and happens here only."""

import math
import re
from calendar import month_abbr
from collections.abc import Iterable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from dashboard.translations import _, language
from pipelines.periods import Period

NOTHING = "—"
MINUS = "−"
_TEN_THOUSAND = 10_000
# A screen writes some hundred numbers, and the same ones for the next reader.
_REMEMBERED = 8192
_HALF_YEAR = re.compile(r"(?:20)?(?P<year>\d\d)年?(?P<half>[上下])半年")

# What float() takes, numpy and Decimal included, or a missing value.
Numeric = Any


def is_missing(value: object) -> bool:
    """None, NaN and pandas' NaT/NA: no base, so no value."""
    if isinstance(value, float | int | str):  # nearly all of them, and numpy's floats among them
        return value != value
    return value is None or str(value) == "<NA>" or value != value


def number(value: Numeric) -> float | None:
    """The value as a float; None where it is missing."""
    return None if is_missing(value) else float(value)


def whole(value: Numeric) -> int | None:
    """A rank or a count; None where it is missing."""
    return None if is_missing(value) else int(value)


def known(values: Iterable[Numeric]) -> list[float]:
    """Those that are not missing."""
    return [float(value) for value in values if not is_missing(value)]


def rounded(value: float, places: int) -> Decimal:
    """Half up on the shortest decimal writing of the number (0.05 → 0.1, 2.5 → 3), away from zero for negatives."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def decimal(value: Numeric, places: int = 1) -> str:
    """A number with a fixed number of places, thousands separators and a true minus."""
    return NOTHING if is_missing(value) else _written(float(value), places)


@lru_cache(_REMEMBERED)
def _written(value: float, places: int) -> str:
    number = rounded(value, places)
    if number == 0:
        number = abs(number)
    return f"{number:,.{places}f}".replace("-", MINUS)


def integer(value: Numeric) -> str:
    """33,021"""
    return decimal(value, 0)


def signed(value: Numeric, places: int = 1) -> str:
    """+13.2, −0.6; zero carries no sign."""
    if is_missing(value):
        return NOTHING
    text = decimal(value, places)
    return text if text.startswith(MINUS) or rounded(float(value), places) == 0 else f"+{text}"


def short_count(value: Numeric) -> tuple[str, str]:
    """Number and 万 for headline figures and chart axes: three digits from ten thousand up (7.16 万, 12.6 万)."""
    if is_missing(value):
        return NOTHING, ""
    number = float(value)
    if abs(number) < _TEN_THOUSAND:
        return integer(number), ""
    if language() == "en":
        scale, unit = (1e6, "m") if abs(number) >= 1e6 else (1e3, "k")
        return decimal(number / scale, max(0, 2 - math.floor(math.log10(abs(number / scale))))), unit
    scaled = number / _TEN_THOUSAND
    places = max(0, 2 - math.floor(math.log10(abs(scaled))))
    return decimal(scaled, places), _("ten-thousand")


def percent_number(share: Numeric) -> str:
    """A share as a number of percent with one decimal; never a false 100 or a false 0."""
    if is_missing(share):
        return NOTHING
    value = float(share)
    text = decimal(value * 100, 1)
    if text == "100.0":
        return "100" if value >= 1 else ">99.9"
    if text == "0.0" and value > 0:
        return "<0.1"
    return "0" if text == "0.0" else text


def percent(share: Numeric) -> str:
    """99.1%, >99.9%, 100%, —"""
    return NOTHING if is_missing(share) else f"{percent_number(share)}%"


def percentage_points(difference: Numeric) -> str:
    """+0.4 个百分点"""
    if is_missing(difference):
        return NOTHING
    return _("{number} pp").format(number=signed(float(difference) * 100, 1))


def relative_change(now: Numeric, before: Numeric) -> str:
    """+6.2% against an earlier value; nothing to compare with gives —."""
    if is_missing(now) or is_missing(before) or not before:
        return NOTHING
    return f"{signed((float(now) / float(before) - 1) * 100, 1)}%"


def interval(low: Numeric, high: Numeric) -> str:
    """98.1–99.4, bounds of a share in percent."""
    if is_missing(low) or is_missing(high):
        return NOTHING
    return f"{decimal(float(low) * 100)}–{decimal(float(high) * 100)}"


def fraction(numerator: Numeric, denominator: Numeric) -> str:
    """25 / 37"""
    return f"{integer(numerator)} / {integer(denominator)}"


def rank(place: Numeric, tied: bool = False) -> str:
    """7, 并列 7, — for a unit without people."""
    if is_missing(place):
        return NOTHING
    return _("tied {rank}").format(rank=integer(place)) if tied else integer(place)


def movement(place: Numeric, previous: Numeric) -> str:
    """升 3, 降 2, — (no arrows: ▼ is a tier)."""
    if is_missing(place) or is_missing(previous) or place == previous:
        return NOTHING
    steps = int(previous) - int(place)
    return (_("up {steps}") if steps > 0 else _("down {steps}")).format(steps=abs(steps))


def day(value: Any) -> str:
    """2023-10-05, with the time of day only when it is not midnight or the last second of a day."""
    if is_missing(value):
        return NOTHING
    if isinstance(value, datetime) and (value.hour, value.minute) not in ((0, 0), (23, 59)):
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}"


def month_tick(period: Period, first: bool) -> str:
    """9月; the year goes on a second line under the first tick of a year."""
    text = month_word(period)
    return f"{text}<br>{period.start.year}" if first else text


def short_month(period: Period) -> str:
    """22-10"""
    return f"{period.start:%y-%m}"


def period_label(period: Period) -> str:
    """2023年第三季度, 2023年9月, 2023年."""
    year, month = period.start.year, period.start.month
    if period.grain == "year":
        return _("{year} (year)").format(year=year)
    if period.grain == "quarter":
        number = (month - 1) // 3 + 1
        return _("{quarter} quarter {year} (Q{number})").format(
            year=year, quarter=quarter_word(period), number=number
        )
    return _("{month:d}/{year} (month)").format(year=year, month=month)


def month_word(period: Period) -> str:
    """9月, Sep"""
    if language() == "en":
        return month_abbr[period.start.month]
    return _("{month:d} (month)").format(month=period.start.month)


def quarter_word(period: Period) -> str:
    """三 for the third quarter."""
    return (_("first"), _("second"), _("third"), _("fourth"))[(period.start.month - 1) // 3]


def short_period(period: Period) -> str:
    """The period inside a sentence: 三季度, 9月, 2023年."""
    if period.grain == "quarter":
        return _("the {quarter} quarter").format(quarter=quarter_word(period))
    if period.grain == "month":
        return month_word(period)
    return period_label(period)


def wave_label(wave: str) -> str:
    """23-1 for the first half of 2023; a wave of another name stays as the survey office writes it."""
    half = _HALF_YEAR.fullmatch(wave.strip())
    return f"{half['year']}-{1 if half['half'] == '上' else 2}" if half else wave
