"""One build: find the exports, load them, derive facts, marts and findings, publish the version."""

import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import time as time_of_day
from pathlib import Path

import duckdb

from pipelines.boundaries import read_boundaries, write_boundaries
from pipelines.distances import write_checkin_distances
from pipelines.district import District, load_district
from pipelines.faults import NothingToLoad, RefusedFile
from pipelines.inbox import Inbox, find_exports
from pipelines.load import Loaded, load_sources
from pipelines.meta_tables import write_ledger, write_rules
from pipelines.source_file import SourceFile, open_source
from pipelines.sources import load_exports
from pipelines.transform import run_checks, run_facts, run_marts
from pipelines.warehouse import Warehouse

# Called with a step's Chinese name, how much is done and how much there is.
Progress = Callable[[str, int, int], None]
_THREADS = 4
# DuckDB's share of the memory; the rest of the limit of 1 GB is Python's and the readers'.
_MEMORY = "700MB"


@dataclass
class Opened:
    """The files of an inbox, opened: the readable ones in order of precedence, the refused, the ignored."""

    sources: list[SourceFile]
    refused: list[RefusedFile] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    @property
    def named_until(self) -> datetime | None:
        """End of the day of the latest export date in the file names; None when none has a date."""
        days = [day for source in self.sources if (day := source.inbox.export_date) is not None]
        return end_of_day(max(days)) if days else None


@dataclass(frozen=True)
class BuildResult:
    """What a build did; `version` is the one it published."""

    version: str
    seconds: float
    loaded: Loaded
    opened: Opened
    data_until: datetime
    findings: list[tuple[str, str, int]]
    notices: tuple[str, ...] = ()


def end_of_day(day: date) -> datetime:
    """The last microsecond of a day."""
    return datetime.combine(day, time_of_day.max)


def _silent(step: str, done: int, total: int) -> None:
    """No progress wanted."""


def open_inbox(
    roots: list[Path], workdir: Path, *, keep_going: bool = False, progress: Progress = _silent
) -> Opened:
    """Open every export of these folders; the first is the user's INBOX.

    Raises RefusedFile at the first file that cannot be read or recognised, unless `keep_going`, which
    lists it instead; NothingToLoad when no file is left.
    """
    inbox: Inbox = find_exports(*roots)
    opened = Opened([], ignored=inbox.ignored)
    with ThreadPoolExecutor(_THREADS) as pool:
        futures: list[Future[SourceFile]] = [pool.submit(open_source, file, workdir) for file in inbox.files]
        for number, future in enumerate(futures, start=1):
            try:
                opened.sources.append(future.result())
            except RefusedFile as refused:
                if not keep_going:
                    pool.shutdown(cancel_futures=True)
                    raise
                opened.refused.append(refused)
            progress("识别文件", number, len(futures))
    if not opened.sources and not opened.refused:
        raise NothingToLoad(roots[0])
    return opened


@contextmanager
def scratch(beside: Path | None = None) -> Iterator[Path]:
    """A folder for clean copies and spilled data, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="building-", dir=beside) as name:
        yield Path(name)


def configure(con: duckdb.DuckDBPyConnection, workdir: Path) -> None:
    """The settings of every loading connection: offline, bounded memory, spilling into `workdir`."""
    con.execute("SET autoinstall_known_extensions = false")
    con.execute("SET autoload_known_extensions = false")
    con.execute(f"SET memory_limit = '{_MEMORY}'")
    con.execute("SET temp_directory = '" + str(workdir / "spill").replace("'", "''") + "'")
    con.execute("SET TimeZone = 'Asia/Shanghai'")


def build(
    inbox: Path,
    warehouse: Warehouse,
    district_file: Path | None = None,
    *,
    keep_going: bool = False,
    progress: Progress = _silent,
) -> BuildResult:
    """Build a version of everything in `inbox` and in the warehouse's uploads, and publish it.

    Raises InputFault (nothing changed), LockFault (another build runs), SurroundingsFault (the last good
    version goes on serving).
    """
    started = time.perf_counter()
    district = load_district(district_file)
    with warehouse.building() as draft, scratch(warehouse.folder.versions) as workdir:
        roots = [inbox, warehouse.inbox]
        opened = open_inbox(roots, workdir, keep_going=keep_going, progress=progress)
        con = duckdb.connect(str(draft.public_path))
        try:
            configure(con, workdir)
            con.execute("ATTACH '" + str(draft.private_path).replace("'", "''") + "' AS private")
            loaded, data_until = _fill(con, opened, district, inbox, workdir, progress)
            findings = con.execute(
                'SELECT "check", severity, count(*) FROM meta.findings GROUP BY ALL ORDER BY ALL'
            ).fetchall()
            progress("写入磁盘", 0, 1)
            for catalog in ("private", draft.public_path.name.split(".")[0]):
                con.execute(f'CHECKPOINT "{catalog}"')
        finally:
            con.close()
        for source in opened.sources:
            source.inbox.check_unchanged()
        version = draft.publish(_summary(loaded, data_until, time.perf_counter() - started))
    progress("完成", 1, 1)
    seconds = time.perf_counter() - started
    return BuildResult(version.id, seconds, loaded, opened, data_until, findings, version.notices)


def _fill(
    con: duckdb.DuckDBPyConnection,
    opened: Opened,
    district: District,
    inbox: Path,
    workdir: Path,
    progress: Progress,
) -> tuple[Loaded, datetime]:
    """Everything between the open files and the checkpoint."""
    for schema in ("facts", "marts", "meta"):
        con.execute(f"CREATE SCHEMA {schema}")
    progress("读取记录", 0, 1)
    loaded = load_sources(con, opened.sources, opened.named_until, workdir)
    data_until = opened.named_until or _latest_event(con)
    write_rules(con, district, data_until)
    write_ledger(con, loaded, data_until)
    progress("整理事实", 0, 1)
    con.execute("SET preserve_insertion_order = false")
    write_checkin_distances(con, district.checkins.datum)
    run_facts(con)
    con.execute(
        "CREATE TABLE private.stewards AS SELECT f.roster_no, f.steward_id, s.name, s.phone "
        "FROM facts.stewards AS f JOIN staged.stewards AS s ON s.steward_no = f.steward_no AND s.joined_on = f.joined_on"
    )
    write_boundaries(con, read_boundaries(inbox, district.checkins.datum))
    progress("汇总指标", 0, 1)
    run_marts(con)
    progress("查找疑点", 0, 1)
    run_checks(con)
    return loaded, data_until


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


def _summary(loaded: Loaded, data_until: datetime, seconds: float) -> dict[str, object]:
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
