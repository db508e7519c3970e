"""Stage one export: read its files in order, type every column, mark the records that break a rule.

Every record of a readable file becomes one row of `stage.<export>`; `record` is made of the number of the
file and the ordinal in it, both in order of precedence, so of two records with one key the higher wins. `suspect` marks the rows to reject;
`judgement` says why, with the same expressions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import duckdb

from pipelines.casting import SQL_TYPES, clean, has_time, quoted, typed
from pipelines.reasons import Reason
from pipelines.source_file import SourceFile
from pipelines.sources import Column, Export

# Bytes; the cell limit of spreadsheets. Longer text is an unclosed quote or a pasted document.
MAX_TEXT = 32_767
# The number of a file stands above this many bits of `record`, the ordinal below.
ORDINAL_BITS = 32
_UNREADABLE = {
    "integer": Reason.BAD_NUMBER,
    "number": Reason.BAD_NUMBER,
    "longitude": Reason.BAD_NUMBER,
    "latitude": Reason.BAD_NUMBER,
    "date": Reason.BAD_DATE,
    "datetime": Reason.BAD_DATE,
    "deadline": Reason.BAD_DATE,
    "choice": Reason.BAD_CHOICE,
    "boolean": Reason.BAD_CHOICE,
}


class Miscounted(Exception):
    """DuckDB read another number of records from these files than were counted on their bytes."""

    def __init__(self, files: list[SourceFile]) -> None:
        super().__init__()
        self.files = files


@dataclass(frozen=True)
class Rule:
    """A condition over typed columns (`name`) and cleaned ones (`clean_name`) that rejects a record."""

    reason: Reason
    column: Column
    condition: str


def record_rules(export: Export, data_until: datetime | None) -> list[Rule]:
    """Every reason for which a record is rejected on its own, apart from its references."""
    found: list[Rule] = []
    for column in export.accepted:
        found += _column_rules(column, data_until)
    for earlier, later in export.order_pairs:
        condition = _out_of_order(export.column(earlier), export.column(later))
        found.append(Rule(Reason.WRONG_ORDER, export.column(later), condition))
    return found


def _column_rules(column: Column, data_until: datetime | None) -> Iterator[Rule]:
    name, cleaned = column.name, f"clean_{column.name}"
    if column.required:
        yield Rule(Reason.MISSING_VALUE, column, f"{cleaned} IS NULL")
    if column.type in _UNREADABLE:
        yield Rule(_UNREADABLE[column.type], column, f"{name} IS NULL AND {cleaned} IS NOT NULL")
    else:
        yield Rule(Reason.TOO_LONG, column, f"strlen({name}) > {MAX_TEXT}")
    if column.minimum is not None:
        yield Rule(Reason.OUT_OF_RANGE, column, f"{name} < {column.minimum}")
    if column.maximum is not None:
        yield Rule(Reason.OUT_OF_RANGE, column, f"{name} > {column.maximum}")
    if column.event and data_until is not None:
        yield Rule(Reason.FUTURE_DATE, column, f"{name} > TIMESTAMP '{data_until}'")


def _out_of_order(earlier: Column, later: Column) -> str:
    """Compared at the coarser of the two precisions: a bare date is neither before nor after its own hours."""
    reverse = f"{earlier.name} > {later.name}"
    if earlier.type == later.type == "date":
        return reverse
    same_day = f"CAST({earlier.name} AS DATE) = CAST({later.name} AS DATE)"
    timed = has_time(f"clean_{later.name}")
    return f"CASE WHEN {reverse} THEN {timed} OR NOT {same_day} ELSE FALSE END"


def resolved_references(export: Export) -> list[Column]:
    """The references to other exports; those of an export to itself are resolved when it is complete."""
    return [column for column in export.references if column.references != export.name]


def reference_rules(export: Export, unchecked: frozenset[str]) -> list[Rule]:
    """References that name no record; `unchecked` are the absent exports, which nothing is judged by."""
    return [
        Rule(Reason.UNKNOWN_REFERENCE, column, f"{column.name} IS NOT NULL AND {column.surrogate} IS NULL")
        for column in resolved_references(export)
        if column.references not in unchecked
    ]


def create_stage(con: duckdb.DuckDBPyConnection, export: Export) -> None:
    """An empty stage: record, file_no, typed columns (references as numbers instead), suspect."""
    columns = ["record BIGINT", "file_no USMALLINT"]
    columns += [f"{name} {kind}" for name, kind in staged_columns(export).items()]
    con.execute(f"CREATE TABLE stage.{export.name} ({', '.join(columns)}, suspect BOOLEAN)")


def staged_columns(export: Export) -> dict[str, str]:
    """Names and SQL types of what is kept of each record."""
    replaced = {column.name for column in resolved_references(export)} - set(export.key)
    kept = {c.name: SQL_TYPES[c.type] for c in export.accepted if c.name not in replaced}
    return kept | {column.surrogate: "INTEGER" for column in resolved_references(export)}


def stage_files(
    con: duckdb.DuckDBPyConnection,
    export: Export,
    files: Sequence[tuple[int, SourceFile]],
    data_until: datetime | None,
    unchecked: frozenset[str],
) -> None:
    """Append the readable records of these files (number, file) to the stage.

    Raises Miscounted where DuckDB does not read what was counted; nothing is appended then.
    """
    files = [pair for pair in files if pair[1].readable]
    if not files:
        return
    rules = record_rules(export, data_until)
    rows = " UNION ALL ".join(_typed_rows(export, group, rules) for group in _layouts(files))
    try:
        con.execute(f"CREATE OR REPLACE TEMP TABLE batch AS {rows}")
    except duckdb.Error as error:
        raise Miscounted([file for _, file in files]) from error
    first_row = _check_counts(con, files)
    _number_unchecked(con, export, unchecked)
    starts = ", ".join(f"({number}, {start})" for number, start in first_row.items())
    numbered = (
        f"SELECT (CAST(batch.file_no AS BIGINT) << {ORDINAL_BITS}) + batch.rowid - first_row AS record, batch.* "
        f"FROM batch JOIN (VALUES {starts}) AS starts(file_no, first_row) ON starts.file_no = batch.file_no"
    )
    names = ", ".join(staged_columns(export))
    unknown = _any(reference_rules(export, unchecked))
    suspect = f"CASE WHEN {_withdraws(export)} THEN FALSE ELSE suspect OR {unknown} END"
    con.execute(
        f"INSERT INTO stage.{export.name} SELECT record, file_no, {names}, {suspect} AS suspect "
        f"FROM {with_references(export, numbered)}"
    )
    con.execute("DROP TABLE batch")


def _number_unchecked(con: duckdb.DuckDBPyConnection, export: Export, unchecked: frozenset[str]) -> None:
    """Give a number to every key of an absent export that this batch names for the first time."""
    for column in resolved_references(export):
        if column.references in unchecked:
            keys = f"keys.{column.references}"
            con.execute(
                f"INSERT INTO {keys} SELECT id, (SELECT count(*) FROM {keys}) + row_number() OVER (ORDER BY id), "
                f"'{column.name}' FROM (SELECT DISTINCT {column.name} AS id FROM batch) AS named "
                f"WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM {keys})"
            )


def with_references(export: Export, rows: str) -> str:
    """SQL: the same rows, each reference with the number of the record that it names."""
    numbers = "".join(f", key_{c.name}.no AS {c.surrogate}" for c in resolved_references(export))
    joins = "".join(
        f" LEFT JOIN keys.{c.references} AS key_{c.name} ON key_{c.name}.id = row.{c.name}"
        for c in resolved_references(export)
    )
    return f"(SELECT row.*{numbers} FROM ({rows}) AS row{joins}) AS resolved"


def typed_rows(export: Export, raw_rows: str, *more: str) -> str:
    """SQL: from rows with raw_<column> to the same rows with clean_<column>, <column> and `more`."""
    cleaned = ", ".join(f"{clean(c, f'raw_{c.name}')} AS clean_{c.name}" for c in export.accepted)
    values = ", ".join(f"{typed(c, f'clean_{c.name}')} AS {c.name}" for c in export.accepted)
    extra = "".join(f", {expression}" for expression in more)
    return (
        f"SELECT *{extra} FROM (SELECT *, {values} FROM (SELECT *, {cleaned} FROM ({raw_rows}) AS raw) "
        "AS cleaned) AS typed"
    )


def _typed_rows(export: Export, group: Sequence[tuple[int, SourceFile]], rules: Sequence[Rule]) -> str:
    position = {name: number for number, name in group[0][1].header.columns.items()}
    raw = ", ".join(
        f"{f'c{position[c.name]}' if c.name in position else 'CAST(NULL AS VARCHAR)'} AS raw_{c.name}"
        for c in export.accepted
    )
    names = ", ".join(column.name for column in export.accepted)
    rows = typed_rows(export, f"SELECT file_no, {raw} FROM ({_reader(group)}) AS text")
    return f"SELECT file_no, {names}, {_any(rules)} AS suspect FROM ({rows}) AS judged"


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


def _layouts(batch: Sequence[tuple[int, SourceFile]]) -> Iterator[list[tuple[int, SourceFile]]]:
    """Neighbours of one layout are read by one reader."""
    for _, group in groupby(batch, key=lambda pair: pair[1].layout):
        yield list(group)


def _check_counts(con: duckdb.DuckDBPyConnection, files: Sequence[tuple[int, SourceFile]]) -> dict[int, int]:
    """The first row of each file; each must stand in the batch with the records counted on its bytes."""
    counted = con.execute(
        "SELECT file_no, count(*), min(rowid), max(rowid) FROM batch GROUP BY file_no"
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


def _any(rules: Sequence[Rule]) -> str:
    # Unknown OR true is true, so one coalesce around them all suffices.
    return f"coalesce({' OR '.join(f'({rule.condition})' for rule in rules)}, FALSE)" if rules else "FALSE"


def _withdraws(export: Export) -> str:
    """A record that withdraws its key needs its key and nothing else."""
    return " AND ".join(["coalesce(voided, FALSE)", *(f"{name} IS NOT NULL" for name in export.key)])
