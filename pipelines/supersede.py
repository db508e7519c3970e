"""The same record twice: which one wins. A later record wins its key; a complete file ends what it lacks."""

from collections.abc import Sequence

import duckdb
import numpy as np

from pipelines.sources import Export


def supersede(con: duckdb.DuckDBPyConnection, export: Export, complete: Sequence[int]) -> dict[int, int]:
    """Delete the losing records from `stage.<export>`; give their number by file.

    Suspects take no part: a rejected record leaves the earlier good one. `complete` are the numbers of the
    files that hold the whole export. A voided record withdraws its key and loses itself.
    """
    stage = f"stage.{export.name}"
    key = ", ".join(export.key)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE losers AS "
        "WITH repeated AS (SELECT unnest(CAST($1 AS UBIGINT[])) AS hashed), "
        f"rivals AS (SELECT record, row_number() OVER (PARTITION BY {key} ORDER BY record DESC) AS place "
        f"FROM {stage} WHERE broken IS NULL AND hash({key}) IN (SELECT hashed FROM repeated)) "
        "SELECT record FROM rivals WHERE place > 1 "
        f"UNION SELECT record FROM {stage} WHERE voided AND broken IS NULL",
        [_repeated(con, stage, key)],
    )
    for file_no in complete:
        con.execute(
            f"INSERT INTO losers SELECT record FROM {stage} AS earlier WHERE broken IS NULL AND file_no < {file_no} "
            f"AND NOT EXISTS (SELECT 1 FROM {stage} AS whole WHERE whole.file_no = {file_no} "
            f"AND {' AND '.join(f'whole.{name} = earlier.{name}' for name in export.key)})"
        )
    counted = con.execute(
        f"SELECT file_no, count(*) FROM {stage} WHERE record IN (SELECT record FROM losers) GROUP BY file_no"
    ).fetchall()
    if counted:
        con.execute(f"DELETE FROM {stage} WHERE record IN (SELECT record FROM losers)")
    con.execute("DROP TABLE losers")
    return {int(file_no): int(number) for file_no, number in counted}


def _repeated(con: duckdb.DuckDBPyConnection, stage: str, key: str) -> list[int]:
    """The hashes that more than one record's key has.

    Sorted, equal ones are neighbours: a tenth of the time that grouping nearly as many keys as records takes.
    """
    hashes = con.execute(f"SELECT hash({key}) AS hashed FROM {stage} WHERE broken IS NULL").fetchnumpy()[
        "hashed"
    ]
    ordered = np.sort(hashes)
    repeated: list[int] = np.unique(ordered[1:][ordered[1:] == ordered[:-1]]).tolist()
    return repeated
