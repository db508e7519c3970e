"""XLSX of the report: every annex table on a sheet of its own, and the definitions."""

import pandas as pd

from dashboard.downloads.xlsx_file import to_xlsx
from dashboard.report.model import Cell, Kind, Report, Table

# Kind of a column → Excel number format. Differences of shares are written in percentage points.
_PATTERNS: dict[Kind, str] = {
    "integer": "#,##0",
    "decimal": "#,##0.0",
    "percent": "0.0%",
    "change": "+0.0%;-0.0%;0.0%",
    "points": "+0.0;-0.0;0.0",
}
_DEFINITIONS = ("指标", "口径", "计量单位")
_LONGEST_NAME = 31


def to_workbook(report: Report) -> bytes:
    """The workbook; sheets bear number and title of their table, values are not rounded."""
    sheets: dict[str, pd.DataFrame] = {}
    formats: dict[tuple[str, str], str] = {}
    for number, table in enumerate(report.tables, start=1):
        name = sheet_name(number, table)
        sheets[name] = _frame(table)
        # 本月 is a number in one table and a share in the next.
        formats |= {
            (name, column.title): _PATTERNS[column.kind] for column in table.columns if column.kind != "text"
        }
    rows = [(one.label, one.definition, one.suffix) for one in report.definitions]
    rows.append(("数据截至", report.data_until, ""))
    rows.append(("数据版本", report.version, ""))
    sheets["口径"] = pd.DataFrame(rows, columns=list(_DEFINITIONS))
    return to_xlsx(sheets, formats)


def sheet_name(number: int, table: Table) -> str:
    """附表1 主要指标（数量）, as long as Excel allows."""
    return f"附表{number} {table.title}"[:_LONGEST_NAME]


def _frame(table: Table) -> pd.DataFrame:
    rows = [
        [_value(cell, column.kind) for cell, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    return pd.DataFrame(rows, columns=[column.title for column in table.columns], dtype=object)


def _value(cell: Cell, kind: Kind) -> Cell:
    if cell == "":
        return None
    return cell * 100 if kind == "points" and isinstance(cell, int | float) else cell
