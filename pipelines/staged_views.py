"""Publish the winning records of an export as `staged.<export>`, and its keys for those that refer to them."""

from collections.abc import Sequence

import duckdb

from pipelines.sources import Export, load_exports, referenced_exports
from pipelines.staging import staged_columns


def publish_stage(con: duckdb.DuckDBPyConnection, export: Export, *, absent: bool) -> None:
    """Make `staged.<export>`, and `keys.<export>` where others refer to it."""
    own = [column for column in export.references if column.references == export.name]
    names = [name for name in staged_columns(export) if name not in {"voided", *(c.name for c in own)}]
    if export.name in referenced_exports() and absent:
        con.execute(f"CREATE VIEW staged.{export.name} AS {_stand_ins(export, names)}")
        return
    columns = [f"stage.{name}" for name in names]
    joins = ""
    if export.name in referenced_exports():
        con.execute(
            f"CREATE TABLE keys.{export.name} AS SELECT {export.key[0]} AS id, "
            f"CAST(row_number() OVER (ORDER BY min(record)) AS INTEGER) AS no FROM stage.{export.name} GROUP BY id"
        )
        columns.insert(0, f"own.no AS {export.surrogate}")
        joins += f" JOIN keys.{export.name} AS own ON own.id = stage.{export.key[0]}"
    for column in own:
        columns.append(f"key_{column.name}.no AS {column.surrogate}")
        joins += f" LEFT JOIN keys.{export.name} AS key_{column.name} ON key_{column.name}.id = stage.{column.name}"
    con.execute(
        f"CREATE VIEW staged.{export.name} AS SELECT {', '.join(columns)} FROM stage.{export.name} AS stage{joins}"
    )


def _stand_ins(export: Export, names: Sequence[str]) -> str:
    """Records that others refer to while their own export is absent: a key, and the key as name."""
    columns = [f"no AS {export.surrogate}"]
    kinds = staged_columns(export)
    for name in names:
        if name in (export.key[0], "name"):
            columns.append(f"id AS {name}")
        elif name == "level":
            columns.append("CASE WHEN column_name = 'grid_code' THEN 'grid' ELSE 'community' END AS level")
        else:
            columns.append(f"CAST(NULL AS {kinds[name]}) AS {name}")
    columns += [
        f"CAST(NULL AS INTEGER) AS {c.surrogate}" for c in export.references if c.references == export.name
    ]
    return f"SELECT {', '.join(columns)} FROM keys.{export.name}"


def unchecked_references(
    con: duckdb.DuckDBPyConnection, absent: frozenset[str]
) -> list[tuple[str, str, str, int]]:
    """References that nothing could check: export, column, absent target, number of records."""
    found = []
    for export in load_exports().values():
        for column in export.outward_references:
            if column.references in absent and export.name not in absent:
                rows = con.execute(f"SELECT count({column.surrogate}) FROM staged.{export.name}").fetchall()[
                    0
                ][0]
                if rows:
                    found.append((export.name, column.name, str(column.references), int(rows)))
    return found
