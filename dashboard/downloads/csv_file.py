"""CSV for spreadsheets: UTF-8 with BOM, nothing that a spreadsheet would run as a formula."""

import pandas as pd

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(value: object) -> object:
    """Text that a spreadsheet would run gets an apostrophe in front; numbers stay numbers.

    Source: OWASP, CSV Injection.
    """
    return f"'{value}" if isinstance(value, str) and is_formula(value) else value


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might run a text."""
    return text.startswith(_FORMULA_STARTS)


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame as CSV; values are not rounded, headers are the frame's."""
    safe = frame.rename(columns=harmless).map(harmless)
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
