"""Say of every rejected record where it stands, what it says, and every reason why it does not load."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import compress, groupby
from typing import Any

import duckdb

from pipelines.reasons import Reason
from pipelines.record_rules import Rule, reading_rules, resolving_rules
from pipelines.records import RawRecord
from pipelines.source_file import SourceFile
from pipelines.sources import Column, Export, load_exports
from pipelines.staging import ORDINAL_BITS

_TOTALS = {"合计", "总计", "小计", "总合计", "合计数", "total", "sum"}
# Raw text beyond this is cut: a damaged record can be as large as its file.
_MAX_RAW = 4_000
# So many records are fetched at once.
_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Reject:
    """One reason of one rejected record; `line` is the physical line on which the record starts."""

    file: str
    line: int
    export: str
    reason: Reason
    column: str
    value: str
    message: str
    raw: str


def unreadable_rejects(file: SourceFile) -> Iterator[Reject]:
    """The records of a file that never reached DuckDB."""
    for record in file.unreadable:
        text = record.raw.decode(errors="replace")
        cells = file.header.grammar.split(text) or text.split(file.header.grammar.delimiter)
        reason = _left_by_spreadsheet(cells, file) or record.reason or Reason.RAGGED_ROW
        yield _whole_record(file, record, reason)


def broken_rejects(
    con: duckdb.DuckDBPyConnection,
    export: Export,
    files: Mapping[int, SourceFile],
    data_until: datetime | None,
    unchecked: frozenset[str],
) -> Iterator[Reject]:
    """The reasons of every record of `stage.<export>` that broke a rule, file by file, line by line."""
    rules = [*resolving_rules(export, unchecked), *reading_rules(export, data_until, unchecked)]
    found = con.execute(
        f"SELECT file_no, record, broken FROM stage.{export.name} WHERE broken IS NOT NULL ORDER BY record"
    )
    for file_no, group in groupby(_rows(found), key=lambda row: row[0]):
        verdicts = {_ordinal(record): broken for _, record, broken in group}
        file = files[file_no]
        # In ascending order, one record for each ordinal.
        for record, broken in zip(file.fetch(list(verdicts)), verdicts.values(), strict=True):
            yield from _reasons(file, record, compress(rules, broken))


def _rows(found: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := found.fetchmany(_AT_ONCE):
        yield from rows


def _reasons(file: SourceFile, record: RawRecord, broken: Iterable[Rule]) -> Iterator[Reject]:
    cells = file.header.grammar.split(record.raw.decode()) or []
    left = _left_by_spreadsheet(cells, file)
    if left is not None:
        yield _whole_record(file, record, left)
        return
    position = {name: number for number, name in file.header.columns.items()}
    for rule in broken:
        name = rule.column.name
        # A column that the file does not have has no value.
        value = cells[position[name]] if name in position else ""
        yield _reject(file, record, rule.reason, name, value, _message(rule, value))


def unknown_rejects(
    column: Column,
    files: Mapping[int, SourceFile],
    found: Sequence[tuple[int, int]],
) -> Iterator[Reject]:
    """Records (file number, record) whose reference to their own export names no record."""
    rule = Rule(Reason.UNKNOWN_REFERENCE, column, "")
    for file_no, record in found:
        for raw in files[file_no].fetch([_ordinal(record)]):
            yield from _reasons(files[file_no], raw, [rule])


def _ordinal(record: int) -> int:
    return record & ((1 << ORDINAL_BITS) - 1)


def _left_by_spreadsheet(cells: Sequence[str], file: SourceFile) -> Reason | None:
    """A total row or a repeated header, which spreadsheets leave among the records."""
    plain = [cell.strip().strip('"') for cell in cells]
    if plain == [cell.strip() for cell in file.header.cells]:
        return Reason.REPEATED_HEADER
    first = next((cell for cell in plain if cell), "")
    if "".join(first.split()).strip(":：").lower() in _TOTALS:
        return Reason.TOTAL_ROW
    return None


def _whole_record(file: SourceFile, record: RawRecord, reason: Reason) -> Reject:
    return _reject(file, record, reason, "", "", reason.explanation)


def _reject(
    file: SourceFile, record: RawRecord, reason: Reason, column: str, value: str, message: str
) -> Reject:
    raw = record.raw.decode(errors="replace")
    return Reject(
        file.name, record.line, file.export.name, reason, column, value[:_MAX_RAW], message, raw[:_MAX_RAW]
    )


def _message(rule: Rule, value: str) -> str:
    column = rule.column
    shown = value if len(value) <= 60 else value[:60] + "…"
    if rule.reason is Reason.MISSING_VALUE:
        return f"“{column.header}”是必填列，这里没有值。"
    if rule.reason is Reason.OUT_OF_RANGE:
        return f"“{column.header}”的值 {shown} 超出范围，{_range(column)}。"
    if rule.reason is Reason.UNKNOWN_REFERENCE and column.references:
        target = load_exports()[column.references].label
        return f"“{column.header}”{shown} 在“{target}”中不存在；对应记录补来后会自动入库。"
    return f"“{column.header}”的值“{shown}”：{rule.reason.explanation}"


def _range(column: Column) -> str:
    if column.minimum is None:
        return f"应不大于 {column.maximum:g}"
    if column.maximum is None:
        return f"应不小于 {column.minimum:g}"
    return f"应在 {column.minimum:g} 到 {column.maximum:g} 之间"
