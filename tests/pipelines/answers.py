"""Answers of `measure` in the form in which tests write them down."""

from typing import Any

import duckdb

from pipelines.measure import Question, measure

Con = duckdb.DuckDBPyConnection


def values(con: Con, metric: str, grain: str = "month", **rest: Any) -> dict[object, float]:
    """Period, or (period, code) with a dimension, → value."""
    table = measure(con, Question(metric, grain, **rest))
    keys = (
        table["period"]
        if rest.get("by") is None
        else zip(table["period"], table[str(rest["by"])], strict=True)
    )
    return dict(zip(keys, table["value"].tolist(), strict=True))


def fractions(con: Con, metric: str, grain: str = "month", **rest: Any) -> dict[object, tuple[float, float]]:
    """Period → (numerator, denominator)."""
    table = measure(con, Question(metric, grain, **rest))
    pairs = zip(table["numerator"].tolist(), table["denominator"].tolist(), strict=True)
    return dict(zip(table["period"], pairs, strict=True))
