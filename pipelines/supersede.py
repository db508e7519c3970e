"""The same record twice: which one wins. A later record wins its key; a complete file ends what it lacks."""

from collections.abc import Sequence

import duckdb

from pipelines.sources import Export


def supersede(con: duckdb.DuckDBPyConnection, export: Export, complete: Sequence[int]) -> dict[int, int]:
    """Delete the losing records from `stage.<export>`; give their number by file.

    Suspects take no part: a rejected record leaves the earlier good one. `complete` are the numbers of the
    files that hold the whole export. A voided record withdraws its key and loses itself.
    """
    stage = f"stage.{export.name}"
    key = ", ".join(export.key)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE losers AS "
        f"WITH repeated AS (SELECT hash({key}) AS hashed FROM {stage} WHERE NOT suspect "
        "GROUP BY ALL HAVING count(*) > 1), "
        f"rivals AS (SELECT record, row_number() OVER (PARTITION BY {key} ORDER BY record DESC) AS place "
        f"FROM {stage} WHERE NOT suspect AND hash({key}) IN (SELECT hashed FROM repeated)) "
        "SELECT record FROM rivals WHERE place > 1 "
        f"UNION SELECT record FROM {stage} WHERE voided AND NOT suspect"
    )
    for file_no in complete:
        con.execute(
            f"INSERT INTO losers SELECT record FROM {stage} AS earlier WHERE NOT suspect AND file_no < {file_no} "
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
