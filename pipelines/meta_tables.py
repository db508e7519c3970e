"""Schema `meta` of a version: the settings, files, rejects and rules under which its numbers were made."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.district import District
from pipelines.load import Loaded
from pipelines.staged_views import unchecked_references

# The scale of the answers 1–5, best first.
_SCALE = ("很满意", "满意", "基本满意", "不满意", "很不满意")


# What `write_rules` writes beside `meta.rules`; each may be what a table waits for.
RULE_TABLES = ("meta.settings", "meta.satisfied", "meta.safe", "meta.unknown", "meta.class_targets")


def write_rules(con: duckdb.DuckDBPyConnection, district: District, data_until: datetime) -> None:
    """`meta.rules` (one row), `meta.settings`, the answers that count and the class targets."""
    points = district.points
    rules: dict[str, Any] = {
        "data_until": data_until,
        "radius_m": district.checkins.radius_m,
        "per_year": district.checkins.per_year,
        "annual_target": float(points.annual_target),
        "assigned_low": float(points.assigned[0]),
        "assigned_high": float(points.assigned[1]),
        "urgent_low": float(points.urgent[0]),
        "urgent_high": float(points.urgent[1]),
        "minimum_n": district.surveys.minimum_n,
        "minimum_group": district.privacy.minimum_group,
    }
    _write(con, "meta.rules", pa.table({name: [value] for name, value in rules.items()}))
    _write(con, "meta.settings", pa.table({"district_json": [district.to_json()]}))
    surveys = district.surveys
    _write_answers(con, "satisfied", [*surveys.satisfied, *_digits(surveys.satisfied, surveys.best)])
    _write_answers(con, "safe", surveys.safe)
    _write_answers(con, "unknown", surveys.unknown)
    numbers = list(range(1, 7))
    targets = [float(points.target(number)) for number in numbers]
    _write(con, "meta.class_targets", pa.table({"steward_number": numbers, "target": targets}))


def write_ledger(con: duckdb.DuckDBPyConnection, loaded: Loaded, data_until: datetime) -> None:
    """`meta.files`, `meta.rejects`, `meta.unchecked_references`; texts of rejects go to `private.rejects`."""
    balances = loaded.balances
    headers = [balance.file.header for balance in balances]
    files = {
        "file_no": pa.array([balance.number for balance in balances], pa.int32()),
        "file": _texts(balance.file.name for balance in balances),
        "export": _texts(balance.file.export.name for balance in balances),
        "encoding": _texts(balance.file.encoding for balance in balances),
        "delimiter": _texts(header.grammar.delimiter for header in headers),
        "bytes": pa.array([balance.file.inbox.size for balance in balances], pa.int64()),
        "sha256": _texts(balance.file.sha256 for balance in balances),
        "export_date": pa.array([balance.file.inbox.export_date for balance in balances], pa.date32()),
        "complete": pa.array([balance.file.inbox.complete for balance in balances], pa.bool_()),
        "records": pa.array([balance.file.records for balance in balances], pa.int64()),
        "loaded": pa.array([balance.loaded for balance in balances], pa.int64()),
        "superseded": pa.array([balance.superseded for balance in balances], pa.int64()),
        "rejected": pa.array([balance.rejected for balance in balances], pa.int64()),
        "extra_columns": _texts(json.dumps(list(header.extra), ensure_ascii=False) for header in headers),
        # As it stands in the file: what was rejected goes back to its sender under its own header.
        "header": _texts(json.dumps(list(header.cells), ensure_ascii=False) for header in headers),
    }
    _write(con, "meta.files", pa.table(files))
    rejects = loaded.rejects
    public = {
        "file": _texts(reject.file for reject in rejects),
        "line": pa.array([reject.line for reject in rejects], pa.int64()),
        "export": _texts(reject.export for reject in rejects),
        "reason": _texts(reject.reason for reject in rejects),
        "column_name": _texts(reject.column for reject in rejects),
    }
    _write(con, "meta.rejects", pa.table(public))
    texts = {
        name: _texts(getattr(reject, name) for reject in rejects) for name in ("value", "message", "raw")
    }
    _write(con, "private.rejects", pa.table({**public, **texts}))
    unchecked = unchecked_references(con, loaded.absent)
    columns: Sequence[Sequence[Any]] = list(zip(*unchecked, strict=True)) or [[], [], [], []]
    table = pa.table(
        {
            "export": pa.array(columns[0], pa.string()),
            "column_name": pa.array(columns[1], pa.string()),
            "target": pa.array(columns[2], pa.string()),
            "rows": pa.array(columns[3], pa.int64()),
        }
    )
    _write(con, "meta.unchecked_references", table)
    _write(
        con,
        "meta.build",
        pa.table({"data_until": [data_until], "records": [sum(b.file.records for b in balances)]}),
    )


def _digits(counted: Sequence[str], best: int) -> list[str]:
    """The answers 1–5 that mean one of the counted words; `best` says which end is 很满意."""
    scale = reversed(_SCALE) if best == 5 else _SCALE
    return [str(digit) for digit, word in enumerate(scale, start=1) if word in counted]


def _write_answers(con: duckdb.DuckDBPyConnection, name: str, answers: Sequence[str]) -> None:
    _write(con, f"meta.{name}", pa.table({"answer": pa.array(answers, pa.string())}))


def _texts(values: Any) -> pa.Array:
    return pa.array([str(value) for value in values], pa.string())


def _write(con: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    con.register("written", table)
    con.execute(f"CREATE TABLE {name} AS FROM written")
    con.unregister("written")
