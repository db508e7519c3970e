"""One build: find the exports, load them, derive facts, marts and findings, publish the version."""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
from pydantic import JsonValue

from pipelines.boundaries import read_boundaries, write_boundaries
from pipelines.casting import quoted
from pipelines.distances import write_checkin_distances
from pipelines.district import District, load_district
from pipelines.draft import Draft
from pipelines.faults import RefusedFile
from pipelines.inbox import moved_in
from pipelines.load import Load, Loaded, plan_load
from pipelines.meta_tables import RULE_TABLES, write_ledger, write_rules
from pipelines.opening import Opened, Progress, configure, end_of_day, open_inbox, scratch, silent
from pipelines.rejected_records import write_reject_states
from pipelines.sources import load_exports
from pipelines.sql_files import Job, run_in_order
from pipelines.transform import check_jobs, fact_jobs, mart_jobs
from pipelines.warehouse import Warehouse

# What a draft's files are called while they are filled: everybody's, and names and phones.
_BOARD, _PRIVATE = "board", "private"
# Bytes. A version has seventy tables, most of them small: with DuckDB's own 262,144 those of a quarter take four times
# the room, those of a year a tenth more.
_BLOCK = 65_536
# Rows. A job writes its full row groups itself, beside the others; what is left over waits for the one checkpoint.
_ROW_GROUP = 30_720


@dataclass(frozen=True)
class BuildResult:
    """What a build did; `version` is the one it published."""

    version: str
    seconds: float
    loaded: Loaded
    refused: list[RefusedFile]
    ignored: list[str]
    data_until: datetime
    findings: list[tuple[str, str, int]]
    notices: tuple[str, ...] = ()


def build(
    inbox: Path,
    warehouse: Warehouse,
    district_file: Path | None = None,
    *,
    keep_going: bool = False,
    uploads: Path | None = None,
    progress: Progress = silent,
) -> BuildResult:
    """Build a version of everything in `inbox` and in the warehouse's uploads, and publish it.

    `uploads` is a folder of files that are read as well and move into the warehouse's inbox with the publishing.

    Raises InputFault (nothing changed), LockFault (another build runs), SurroundingsFault (the last good
    version goes on serving).
    """
    started = time.perf_counter()
    district = load_district(district_file)
    # Before the lock: what is refused here must not even leave the folder of a new warehouse behind.
    roots = [inbox, warehouse.inbox, *([uploads] if uploads else [])]
    opened = open_inbox(roots, but=warehouse.root, keep_going=keep_going)
    if not opened.files:
        raise opened.refused[0]
    shapes = read_boundaries(inbox, district.checkins.datum)
    with warehouse.building() as draft, scratch(warehouse.folder.versions) as workdir:
        with _connected(draft, workdir, opened.bytes) as con:
            filling = _Filling(con, opened, district, shapes, progress)
            loaded = filling.run(workdir, keep_going=keep_going)
            findings = con.execute(
                'SELECT "check", severity, count(*) FROM meta.findings GROUP BY ALL ORDER BY ALL'
            ).fetchall()
            progress("写入磁盘", 0, 1)
            for catalog in (_PRIVATE, _BOARD):
                con.execute(f"CHECKPOINT {catalog}")
        for file in opened.files:
            file.inbox.check_unchanged()
        data_until = filling.data_until
        sources = _sources(inbox, district_file, keep_going=keep_going)
        with moved_in(uploads, warehouse.inbox):
            version = draft.publish(_summary(loaded, data_until, time.perf_counter() - started) | sources)
    progress("完成", 1, 1)
    seconds = time.perf_counter() - started
    refused = [*opened.refused, *loaded.refused]
    return BuildResult(
        version.id, seconds, loaded, refused, opened.ignored, data_until, findings, version.notices
    )


@contextmanager
def _connected(draft: Draft, workdir: Path, size: int) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the two files of a draft.

    They keep no log: what a killed build leaves is removed by the next one, so there is nothing to recover, and a log
    would hold everything once more.
    """
    with duckdb.connect() as con:
        configure(con, workdir, size)
        for catalog, path in ((_BOARD, draft.public_path), (_PRIVATE, draft.private_path)):
            con.execute(
                f"ATTACH {quoted(str(path))} AS {catalog} (RECOVERY_MODE no_wal_writes, BLOCK_SIZE {_BLOCK}, "
                f"ROW_GROUP_SIZE {_ROW_GROUP})"
            )
        con.execute(f"USE {_BOARD}")
        yield con


@dataclass
class _Filling:
    """Everything between the recognised files and the checkpoint."""

    con: duckdb.DuckDBPyConnection
    opened: Opened
    district: District
    shapes: Mapping[str, Mapping[str, Any]]
    progress: Progress
    data_until: datetime = datetime.min
    loaded: Loaded = field(default_factory=Loaded)

    def run(self, workdir: Path, *, keep_going: bool) -> Loaded:
        con = self.con
        for schema in ("facts", "marts", "meta"):
            con.execute(f"CREATE SCHEMA {schema}")
        con.execute("ATTACH ':memory:' AS derived")
        named_until = self.opened.named_until
        load = plan_load(
            con, self.opened.files, named_until, workdir, keep_going=keep_going, staged=self._count_staged
        )
        self._staged, self._counting = 0, threading.Lock()
        facts = tuple(f"facts.{export}" for export in load_exports())
        every_export = tuple(f"staged.{export}" for export in load_exports())
        jobs = [
            Job("meta.rules", () if named_until else every_export, self._write_rules),
            *(Job(table, ("meta.rules",), _stands_already) for table in RULE_TABLES),
            *_facts_behind_exports(load.jobs, fact_jobs()),
            Job("derived.checkin_distance", ("staged.checkins", "staged.areas"), self._measure_distances),
            Job("facts.boundaries", ("facts.areas", "facts.area_paths"), self._write_boundaries),
            Job("private.stewards", ("facts.stewards", "staged.stewards"), _write_names),
            *mart_jobs(),
            Job(
                "meta.unchecked_references", (*every_export, "meta.rules"), partial(self._write_ledger, load)
            ),
            *check_jobs(),
            Job("meta.reject_states", ("meta.unchecked_references", *facts), write_reject_states),
        ]
        run_in_order(con, jobs, catalog=_BOARD)
        return self.loaded

    def _write_ledger(self, load: Load, con: duckdb.DuckDBPyConnection) -> None:
        """The tables `meta.files`, `meta.rejects`, `meta.unchecked_references`."""
        self.loaded = load.collect()
        write_ledger(con, self.loaded, self.data_until)

    def _count_staged(self, files: int) -> None:
        with self._counting:
            self._staged += files
            self.progress("读取文件、汇总指标", self._staged, len(self.opened.files))

    def _write_rules(self, con: duckdb.DuckDBPyConnection) -> None:
        self.data_until = self.opened.named_until or _latest_event(con)
        write_rules(con, self.district, self.data_until)

    def _measure_distances(self, con: duckdb.DuckDBPyConnection) -> None:
        write_checkin_distances(con, self.district.checkins.datum)

    def _write_boundaries(self, con: duckdb.DuckDBPyConnection) -> None:
        write_boundaries(con, self.shapes)


def _facts_behind_exports(loading: Sequence[Job], facts: Sequence[Job]) -> list[Job]:
    """Loading and facts in one order, which is that of precedence: whatever follows from tasks and claims takes longest,
    so it does not wait until the last small file is read."""
    known = {f"staged.{fact.name.partition('.')[2]}": fact for fact in facts}
    found: list[Job] = []
    for job in loading:
        found += [job, known.pop(job.name)] if job.name in known else [job]
    return [*found, *known.values()]


def _stands_already(con: duckdb.DuckDBPyConnection) -> None:
    """Another job has written this table; the job of its name lets others wait for it."""


def _write_names(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "CREATE TABLE private.stewards AS SELECT f.roster_no, f.steward_id, s.name, s.phone FROM facts.stewards AS f "
        "JOIN staged.stewards AS s ON s.steward_no = f.steward_no AND s.joined_on = f.joined_on"
    )
    # A screen asks for the names of thirty people; without it, all of the district's are read for each list.
    con.execute("CREATE INDEX names_by_steward ON private.stewards (steward_id)")


def _latest_event(con: duckdb.DuckDBPyConnection) -> datetime:
    """End of the day of the latest event, for exports whose names carry no date."""
    events = [
        f"SELECT CAST(max({column.name}) AS TIMESTAMP) AS latest FROM staged.{export.name}"
        for export in load_exports().values()
        for column in export.columns
        if column.event
    ]
    latest = con.execute(f"SELECT max(latest) FROM ({' UNION ALL '.join(events)})").fetchall()[0][0]
    # Without a single event any day will do: nothing is compared with it.
    return end_of_day(latest.date() if latest else date(1970, 1, 1))


def _sources(inbox: Path, district_file: Path | None, *, keep_going: bool) -> dict[str, JsonValue]:
    """What a build from the board has to read again."""
    return {
        "inbox": str(inbox.resolve()),
        "district_file": str(district_file.resolve()) if district_file else None,
        "keep_going": keep_going,
    }


def _summary(loaded: Loaded, data_until: datetime, seconds: float) -> dict[str, JsonValue]:
    balances = loaded.balances
    return {
        "data_until": data_until.isoformat(timespec="seconds"),
        "records": sum(balance.file.records for balance in balances),
        "loaded": sum(balance.loaded for balance in balances),
        "superseded": sum(balance.superseded for balance in balances),
        "rejected": sum(balance.rejected for balance in balances),
        "files": len(balances),
        "seconds": round(seconds, 3),
    }
