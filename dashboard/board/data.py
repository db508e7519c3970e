"""Data: which files came in, do they balance, what was rejected, what looks wrong, what do the figures mean?"""

import pandas as pd

from dashboard.board.door import Serving, rows


def files(serving: Serving) -> pd.DataFrame:
    """One row per file with its balance."""
    return rows(
        serving.root,
        serving.version,
        "SELECT file, export, encoding, bytes, export_date, records, loaded, superseded, rejected FROM meta.files "
        "ORDER BY export, export_date NULLS FIRST, file",
    )


def rejects(serving: Serving) -> pd.DataFrame:
    """Rejected records with file, line, column and reason; raw text stays in the private file."""
    return rows(
        serving.root,
        serving.version,
        "SELECT file, line, export, reason, column_name FROM meta.rejects ORDER BY file, line, reason",
    )


def findings(serving: Serving) -> pd.DataFrame:
    """Rows that loaded but look wrong."""
    return rows(
        serving.root,
        serving.version,
        'SELECT "check", severity, export, key, message FROM meta.findings ORDER BY severity DESC, "check", key',
    )
