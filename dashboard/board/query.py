"""Query: what an analyst's own SELECT gives, and which tables and columns there are."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard.board.door import Serving, rows
from pipelines.analyst_sql import SqlAnswer, SqlLimits, run_sql
from pipelines.faults import InputFault, SurroundingsFault
from pipelines.warehouse import Warehouse

LIMITS = SqlLimits()


@dataclass(frozen=True)
class Outcome:
    """The rows of a statement, or the sentence that says why there are none."""

    answer: SqlAnswer | None
    refusal: str = ""


def tables(serving: Serving) -> pd.DataFrame:
    """Every table of the public file with its number of rows, facts before marts."""
    return rows(serving.root, serving.version, _TABLES)


def columns(serving: Serving, table: str) -> pd.DataFrame:
    """Columns of a table (schema.name) and their types."""
    schema, _dot, name = table.partition(".")
    return rows(serving.root, serving.version, _COLUMNS, (schema, name))


def run(serving: Serving, statement: str) -> Outcome:
    """Runs a statement; a refusal is an answer here, not a fault of the screen, and kept like one."""
    try:
        return _run(serving.root, serving.version, statement)
    except SurroundingsFault as fault:
        return Outcome(None, str(fault))


@st.cache_data(max_entries=8, show_spinner=False)
def _run(root: str, version: str, statement: str) -> Outcome:
    try:
        return Outcome(run_sql(Warehouse(Path(root)).version(version), statement, LIMITS))
    except InputFault as fault:
        return Outcome(None, str(fault))


_TABLES = """
SELECT schema_name || '.' || table_name AS name, estimated_size AS size
FROM duckdb_tables()
WHERE schema_name IN ('facts', 'marts', 'meta')
ORDER BY schema_name, table_name
"""

_COLUMNS = """
SELECT column_name AS name, data_type AS type
FROM duckdb_columns()
WHERE schema_name = ? AND table_name = ?
ORDER BY column_index
"""
