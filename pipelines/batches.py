"""From files to the stage in two steps: read a batch of them, then put numbers in place of references.

Reading waits for nothing. A reference is left as it is written until then: nearly every one is written as
the key it names, and only the rest pays for cleaning.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import duckdb

from pipelines.casting import clean, quoted
from pipelines.record_rules import Rule, broken, late_references, reading_rules, resolving_rules, verdicts
from pipelines.source_file import SourceFile
from pipelines.sources import Column, Export
from pipelines.staging import ORDINAL_BITS, staged_columns, typed_rows, with_references


class Miscounted(Exception):
    """DuckDB read another number of records from these files than were counted on their bytes."""

    def __init__(self, files: list[SourceFile]) -> None:
        super().__init__()
        self.files = files


@dataclass(frozen=True)
class Batch:
    """A table in schema `stage` with the typed records of some files, and the row at which each file begins."""

    table: str
    first_row: Mapping[int, int]


def read_batch(
    con: duckdb.DuckDBPyConnection,
    export: Export,
    files: Sequence[tuple[int, SourceFile]],
    data_until: datetime | None,
    unchecked: frozenset[str],
) -> Batch | None:
    """The readable records of these files (number, file), which are neighbours; None when there are none.

    Raises Miscounted where DuckDB does not read what was counted; no table is left then.
    """
    files = [pair for pair in files if pair[1].readable]
    if not files:
        return None
    rules = reading_rules(export, data_until, unchecked)
    # Files of several layouts are one text before they are typed: binding all those expressions takes longer than a
    # small file, and once for each layout was once too often.
    text = " UNION ALL ".join(_raw_rows(export, group) for group in _layouts(files))
    rows = _typed_rows(export, text, rules, late_references(export, unchecked))
    table = f"stage.batch_{files[0][0]}"
    try:
        con.execute(f"CREATE TABLE {table} AS {rows}")
    except duckdb.Error as error:
        raise Miscounted([file for _, file in files]) from error
    try:
        return Batch(table, _check_counts(con, table, files))
    except Miscounted:
        con.execute(f"DROP TABLE {table}")
        raise


def append_batch(
    con: duckdb.DuckDBPyConnection, export: Export, batch: Batch, unchecked: frozenset[str]
) -> None:
    """Append a batch to the stage, references as numbers, and drop it."""
    _number_unchecked(con, export, batch, unchecked)
    _append(con, export, _numbered(batch), unchecked)
    late = late_references(export, unchecked)
    if late:
        _append_odd_again(con, export, batch, late, unchecked)
    con.execute(f"DROP TABLE {batch.table}")


def _append_odd_again(
    con: duckdb.DuckDBPyConnection,
    export: Export,
    batch: Batch,
    late: Sequence[Column],
    unchecked: frozenset[str],
) -> None:
    """What looks unknown may only be spelled otherwise: the broken once more, with their references cleaned."""
    stage = f"stage.{export.name}"
    here = f"broken IS NOT NULL AND file_no BETWEEN {min(batch.first_row)} AND {max(batch.first_row)}"
    cleaned = ", ".join(f"{clean(column, column.name)} AS {column.name}" for column in late)
    row_no = f"(record & {(1 << ORDINAL_BITS) - 1}) + CASE file_no {_starts(batch)} END"
    # In a table of their own, from which a join knows that they are few; found by row, which DuckDB looks up.
    con.execute(
        f"CREATE TEMP TABLE odd AS SELECT * REPLACE ({cleaned}) FROM ({_numbered(batch)}) AS row "
        f"WHERE row_no IN (SELECT {row_no} FROM {stage} WHERE {here})"
    )
    if con.execute(f"DELETE FROM {stage} WHERE {here}").fetchall()[0][0]:
        _append(con, export, "SELECT * FROM odd", unchecked)
    con.execute("DROP TABLE odd")


def _append(con: duckdb.DuckDBPyConnection, export: Export, rows: str, unchecked: frozenset[str]) -> None:
    """Append rows of a batch; those with a reference that is missing or unknown are broken, too."""
    rules = resolving_rules(export, unchecked)
    con.execute(
        f"INSERT INTO stage.{export.name} SELECT record, file_no, {', '.join(staged_columns(export))}, "
        f"CASE WHEN {_withdraws(export)} THEN NULL WHEN broken IS NOT NULL OR {broken(rules)} "
        f"THEN {verdicts(rules)} || coalesce(broken, []) END AS broken FROM {with_references(export, rows)}"
    )


def _numbered(batch: Batch) -> str:
    """SQL: the rows of a batch with their `record` and `row_no`."""
    return (
        f"SELECT (CAST(file_no AS BIGINT) << {ORDINAL_BITS}) + rowid - CASE file_no {_starts(batch)} END AS record, "
        f"rowid AS row_no, * FROM {batch.table}"
    )


def _starts(batch: Batch) -> str:
    return " ".join(f"WHEN {number} THEN {start}" for number, start in batch.first_row.items())


def _number_unchecked(
    con: duckdb.DuckDBPyConnection, export: Export, batch: Batch, unchecked: frozenset[str]
) -> None:
    """Give a number to every key of an absent export that this batch names for the first time."""
    for column in export.outward_references:
        if column.references in unchecked:
            keys = f"keys.{column.references}"
            con.execute(
                f"INSERT INTO {keys} SELECT id, (SELECT count(*) FROM {keys}) + row_number() OVER (ORDER BY id), "
                f"'{column.name}' FROM (SELECT DISTINCT {column.name} AS id FROM {batch.table}) AS named "
                f"WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM {keys})"
            )


def _typed_rows(export: Export, raw_rows: str, rules: Sequence[Rule], late: Sequence[Column]) -> str:
    names = ", ".join(f"raw_{c.name} AS {c.name}" if c in late else c.name for c in export.accepted)
    # The verdicts of each rule only where one is broken: once in a thousand records.
    judged = f"CASE WHEN {broken(rules)} THEN {verdicts(rules)} END AS broken"
    return f"SELECT file_no, {names}, {judged} FROM ({typed_rows(export, raw_rows)}) AS typed"


def _raw_rows(export: Export, group: Sequence[tuple[int, SourceFile]]) -> str:
    """SQL: the rows of files of one layout as raw_<column> with their file_no."""
    position = {name: number for number, name in group[0][1].header.columns.items()}
    raw = ", ".join(
        f"{f'c{position[c.name]}' if c.name in position else 'CAST(NULL AS VARCHAR)'} AS raw_{c.name}"
        for c in export.accepted
    )
    return f"SELECT file_no, {raw} FROM ({_reader(group)}) AS text"


def _reader(group: Sequence[tuple[int, SourceFile]]) -> str:
    """SQL: the rows of files of one layout as text columns c0, c1 … with their file_no."""
    first = group[0][1]
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(first.header.grammar.columns))
    paths = ", ".join(quoted(str(file.path)) for _, file in group)
    numbers = " ".join(f"WHEN {quoted(str(file.path))} THEN {number}" for number, file in group)
    return (
        f"SELECT *, CAST(CASE filename {numbers} END AS USMALLINT) AS file_no FROM read_csv([{paths}], "
        f"columns = {{{columns}}}, auto_detect = false, header = false, skip = {first.skip}, "
        f"delim = {quoted(first.header.grammar.delimiter)}, quote = '\"', escape = '\"', "
        "strict_mode = true, filename = true)"
    )


def _layouts(files: Sequence[tuple[int, SourceFile]]) -> Iterator[list[tuple[int, SourceFile]]]:
    """Neighbours of one layout are read by one reader."""
    for _, group in groupby(files, key=lambda pair: pair[1].layout):
        yield list(group)


def _check_counts(
    con: duckdb.DuckDBPyConnection, table: str, files: Sequence[tuple[int, SourceFile]]
) -> dict[int, int]:
    """The first row of each file; each must stand in the batch with the records counted on its bytes."""
    counted = con.execute(
        f"SELECT file_no, count(*), min(rowid), max(rowid) FROM {table} GROUP BY file_no"
    ).fetchall()
    found = {number: tuple(rest) for number, *rest in counted}
    first_row: dict[int, int] = {}
    start = 0
    wrong = []
    for number, file in files:
        if found.get(number) != (file.readable, start, start + file.readable - 1):
            wrong.append(file)
        first_row[number] = start
        start += file.readable
    if wrong:
        raise Miscounted(wrong)
    return first_row


def _withdraws(export: Export) -> str:
    """A record that withdraws its key needs its key and nothing else."""
    return " AND ".join(["coalesce(voided, FALSE)", *(f"{name} IS NOT NULL" for name in export.key)])
