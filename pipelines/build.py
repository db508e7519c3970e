"""One build: find the exports, load them, derive facts, marts and findings, publish the version."""

import time
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from pipelines.boundaries import read_boundaries, write_boundaries
from pipelines.distances import write_checkin_distances
from pipelines.district import District, load_district
from pipelines.load import Loaded, load_sources
from pipelines.meta_tables import write_ledger, write_rules
from pipelines.opening import Opened, Progress, configure, end_of_day, open_inbox, scratch, silent
from pipelines.sources import load_exports
from pipelines.transform import run_checks, run_facts, run_marts
from pipelines.warehouse import Warehouse


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


def build(
    inbox: Path,
    warehouse: Warehouse,
    district_file: Path | None = None,
    *,
    keep_going: bool = False,
    progress: Progress = silent,
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
