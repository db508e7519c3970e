"""Load one export: read and stage its files in chunks, then reject, supersede and publish what is left."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines.batches import Batch, Miscounted, append_batch, read_batch
from pipelines.faults import RefusedFile, Unbalanced
from pipelines.rejects import Reject, broken_rejects, unknown_rejects, unreadable_rejects
from pipelines.source_file import Recognised, SourceFile, open_source
from pipelines.sources import Export
from pipelines.staged_views import publish_stage
from pipelines.staging import create_stage
from pipelines.supersede import supersede


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


@dataclass(frozen=True)
class Terms:
    """What holds for every export of one load.

    `data_until`: the edge for events, None when no file name has a date; `absent`: exports without a file;
    `keep_going`: a file that cannot be read is left out instead of stopping the load.
    """

    data_until: datetime | None
    absent: frozenset[str]
    workdir: Path
    keep_going: bool


class ExportLoad:
    """The load of one export: `read` and then `stage` each chunk, several at once, `finish` after all."""

    def __init__(self, export: Export, terms: Terms) -> None:
        self.export, self.terms = export, terms
        self.balances: list[FileBalance] = []
        self.rejects: list[Reject] = []
        self.refused: list[RefusedFile] = []
        self._batches: dict[int, Batch | None] = {}
        self._lock = threading.Lock()

    def prepare(self, con: duckdb.DuckDBPyConnection) -> None:
        """Make the empty stage."""
        create_stage(con, self.export)

    def read(self, con: duckdb.DuckDBPyConnection, chunk: list[tuple[int, Recognised]]) -> None:
        """Open the files of a chunk and read their records into a batch.

        Files that DuckDB reads otherwise than counted go through the exact reader. Raises RefusedFile,
        Unbalanced.
        """
        opened: dict[int, SourceFile] = {}
        recognised = dict(chunk)
        for number, file in chunk:
            try:
                opened[number] = open_source(file, self.terms.workdir)
            except RefusedFile as refused:
                if not self.terms.keep_going:
                    raise
                with self._lock:
                    self.refused.append(refused)
        try:
            batch = self._batch(con, opened)
        except Miscounted as miscounted:
            for number, source in opened.items():
                if source in miscounted.files and source.lines is None:
                    opened[number] = open_source(recognised[number], self.terms.workdir, exact=True)
            try:
                batch = self._batch(con, opened)
            except Miscounted as again:
                raise Unbalanced(again.files[0].name, again.files[0].readable, 0) from again
        with self._lock:
            self._batches[chunk[0][0]] = batch
            self.balances += [FileBalance(number, file) for number, file in opened.items()]

    def _batch(self, con: duckdb.DuckDBPyConnection, opened: Mapping[int, SourceFile]) -> Batch | None:
        return read_batch(con, self.export, list(opened.items()), self.terms.data_until, self.terms.absent)

    def stage(self, con: duckdb.DuckDBPyConnection, chunk: list[tuple[int, Recognised]]) -> None:
        """Append the batch of a chunk that was read to the stage."""
        with self._lock:
            batch = self._batches.pop(chunk[0][0])
        if batch is not None:
            append_batch(con, self.export, batch, self.terms.absent)

    def finish(self, con: duckdb.DuckDBPyConnection) -> None:
        """Reject, supersede, publish as `staged.<export>`; fill in the balances."""
        self.balances.sort(key=lambda balance: balance.number)
        fresh = self._without_repeats(con)
        if fresh:
            files = {balance.number: balance.file for balance in fresh}
            self.rejects = [reject for balance in fresh for reject in unreadable_rejects(balance.file)]
            self.rejects += broken_rejects(con, self.export, files, self.terms.data_until, self.terms.absent)
            lost = supersede(con, self.export, [b.number for b in fresh if b.file.inbox.complete])
            self.rejects += _unknown_in_itself(con, self.export, files)
            self._count(con, fresh, lost)
        publish_stage(con, self.export, absent=self.export.name in self.terms.absent)

    def _without_repeats(self, con: duckdb.DuckDBPyConnection) -> list[FileBalance]:
        """Equal bytes again: all records of the later copy are superseded."""
        seen: set[str] = set()
        fresh = []
        for balance in self.balances:
            if balance.file.sha256 in seen:
                balance.superseded = balance.file.records
                con.execute(f"DELETE FROM stage.{self.export.name} WHERE file_no = {balance.number}")
            else:
                seen.add(balance.file.sha256)
                fresh.append(balance)
        return fresh

    def _count(
        self, con: duckdb.DuckDBPyConnection, balances: list[FileBalance], lost: Mapping[int, int]
    ) -> None:
        """Drop the rejected records from the stage and enter the balance of each file."""
        stage = f"stage.{self.export.name}"
        counted = con.execute(
            f"SELECT file_no, count(broken), count(*) - count(broken) FROM {stage} GROUP BY file_no"
        ).fetchall()
        if any(rejected for _, rejected, _ in counted):
            con.execute(f"DELETE FROM {stage} WHERE broken IS NOT NULL")
        found = {number: (rejected, kept) for number, rejected, kept in counted}
        for balance in balances:
            rejected, balance.loaded = found.get(balance.number, (0, 0))
            balance.rejected = rejected + len(balance.file.unreadable)
            balance.superseded = lost.get(balance.number, 0)


def _unknown_in_itself(
    con: duckdb.DuckDBPyConnection,
    export: Export,
    files: Mapping[int, SourceFile],
) -> list[Reject]:
    """Reject records that refer to no winning record of their own export, again until none is left."""
    rejects: list[Reject] = []
    stage, key = f"stage.{export.name}", export.key[0]
    for column in export.references:
        if column.references != export.name:
            continue
        unknown = (
            f"broken IS NULL AND {column.name} IS NOT NULL AND {column.name} NOT IN "
            f"(SELECT {key} FROM {stage} WHERE broken IS NULL)"
        )
        while True:
            found = con.execute(
                f"SELECT file_no, record FROM {stage} WHERE {unknown} ORDER BY ALL"
            ).fetchall()
            if not found:
                break
            rejects += unknown_rejects(column, files, found)
            con.execute(f"UPDATE {stage} SET broken = [] WHERE {unknown}")
    return rejects
