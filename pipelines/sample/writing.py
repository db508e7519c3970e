"""Export files as offices write them: encodings, delimiters, title lines, total rows, line ends."""

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from pipelines.sources import load_exports

_BOM = "\ufeff"


@dataclass(frozen=True)
class Form:
    """How one file is written.

    `remark` goes into the file name behind the date; `dates` is a strftime form for its dates and
    times (None: ISO); `total` names the column that a 合计 row below the data adds up; `stray` adds
    rows with too many or too few fields and stray quotes, and quotes a few good values.
    """

    encoding: str = "utf-8"
    bom: bool = False
    delimiter: str = ","
    crlf: bool = False
    title: str = ""
    total: str = ""
    english: bool = False
    dates: str | None = None
    suffix: str = "csv"
    remark: str = ""
    stray: bool = False
    header_again: bool = False


@dataclass(frozen=True)
class Line:
    """A line of its own: it stands before row `at` of the table, or takes its place.

    `pasted` lines come from a file in another encoding (GB18030) and are unreadable in this one.
    """

    at: int
    text: str
    replaces: bool = False
    pasted: bool = False


def write_export(
    folder: Path, export: str, day: np.datetime64, table: pa.Table, form: Form, lines: list[Line]
) -> None:
    """Write one export file, named after its Chinese label and the day of the export."""
    declared = load_exports()[export]
    name = f"{declared.label}_{str(day).replace('-', '')}{form.remark}.{form.suffix}"
    headers = {column.name: column.header for column in declared.columns} | {"voided": "作废"}
    header = form.delimiter.join(name if form.english else headers[name] for name in table.column_names)
    if form.header_again:
        lines = [*lines, Line(table.num_rows // 2, header)]
    head = f"{form.title}\n{header}\n" if form.title else f"{header}\n"
    text = (
        head.encode() + _body(_written(table, form), form.delimiter, lines) + _total_row(table, form).encode()
    )
    if form.crlf:
        text = text.replace(b"\n", b"\r\n")
    if form.bom:
        text = _BOM.encode() + text
    if form.encoding != "utf-8":
        text = text.decode().encode(form.encoding)
    (folder / name).write_bytes(text)


def cells(table: pa.Table, rows: list[int]) -> list[list[str]]:
    """Some rows as the texts that would be written."""
    written = _plain(_written(table.take(pa.array(rows, pa.int64())), Form()), ",").decode()
    return [line.split(",") for line in written.splitlines()]


def _body(table: pa.Table, delimiter: str, lines: list[Line]) -> bytes:
    parts, at = [], 0
    for line in sorted(lines, key=lambda line: line.at):
        if line.at > at:
            parts.append(_plain(table.slice(at, line.at - at), delimiter))
            at = line.at
        parts.append(line.text.encode("gb18030" if line.pasted else "utf-8") + b"\n")
        at += line.replaces
    parts.append(_plain(table.slice(at), delimiter))
    return b"".join(parts)


def _plain(table: pa.Table, delimiter: str) -> bytes:
    out = io.BytesIO()
    options = pyarrow.csv.WriteOptions(include_header=False, delimiter=delimiter, quoting_style="none")
    pyarrow.csv.write_csv(table, out, options)
    return out.getvalue()


def _written(table: pa.Table, form: Form) -> pa.Table:
    """Dates and times as texts in the form's way."""
    for at, field in enumerate(table.schema):
        if pa.types.is_temporal(field.type):
            column = table[field.name]
            if form.dates is None:
                texts = pc.cast(column, pa.string())
            else:
                clock = "" if pa.types.is_date(field.type) else " %H:%M"
                texts = pc.strftime(column, format=form.dates + clock)
            table = table.set_column(at, field.name, texts)
    return table


def _total_row(table: pa.Table, form: Form) -> str:
    if not form.total:
        return ""
    total = str(pc.sum(table[form.total]).as_py())
    fields = ["合计", *(total if name == form.total else "" for name in table.column_names[1:])]
    return form.delimiter.join(fields) + "\n"
