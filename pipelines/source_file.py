"""One export file made ready for reading: what it is, how many records it has, what DuckDB can read.

A plain file (UTF-8, no quotes, the right number of delimiters) is read where it lies. Any other file goes
through the exact reader once, which writes a clean copy of the readable records and keeps the rest. The
number of records is counted here, on the bytes, and never by the reader that loads them.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from pipelines.encoding import UTF8, UTF8_BOM, detect_encoding, to_utf8
from pipelines.faults import EmptyFile, RefusedFile, UnknownHeader, UnreadableFile
from pipelines.inbox import InboxFile
from pipelines.recognise import Recognition, find_header
from pipelines.records import MAX_RECORD_BYTES, Grammar, RawRecord, read_records
from pipelines.sources import Export

_DELIMITERS = (",", "\t", ";")
# Title lines above the header: spreadsheets leave one or two.
_HEADER_LINES = 12
# So many bytes are read to recognise a file.
_BEGINNING = 262_144
# Beyond this many columns the list of extra ones is shortened in messages.
_MAX_COLUMNS = 20_000


@dataclass(frozen=True)
class Header:
    """Where the header stands and what it says; `offset` is the byte (in UTF-8) at which the body begins."""

    export: Export
    columns: Mapping[int, str]
    extra: tuple[str, ...]
    cells: list[str]
    grammar: Grammar
    line: int
    offset: int


@dataclass
class SourceFile:
    """A file ready to load.

    `path`, `skip`: what DuckDB reads and how many lines of it to pass over; `lines`: physical line of each
    readable record in reading order, None when they follow the header one by one, and `starts` the byte of `path` at
    which each begins; `unreadable`: the records that never reach DuckDB; `records` counts both.
    """

    inbox: InboxFile
    sha256: str
    encoding: str
    header: Header
    records: int
    path: Path
    skip: int
    lines: np.ndarray | None = None
    starts: np.ndarray | None = None
    unreadable: list[RawRecord] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.inbox.name

    @property
    def export(self) -> Export:
        return self.header.export

    @property
    def readable(self) -> int:
        """Number of records that DuckDB must read, no more and no fewer."""
        return self.records - len(self.unreadable)

    @cached_property
    def layout(self) -> tuple[object, ...]:
        """Files of equal layout can be read in one statement."""
        return (self.header.grammar, self.skip, tuple(self.header.columns.items()))

    def line_of(self, ordinal: int) -> int:
        """Physical line on which the readable record number `ordinal` (from 0) starts."""
        return self.header.line + 1 + ordinal if self.lines is None else int(self.lines[ordinal])

    def fetch(self, ordinals: Sequence[int]) -> Iterator[RawRecord]:
        """The readable records with these ascending ordinals, as they stand in the file."""
        if self.starts is not None:
            body, starts = self.path.read_bytes(), self.starts
        else:
            body = to_utf8(self.inbox.path.read_bytes(), self.encoding)[self.header.offset :]
            starts = np.flatnonzero(np.frombuffer(body, np.uint8) == ord("\n")) + 1
            starts = np.concatenate([[0], starts])
        for ordinal in ordinals:
            end = starts[ordinal + 1] - 1 if ordinal + 1 < len(starts) else len(body)
            yield RawRecord(self.line_of(ordinal), body[starts[ordinal] : end].removesuffix(b"\r"), None)


@dataclass(frozen=True)
class Recognised:
    """A file of which only the beginning was read: what it is, as far as that tells.

    `certain`: the beginning has characters beyond ASCII and all of them are UTF-8, so the rest needs no
    look of its own: where it is damaged, DuckDB refuses it and the exact reader takes over.
    """

    inbox: InboxFile
    encoding: str
    certain: bool
    header: Header

    @property
    def export(self) -> Export:
        return self.header.export


def recognise_file(file: InboxFile) -> Recognised:
    """Tell from its first lines which export a file is.

    Raises RefusedFile when it is empty, growing, in no known encoding or of no known export.
    """
    data = _read(file, _BEGINNING)
    if not data:
        raise EmptyFile(file.name)
    if file.size > _BEGINNING and b"\n" in data:
        data = data[: data.rindex(b"\n") + 1]
        data = data[: len(data) // 2 * 2] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else data
    elif file.size > _BEGINNING:
        data = _read(file)
    encoding, sound = detect_encoding(data, file.name)
    certain = sound and encoding in (UTF8, UTF8_BOM) and not data.isascii()
    return Recognised(file, encoding, certain, _header(to_utf8(data, encoding), file.name))


def open_source(recognised: Recognised, workdir: Path, *, exact: bool = False) -> SourceFile:
    """Count the records of a file and make it readable; `exact` forces the exact reader.

    Raises RefusedFile when the rest of the file does not fit its beginning, or when it grew.
    """
    file = recognised.inbox
    data = _read(file)
    file.check_unchanged()
    sha256 = hashlib.sha256(data).hexdigest()
    if recognised.certain and not exact:
        encoding, sound = recognised.encoding, True
    else:
        encoding, sound = detect_encoding(data, file.name)
    text = to_utf8(data, encoding)
    del data
    header = recognised.header if encoding == recognised.encoding else _header(text, file.name)
    body = text[header.offset :]
    records = _plain_records(body, header.grammar) if sound and not exact else None
    if records is None:
        return _exactly(file, sha256, encoding, header, body, workdir)
    if encoding in (UTF8, UTF8_BOM) and b'"' not in text[: header.offset]:
        return SourceFile(file, sha256, encoding, header, records, file.path, header.line)
    copy = _copy_path(file, workdir)
    copy.write_bytes(body)
    return SourceFile(file, sha256, encoding, header, records, copy, 0)


def _read(file: InboxFile, size: int = -1) -> bytes:
    try:
        with file.path.open("rb") as opened:
            return opened.read(size)
    except OSError as error:
        raise UnreadableFile(file.name, error.strerror or str(error)) from error


def _plain_records(body: bytes, grammar: Grammar) -> int | None:
    """Number of records of a body that needs no care; None when it does."""
    if b'"' in body or b"\0" in body:
        return None
    line_ends = body.count(b"\n")
    if b"\r" in body and not body.count(b"\r") == line_ends == body.count(b"\r\n"):
        return None
    records = line_ends + (not body.endswith(b"\n") and len(body) > 0)
    if body.count(grammar.delimiter.encode()) != records * (grammar.columns - 1):
        return None
    return records


def _exactly(
    file: InboxFile, sha256: str, encoding: str, header: Header, body: bytes, workdir: Path
) -> SourceFile:
    """Write the readable records to a clean copy, keep the others with their reasons."""
    unreadable: list[RawRecord] = []
    lines: list[int] = []
    starts = [0]
    copy = _copy_path(file, workdir)
    with copy.open("wb") as out:
        for record in read_records(body, header.line + 1, header.grammar):
            if record.reason is None:
                out.write(record.raw + b"\n")
                lines.append(record.line)
                starts.append(starts[-1] + len(record.raw) + 1)
            else:
                unreadable.append(record)
    found = np.asarray(lines, dtype=np.int32)
    records = len(lines) + len(unreadable)
    return SourceFile(
        file,
        sha256,
        encoding,
        header,
        records,
        copy,
        0,
        found,
        np.asarray(starts, dtype=np.int64),
        unreadable,
    )


def _copy_path(file: InboxFile, workdir: Path) -> Path:
    return workdir / f"{hashlib.sha256(file.name.encode()).hexdigest()[:24]}.csv"


def _header(text: bytes, name: str) -> Header:
    """Find the header among the first lines, trying each delimiter."""
    lines, ends = _first_lines(text, name)
    # Most often the delimiter is the mark that occurs most.
    marks = sorted(_DELIMITERS, key=lambda mark: -sum(line.count(mark) for line in lines))
    readings = []
    for mark in marks:
        reading, header = _reading(lines, ends, mark)
        if header is not None:
            return header
        readings.append(reading)
    raise UnknownHeader(name, _wrong(readings))


def _first_lines(text: bytes, name: str) -> tuple[list[str], list[int]]:
    lines: list[str] = []
    ends: list[int] = []
    start = 0
    while start < len(text) and len(lines) < _HEADER_LINES:
        end = text.find(b"\n", start, start + MAX_RECORD_BYTES)
        if end < 0:
            end = len(text)
            if end - start > MAX_RECORD_BYTES:
                break
        lines.append(text[start:end].rstrip(b"\r").decode(errors="replace"))
        start = end + 1
        ends.append(min(start, len(text)))
    if not lines:
        raise RefusedFile(name, "第一行就超过 1 MB，不是表格", "检查导出是否完整")
    return lines, ends


def _reading(lines: list[str], ends: list[int], delimiter: str) -> tuple[Recognition, Header | None]:
    grammar = Grammar(delimiter, 0)
    rows = [grammar.split(line) or [line] for line in lines]
    position, recognition = find_header([row[:_MAX_COLUMNS] for row in rows])
    if not recognition.usable or recognition.export is None:
        return recognition, None
    cells = rows[position]
    header = Header(
        recognition.export,
        recognition.columns,
        recognition.extra,
        cells,
        Grammar(delimiter, len(cells)),
        position + 1,
        ends[position],
    )
    return recognition, header


def _wrong(readings: list[Recognition]) -> str:
    """The most telling of the reasons why no reading is usable."""
    for reading in readings:
        if reading.export is not None and reading.missing:
            columns = "、".join(column.header for column in reading.missing)
            return f"看起来是“{reading.export.label}”，但缺少必需的列：{columns}"
        if reading.export is not None and reading.repeated:
            return f"看起来是“{reading.export.label}”，但有重复的列：{'、'.join(reading.repeated)}"
    for reading in readings:
        if reading.candidates:
            return reading.reason
    return readings[0].reason
