"""Correction sheets: rejected records under their own headers, with what is wrong, ready to be mended and sent again.

The text of rejected records is personal data: it is read here, at the moment of a download, and kept nowhere. What the
screen shows (where a record stands, why it was rejected, whether it is still to be mended) holds none of it.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import streamlit as st

from dashboard.board.door import Serving
from pipelines.faults import SurroundingsFault
from pipelines.reasons import Reason
from pipelines.recognise import recognise
from pipelines.records import Grammar
from pipelines.sources import load_exports
from pipelines.warehouse import Warehouse

# The headers of what a sheet adds; no export knows them, so the loader passes over these columns.
ADDED = ("来源文件", "行号", "拒收理由", "怎么改", "原文")
OPEN, ANSWERED, NOTHING_TO_MEND = "open", "answered", "left"
_REASONS = {reason.value: reason for reason in Reason}
_LEFT_BY_SPREADSHEETS = {Reason.TOTAL_ROW.value, Reason.REPEATED_HEADER.value}
# The warehouse keeps no more of a record: what was cut cannot be sent again.
_CUT = 4_000


@dataclass(frozen=True)
class Sheet:
    """The records of one export that are still to be mended, in the order in which their files count."""

    export: str
    until: date | None
    rows: pd.DataFrame


@dataclass(frozen=True)
class _File:
    """What is known of a file that had rejects: its place in the order of files, its grammar, its header."""

    place: int
    last: bool
    until: date | None
    grammar: Grammar
    header: tuple[str, ...]
    columns: Mapping[int, str]


@dataclass(frozen=True)
class _Record:
    """One rejected record with all its reasons, its text cut into cells."""

    file: str
    line: int
    export: str
    reasons: tuple[str, ...]
    messages: tuple[str, ...]
    raw: str
    cells: Sequence[str]
    source: _File

    @property
    def key(self) -> str:
        """What names the record; nothing where it cannot be told."""
        known = load_exports()[self.export].key
        place = next((number for number, name in self.source.columns.items() if name == known[0]), None)
        if len(known) != 1 or place is None or place >= len(self.cells):
            return ""
        return unicodedata.normalize("NFKC", self.cells[place]).strip()


def states(serving: Serving) -> pd.DataFrame:
    """file, line, state of each rejected record: open, answered (its key has loaded), left (nothing to mend).

    Empty for a version whose build did not yet keep the headers, or without its private file.
    """
    return _states(serving.root, serving.version)


@st.cache_data(max_entries=3, show_spinner=False)
def _states(root: str, version: str) -> pd.DataFrame:
    found = [(record.file, record.line, state) for record, state in _judged(root, version)]
    return pd.DataFrame(found, columns=["file", "line", "state"])


def sheets(serving: Serving, export: str | None = None) -> list[Sheet]:
    """The correction sheets of all exports, or of one, read anew."""
    by_export: dict[str, list[_Record]] = {}
    for record, state in _judged(serving.root, serving.version):
        if state == OPEN and export in (None, record.export):
            by_export.setdefault(record.export, []).append(record)
    return [_sheet(name, records) for name, records in by_export.items()]


def _sheet(export: str, records: list[_Record]) -> Sheet:
    records = sorted(records, key=lambda record: (record.source.place, record.line))
    latest = records[-1].source
    spelling = {name: latest.header[place] for place, name in latest.columns.items()}
    rows = [_row(record, spelling) for record in records]
    names = list(dict.fromkeys([*ADDED, *latest.header, *(name for row in rows for name in row)]))
    dates = [record.source.until for record in records if record.source.until is not None]
    table = pd.DataFrame(rows, columns=[name for name in names if name.strip()], dtype=object).fillna("")
    return Sheet(export, max(dates, default=None), table)


def _row(record: _Record, spelling: dict[str, str]) -> dict[str, Any]:
    """One record under the spellings of the newest header; what does not fit its columns stands as it was."""
    cells, header = record.cells, record.source.header
    whole = len(cells) == len(header)
    added = (
        record.file, record.line, "；".join(_REASONS[reason].label for reason in record.reasons),
        " ".join(dict.fromkeys(record.messages)), "" if whole else record.raw,
    )  # fmt: skip
    row: dict[str, Any] = dict(zip(ADDED, added, strict=True))
    for place, cell in enumerate(cells[: len(header)]):
        known = record.source.columns.get(place)
        name = spelling.setdefault(known, header[place]) if known else header[place].strip()
        if name not in ADDED:
            row.setdefault(name, cell)
    return row


def _judged(root: str, version: str) -> Iterator[tuple[_Record, str]]:
    """Every rejected record with its state."""
    try:
        con = Warehouse(Path(root)).open(version, private=True)
    except SurroundingsFault:
        return
    with con:
        files = _files(con)
        texts = con.execute(_TEXTS).fetchall() if files else []
        records = [_record(files[row[0]], row) for row in texts]
        loaded = {
            export: _loaded_keys(con, export, {one.key for one in records if one.export == export} - {""})
            for export in {record.export for record in records}
        }
    for record in records:
        yield record, _state(record, loaded[record.export])


def _state(record: _Record, loaded: set[str]) -> str:
    if set(record.reasons) <= _LEFT_BY_SPREADSHEETS or len(record.raw) >= _CUT:
        return NOTHING_TO_MEND
    # In the last file of its export nothing can have come after it.
    return ANSWERED if record.key in loaded and not record.source.last else OPEN


def _record(source: _File, row: tuple[Any, ...]) -> _Record:
    file, line, export, reasons, messages, raw = row
    cells = source.grammar.split(raw) or raw.split(source.grammar.delimiter)
    return _Record(file, int(line), export, tuple(reasons), tuple(messages), raw, cells, source)


def _loaded_keys(con: duckdb.DuckDBPyConnection, export: str, keys: set[str]) -> set[str]:
    name = load_exports()[export].key[0]
    statement = f"SELECT DISTINCT {name} FROM facts.{export} WHERE {name} IN (SELECT unnest(?::VARCHAR[]))"
    return {row[0] for row in con.execute(statement, [sorted(keys)]).fetchall()} if keys else set()


def _files(con: duckdb.DuckDBPyConnection) -> dict[str, _File]:
    if not con.execute(_KNOWS_HEADERS).fetchall():
        return {}
    rows = con.execute(_FILES).fetchall()
    last = {export: place for place, (_file, export, *_rest) in enumerate(rows)}
    found = {}
    for place, (file, export, delimiter, until, rejected, header) in enumerate(rows):
        if rejected:
            cells = tuple(json.loads(header))
            grammar, columns = Grammar(delimiter, len(cells)), recognise(cells).columns
            found[file] = _File(place, last[export] == place, until, grammar, cells, columns)
    return found


_KNOWS_HEADERS = """
SELECT 1 FROM duckdb_columns()
WHERE schema_name = 'meta' AND table_name = 'files' AND column_name = 'header'
"""

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
