"""Data: which files came in, do they balance, what was rejected, what looks wrong?"""

import pandas as pd

from dashboard.board import corrections
from dashboard.board.door import Serving, answer, connection, rows, with_shared_texts


def files(serving: Serving) -> pd.DataFrame:
    """One row per file with its balance, in the order in which files count."""
    return rows(
        serving.root,
        serving.version,
        "SELECT file, export, encoding, bytes, export_date, records, loaded, superseded, rejected FROM meta.files "
        "ORDER BY export, export_date NULLS FIRST, parse_filename(file), file",
    )


@answer
def rejects(serving: Serving) -> pd.DataFrame:
    """Rejected records with file, line, column, reason and state (`corrections`); raw text stays in the private file."""
    found = connection(serving.root, serving.version).cursor().execute(_REJECTS).df()
    states = corrections.states(serving)
    return with_shared_texts(found.merge(states, on=["file", "line"], how="left").fillna({"state": ""}))


def chosen_rejects(
    rejects: pd.DataFrame, export: str, reason: str = "all", file: str = "all", state: str = "all"
) -> pd.DataFrame:
    """The rejects of an export, reason, file and state; "all" stands for every one."""
    asked = {"export": export, "reason": reason, "file": file, "state": state}
    return _chosen(rejects, {column: value for column, value in asked.items() if _holds(rejects, column)})


def findings(serving: Serving) -> pd.DataFrame:
    """Rows that loaded but look wrong."""
    return rows(
        serving.root,
        serving.version,
        'SELECT "check", severity, export, key, message FROM meta.findings ORDER BY severity DESC, "check", key',
    )


def chosen_findings(findings: pd.DataFrame, export: str, check: str) -> pd.DataFrame:
    """The findings of an export and a check; "all" stands for every one."""
    return _chosen(findings, {"export": export, "check": check})


def _holds(frame: pd.DataFrame, column: str) -> bool:
    """Whether a column says anything: an older version knows no states."""
    return bool((frame[column] != "").any())


def _chosen(frame: pd.DataFrame, asked: dict[str, str]) -> pd.DataFrame:
    for column, value in asked.items():
        if value != "all":
            frame = frame[frame[column] == value]
    return frame


_REJECTS = """
SELECT r.file, r.line, r.export, r.reason, r.column_name, f.export_date
FROM meta.rejects AS r
JOIN meta.files AS f ON f.file = r.file
ORDER BY f.export_date DESC NULLS LAST, r.file, r.line, r.reason
"""
