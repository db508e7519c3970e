"""XLSX with number formats; text is written as text, so no cell can be a formula or a link."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter

WHOLE, BROKEN, SHARE, DAY, MINUTE = "#,##0", "#,##0.00", "0.0%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_WIDEST = 48
_FORBIDDEN_IN_SHEET_NAME = str.maketrans("", "", "[]:*?/\\'")


@dataclass(frozen=True)
class ByRow:
    """A column whose rows are of different kinds: the text in `column` tells which of `patterns` a row has."""

    column: str
    patterns: Mapping[str, str]


Formats = Mapping[str, str | ByRow]


def to_xlsx(sheets: Mapping[str, pd.DataFrame], formats: Formats) -> bytes:
    """A workbook with one sheet per frame, the header frozen.

    `formats` maps a header to an Excel number format; a column that it does not name is formatted by what it
    holds: whole numbers, broken numbers, days or minutes. Values are not rounded.
    """
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
    workbook = xlsxwriter.Workbook(content, options)
    head = workbook.add_format({"bold": True, "bottom": 1})
    styles: dict[str, Any] = {}

    def style(pattern: str) -> Any:
        if pattern not in styles:
            styles[pattern] = workbook.add_format({"num_format": pattern})
        return styles[pattern]

    for name, frame in sheets.items():
        sheet = workbook.add_worksheet(name.translate(_FORBIDDEN_IN_SHEET_NAME)[:31] or "1")
        sheet.freeze_panes(1, 0)
        for column, header in enumerate(frame.columns):
            sheet.write_string(0, column, str(header), head)
            patterns = _patterns(frame, column, formats)
            _write_column(
                sheet, column, frame.iloc[:, column], [style(one) if one else None for one in patterns]
            )
    workbook.close()
    return content.getvalue()


def _patterns(frame: pd.DataFrame, column: int, formats: Formats) -> list[str]:
    """The number format of each row of a column."""
    named = formats.get(str(frame.columns[column]))
    if isinstance(named, ByRow) and named.column in frame:
        return [named.patterns.get(str(kind), BROKEN) for kind in frame[named.column]]
    pattern = named if isinstance(named, str) else _by_content(frame.iloc[:, column])
    return [pattern] * len(frame)


def _by_content(values: pd.Series) -> str:
    known = [value for value in values if not _is_missing(value) and not isinstance(value, str)]
    if any(isinstance(value, date) for value in known):
        midnight = all(not isinstance(value, datetime) or value.time() == time() for value in known)
        return DAY if midnight else MINUTE
    return WHOLE if all(float(value).is_integer() for value in known) else BROKEN


def _write_column(sheet: Any, column: int, values: pd.Series, styles: list[Any]) -> None:
    longest = len(str(values.name))
    for row, value in enumerate(values, start=1):
        if not _is_missing(value):
            longest = max(longest, 10 if isinstance(value, float) else len(str(value)))
            _writer(sheet, value)(row, column, value, styles[row - 1])
    sheet.set_column(column, column, min(_WIDEST, longest + 4))


def _writer(sheet: Any, value: object) -> Callable[..., object]:
    """How a value is written: by its type, never by what a text looks like."""
    if isinstance(value, str):
        return lambda row, column, text, _style: sheet.write_string(row, column, text)
    if isinstance(value, date):
        return lambda row, column, day, style: sheet.write_datetime(row, column, _without_zone(day), style)
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return lambda row, column, flag, _style: sheet.write_boolean(row, column, bool(flag))
    return lambda row, column, number, style: sheet.write_number(row, column, float(number), style)


def _without_zone(value: date) -> date:
    """Excel knows no time zones."""
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or value != value
