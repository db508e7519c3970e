"""From staged records to facts, from facts to marts, and the findings on both.

Every table is one SQL file of `sql/facts` or `sql/marts`, every check one of `sql/checks`; what SQL cannot
say in a portable way (the calendar, percentiles, bootstrap, regular expressions, datums) is computed in Python.
"""

from collections.abc import Iterable
from datetime import timedelta

import duckdb

from pipelines.checks import find_code_mismatches, find_shifts
from pipelines.frames import write_frames
from pipelines.periods import MONTHS_OF, periods_between
from pipelines.sql_files import Job, SqlFile, Step, run_in_order, sql_files
from pipelines.step_times import write_claimed_tasks, write_loop_times
from pipelines.task_spots import write_task_spots
from pipelines.unit_stability import write_unit_stability
from pipelines.written import Columns, write_table

Connection = duckdb.DuckDBPyConnection

# They take the longest, so they begin first.
_LONGEST = (
    "facts.tasks",
    "facts.claims",
    "facts.points",
    "derived.claimed_tasks",
    "marts.loop_times",
    "marts.steward_months",
    "marts.tasks",
    "marts.publications",
    "marts.claims",
    "marts.points",
)
_LOOP_TIMES_NEED = ("facts.tasks", "facts.area_paths", "derived.claimed_tasks", "meta.periods")
# The calendar reaches back to the first event, but a mistyped century must not make a thousand months.
_LONGEST_CALENDAR = timedelta(days=20 * 366)
_FIRST_EVENTS = {
    "facts.tasks": "published_at",
    "facts.claims": "claimed_at",
    "facts.points": "occurred_at",
    "facts.checkins": "checked_in_at",
    "facts.wishes": "collected_at",
    "facts.satisfaction": "surveyed_on",
    "facts.safety": "surveyed_on",
}
_CHECK_HEADERS = ("severity", "export", "needs")


def fact_jobs() -> list[Job]:
    """The jobs that fill schema `facts` from `staged`, `derived` and `meta`."""
    return _longest_first(_table_job(file) for file in sql_files("facts"))


def mart_jobs() -> list[Job]:
    """The jobs that fill schema `marts` and the calendar `meta.periods` from `facts` and `meta`.

    The catalog `derived` must be attached; it gets what several marts need and the version does not.
    """
    return _longest_first(
        [
            Job("derived.claimed_tasks", ("facts.claims", "facts.stewards"), write_claimed_tasks),
            Job("meta.periods", ("meta.rules", *_FIRST_EVENTS), _write_periods),
            Job("meta.period_months", ("meta.periods",), _write_period_months),
            *(_table_job(file) for file in sql_files("marts")),
            Job("marts.loop_times", _LOOP_TIMES_NEED, write_loop_times),
            Job("marts.task_spots", ("facts.tasks",), write_task_spots),
            Job("marts.frames", ("facts.stewards", "marts.steward_months", "meta.periods"), write_frames),
            Job("marts.unit_stability", ("meta.rules", "marts.unit_people"), write_unit_stability),
        ]
    )


def check_jobs() -> list[Job]:
    """The jobs that write `meta.findings` from facts, staged records and `meta`."""
    settings = ("meta.findings", "meta.rules")
    codes = (*settings, "facts.stewards", "facts.units", "facts.areas")
    return [
        Job("meta.findings", (), _create_findings),
        *(_check_job(file) for file in sql_files("checks", _CHECK_HEADERS)),
        Job("checks.steward_code_mismatch", codes, find_code_mismatches),
        Job("checks.coordinate_offset", (*settings, "facts.checkins", "facts.areas"), find_shifts),
    ]


def run_facts(con: Connection) -> list[Step]:
    """Fill schema `facts` from tables that all stand already; raises duckdb.Error."""
    return run_in_order(con, fact_jobs())


def run_marts(con: Connection) -> list[Step]:
    """Fill schema `marts` from facts that all stand already; raises duckdb.Error."""
    con.execute("ATTACH IF NOT EXISTS ':memory:' AS derived")
    return run_in_order(con, mart_jobs())


def run_checks(con: Connection) -> list[Step]:
    """Write `meta.findings` from tables that all stand already; raises duckdb.Error."""
    return run_in_order(con, check_jobs())


def _table_job(file: SqlFile) -> Job:
    return Job(file.table, file.needs, lambda con: con.execute(f"CREATE TABLE {file.table} AS {file.select}"))


def _check_job(file: SqlFile) -> Job:
    # A check of several exports names the export in each row, the others in the header.
    export = file.headers["export"]
    shown = "export" if export == "(column)" else f"'{export}'"
    statement = (
        f"INSERT INTO meta.findings SELECT '{file.name}', '{file.headers['severity']}', {shown}, key, message "
        f"FROM ({file.select}\n) AS found"
    )
    return Job(file.table, ("meta.findings", *file.needs), lambda con: con.execute(statement))


def _longest_first(jobs: Iterable[Job]) -> list[Job]:
    return sorted(jobs, key=lambda job: _LONGEST.index(job.name) if job.name in _LONGEST else len(_LONGEST))


def _write_periods(con: Connection) -> None:
    """`meta.periods`: every month, quarter and year with data, and `all`.

    roster_day is the last day of the period, of a running one the day of data until; is_last marks the
    periods that hold data until.
    """
    data_until = con.execute("SELECT data_until FROM meta.rules").fetchall()[0][0].date()
    firsts = " UNION ALL ".join(
        f"SELECT CAST(min({column}) AS DATE) AS day FROM {table}" for table, column in _FIRST_EVENTS.items()
    )
    first = con.execute(f"SELECT min(day) FROM ({firsts}) AS firsts").fetchall()[0][0] or data_until
    first = max(min(first, data_until), data_until - _LONGEST_CALENDAR)
    found = [period for grain in MONTHS_OF for period in periods_between(grain, first, data_until)]
    months = [period for period in found if period.grain == "month"]
    spans = [(str(period.grain), period.start, period.end) for period in found]
    spans.append(("all", months[0].start, months[-1].end))
    columns: Columns = {
        "period_no": ("INTEGER", range(len(spans))),
        "grain": ("VARCHAR", [grain for grain, _, _ in spans]),
        "first_day": ("DATE", [start for _, start, _ in spans]),
        "last_day": ("DATE", [end for _, _, end in spans]),
        "roster_day": ("DATE", [min(end, data_until) for _, _, end in spans]),
        "is_last": ("BOOLEAN", [end >= data_until for _, _, end in spans]),
    }
    write_table(con, "meta.periods", columns)


def _write_period_months(con: Connection) -> None:
    con.execute(
        "CREATE TABLE meta.period_months AS SELECT p.period_no, p.grain, m.first_day AS month, p.roster_day "
        "FROM meta.periods AS p JOIN meta.periods AS m "
        "ON m.grain = 'month' AND m.first_day >= p.first_day AND m.first_day <= p.last_day"
    )


def _create_findings(con: Connection) -> None:
    con.execute(
        'CREATE TABLE meta.findings ("check" VARCHAR, severity VARCHAR, export VARCHAR, key VARCHAR, message VARCHAR)'
    )
