"""The only composer of SQL for questions: metric × grain × period × dimension × area → rows."""

from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

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
from pipelines.metrics import AREA_DIMENSIONS, OWN_PERIODS, Dimension, Metric, load_dimensions, load_metrics
from pipelines.periods import MONTHS_OF, Grain, Period
from pipelines.surveys import effective_n, wilson

Connection = duckdb.DuckDBPyConnection

# What stands for the name of a row without a code, and of one that lies in no area of the level asked for.
NO_CODE, NO_AREA = "（未填）", "（未归属）"

_MONTHS: dict[str, int] = {str(grain): months for grain, months in MONTHS_OF.items()}
_GROUPED = ("first_day", "wave", "place", "code", "name")
_SUMS = ("numerator", "denominator", "squares")
_Column = NDArray[Any]


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
    """A statement in the making.

    `grouped` are first day and wave of the period and, with a dimension, place in its order, code and name;
    they sort the answer and stand before the sums numerator, denominator and squares of weights.
    """

    tables: list[str]
    grouped: list[str] = field(default_factory=list)
    sums: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    parameters: dict[str, object] = field(default_factory=dict)

    def text(self) -> str:
        """The whole statement."""
        where = f" WHERE {' AND '.join(self.conditions)}" if self.conditions else ""
        names = [*_GROUPED[: len(self.grouped)], *_SUMS]
        columns = (
            f"{column} AS {name}" for column, name in zip(self.grouped + self.sums, names, strict=True)
        )
        return (
            f"SELECT {', '.join(columns)} FROM {' '.join(self.tables)}{where} "
            f"GROUP BY ALL ORDER BY {', '.join(str(place) for place in range(1, len(self.grouped) + 1))}"
        )


def measure(con: Connection, question: Question) -> pd.DataFrame:
    """The values of a metric: period, <by>, <by>_name (with `by`), value, numerator, denominator, n, low, high.

    Oldest period first. Rates are shares; nothing is rounded; rows without a base are left out. `n`
    (effective), `low` and `high` (Wilson 95 %) are filled for surveys alone. An area never limits the
    people of a unit: by unit it picks the units that are linked to a community of the area.
    Raises InputFault when the question makes no sense.
    """
    metric = _checked_metric(question)
    query = _Query([f"marts.{metric.mart} AS m"])
    _add_periods(con, query, metric, question)
    _add_dimension(query, metric, question)
    if question.area is not None:
        _add_area(con, query, metric, question.area, question.by)
    query.sums.append(f"sum({_columns(metric.numerator)})")
    query.sums.append("NULL" if metric.denominator is None else f"sum({_columns(metric.denominator)})")
    query.sums.append("sum(m.weight_squares)" if metric.kind == "survey" else "NULL")
    found = con.execute(query.text(), query.parameters)
    whole = {name for name, kind, *_ in found.description if str(kind).endswith("INT")}
    return _answer(found.fetchnumpy(), whole, metric, question)


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


def _add_periods(con: Connection, query: _Query, metric: Metric, question: Question) -> None:
    """Which rows belong to which period; selects the period's first day as `first_day`, of waves also the name."""
    grain = question.grain
    if grain == "wave":
        query.tables.append("LEFT JOIN marts.waves AS w ON w.wave = m.wave")
        query.grouped += ["w.first_day", "m.wave"]
        if question.period is not None:
            _limit_waves(con, query, question.period)
        return
    query.conditions.append("m.grain = $grain")
    query.parameters["grain"] = "month"
    start = (
        f"CAST(date_trunc('{grain}', m.period_start) AS DATE)" if grain in _MONTHS else "CAST(NULL AS DATE)"
    )
    limited = "m.period_start"
    if metric.cumulative:
        query.tables.append("JOIN meta.periods AS p ON p.grain = $periods AND m.period_start <= p.last_day")
        query.parameters["periods"] = grain
        start = limited = "p.first_day"
    elif metric.mart in OWN_PERIODS:
        query.parameters["grain"] = grain
        start = "m.period_start"
    elif question.first_days is not None:
        query.parameters |= {"grain": "day", "days": question.first_days}
        query.conditions.append(f"m.period_start < {start} + CAST($days AS INTEGER)")
    query.grouped += [start, "''"]
    if question.period is not None:
        span = Period.parse(question.period)
        if grain not in _MONTHS or MONTHS_OF[span.grain] < _MONTHS[grain]:
            raise PeriodTooShort(question.period, grain)
        query.conditions.append(f"{limited} BETWEEN $start AND $end")
        query.parameters |= {"start": span.start, "end": span.end}


def _limit_waves(con: Connection, query: _Query, period: str) -> None:
    """A wave is named itself, or by a period in which it began."""
    if con.execute("SELECT wave FROM marts.waves WHERE wave = ?", [period]).fetchall():
        query.conditions.append("m.wave = $wave")
        query.parameters["wave"] = period
        return
    span = Period.parse(period)
    query.conditions.append("w.first_day BETWEEN $start AND $end")
    query.parameters |= {"start": span.start, "end": span.end}


def _add_dimension(query: _Query, metric: Metric, question: Question) -> None:
    by = question.by
    if by in AREA_DIMENSIONS:
        query.tables.append(
            f"LEFT JOIN facts.area_paths AS d ON d.area_no = m.community_no AND d.level = '{by}' "
            "LEFT JOIN facts.areas AS a ON a.area_no = d.ancestor_no"
        )
        query.grouped += ["0", "coalesce(a.area_code, '')", f"coalesce(a.name, '{NO_AREA}')"]
        query.conditions.append("m.dimension = ''")
    elif by is None:
        query.conditions.append("m.dimension = $dimension")
        query.parameters["dimension"] = ""
    else:
        dimension = load_dimensions()[by]
        lookup, name = dimension.lookup, "m.code"
        if lookup is not None:
            query.tables.append(f"LEFT JOIN {lookup.table} AS l ON l.{lookup.code} = m.code")
            name = "coalesce(l.name, m.code)"
        if metric.name_suffix is not None:
            name += f" || CASE WHEN m.{metric.name_suffix} = '' THEN '' ELSE '（' || m.{metric.name_suffix} || '）' END"
        query.grouped += [
            _shown_order(dimension),
            "m.code",
            f"CASE WHEN m.code = '' THEN '{NO_CODE}' ELSE {name} END",
        ]
        query.conditions.append("m.dimension = $dimension")
        query.parameters["dimension"] = by
    if metric.mart == "bulletins":
        # A bulletin speaks of one area of one level, and not of the areas below it.
        query.conditions.append("m.level = $level")
        query.parameters["level"] = by if by in AREA_DIMENSIONS else "district"


def _shown_order(dimension: Dimension) -> str:
    """SQL: the place of a code in the declared order; undeclared ones come after them."""
    places = " ".join(f"WHEN '{code.code}' THEN {place}" for place, code in enumerate(dimension.codes))
    return f"CASE m.code {places} ELSE {len(dimension.codes)} END" if places else "0"


def _add_area(con: Connection, query: _Query, metric: Metric, area: str, by: str | None) -> None:
    found = con.execute("SELECT area_no, level FROM facts.areas WHERE area_code = ?", [area]).fetchall()
    if not found:
        raise AreaUnknown(area)
    number, level = found[0]
    if level == "grid":
        if by is not None or "grid" not in metric.dimensions:
            raise NotByArea(metric.label, area)
        query.parameters |= {"dimension": "grid", "code": area}
        query.conditions.append("m.code = $code")
        return
    query.parameters["area"] = number
    if metric.mart == "bulletins" and by not in AREA_DIMENSIONS:
        query.parameters["level"] = level
        query.conditions.append("m.community_no = $area")
        return
    query.conditions.append(
        "m.community_no IN (SELECT area_no FROM facts.area_paths WHERE ancestor_no = $area)"
    )


def _answer(found: dict[str, Any], whole: set[str], metric: Metric, question: Question) -> pd.DataFrame:
    """The rows that have a base, with values and intervals, under the names that the question gave them.

    Columns come as arrays: a month of every community is thousands of decimals, and a Python object for each takes
    twice as long as asking for them. `whole` are those that hold whole numbers.
    """
    by, is_ratio = question.by, metric.denominator is not None
    sums = {name: _numbers(found[name]) for name in _SUMS}
    based = ~np.isnan(sums["numerator"])
    if is_ratio:
        based &= ~np.isnan(sums["denominator"]) & (sums["denominator"] != 0)
    grouped = {name: found[name][based] for name in _GROUPED if name in found}
    numerator, denominator, squares = (_as_whole(sums[name][based], name in whole) for name in _SUMS)
    columns: dict[str, object] = {"period": _period_names(grouped, question.grain)}
    if by is not None:
        columns[by] = pd.array(grouped["code"], dtype="str")
        columns[f"{by}_name"] = pd.array(_names(grouped, by), dtype="str")
    value = numerator / denominator if is_ratio else numerator
    n = low = high = np.full(len(value), np.nan)
    if metric.kind == "survey":
        n = effective_n(denominator, squares)
        low, high = wilson(value, n)
    columns |= {"value": value, "numerator": numerator, "denominator": denominator}
    return pd.DataFrame(columns | {"n": n, "low": low, "high": high})


def _numbers(values: _Column) -> NDArray[np.float64]:
    """Floats, NaN where there is nothing."""
    if values.dtype == object:  # a column of nothing but NULL
        return np.full(len(values), np.nan)
    return np.ma.filled(values.astype(np.float64), np.nan)


def _as_whole(values: NDArray[np.float64], whole: bool) -> _Column:
    """Whole numbers stay whole where each row has one."""
    return values.astype(np.int64) if whole and len(values) and not np.isnan(values).any() else values


def _period_names(grouped: dict[str, _Column], grain: str) -> list[str]:
    if grain == "wave":
        return list(grouped["wave"])
    first_days = grouped["first_day"]
    if grain not in _MONTHS:
        return [grain] * len(first_days)
    known, places = np.unique(first_days, return_inverse=True)
    names = [Period.containing(_grain(grain), day.date()).key for day in known.tolist()]
    return [names[place] for place in places.tolist()]


def _grain(name: str) -> Grain:
    return next(grain for grain in MONTHS_OF if grain == name)


def _names(grouped: dict[str, _Column], by: str) -> list[str]:
    labels: dict[Any, str] = {code.code: code.label for code in load_dimensions()[by].codes}
    return [labels.get(code) or name for code, name in zip(grouped["code"], grouped["name"], strict=True)]
