"""The stage of one export: every readable record of its files, typed, references as numbers.

`record` is made of the number of the file and the ordinal in it, both in order of precedence, so of two
records with one key the higher wins. `broken` is NULL for a sound record; for one to reject it says of each rule
whether the record breaks it (`resolving_rules` first, then `reading_rules` unless it breaks none of these).
"""

import duckdb

from pipelines.casting import SQL_TYPES, clean, typed
from pipelines.sources import Export

# The number of a file stands above this many bits of `record`, the ordinal below.
ORDINAL_BITS = 32


def create_stage(con: duckdb.DuckDBPyConnection, export: Export) -> None:
    """An empty stage: record, file_no, typed columns (references as numbers instead), broken."""
    columns = ["record BIGINT", "file_no USMALLINT"]
    columns += [f"{name} {kind}" for name, kind in staged_columns(export).items()]
    con.execute(f"CREATE TABLE stage.{export.name} ({', '.join(columns)}, broken BOOLEAN[])")


def staged_columns(export: Export) -> dict[str, str]:
    """Names and SQL types of what is kept of each record."""
    replaced = {column.name for column in export.outward_references} - set(export.key)
    kept = {c.name: SQL_TYPES[c.type] for c in export.accepted if c.name not in replaced}
    return kept | {column.surrogate: "INTEGER" for column in export.outward_references}


def typed_rows(export: Export, raw_rows: str) -> str:
    """SQL: from rows with raw_<column> to the same rows with clean_<column> and <column>."""
    cleaned = ", ".join(f"{clean(c, f'raw_{c.name}')} AS clean_{c.name}" for c in export.accepted)
    values = ", ".join(f"{typed(c, f'clean_{c.name}')} AS {c.name}" for c in export.accepted)
    return f"SELECT *, {values} FROM (SELECT *, {cleaned} FROM ({raw_rows}) AS raw) AS cleaned"


def with_references(export: Export, rows: str) -> str:
    """SQL: the same rows, each reference with the number of the record that it names."""
    numbers = "".join(f", key_{c.name}.no AS {c.surrogate}" for c in export.outward_references)
    joins = "".join(
        f" LEFT JOIN keys.{c.references} AS key_{c.name} ON key_{c.name}.id = row.{c.name}"
        for c in export.outward_references
    )
    return f"(SELECT row.*{numbers} FROM ({rows}) AS row{joins}) AS resolved"
