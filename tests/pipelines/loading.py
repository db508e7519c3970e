"""Load files written by a test and tell what became of their records."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.load import Loaded, plan_load
from pipelines.opening import configure, open_inbox
from pipelines.sql_files import run_in_order


@dataclass
class Outcome:
    """`balance`: (records, loaded, superseded, rejected) by file; `rejects`: (file, line, reason, column)."""

    con: duckdb.DuckDBPyConnection
    loaded: Loaded

    @property
    def balance(self) -> dict[str, tuple[int, int, int, int]]:
        return {
            b.file.name: (b.file.records, b.loaded, b.superseded, b.rejected) for b in self.loaded.balances
        }

    @property
    def rejects(self) -> list[tuple[str, int, str, str]]:
        return [(r.file, r.line, r.reason.value, r.column) for r in self.loaded.rejects]

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        return self.con.execute(sql).fetchall()


def load_files(folder: Path, files: Mapping[str, bytes | str]) -> Outcome:
    """Write these files into `folder`/inbox and load them; text is written as UTF-8."""
    inbox, work = folder / "inbox", folder / "work"
    inbox.mkdir(parents=True)
    work.mkdir()
    for name, content in files.items():
        path = inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    opened = open_inbox([inbox])
    con = duckdb.connect()
    configure(con, work)
    load = plan_load(con, opened.files, opened.named_until, work)
    run_in_order(con, load.jobs)
    return Outcome(con, load.collect())
