"""Load every export so that nothing is lost: records = loaded + superseded + rejected, file by file.

The result stands in schema `staged`: one view per export with the winning records, references as numbers.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

import duckdb

from pipelines.casting import MACROS
from pipelines.export_load import ExportLoad, FileBalance, Terms
from pipelines.faults import RefusedFile
from pipelines.rejects import Reject
from pipelines.source_file import Recognised
from pipelines.sources import Export, load_exports, referenced_exports
from pipelines.sql_files import Job

# Files are staged in chunks of about this many bytes: enough work for one thread, little memory.
_CHUNK_BYTES = 12_000_000


@dataclass
class Loaded:
    """The result of a load, complete when its jobs are done.

    `balances` in order of precedence, `rejects` by file and line, `refused` files only with keep_going.
    """

    balances: list[FileBalance] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    refused: list[RefusedFile] = field(default_factory=list)
    absent: frozenset[str] = frozenset()


@dataclass
class Load:
    """The jobs that load an inbox, and what they gather; `collect` once they have run."""

    jobs: list[Job]
    exports: list[ExportLoad]
    absent: frozenset[str]

    def collect(self) -> Loaded:
        """Everything that became of the files. Raises Unbalanced."""
        loaded = Loaded(absent=self.absent)
        for export in self.exports:
            loaded.balances += export.balances
            loaded.rejects += export.rejects
            loaded.refused += export.refused
        loaded.balances.sort(key=lambda balance: balance.number)
        for balance in loaded.balances:
            balance.check()
        loaded.rejects.sort(key=lambda reject: (reject.file, reject.line, reject.reason.value, reject.column))
        return loaded


def plan_load(
    con: duckdb.DuckDBPyConnection,
    files: Sequence[Recognised],
    data_until: datetime | None,
    workdir: Path,
    *,
    keep_going: bool = False,
    staged: Callable[[int], None] = lambda files: None,
) -> Load:
    """Jobs that load these files (in order of precedence) into the schema `staged` of a connection.

    The job `staged.<export>` ends the load of an export. `data_until`: the edge for events, None when no
    file name carries a date. `staged` is told how many files a job has staged.
    """
    absent = frozenset(load_exports()) - {file.export.name for file in files}
    _prepare(con, absent)
    terms = Terms(data_until, absent, workdir, keep_going)
    numbered = list(enumerate(files))
    load = Load([], [], absent)
    # Keys of an absent export are numbered as they turn up: one job after the other, to number them alike.
    before = ""
    naming: dict[str, list[str]] = {name: [] for name in absent}
    for export in _heaviest_first(files):
        export_load = ExportLoad(export, terms)
        export_load.prepare(con)
        load.exports.append(export_load)
        referred = {str(column.references) for column in export.outward_references}
        needs = tuple(f"staged.{name}" for name in sorted(referred - absent))
        in_turn = bool(referred & absent)
        chunks = []
        for chunk in _chunks(
            [(number, file) for number, file in numbered if file.export.name == export.name]
        ):
            after = (*needs, before) if in_turn and before else needs
            jobs = _chunk_jobs(export_load, chunk, after, staged)
            load.jobs += jobs
            chunks.append(jobs[-1].name)
            before = jobs[-1].name if in_turn else before
        for name in referred & absent:
            naming[name] += chunks
        if export.name not in absent:
            load.jobs.append(Job(f"staged.{export.name}", (*needs, *chunks), export_load.finish))
    for export_load in load.exports:
        # What stands in for an absent export is known once everything that may name it is staged.
        name = export_load.export.name
        if name in absent:
            load.jobs.append(Job(f"staged.{name}", tuple(naming[name]), export_load.finish))
    return load


def _prepare(con: duckdb.DuckDBPyConnection, absent: frozenset[str]) -> None:
    """The schemas in memory, the macros that clean values, and a place for keys that nobody declares."""
    for schema in ("stage", "keys", "staged"):
        con.execute(f"ATTACH ':memory:' AS {schema}")
    for macro in MACROS:
        con.execute(macro)
    for name in absent & referenced_exports():
        con.execute(f"CREATE TABLE keys.{name} (id VARCHAR, no INTEGER, column_name VARCHAR)")


def _chunk_jobs(
    export_load: ExportLoad,
    chunk: list[tuple[int, Recognised]],
    needs: tuple[str, ...],
    staged: Callable[[int], None],
) -> list[Job]:
    """Reading waits for nothing; staging for it and for the exports that are referred to."""
    read, stage = (f"{step}.{export_load.export.name}.{chunk[0][0]}" for step in ("read", "stage"))
    run = partial(_stage_chunk, export_load=export_load, chunk=chunk, staged=staged)
    return [Job(read, (), partial(export_load.read, chunk=chunk)), Job(stage, (read, *needs), run)]


def _stage_chunk(
    con: duckdb.DuckDBPyConnection,
    *,
    export_load: ExportLoad,
    chunk: list[tuple[int, Recognised]],
    staged: Callable[[int], None],
) -> None:
    export_load.stage(con, chunk)
    staged(len(chunk))


def _chunks(files: Sequence[tuple[int, Recognised]]) -> Iterator[list[tuple[int, Recognised]]]:
    chunk: list[tuple[int, Recognised]] = []
    size = 0
    for number, file in files:
        chunk.append((number, file))
        size += file.inbox.size
        if size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _heaviest_first(files: Sequence[Recognised]) -> list[Export]:
    """All exports, those with the most bytes first, but each behind the exports that it refers to."""
    exports = load_exports()
    weight: Counter[str] = Counter()
    for file in files:
        weight[file.export.name] += file.inbox.size
    ordered: dict[str, Export] = {}

    def place(name: str) -> None:
        for column in exports[name].outward_references:
            place(str(column.references))
        ordered.setdefault(name, exports[name])

    for name in sorted(exports, key=lambda name: (-weight[name], name)):
        place(name)
    return list(ordered.values())
