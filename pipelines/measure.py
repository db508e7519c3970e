"""The only composer of SQL for questions: metric × grain × period × dimension × area → rows.

A question reads the rows of one mart, without a join: planning one takes DuckDB longer than all the rest. Names and
the tree of areas are looked up here, and `roll_up` adds up the rows to periods and areas.
"""

from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from pipelines.area_tree import AreaTree, among, read_area_tree
from pipelines.faults import (
    AreaUnknown,
    MetricUnknown,
    NoFirstDays,
    NotByArea,
    NotByDimension,
    NotByGrain,
    PeriodTooShort,
    RequiresDimension,
)
from pipelines.metrics import AREA_DIMENSIONS, OWN_PERIODS, Metric, load_dimensions, load_metrics
from pipelines.periods import MONTHS_OF, Period
from pipelines.roll_up import Keys, Span, Sums, area_keys, code_keys, period_keys, roll_up, wave_keys
from pipelines.surveys import effective_n, wilson

Connection = duckdb.DuckDBPyConnection

_MONTHS: dict[str, int] = {str(grain): months for grain, months in MONTHS_OF.items()}


@dataclass(frozen=True)
class Question:
    """What is asked.

    `period` limits the answer to the periods of the grain within it, `area` to an area of any level (its
    code), `first_days` to so many days of each period.
    """

    metric: str
    grain: str = "month"
    period: str | None = None
    by: str | None = None
    area: str | None = None
    first_days: int | None = None


@dataclass
class _Query:
    """A statement in the making: keys and sums are columns by their names; `added` when DuckDB adds them up by the keys."""

    table: str
    keys: dict[str, str] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    conditions: list[str] = field(default_factory=list)
    parameters: dict[str, object] = field(default_factory=dict)
    added: bool = False

    def text(self) -> str:
        """The whole statement."""
        sums = {name: f"sum({column})" if self.added else column for name, column in self.sums.items()}
        columns = ", ".join(f"{column} AS {name}" for name, column in {**self.keys, **sums}.items())
        where = f" WHERE {' AND '.join(self.conditions)}" if self.conditions else ""
        return f"SELECT {columns} FROM {self.table}{where}{' GROUP BY ALL' if self.added else ''}"


def measure(con: Connection, question: Question, tree: AreaTree | None = None) -> pd.DataFrame:
    """The values of a metric: period, <by>, <by>_name (with `by`), value, numerator, denominator, n, low, high.

    Oldest period first. Rates are shares; nothing is rounded; rows without a base are left out. `n`
    (effective), `low` and `high` (Wilson 95 %) are filled for surveys alone. An area never limits the
    people of a unit: by unit it picks the units that are linked to a community of the area. `tree` is that of the
    version, read anew where nobody has it.
    Raises InputFault when the question makes no sense.
    """
    metric = _checked_metric(question)
    tree = tree or read_area_tree(con)
    query = _Query(f"marts.{metric.mart} AS m")
    span = _add_periods(query, metric, question)
    _add_dimension(query, metric, question)
    if question.area is not None:
        _add_area(query, metric, tree, question.area, question.by)
    query.sums["numerator"] = _columns(metric.numerator)
    if metric.denominator is not None:
        query.sums["denominator"] = _columns(metric.denominator)
    if metric.kind == "survey":
        query.sums["squares"] = "m.weight_squares"
    found = con.execute(query.text(), query.parameters)
    kinds = {name: str(kind) for name, kind, *_ in found.description}
    columns: dict[str, Any] = found.fetchnumpy()
    periods = _periods(con, columns, metric, question, span)
    return _answer(
        roll_up(columns, kinds, periods, _keys(con, columns, metric, question, tree)), metric, question
    )


def _checked_metric(question: Question) -> Metric:
    metrics = load_metrics()
    metric = metrics.get(question.metric)
    if metric is None:
        raise MetricUnknown(question.metric, list(metrics))
    if question.grain not in metric.grains:
        raise NotByGrain(metric.label, question.grain, metric.grains)
    if question.by is not None and question.by not in metric.dimensions:
        raise NotByDimension(metric.label, question.by, metric.dimensions)
    if metric.requires is not None and question.by != metric.requires:
        raise RequiresDimension(metric.label, metric.requires)
    if question.first_days is not None:
        by_day = metric.daily and question.grain in _MONTHS and question.by in (None, *AREA_DIMENSIONS)
        if not by_day or question.first_days < 1:
            raise NoFirstDays(metric.label)
    return metric


def _columns(expression: str) -> str:
    """`spent - lottery` → m.spent - m.lottery."""
    return " ".join(part if part in "+-" else f"m.{part}" for part in expression.split())


def _add_periods(query: _Query, metric: Metric, question: Question) -> Span | None:
    """Which rows are read; gives the span of the period asked for. Waves are limited by their own days afterwards."""
    grain = question.grain
    if grain == "wave":
        query.keys["wave"] = "m.wave"
        return None
    query.conditions.append("m.grain = $grain")
    query.parameters["grain"] = grain if metric.mart in OWN_PERIODS else "month"
    query.keys["day"] = "m.period_start"
    if question.first_days is not None:
        start = f"CAST(date_trunc('{grain}', m.period_start) AS DATE)"
        query.keys["day"], query.added = start, True
        query.parameters |= {"grain": "day", "days": question.first_days}
        query.conditions.append(f"m.period_start < {start} + CAST($days AS INTEGER)")
    if question.period is None:
        return None
    named = Period.parse(question.period)
    if grain not in _MONTHS or MONTHS_OF[named.grain] < _MONTHS[grain]:
        raise PeriodTooShort(question.period, grain)
    if not metric.cumulative:
        query.conditions.append(f"{query.keys['day']} BETWEEN $start AND $end")
        query.parameters |= {"start": named.start, "end": named.end}
    return named.start, named.end


def _add_dimension(query: _Query, metric: Metric, question: Question) -> None:
    by = question.by
    query.conditions.append("m.dimension = $dimension")
    query.parameters["dimension"] = "" if by is None or by in AREA_DIMENSIONS else by
    if by in AREA_DIMENSIONS:
        query.keys["area"] = "m.community_no"
    elif by is not None:
        # Codes of all communities are many rows: adding them up there costs less than handing them over.
        query.added = True
        query.keys["code"] = "m.code"
        if metric.name_suffix is not None:
            query.keys["suffix"] = f"m.{metric.name_suffix}"
    if metric.mart == "bulletins":
        # A bulletin speaks of one area of one level, and not of the areas below it.
        query.conditions.append("m.level = $level")
        query.parameters["level"] = by if by in AREA_DIMENSIONS else "district"


def _add_area(query: _Query, metric: Metric, tree: AreaTree, area: str, by: str | None) -> None:
    number = tree.numbers.get(area)
    if number is None:
        raise AreaUnknown(area)
    level = tree.areas[number].level
    if level == "grid":
        if by is not None or "grid" not in metric.dimensions:
            raise NotByArea(metric.label, area)
        query.parameters |= {"dimension": "grid", "code": area}
        query.conditions.append("m.code = $code")
        return
    if metric.mart == "bulletins" and by not in AREA_DIMENSIONS:
        query.parameters["level"] = level
        query.conditions.append(among("m.community_no", [number]))
        return
    query.conditions.append(among("m.community_no", tree.within[number]))


def _periods(
    con: Connection, columns: dict[str, Any], metric: Metric, question: Question, span: Span | None
) -> Keys:
    """To which periods the rows belong."""
    grain = question.grain
    if grain == "wave":
        begun = dict(con.execute("SELECT wave, first_day FROM marts.waves").fetchall())
        if question.period is None or question.period in begun:
            return wave_keys(columns["wave"], begun, question.period)
        named = Period.parse(question.period)
        return wave_keys(columns["wave"], begun, (named.start, named.end))
    if not metric.cumulative:
        return period_keys(columns["day"], grain)
    all_periods = "SELECT first_day, last_day FROM meta.periods WHERE grain = ? ORDER BY first_day"
    until = con.execute(all_periods, [grain]).fetchall()
    chosen = [one for one in until if span is None or span[0] <= one[0] <= span[1]]
    return period_keys(columns["day"], grain, chosen)


def _keys(
    con: Connection, columns: dict[str, Any], metric: Metric, question: Question, tree: AreaTree
) -> Keys | None:
    """To which area or code the rows belong; None without a dimension."""
    by = question.by
    if by is None:
        return None
    if by in AREA_DIMENSIONS:
        return area_keys(columns["area"], tree, by)
    dimension = load_dimensions()[by]
    names: dict[str, str] = {}
    if dimension.lookup is not None:
        lookup = dimension.lookup
        names = dict(con.execute(f"SELECT {lookup.code}, name FROM {lookup.table}").fetchall())
    return code_keys(columns["code"], columns.get("suffix"), dimension, names)


def _answer(sums: Sums, metric: Metric, question: Question) -> pd.DataFrame:
    """The rows that have a base, with values and intervals, under the names that the question gave them."""
    by, is_ratio = question.by, metric.denominator is not None
    based = ~np.isnan(sums.of("numerator"))
    if is_ratio:
        based &= ~np.isnan(sums.of("denominator")) & (sums.of("denominator") != 0)
    sums = sums.only(based)
    columns: dict[str, object] = {"period": sums.periods}
    if by is not None:
        columns[by] = pd.array(sums.codes, dtype="str")
        columns[f"{by}_name"] = pd.array(sums.names, dtype="str")
    numerator, denominator = sums.of("numerator"), sums.of("denominator")
    value = numerator / denominator if is_ratio else numerator
    n = low = high = np.full(len(value), np.nan)
    if metric.kind == "survey":
        n = effective_n(denominator, sums.of("squares"))
        low, high = wilson(value, n)
    columns |= {"value": value, "numerator": numerator, "denominator": denominator}
    return pd.DataFrame(columns | {"n": n, "low": low, "high": high})
