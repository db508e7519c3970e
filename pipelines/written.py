"""Tables written from Python values.

Through lists as parameters: an Arrow table made of Python values imports pandas, which takes longer than
everything that is written here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

# Column → its SQL type and its values, None for no value.
Columns = Mapping[str, tuple[str, Sequence[Any]]]


def write_table(con: duckdb.DuckDBPyConnection, name: str, columns: Columns) -> None:
    """Create a table of these columns, which are of one length."""
    select, values = rows_of(columns)
    con.execute(f"CREATE TABLE {name} AS {select}", values)


def rows_of(columns: Columns) -> tuple[str, list[list[Any]]]:
    """SQL of a SELECT of these columns, and the parameters that it must be executed with."""
    selected = ", ".join(
        f'unnest(CAST(${place} AS {kind}[])) AS "{name}"'
        for place, (name, (kind, _)) in enumerate(columns.items(), start=1)
    )
    return f"SELECT {selected}", [list(values) for _, values in columns.values()]
