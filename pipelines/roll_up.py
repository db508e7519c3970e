"""Rows of a mart added up to periods and areas, or codes.

Rows come as arrays: a month of every community is thousands of numbers, and a Python object for each takes longer than
asking for them. Decimals are added up as whole numbers of their last digit, so that a sum is as exact as DuckDB's own:
equal areas stay equal.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.area_tree import AreaTree
from pipelines.metrics import Dimension
from pipelines.periods import MONTHS_OF, Grain, Period

# What stands for the name of a row without a code, and of one that lies in no area of the level asked for.
NO_CODE, NO_AREA = "（未填）", "（未归属）"

Column = NDArray[Any]
Span = tuple[date, date]
_SUMS = ("numerator", "denominator", "squares")
_WHOLE = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?")
_DECIMAL = re.compile(r"DECIMAL\(\d+,\s*(\d+)\)")


@dataclass(frozen=True)
class Keys:
    """To which of the `labels`, in their order, each row belongs.

    `rows`: which rows these are, one of them perhaps several times; None: each of them once.
    """

    labels: Sequence[Any]
    places: NDArray[np.intp]
    rows: NDArray[np.intp] | None = None


@dataclass(frozen=True)
class Sums:
    """One row for each period and key that has any: name of the period, code and name of the key, and the sums."""

    periods: list[str]
    codes: list[str]
    names: list[str]
    columns: dict[str, NDArray[np.float64]]
    whole: frozenset[str]

    def of(self, name: str) -> Column:
        """A column of sums, NaN where there is nothing; whole numbers where each row has one."""
        values = self.columns[name]
        return values.astype(np.int64) if name in self.whole and not np.isnan(values).any() else values

    def only(self, rows: NDArray[np.bool_]) -> "Sums":
        """Some of the rows."""
        kept = np.flatnonzero(rows).tolist()
        columns = {name: values[rows] for name, values in self.columns.items()}
        periods, codes, names = (
            [listed[row] for row in kept] for listed in (self.periods, self.codes, self.names)
        )
        return Sums(periods, codes, names, columns, self.whole if kept else frozenset())


def roll_up(
    columns: Mapping[str, Column], kinds: Mapping[str, str], periods: Keys, keys: Keys | None
) -> Sums:
    """Numerator, denominator and squares of the rows by period and key, the oldest period first.

    `kinds` are DuckDB's types of the columns; a column that was not asked for is NaN throughout.
    """
    keys = keys or Keys([("", "")], np.zeros(len(columns["numerator"]), np.intp))
    rows = slice(None) if periods.rows is None else periods.rows
    cells, place = np.unique(periods.places * len(keys.labels) + keys.places[rows], return_inverse=True)
    at_period, at_key = np.divmod(cells, max(len(keys.labels), 1))
    labels = [keys.labels[key] for key in at_key.tolist()]
    sums = {
        name: _added(columns[name][rows], kinds[name], place, len(cells))
        if name in columns
        else np.full(len(cells), np.nan)
        for name in _SUMS
    }
    return Sums(
        [periods.labels[period] for period in at_period.tolist()],
        [code for code, _name in labels],
        [name for _code, name in labels],
        sums,
        frozenset(name for name in _SUMS if _WHOLE.fullmatch(kinds.get(name, ""))),
    )


def _added(values: Column, kind: str, place: NDArray[np.intp], cells: int) -> NDArray[np.float64]:
    """The sum of each cell, NaN where it has nothing but NULL."""
    if values.dtype == object:  # a column of nothing but NULL
        return np.full(cells, np.nan)
    there = ~np.ma.getmaskarray(values)
    numbers = np.ma.filled(values.astype(np.float64), 0.0)
    decimal = _DECIMAL.fullmatch(kind)
    unit = 10.0 ** int(decimal[1]) if decimal else 1.0
    if decimal:
        numbers = np.rint(numbers * unit)
    added: NDArray[np.float64] = np.bincount(place, numbers, cells) / unit
    if not there.all():
        added[np.bincount(place, there, cells) == 0] = np.nan
    return added


def period_keys(days: Column, grain: str, until: Sequence[Span] | None = None) -> Keys:
    """The periods of a grain in which the days lie; with the first and last days of some (`until`), the rows up to
    the end of each."""
    if until is not None:
        reached = [np.flatnonzero(days <= np.datetime64(last)) for _first, last in until]
        labels = [_named(grain, first) for first, _last in until]
        rows = np.concatenate([*reached, np.empty(0, np.intp)]).astype(np.intp)
        return Keys(labels, np.repeat(np.arange(len(until)), [len(each) for each in reached]), rows)
    if grain not in MONTHS_OF:
        return Keys([grain], np.zeros(len(days), np.intp))
    months = days.astype("datetime64[M]").astype(np.int64)
    known, places = np.unique(months // _months(grain), return_inverse=True)
    firsts = (known * _months(grain)).astype("datetime64[M]").astype("datetime64[D]")
    return Keys([_named(grain, day) for day in firsts.tolist()], places)


def _named(grain: str, day: date) -> str:
    return Period.containing(_grain(grain), day).key if grain in MONTHS_OF else grain


def _months(grain: str) -> int:
    return MONTHS_OF[_grain(grain)]


def _grain(name: str) -> Grain:
    return next(grain for grain in MONTHS_OF if grain == name)


def wave_keys(waves: Column, begun: Mapping[str, date | None], chosen: str | Span | None) -> Keys:
    """The waves in the order in which they began, those without a day last: all, the one of a name, or those begun
    within a span."""
    named = np.ma.filled(waves, "").tolist()
    days = {wave: day for wave, day in begun.items() if day is not None}

    def wanted(wave: str) -> bool:
        if chosen is None or isinstance(chosen, str):
            return chosen in (None, wave)
        return wave in days and chosen[0] <= days[wave] <= chosen[1]

    labels = sorted(filter(wanted, set(named)), key=lambda wave: (days.get(wave, date.max), wave))
    place = {wave: at for at, wave in enumerate(labels)}
    rows = [row for row, wave in enumerate(named) if wave in place]
    return Keys(labels, np.array([place[named[row]] for row in rows], np.intp), np.array(rows, np.intp))


def area_keys(numbers: Column, tree: AreaTree, level: str) -> Keys:
    """The areas of a level in which the communities lie, by code; one without a code for those that lie in none."""
    known, places = np.unique(np.ma.filled(numbers.astype(np.int64), -1), return_inverse=True)
    above = tree.above.get(level, {})
    found = [tree.areas.get(above.get(number, -1)) for number in known.tolist()]
    labels = [(one.code, one.name) if one else ("", NO_AREA) for one in found]
    return _ordered(labels, places, sorted(set(labels)))


def code_keys(codes: Column, suffixes: Column | None, dimension: Dimension, names: Mapping[str, str]) -> Keys:
    """The codes in the declared order, undeclared ones after them; a suffix goes with the name of its code."""
    declared = {one.code: (place, one.label) for place, one in enumerate(dimension.codes)}
    listed = np.ma.filled(codes, "").tolist()
    ends = [""] * len(listed) if suffixes is None else np.ma.filled(suffixes, "").tolist()
    pairs = list(zip(listed, ends, strict=True))
    known = list(dict.fromkeys(pairs))
    labels = {pair: (pair[0], _code_name(*pair, names)) for pair in known}
    order = sorted(known, key=lambda pair: (declared.get(pair[0], (len(declared), ""))[0], *labels[pair]))
    at = {pair: place for place, pair in enumerate(order)}
    shown = [(code, declared[code][1] if code in declared else labels[code, end][1]) for code, end in order]
    return Keys(shown, np.array([at[pair] for pair in pairs], np.intp))


def _code_name(code: str, suffix: str, names: Mapping[str, str]) -> str:
    if not code:
        return NO_CODE
    name = names.get(code) or code
    return f"{name}（{suffix}）" if suffix else name


def _ordered(labels: Sequence[Any], places: NDArray[np.intp], order: Sequence[Any]) -> Keys:
    """The same rows by labels in that order; `places` are those of `labels`, of which several may be equal."""
    at = {label: place for place, label in enumerate(order)}
    return Keys(order, np.array([at[label] for label in labels], np.intp)[places])
