"""Schema `meta` of a version: the settings, files, rejects and rules under which its numbers were made."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import duckdb

from pipelines.district import District
from pipelines.export_load import FileBalance
from pipelines.load import Loaded
from pipelines.rejects import Reject
from pipelines.staged_views import unchecked_references
from pipelines.written import write_table

# The scale of the answers 1–5, best first.
_SCALE = ("很满意", "满意", "基本满意", "不满意", "很不满意")


# What `write_rules` writes beside `meta.rules`; each may be what a table waits for.
RULE_TABLES = ("meta.settings", "meta.satisfied", "meta.safe", "meta.unknown", "meta.class_targets")


def write_rules(con: duckdb.DuckDBPyConnection, district: District, data_until: datetime) -> None:
    """`meta.rules` (one row), `meta.settings`, the answers that count and the class targets."""
    points = district.points
    rules: dict[str, tuple[str, Any]] = {
        "data_until": ("TIMESTAMP", data_until),
        "radius_m": ("DOUBLE", district.checkins.radius_m),
        "per_year": ("BIGINT", district.checkins.per_year),
        "annual_target": ("DOUBLE", points.annual_target),
        "assigned_low": ("DOUBLE", points.assigned[0]),
        "assigned_high": ("DOUBLE", points.assigned[1]),
        "urgent_low": ("DOUBLE", points.urgent[0]),
        "urgent_high": ("DOUBLE", points.urgent[1]),
        "minimum_n": ("BIGINT", district.surveys.minimum_n),
        "minimum_group": ("BIGINT", district.privacy.minimum_group),
    }
    write_table(con, "meta.rules", {name: (kind, [value]) for name, (kind, value) in rules.items()})
    write_table(con, "meta.settings", {"district_json": ("VARCHAR", [district.to_json()])})
    surveys = district.surveys
    _write_answers(con, "satisfied", [*surveys.satisfied, *_digits(surveys.satisfied, surveys.best)])
    _write_answers(con, "safe", surveys.safe)
    _write_answers(con, "unknown", surveys.unknown)
    numbers = list(range(1, 7))
    targets = [points.target(number) for number in numbers]
    write_table(
        con, "meta.class_targets", {"steward_number": ("BIGINT", numbers), "target": ("DOUBLE", targets)}
    )


def write_ledger(con: duckdb.DuckDBPyConnection, loaded: Loaded, data_until: datetime) -> None:
    """`meta.files`, `meta.rejects`, `meta.unchecked_references`; texts of rejects go to `private.rejects`."""
    _write_files(con, loaded.balances)
    _write_rejects(con, loaded.rejects)
    unchecked = unchecked_references(con, loaded.absent)
    write_table(
        con,
        "meta.unchecked_references",
        {
            "export": ("VARCHAR", [row[0] for row in unchecked]),
            "column_name": ("VARCHAR", [row[1] for row in unchecked]),
            "target": ("VARCHAR", [row[2] for row in unchecked]),
            "rows": ("BIGINT", [row[3] for row in unchecked]),
        },
    )
    records = sum(balance.file.records for balance in loaded.balances)
    write_table(
        con, "meta.build", {"data_until": ("TIMESTAMP", [data_until]), "records": ("BIGINT", [records])}
    )


def _write_files(con: duckdb.DuckDBPyConnection, balances: Sequence[FileBalance]) -> None:
    files = [balance.file for balance in balances]
    headers = [json.dumps(list(file.header.cells), ensure_ascii=False) for file in files]
    extra = [json.dumps(list(file.header.extra), ensure_ascii=False) for file in files]
    write_table(
        con,
        "meta.files",
        {
            "file_no": ("INTEGER", [balance.number for balance in balances]),
            "file": ("VARCHAR", [file.name for file in files]),
            "export": ("VARCHAR", [file.export.name for file in files]),
            "encoding": ("VARCHAR", [str(file.encoding) for file in files]),
            "delimiter": ("VARCHAR", [file.header.grammar.delimiter for file in files]),
            "bytes": ("BIGINT", [file.inbox.size for file in files]),
            "sha256": ("VARCHAR", [file.sha256 for file in files]),
            "export_date": ("DATE", [file.inbox.export_date for file in files]),
            "complete": ("BOOLEAN", [file.inbox.complete for file in files]),
            "records": ("BIGINT", [file.records for file in files]),
            "loaded": ("BIGINT", [balance.loaded for balance in balances]),
            "superseded": ("BIGINT", [balance.superseded for balance in balances]),
            "rejected": ("BIGINT", [balance.rejected for balance in balances]),
            "extra_columns": ("VARCHAR", extra),
            # As it stands in the file: what was rejected goes back to its sender under its own header.
            "header": ("VARCHAR", headers),
        },
    )


def _write_rejects(con: duckdb.DuckDBPyConnection, rejects: Sequence[Reject]) -> None:
    public: dict[str, tuple[str, Sequence[Any]]] = {
        "file": ("VARCHAR", [reject.file for reject in rejects]),
        "line": ("BIGINT", [reject.line for reject in rejects]),
        "export": ("VARCHAR", [reject.export for reject in rejects]),
        "reason": ("VARCHAR", [str(reject.reason) for reject in rejects]),
        "column_name": ("VARCHAR", [reject.column for reject in rejects]),
    }
    write_table(con, "meta.rejects", public)
    texts = {
        name: ("VARCHAR", [getattr(reject, name) for reject in rejects])
        for name in ("value", "message", "raw")
    }
    write_table(con, "private.rejects", {**public, **texts})


def _digits(counted: Sequence[str], best: int) -> list[str]:
    """The answers 1–5 that mean one of the counted words; `best` says which end is 很满意."""
    scale = reversed(_SCALE) if best == 5 else _SCALE
    return [str(digit) for digit, word in enumerate(scale, start=1) if word in counted]


def _write_answers(con: duckdb.DuckDBPyConnection, name: str, answers: Sequence[str]) -> None:
    write_table(con, f"meta.{name}", {"answer": ("VARCHAR", answers)})
