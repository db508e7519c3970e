"""Correction sheets as files: text cells only, nothing that a spreadsheet would run, and still loadable as they are.

An apostrophe in front, as other downloads have it, would come back as part of the value. A no-break space disarms a
formula just as well, for a spreadsheet runs only what begins with its sign, and the loader strips the blanks around every
value. A number with its sign is no formula and stays as it is.
"""

import re

import pandas as pd

from dashboard.downloads.csv_file import is_formula
from dashboard.downloads.xlsx_file import to_xlsx

_NO_BREAK_SPACE = "\u00a0"
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?")


def disarmed(value: object) -> str:
    """The text of a cell, with a no-break space in front of what a spreadsheet would run."""
    text = str(value)
    return f"{_NO_BREAK_SPACE}{text}" if is_formula(text) and not _NUMBER.fullmatch(text) else text


def correction_csv(rows: pd.DataFrame) -> bytes:
    """One sheet as CSV in UTF-8 with BOM."""
    safe = rows.rename(columns=disarmed).map(disarmed)
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def correction_xlsx(sheets: dict[str, pd.DataFrame]) -> bytes:
    """Sheets by name; every cell is text, so that codes keep their zeros and dates their spelling."""
    return to_xlsx({name: rows.rename(columns=disarmed).map(disarmed) for name, rows in sheets.items()}, {})
