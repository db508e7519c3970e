"""XLSX with number formats; text is written as text, so no cell can be a formula or a link."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from unicodedata import east_asian_width

import pandas as pd

WHOLE, BROKEN, SHARE, DAY, MINUTE = "#,##0", "#,##0.00", "0.0%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_WIDEST = 48
_A4 = 9  # its number in xlsxwriter
_FORBIDDEN_IN_SHEET_NAME = str.maketrans("", "", "[]:*?/\\'")


@dataclass(frozen=True)
class ByRow:
    """A column whose rows are of different kinds: the text in `column` tells which of `patterns` a row has."""

    column: str
    patterns: Mapping[str, str]


# By header, or by sheet and header where one header means different things on different sheets.
Formats = Mapping[Any, str | ByRow]


@dataclass(frozen=True)
class _Texts:
    """The formats of text that fits its column, and of text that does not."""

    short: Any
    wrapped: Any


def to_xlsx(sheets: Mapping[str, pd.DataFrame], formats: Formats) -> bytes:
    """A workbook with one sheet per frame, the header frozen.

    `formats` maps a header to an Excel number format; a column that it does not name is formatted by what it
    holds: whole numbers, broken numbers, days or minutes. Values are not rounded.
    """
    import xlsxwriter  # a twentieth of a second, which the first screen should not wait for

    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
    workbook = xlsxwriter.Workbook(content, options)
    # A header stands over its values: numbers end at the right, texts keep off the number before them.
    heads = {
        True: workbook.add_format({"bold": True, "bottom": 1, "indent": 1}),
        False: workbook.add_format({"bold": True, "bottom": 1, "align": "right"}),
    }
    texts = _Texts(
        workbook.add_format({"indent": 1}),
        workbook.add_format({"indent": 1, "text_wrap": True, "valign": "top"}),
    )
    styles: dict[str, Any] = {}

    def style(pattern: str) -> Any:
        if pattern not in styles:
            styles[pattern] = workbook.add_format({"num_format": pattern})
        return styles[pattern]

    for name, frame in sheets.items():
        sheet = workbook.add_worksheet(name.translate(_FORBIDDEN_IN_SHEET_NAME)[:31] or "1")
        sheet.freeze_panes(1, 0)
        _set_up_for_print(sheet)
        for column, header in enumerate(frame.columns):
            values = frame.iloc[:, column]
            holds_text = all(isinstance(value, str) for value in values if not _is_missing(value))
            sheet.write_string(0, column, str(header), heads[holds_text])
            styles_of = [style(one) if one else None for one in _patterns(name, frame, column, formats)]
            _write_column(sheet, column, values, styles_of, texts)
    workbook.close()
    return content.getvalue()


def _set_up_for_print(sheet: Any) -> None:
    """A4 across, as wide as one page, name of the sheet and header on each."""
    sheet.set_header("&C&A")
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _patterns(sheet: str, frame: pd.DataFrame, column: int, formats: Formats) -> list[str]:
    """The number format of each row of a column."""
    header = str(frame.columns[column])
    named = formats.get((sheet, header), formats.get(header))
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


def _write_column(sheet: Any, column: int, values: pd.Series, styles: list[Any], texts: _Texts) -> None:
    """One column under its header, as wide as it needs; longer text is wrapped."""
    longest = _width(str(values.name))
    for row, value in enumerate(values, start=1):
        if not _is_missing(value):
            width = 10 if isinstance(value, float) else _width(str(value))
            longest = max(longest, width)
            style = styles[row - 1]
            if isinstance(value, str):
                style = texts.wrapped if width > _WIDEST else texts.short
            _writer(sheet, value)(row, column, value, style)
    sheet.set_column(column, column, min(_WIDEST, longest + 2))


def _width(text: str) -> int:
    """In digits, the unit of a column: a Chinese character is as wide as two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _writer(sheet: Any, value: object) -> Callable[..., object]:
    """How a value is written: by its type, never by what a text looks like."""
    if isinstance(value, str):
        return lambda row, column, text, style: sheet.write_string(row, column, text, style)
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
