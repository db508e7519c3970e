"""A tiny staged district: typed records as the loader leaves them, transformed by the real SQL.

Every expected number in the tests that use it is worked out by hand beside the records.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines.casting import SQL_TYPES
from pipelines.distances import write_checkin_distances
from pipelines.district import District
from pipelines.meta_tables import write_rules
from pipelines.sources import load_exports, load_order, referenced_exports
from pipelines.transform import run_checks, run_facts, run_marts

Records = Mapping[str, str]


def transformed(
    folder: Path,
    records: Records,
    data_until: str,
    district: District | None = None,
) -> duckdb.DuckDBPyConnection:
    """Facts, marts and findings of the records in a database file of `folder`.

    A value of `records` is a table: a line of column names, then one line per record; `-` is missing,
    blanks separate (a blank inside a value is written `_`).
    """
    con = duckdb.connect(str(folder / "version.duckdb"))
    con.execute("SET preserve_insertion_order = false")
    for catalog in ("staged", "derived"):
        con.execute(f"ATTACH ':memory:' AS {catalog}")
    for schema in ("facts", "marts", "meta"):
        con.execute(f"CREATE SCHEMA {schema}")
    stage(con, records)
    write_rules(con, district or District(), datetime.fromisoformat(f"{data_until}T23:59:59.999999"))
    con.execute(
        'CREATE TABLE meta.unchecked_references (export VARCHAR, column_name VARCHAR, target VARCHAR, "rows" BIGINT)'
    )
    write_checkin_distances(con, (district or District()).checkins.datum)
    run_facts(con)
    run_marts(con)
    run_checks(con)
    return con


def stage(con: duckdb.DuckDBPyConnection, records: Records) -> None:
    """Tables `staged.<export>` of all exports, references as numbers."""
    assert set(records) <= set(load_exports())
    numbers: dict[str, dict[str, int]] = {name: {} for name in load_exports()}
    for name in load_order():
        export = load_exports()[name]
        rows = _rows(records.get(name, ""))
        if name in referenced_exports():
            for row in rows:
                numbers[name].setdefault(row[export.key[0]] or "", len(numbers[name]) + 1)
        columns = {column.name: SQL_TYPES[column.type] for column in export.columns if not column.references}
        columns |= {column.surrogate: "INTEGER" for column in export.references}
        if name in referenced_exports():
            columns[export.surrogate] = "INTEGER"
        con.execute(
            f"CREATE TABLE staged.{name} ({', '.join(f'{key} {kind}' for key, kind in columns.items())})"
        )
        for row in rows:
            own: dict[str, object] = {key: value for key, value in row.items() if key in columns}
            for column in export.references:
                if row.get(column.name) is not None:
                    own[column.surrogate] = numbers[str(column.references)][str(row[column.name])]
            if name in referenced_exports():
                own[export.surrogate] = numbers[name][str(row[export.key[0]])]
            unknown = set(row) - {column.name for column in export.columns}
            assert not unknown, f"{name} has no column {unknown}"
            marks = ", ".join("?" for _ in own)
            con.execute(f"INSERT INTO staged.{name} ({', '.join(own)}) VALUES ({marks})", list(own.values()))


def _rows(table: str) -> list[dict[str, str | None]]:
    header, *lines = [line.split() for line in table.splitlines() if line.strip()] or [[]]
    return [
        {
            name: None if value == "-" else value.replace("_", " ")
            for name, value in zip(header, line, strict=True)
        }
        for line in lines
    ]
