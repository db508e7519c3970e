"""Columns of exports from numbers: codes, texts, moments; a table of them is one export of one month."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def texts(words: Sequence[str] | pa.Array, picked: NDArray[Any]) -> pa.Array:
    """One of the words per row; a negative position leaves the cell empty."""
    positions = pa.array(picked, mask=picked < 0)
    chosen = (words if isinstance(words, pa.Array) else pa.array(words, pa.string())).take(positions)
    return chosen.combine_chunks() if isinstance(chosen, pa.ChunkedArray) else chosen


def codes(letter: str, numbers: Ints) -> pa.Array:
    """Codes such as T230100001; a negative number leaves the cell empty."""
    digits = pc.cast(pa.array(numbers, mask=numbers < 0), pa.string())
    return pc.binary_join_element_wise(letter, digits, "")


def joined(*parts: pa.Array | str) -> pa.Array:
    """The texts of several columns run together, row by row."""
    return pc.binary_join_element_wise(*parts, "")


def either(condition: NDArray[np.bool_], one: pa.Array, other: pa.Array) -> pa.Array:
    """The value of one column where the condition holds, of the other elsewhere."""
    return pc.if_else(pa.array(condition), one, other)


def whole(numbers: NDArray[Any], missing: NDArray[np.bool_] | None = None) -> pa.Array:
    """Whole numbers, empty where missing."""
    return pa.array(np.asarray(numbers, dtype=np.int64), mask=missing)


def decimals(numbers: NDArray[np.float64], missing: NDArray[np.bool_] | None = None) -> pa.Array:
    """Numbers with decimals, empty where missing."""
    return pa.array(numbers, mask=missing)


def moments_column(values: NDArray[np.datetime64]) -> pa.Array:
    """Moments to the second, none at night, or days where the values are days; NaT is empty."""
    if values.dtype == "datetime64[D]":
        return pa.array(values, pa.date32())
    return pa.array(_by_day(values), pa.timestamp("s"))


def _by_day(values: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """The same days and the same order, but the night squeezed into the early morning and late evening."""
    midnight = values.astype("datetime64[D]").astype("datetime64[s]")
    since = (values - midnight).astype(np.float64)
    seconds = np.interp(since, np.array([0, 7.5, 21.5, 24]) * 3600, np.array([7.5, 8, 21.6, 22]) * 3600)
    return np.asarray(midnight + np.nan_to_num(seconds).astype(np.int64).astype("timedelta64[s]"))


def running_numbers(head: int, width: int, count: int, first: int = 1) -> Ints:
    """head 2301 and width 5 give 230100001, 230100002 …"""
    start = head * 10**width + first
    return np.arange(start, start + count, dtype=np.int64)


def missing_moments(count: int) -> NDArray[np.datetime64]:
    """`count` moments that never came."""
    return np.full(count, np.datetime64("NaT"), dtype="datetime64[s]")
