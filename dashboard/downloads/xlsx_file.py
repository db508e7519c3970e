"""XLSX with number formats; text is written as text, so no cell can be a formula or a link."""

from collections.abc import Mapping
from io import BytesIO

import pandas as pd
import xlsxwriter

_WIDEST = 48
_FORBIDDEN_IN_SHEET_NAME = str.maketrans("", "", "[]:*?/\\'")


def to_xlsx(sheets: Mapping[str, pd.DataFrame], formats: Mapping[str, str]) -> bytes:
    """A workbook with one sheet per frame; `formats` maps a header to an Excel number format (0.0%, #,##0)."""
    content = BytesIO()
    workbook = xlsxwriter.Workbook(
        content,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    head = workbook.add_format({"bold": True, "bottom": 1})
    styles = {pattern: workbook.add_format({"num_format": pattern}) for pattern in set(formats.values())}
    for name, frame in sheets.items():
        _write_sheet(
            workbook.add_worksheet(name.translate(_FORBIDDEN_IN_SHEET_NAME)[:31] or "1"),
            frame,
            head,
            styles,
            formats,
        )
    workbook.close()
    return content.getvalue()


def _write_sheet(sheet, frame: pd.DataFrame, head, styles: Mapping, formats: Mapping[str, str]) -> None:  # type: ignore[no-untyped-def, type-arg]
    sheet.freeze_panes(1, 0)
    for column, header in enumerate(frame.columns):
        sheet.write_string(0, column, str(header), head)
        style = styles.get(formats.get(str(header), ""))
        longest = len(str(header))
        for row, value in enumerate(frame[header], start=1):
            longest = max(longest, len(str(value)))
            _write_cell(sheet, row, column, value, style)
        sheet.set_column(column, column, min(_WIDEST, longest + 4))


def _write_cell(sheet, row: int, column: int, value: object, style) -> None:  # type: ignore[no-untyped-def]
    if value is None or value != value or value is pd.NaT or value is pd.NA:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, (int, float)) or hasattr(value, "dtype"):
        sheet.write_number(row, column, float(value), style)  # type: ignore[arg-type]
    else:
        sheet.write_string(row, column, str(value))
