"""Correction sheets: rejected records under their own headers, with what is wrong, ready to be mended and sent again.

The text of rejected records is personal data: it is read here, at the moment of a download, and kept nowhere. What the
screen shows (where a record stands, why it was rejected, whether it is still to be mended) holds none of it.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.board.door import Serving, connection
from pipelines.faults import SurroundingsFault
from pipelines.reasons import Reason
from pipelines.rejected_records import OPEN, RejectedRecord, rejected_records
from pipelines.warehouse import Warehouse

# The headers of what a sheet adds; no export knows them, so the loader passes over these columns.
ADDED = ("来源文件", "行号", "拒收理由", "怎么改", "原文")
_REASONS = {reason.value: reason for reason in Reason}


@dataclass(frozen=True)
class Sheet:
    """The records of one export that are still to be mended, in the order in which their files count."""

    export: str
    until: date | None
    rows: pd.DataFrame


def states(serving: Serving) -> pd.DataFrame:
    """file, line, state of each rejected record: open, answered (its key has loaded), left (nothing to mend).

    Empty for a version whose build did not yet decide it.
    """
    cursor = connection(serving.root, serving.version).cursor()
    if not cursor.execute(_KNOWS_STATES).fetchall():
        return pd.DataFrame(columns=["file", "line", "state"])
    return cursor.execute(_STATES).df()


def sheets(serving: Serving, export: str | None = None) -> list[Sheet]:
    """The correction sheets of all exports, or of one, read anew; none without the private file."""
    found = states(serving)
    still_open = set(found.loc[found["state"] == OPEN, ["file", "line"]].itertuples(index=False, name=None))
    by_export: dict[str, list[RejectedRecord]] = {}
    for record in _records(serving) if still_open else []:
        if (record.file, record.line) in still_open and export in (None, record.export):
            by_export.setdefault(record.export, []).append(record)
    return [_sheet(name, records) for name, records in by_export.items()]


def _records(serving: Serving) -> list[RejectedRecord]:
    try:
        con = Warehouse(Path(serving.root)).open(serving.version, private=True)
    except SurroundingsFault:
        return []
    with con:
        return rejected_records(con)


def _sheet(export: str, records: list[RejectedRecord]) -> Sheet:
    records = sorted(records, key=lambda record: (record.source.place, record.line))
    latest = records[-1].source
    spelling = {name: latest.header[place] for place, name in latest.columns.items()}
    rows = [_row(record, spelling) for record in records]
    names = list(dict.fromkeys([*ADDED, *latest.header, *(name for row in rows for name in row)]))
    dates = [record.source.until for record in records if record.source.until is not None]
    table = pd.DataFrame(rows, columns=[name for name in names if name.strip()], dtype=object).fillna("")
    return Sheet(export, max(dates, default=None), table)


def _row(record: RejectedRecord, spelling: dict[str, str]) -> dict[str, Any]:
    """One record under the spellings of the newest header; what does not fit its columns stands as it was."""
    cells, header = record.cells, record.source.header
    whole = len(cells) == len(header)
    added = (
        record.file, record.line, "；".join(_REASONS[reason].label for reason in record.reasons),
        " ".join(dict.fromkeys(record.messages)), "" if whole else record.raw,
    )  # fmt: skip
    row: dict[str, Any] = dict(zip(ADDED, added, strict=True))
    for place, cell in enumerate(cells[: len(header)]):
        known = record.source.columns.get(place)
        name = spelling.setdefault(known, header[place]) if known else header[place].strip()
        if name not in ADDED:
            row.setdefault(name, cell)
    return row


_KNOWS_STATES = """
SELECT 1 FROM duckdb_tables()
WHERE schema_name = 'meta' AND table_name = 'reject_states'
"""

_STATES = "SELECT file, line, state FROM meta.reject_states"
