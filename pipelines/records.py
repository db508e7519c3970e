"""Cut the bytes of a delimited file into records, exactly by RFC 4180; slow, and right.

It works on physical lines. A line without a quote is a record when it has the right number of
delimiters. A line with quotes must obey the grammar; a quoted field may run over line ends, but an
unclosed quote costs only its own line: reading goes on at the next one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipelines.reasons import Reason

# Spreadsheet cells hold at most 32,767 characters; a record beyond this many bytes is no record.
MAX_RECORD_BYTES = 1_000_000
# A quoted field that has not ended after so many lines was never closed.
_MAX_QUOTED_LINES = 200


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record: the physical line it starts on (from 1), its bytes, and why it cannot be read."""

    line: int
    raw: bytes
    reason: Reason | None


@dataclass(frozen=True)
class Grammar:
    """Delimiter and number of columns of one file."""

    delimiter: str
    columns: int

    def split(self, text: str) -> list[str] | None:
        """The fields of one record, None when its quoting breaks the grammar."""
        if '"' not in text:
            return text.split(self.delimiter)
        whole, field, _ = _patterns(self.delimiter)
        if whole.fullmatch(text) is None:
            return None
        fields = field.findall(text)
        if not text.endswith(self.delimiter):
            fields.pop()  # the pattern also matches the emptiness after the last field
        return [part[1:-1].replace('""', '"') if part.startswith('"') else part for part in fields]

    def is_open(self, text: str) -> bool:
        """Whether the text ends inside a quoted field."""
        return _patterns(self.delimiter)[2].fullmatch(text) is not None


@cache
def _patterns(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    mark = re.escape(delimiter)
    quoted, plain = r'"(?:[^"]|"")*"', rf'[^"{mark}]*'
    field = rf"(?:{quoted}|{plain})"
    whole = re.compile(rf"{field}(?:{mark}{field})*")
    each = re.compile(rf"({quoted}|{plain})(?:{mark}|\Z)")
    still_open = re.compile(rf'(?:{field}{mark})*"(?:[^"]|"")*')
    return whole, each, still_open


def read_records(body: bytes, first_line: int, grammar: Grammar) -> Iterator[RawRecord]:
    """Every record of a body (the text below the header), good or not; blank lines are no records.

    `body` is UTF-8 but for damaged lines, with LF, CRLF, CR or mixed line ends; `first_line` is the
    physical number of its first line.
    """
    lines = _physical_lines(body)
    mark = grammar.delimiter.encode()
    index = 0
    while index < len(lines):
        raw = lines[index]
        number = first_line + index
        index += 1
        if not raw:
            continue
        if len(raw) > MAX_RECORD_BYTES:
            yield RawRecord(number, raw, Reason.TOO_LONG)
        elif not _is_utf8(raw) or b"\0" in raw:
            yield RawRecord(number, raw, Reason.BAD_ENCODING)
        elif b'"' not in raw:
            ragged = raw.count(mark) != grammar.columns - 1
            yield RawRecord(number, raw, Reason.RAGGED_ROW if ragged else None)
        else:
            raw, used, reason = _quoted(lines, index - 1, grammar)
            index += used - 1
            yield RawRecord(number, raw, reason)


def _physical_lines(body: bytes) -> list[bytes]:
    if b"\r" in body:
        body = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    lines = body.split(b"\n")
    if not lines[-1]:
        lines.pop()
    return lines


def _is_utf8(raw: bytes) -> bool:
    if raw.isascii():
        return True
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _quoted(lines: list[bytes], start: int, grammar: Grammar) -> tuple[bytes, int, Reason | None]:
    """Read the record that starts at lines[start]: its bytes, how many lines it takes, its reason."""
    raw = lines[start]
    fields = grammar.split(raw.decode())
    if fields is not None:
        return raw, 1, None if len(fields) == grammar.columns else Reason.RAGGED_ROW
    if grammar.is_open(raw.decode()):
        joined = _closed_later(lines, start, grammar)
        if joined is not None:
            return joined
    return raw, 1, Reason.BAD_QUOTE


def _closed_later(lines: list[bytes], start: int, grammar: Grammar) -> tuple[bytes, int, None] | None:
    """The record over several lines that starts at lines[start]; None when its quote never closes well."""
    mark = grammar.delimiter.encode()
    for end in range(start + 1, min(start + _MAX_QUOTED_LINES, len(lines))):
        if b'"' not in lines[end]:
            # A whole record inside a field: the quote was a stray one, not the start of a long text.
            if lines[end].count(mark) == grammar.columns - 1:
                return None
            continue
        raw = b"\n".join(lines[start : end + 1])
        if len(raw) > MAX_RECORD_BYTES or not _is_utf8(raw):
            return None
        fields = grammar.split(raw.decode())
        if fields is not None:
            return (raw, end - start + 1, None) if len(fields) == grammar.columns else None
        if not grammar.is_open(raw.decode()):
            return None
    return None
