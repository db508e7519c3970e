"""Load every export so that nothing is lost: records = loaded + superseded + rejected, file by file.

The result stands in schema `staged`: one view per export with the winning records, references as numbers.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines.casting import MACROS
from pipelines.faults import Unbalanced
from pipelines.rejects import Reject, suspect_rejects, unknown_rejects, unreadable_rejects
from pipelines.source_file import SourceFile, open_source
from pipelines.sources import Export, load_exports, referenced_exports
from pipelines.staging import Miscounted, create_stage, resolved_references, stage_files, staged_columns
from pipelines.supersede import supersede

_THREADS = 4


@dataclass
class FileBalance:
    """What became of the records of one file."""

    number: int
    file: SourceFile
    loaded: int = 0
    superseded: int = 0
    rejected: int = 0

    def check(self) -> None:
        """Raise Unbalanced unless every record counted is accounted for."""
        accounted = self.loaded + self.superseded + self.rejected
        if accounted != self.file.records:
            raise Unbalanced(self.file.name, self.file.records, accounted)


@dataclass
class Loaded:
    """The result of a load: balances in order of precedence, rejects by file and line, absent exports."""

    balances: list[FileBalance] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    absent: frozenset[str] = frozenset()


def load_sources(
    con: duckdb.DuckDBPyConnection, sources: Sequence[SourceFile], data_until: datetime | None, workdir: Path
) -> Loaded:
    """Load these files (in order of precedence) into schema `staged` of a connection.

    `data_until`: the edge for events, None when no file name carries a date. Raises Unbalanced.
    """
    for schema in ("stage", "keys", "staged"):
        con.execute(f"ATTACH ':memory:' AS {schema}")
    absent = frozenset(load_exports()) - {source.export.name for source in sources}
    loaded = Loaded([FileBalance(number, file) for number, file in enumerate(sources)], absent=absent)
    for name in absent & referenced_exports():
        con.execute(f"CREATE TABLE keys.{name} (id VARCHAR, no INTEGER, column_name VARCHAR)")
    # Exports load side by side, each waiting for those that it refers to; these were submitted before it.
    # Where keys of an absent export are numbered as they turn up, one after the other, to number them alike.
    present = {source.export.name: source.export for source in sources}.values()
    numbering = any(
        column.references in absent for export in present for column in resolved_references(export)
    )
    with ThreadPoolExecutor(1 if numbering else _THREADS) as pool:
        jobs: dict[str, Future[list[Reject]]] = {}
        for export in _heaviest_first(sources):
            balances = [balance for balance in loaded.balances if balance.file.export.name == export.name]
            needed = [jobs[str(column.references)] for column in resolved_references(export)]
            job = _ExportJob(con.cursor(), export, balances, data_until, workdir, absent, needed)
            jobs[export.name] = pool.submit(job.run)
        for finished in jobs.values():
            loaded.rejects += finished.result()
    for balance in loaded.balances:
        balance.check()
    loaded.rejects.sort(key=lambda reject: (reject.file, reject.line, reject.reason.value, reject.column))
    return loaded


def _heaviest_first(sources: Sequence[SourceFile]) -> list[Export]:
    """All exports, those with the most bytes first, but each behind the exports that it refers to."""
    exports = load_exports()
    weight: Counter[str] = Counter()
    for source in sources:
        weight[source.export.name] += source.inbox.size
    ordered: dict[str, Export] = {}

    def place(name: str) -> None:
        for column in resolved_references(exports[name]):
            place(str(column.references))
        ordered[name] = exports[name]

    for name in sorted(exports, key=lambda name: (-weight[name], name)):
        place(name)
    return list(ordered.values())


@dataclass(frozen=True)
class _ExportJob:
    """Loads one export on a cursor of its own; `needed` are the jobs of the exports that it refers to."""

    con: duckdb.DuckDBPyConnection
    export: Export
    balances: list[FileBalance]
    data_until: datetime | None
    workdir: Path
    absent: frozenset[str]
    needed: Sequence[Future[list[Reject]]]

    def run(self) -> list[Reject]:
        """Stage, reject, supersede, publish as `staged.<export>`; give the rejects, fill in the balances."""
        con, export = self.con, self.export
        for macro in MACROS:
            con.execute(macro.replace("CREATE MACRO", "CREATE TEMP MACRO"))
        fresh = _without_repeats(self.balances)
        self._stage(fresh)
        rejects = [reject for balance in fresh for reject in unreadable_rejects(balance.file)]
        lost: Mapping[int, int] = {}
        if fresh:
            files = {balance.number: balance.file for balance in fresh}
            first_record = _first_records(fresh)
            rejects += suspect_rejects(con, export, files, first_record, self.data_until, self.absent)
            lost = supersede(con, export, [b.number for b in fresh if b.file.inbox.complete])
            rejects += _unknown_in_itself(con, export, files, first_record)
        self._count(fresh, lost)
        _publish_stage(con, export, absent=export.name in self.absent)
        return rejects

    def _stage(self, balances: list[FileBalance]) -> None:
        """Stage the files; those that DuckDB reads otherwise than counted go through the exact reader."""
        for attempt in range(2):
            create_stage(self.con, self.export)
            files = [(balance.number, balance.file) for balance in balances]
            try:
                stage_files(self.con, self.export, files, self.data_until, self.absent, self._wait)
                break
            except Miscounted as wrong:
                if attempt:
                    raise Unbalanced(wrong.files[0].name, wrong.files[0].readable, 0) from wrong
                self.con.execute(f"DROP TABLE stage.{self.export.name}")
                for balance in balances:
                    if balance.file in wrong.files and balance.file.lines is None:
                        balance.file = open_source(balance.file.inbox, self.workdir, exact=True)
        self._wait()

    def _wait(self) -> None:
        for job in self.needed:
            job.result()

    def _count(self, balances: list[FileBalance], lost: Mapping[int, int]) -> None:
        """Drop the rejected records from the stage and enter the balance of each file."""
        stage = f"stage.{self.export.name}"
        counted = self.con.execute(
            f"SELECT file_no, count(*) FILTER (suspect), count(*) FILTER (NOT suspect) FROM {stage} GROUP BY file_no"
        ).fetchall()
        if any(rejected for _, rejected, _ in counted):
            self.con.execute(f"DELETE FROM {stage} WHERE suspect")
        found = {number: (rejected, kept) for number, rejected, kept in counted}
        for balance in balances:
            rejected, balance.loaded = found.get(balance.number, (0, 0))
            balance.rejected = rejected + len(balance.file.unreadable)
            balance.superseded = lost.get(balance.number, 0)


def _without_repeats(balances: list[FileBalance]) -> list[FileBalance]:
    """Equal bytes again: all records of the later copy are superseded and it is not read."""
    seen: set[str] = set()
    fresh = []
    for balance in balances:
        if balance.file.sha256 in seen:
            balance.superseded = balance.file.records
        else:
            seen.add(balance.file.sha256)
            fresh.append(balance)
    return fresh


def _first_records(balances: Sequence[FileBalance]) -> dict[int, int]:
    """The record number at which each file begins in the stage."""
    first: dict[int, int] = {}
    start = 0
    for balance in balances:
        first[balance.number] = start
        start += balance.file.readable
    return first


def _unknown_in_itself(
    con: duckdb.DuckDBPyConnection,
    export: Export,
    files: Mapping[int, SourceFile],
    first_record: Mapping[int, int],
) -> list[Reject]:
    """Reject records that refer to no winning record of their own export, again until none is left."""
    rejects: list[Reject] = []
    stage, key = f"stage.{export.name}", export.key[0]
    for column in export.references:
        if column.references != export.name:
            continue
        unknown = (
            f"NOT suspect AND {column.name} IS NOT NULL AND {column.name} NOT IN "
            f"(SELECT {key} FROM {stage} WHERE NOT suspect)"
        )
        while True:
            found = con.execute(
                f"SELECT file_no, record FROM {stage} WHERE {unknown} ORDER BY ALL"
            ).fetchall()
            if not found:
                break
            rejects += unknown_rejects(column, files, first_record, found)
            con.execute(f"UPDATE {stage} SET suspect = TRUE WHERE {unknown}")
    return rejects


def _publish_stage(con: duckdb.DuckDBPyConnection, export: Export, *, absent: bool) -> None:
    """Make `staged.<export>`, and `keys.<export>` where others refer to it."""
    own = [column for column in export.references if column.references == export.name]
    names = [name for name in staged_columns(export) if name not in {"voided", *(c.name for c in own)}]
    if export.name in referenced_exports() and absent:
        con.execute(f"CREATE VIEW staged.{export.name} AS {_stand_ins(export, names)}")
        return
    columns = [f"stage.{name}" for name in names]
    joins = ""
    if export.name in referenced_exports():
        con.execute(
            f"CREATE TABLE keys.{export.name} AS SELECT {export.key[0]} AS id, CAST(min(record) AS INTEGER) AS no "
            f"FROM stage.{export.name} GROUP BY id"
        )
        columns.insert(0, f"own.no AS {export.surrogate}")
        joins += f" JOIN keys.{export.name} AS own ON own.id = stage.{export.key[0]}"
    for column in own:
        columns.append(f"key_{column.name}.no AS {column.surrogate}")
        joins += f" LEFT JOIN keys.{export.name} AS key_{column.name} ON key_{column.name}.id = stage.{column.name}"
    con.execute(
        f"CREATE VIEW staged.{export.name} AS SELECT {', '.join(columns)} FROM stage.{export.name} AS stage{joins}"
    )


def _stand_ins(export: Export, names: Sequence[str]) -> str:
    """Records that others refer to while their own export is absent: a key, and the key as name."""
    columns = [f"no AS {export.surrogate}"]
    kinds = staged_columns(export)
    for name in names:
        if name in (export.key[0], "name"):
            columns.append(f"id AS {name}")
        elif name == "level":
            columns.append("CASE WHEN column_name = 'grid_code' THEN 'grid' ELSE 'community' END AS level")
        else:
            columns.append(f"CAST(NULL AS {kinds[name]}) AS {name}")
    columns += [
        f"CAST(NULL AS INTEGER) AS {c.surrogate}" for c in export.references if c.references == export.name
    ]
    return f"SELECT {', '.join(columns)} FROM keys.{export.name}"


def unchecked_references(
    con: duckdb.DuckDBPyConnection, absent: frozenset[str]
) -> list[tuple[str, str, str, int]]:
    """References that nothing could check: export, column, absent target, number of records."""
    found = []
    for export in load_exports().values():
        for column in resolved_references(export):
            if column.references in absent and export.name not in absent:
                rows = con.execute(f"SELECT count({column.surrogate}) FROM staged.{export.name}").fetchall()[
                    0
                ][0]
                if rows:
                    found.append((export.name, column.name, str(column.references), int(rows)))
    return found
