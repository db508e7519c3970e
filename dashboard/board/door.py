"""Opening the door: which version serves, its calendar and rules, and cached questions to it."""

import os
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import streamlit as st

from dashboard.board.kept_answers import answer as answer  # the questions of all rooms import it here
from pipelines.area_tree import AreaTree, read_area_tree
from pipelines.district import District
from pipelines.measure import Question, measure
from pipelines.metrics import Metric, load_metrics
from pipelines.periods import Period
from pipelines.warehouse import Warehouse

WAREHOUSE_VARIABLE = "STEWARD_WAREHOUSE"
with warnings.catch_warnings():
    # Text as Python's own strings: the tables of a screen are small and read row by row, which from Arrow's memory,
    # pandas' default, costs a quarter of the CPU of a choice. Pandas 4 will not have the option any more.
    warnings.simplefilter("ignore", pd.errors.Pandas4Warning)
    pd.set_option("future.infer_string", False)
_KEPT_VERSIONS = 3
# From so many rows on, the texts of a kept answer are worth sharing.
_MANY_ROWS = 1000
_CORE_EXPORTS = (
    "areas",
    "units",
    "stewards",
    "tasks",
    "claims",
    "points",
    "checkins",
    "wishes",
    "satisfaction",
    "safety",
)


@dataclass(frozen=True)
class Serving:
    """The version that serves this rerun and what every screen needs of it."""

    root: str
    version: str
    built_at: datetime
    data_until: datetime
    first_day: date
    records: int
    rejected: int
    findings: int
    warning: str
    missing: tuple[str, ...]
    district: District

    @property
    def last_day(self) -> date:
        """The day of data until."""
        return self.data_until.date()


def warehouse_folder() -> Path | None:
    """The folder named by STEWARD_WAREHOUSE; None when nothing is named."""
    named = os.environ.get(WAREHOUSE_VARIABLE, "").strip()
    return Path(named) if named else None


def serving() -> Serving:
    """The current version, looked up at every rerun; SurroundingsFault when there is none."""
    root = str(warehouse_folder() or "")
    current = Warehouse(Path(root)).current()
    return _described(root, current.id, current.built_at, current.fallback_reason or "")


def serving_version(root: str, version: str) -> Serving:
    """A kept version as it was when it served; SurroundingsFault or VersionUnknown when it cannot be read."""
    kept = Warehouse(Path(root)).version(version)
    return _described(root, kept.id, kept.built_at, "")


@st.cache_resource(max_entries=_KEPT_VERSIONS, show_spinner=False)
def connection(root: str, version: str) -> duckdb.DuckDBPyConnection:
    """One read-only connection per version and process; callers take a cursor of it."""
    return Warehouse(Path(root)).open(version)


@lru_cache(_KEPT_VERSIONS)
def tree_of(root: str, version: str) -> AreaTree:
    """The tree of areas of a version."""
    return read_area_tree(connection(root, version).cursor())


@lru_cache(_KEPT_VERSIONS)
def _described(root: str, version: str, built_at: datetime, warning: str) -> Serving:
    cursor = connection(root, version).cursor()
    settings = cursor.execute("SELECT district_json FROM meta.settings").fetchone()
    rules = cursor.execute("SELECT data_until FROM meta.rules").fetchone()
    files = cursor.execute(
        "SELECT coalesce(sum(records), 0), coalesce(sum(rejected), 0) FROM meta.files"
    ).fetchone()
    findings = cursor.execute("SELECT count(*) FROM meta.findings").fetchone()
    if settings is None or rules is None or files is None or findings is None:
        raise LookupError(f"version {version} lacks its meta tables")
    return Serving(
        root=root,
        version=version,
        built_at=built_at,
        data_until=rules[0],
        first_day=_first_day(cursor, rules[0]),
        records=int(files[0]),
        rejected=int(files[1]),
        findings=int(findings[0]),
        warning=warning,
        missing=_missing_exports(cursor),
        district=District.from_json(settings[0]),
    )


def _missing_exports(cursor: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Exports that the screens rest on and nobody has delivered."""
    delivered = {row[0] for row in cursor.execute("SELECT DISTINCT export FROM meta.files").fetchall()}
    return tuple(export for export in _CORE_EXPORTS if export not in delivered)


def _first_day(cursor: duckdb.DuckDBPyConnection, data_until: datetime) -> date:
    """The day of the first task or point entry: where the offered periods begin."""
    row = cursor.execute(
        "SELECT least((SELECT min(published_at) FROM facts.tasks), (SELECT min(occurred_at) FROM facts.points))"
    ).fetchone()
    return row[0].date() if row and row[0] else data_until.date()


def metrics() -> Mapping[str, Metric]:
    """The catalogue by metric name."""
    return load_metrics()


@answer
def ask(
    root: str,
    version: str,
    metric: str,
    grain: str,
    period: str | None = None,
    by: str | None = None,
    area: str | None = None,
    first_days: int | None = None,
) -> pd.DataFrame:
    """The metric as `measure` gives it: period, dimension, value, numerator, denominator, n, low, high."""
    question = Question(metric=metric, grain=grain, period=period, by=by, area=area, first_days=first_days)
    return measure(connection(root, version).cursor(), question, tree_of(root, version))


def ask_within(
    serving: Serving, metric: str, period: Period, by: str, area: str | None = None
) -> pd.DataFrame:
    """What `ask` gives for one period, asked for all quarters or years at once, for months a calendar year at once.

    Planning a question costs more than reading a mart: the next period that a reader chooses is answered already.
    """
    span = str(period.start.year) if period.grain == "month" else None
    found = _by_period(serving.root, serving.version, metric, period.grain, span, by, area)
    # As an answer is handed out: whoever sets a column of it changes nobody else's.
    return found.get(period.key, found[""]).copy(deep=False)


@answer
def _by_period(
    root: str, version: str, metric: str, grain: str, span: str | None, by: str, area: str | None
) -> dict[str, pd.DataFrame]:
    """Period → its rows, which stand together; under "" none at all."""
    # Not through `ask`, which would keep the same rows once more.
    question = Question(metric=metric, grain=grain, period=span, by=by, area=area)
    frame = measure(connection(root, version).cursor(), question, tree_of(root, version))
    keys = frame["period"].tolist()
    first = [place for place, key in enumerate(keys) if place == 0 or keys[place - 1] != key]
    parts = pairwise([*first, len(keys)])
    found = {keys[at]: frame.iloc[at:end].reset_index(drop=True) for at, end in parts}
    return {"": frame.iloc[:0], **found}


@answer
def rows(root: str, version: str, sql: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
    """Rows of a fixed statement of the board; only its parameters come from the reader."""
    return with_shared_texts(connection(root, version).cursor().execute(sql, list(parameters)).df())


def with_shared_texts(frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows, equal texts being one and the same: DuckDB makes each anew, some sixty bytes for each row."""
    if len(frame) < _MANY_ROWS:
        return frame
    texts: dict[object, object] = {}
    shared = frame.copy(deep=False)
    for name in frame.select_dtypes(object):
        values = [texts.setdefault(value, value) for value in frame[name].tolist()]
        shared[name] = pd.Series(values, index=frame.index, dtype=object)
    return shared


def fetched(serving: Serving, sql: str, parameters: Sequence[object] = ()) -> list[dict[str, Any]]:
    """The same in Python's own values, and not kept: for few rows a table costs more than the question.

    Whoever asks keeps what he makes of them.
    """
    found = connection(serving.root, serving.version).cursor().execute(sql, list(parameters))
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
