"""Rejected records as their files hold them, and what is left to do about each: `meta.reject_states`.

A rejected record is open until its key has loaded from a later file. That is decided once, at the build: looking every
key up among the facts takes longer than everything else that a screen asks. The text of the records is personal data
and stands in the private file alone; the states hold none of it.
"""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from pipelines.reasons import Reason
from pipelines.recognise import recognise
from pipelines.records import Grammar
from pipelines.sources import load_exports
from pipelines.written import write_table

OPEN, ANSWERED, NOTHING_TO_MEND = "open", "answered", "left"
_LEFT_BY_SPREADSHEETS = {Reason.TOTAL_ROW.value, Reason.REPEATED_HEADER.value}
# The warehouse keeps no more of a record: what was cut cannot be sent again.
_CUT = 4_000


@dataclass(frozen=True)
class RejectedFile:
    """What is known of a file that had rejects: its place in the order of files, its grammar, its header."""

    place: int
    last: bool
    until: date | None
    grammar: Grammar
    header: tuple[str, ...]
    columns: Mapping[int, str]


@dataclass(frozen=True)
class RejectedRecord:
    """One rejected record with all its reasons, its text cut into cells."""

    file: str
    line: int
    export: str
    reasons: tuple[str, ...]
    messages: tuple[str, ...]
    raw: str
    cells: Sequence[str]
    source: RejectedFile

    @property
    def key(self) -> str:
        """What names the record; nothing where it cannot be told."""
        known = load_exports()[self.export].key
        place = next((number for number, name in self.source.columns.items() if name == known[0]), None)
        if len(known) != 1 or place is None or place >= len(self.cells):
            return ""
        return unicodedata.normalize("NFKC", self.cells[place]).strip()


def rejected_records(con: duckdb.DuckDBPyConnection) -> list[RejectedRecord]:
    """Every rejected record, by export, file and line; the private file must be attached as `private`."""
    files = _files(con)
    return [_record(files[row[0]], row) for row in con.execute(_TEXTS).fetchall()]


def write_reject_states(con: duckdb.DuckDBPyConnection) -> None:
    """`meta.reject_states`: file, line, state of each rejected record, from facts that all stand already."""
    records = rejected_records(con)
    loaded = {
        export: _loaded_keys(con, export, {one.key for one in records if one.export == export} - {""})
        for export in {record.export for record in records}
    }
    states = [_state(record, loaded[record.export]) for record in records]
    write_table(
        con,
        "meta.reject_states",
        {
            "file": ("VARCHAR", [record.file for record in records]),
            "line": ("BIGINT", [record.line for record in records]),
            "state": ("VARCHAR", states),
        },
    )


def _state(record: RejectedRecord, loaded: set[str]) -> str:
    if set(record.reasons) <= _LEFT_BY_SPREADSHEETS or len(record.raw) >= _CUT:
        return NOTHING_TO_MEND
    # In the last file of its export nothing can have come after it.
    return ANSWERED if record.key in loaded and not record.source.last else OPEN


def _record(source: RejectedFile, row: tuple[Any, ...]) -> RejectedRecord:
    file, line, export, reasons, messages, raw = row
    cells = source.grammar.split(raw) or raw.split(source.grammar.delimiter)
    return RejectedRecord(file, int(line), export, tuple(reasons), tuple(messages), raw, cells, source)


def _loaded_keys(con: duckdb.DuckDBPyConnection, export: str, keys: set[str]) -> set[str]:
    name = load_exports()[export].key[0]
    statement = f"SELECT DISTINCT {name} FROM facts.{export} WHERE {name} IN (SELECT unnest(?::VARCHAR[]))"
    return {row[0] for row in con.execute(statement, [sorted(keys)]).fetchall()} if keys else set()


def _files(con: duckdb.DuckDBPyConnection) -> dict[str, RejectedFile]:
    rows = con.execute(_FILES).fetchall()
    last = {export: place for place, (_file, export, *_rest) in enumerate(rows)}
    found = {}
    for place, (file, export, delimiter, until, rejected, header) in enumerate(rows):
        if rejected:
            cells = tuple(json.loads(header))
            grammar, columns = Grammar(delimiter, len(cells)), recognise(cells).columns
            found[file] = RejectedFile(place, last[export] == place, until, grammar, cells, columns)
    return found


_FILES = """
SELECT file, export, delimiter, export_date, rejected, header
FROM meta.files
ORDER BY export_date NULLS FIRST, parse_filename(file), file
"""

_TEXTS = """
SELECT file, line, export, list(DISTINCT reason ORDER BY reason), list(message ORDER BY reason, column_name), any_value(raw)
FROM private.rejects
GROUP BY file, line, export
ORDER BY export, file, line
"""
