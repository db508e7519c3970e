"""From staged records to facts, from facts to marts, and the findings on both.

Every table is one SQL file of `sql/facts` or `sql/marts`, every check one of `sql/checks`; what SQL cannot
say in a portable way (the calendar, bootstrap, regular expressions, datums) is computed here.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.district import District
from pipelines.geo import coordinate_offset
from pipelines.periods import MONTHS_OF, periods_between
from pipelines.sql_files import Job, SqlFile, Step, run_in_order, sql_files
from pipelines.tiers import ledger_points, tier_standing

Connection = duckdb.DuckDBPyConnection

# They take the longest, so they begin first.
_LONGEST = ("facts.tasks", "facts.claims", "facts.points", "marts.loop_times", "marts.publications")
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
_PARTS_ZH = {"number": "号段", "unit": "单位", "grid": "网格", "building": "楼栋"}


def fact_jobs() -> list[Job]:
    """The jobs that fill schema `facts` from `staged`, `derived` and `meta`."""
    return _longest_first(_table_job(file) for file in sql_files("facts"))


def run_facts(con: Connection) -> list[Step]:
    """Fill schema `facts` from tables that all stand already; raises duckdb.Error."""
    return run_in_order(con, fact_jobs())


def run_marts(con: Connection) -> list[Step]:
    """Fill schema `marts` from `facts` and `meta`, and the calendar that they share; raises duckdb.Error.

    The catalog `derived` gets the macros that stand for what each database calls differently.
    """
    con.execute("ATTACH IF NOT EXISTS ':memory:' AS derived")
    con.execute("CREATE OR REPLACE MACRO derived.percentiles(x) AS quantile_cont(x, [0.1, 0.5, 0.9])")
    con.execute("CREATE OR REPLACE MACRO derived.nth(x, n) AS x[n]")
    _write_calendar(con)
    jobs = [_table_job(file) for file in sql_files("marts")]
    jobs.append(Job("marts.unit_stability", ("marts.unit_people",), _write_unit_stability))
    return run_in_order(con, _longest_first(jobs))


def run_checks(con: Connection) -> list[Step]:
    """Write `meta.findings` from facts, staged records and meta; raises duckdb.Error."""
    con.execute(
        'CREATE TABLE meta.findings ("check" VARCHAR, severity VARCHAR, export VARCHAR, key VARCHAR, message VARCHAR)'
    )
    jobs = [_check_job(file) for file in sql_files("checks", _CHECK_HEADERS)]
    jobs.append(Job("checks.steward_code_mismatch", (), _find_code_mismatches))
    jobs.append(Job("checks.coordinate_offset", (), _find_coordinate_offset))
    return run_in_order(con, jobs)


def _table_job(file: SqlFile) -> Job:
    return Job(file.table, file.needs, lambda con: con.execute(f"CREATE TABLE {file.table} AS {file.select}"))


def _check_job(file: SqlFile) -> Job:
    # A check of references names the export in each row, the others in the header.
    export = file.headers["export"]
    shown = "export" if export == "(column)" else f"'{export}'"
    statement = (
        f"INSERT INTO meta.findings SELECT '{file.name}', '{file.headers['severity']}', {shown}, key, message "
        f"FROM ({file.select}\n) AS found"
    )
    return Job(file.table, (), lambda con: con.execute(statement))


def _longest_first(jobs: Iterable[Job]) -> list[Job]:
    return sorted(jobs, key=lambda job: _LONGEST.index(job.name) if job.name in _LONGEST else len(_LONGEST))


def _write_calendar(con: Connection) -> None:
    """`meta.periods`: every month, quarter and year with data, and `all`; `meta.period_months`: their months.

    roster_day is the last day of the period, of a running one the day of data until; is_last marks the
    periods that hold data until.
    """
    data_until = _one_row(con, "SELECT data_until FROM meta.rules")[0].date()
    firsts = " UNION ALL ".join(
        f"SELECT CAST(min({column}) AS DATE) AS day FROM {table}" for table, column in _FIRST_EVENTS.items()
    )
    first = _one_row(con, f"SELECT min(day) FROM ({firsts}) AS firsts")[0] or data_until
    first = max(min(first, data_until), data_until - _LONGEST_CALENDAR)
    found = [period for grain in MONTHS_OF for period in periods_between(grain, first, data_until)]
    months = [period for period in found if period.grain == "month"]
    spans = [(str(period.grain), period.start, period.end) for period in found]
    spans.append(("all", months[0].start, months[-1].end))
    columns = {
        "period_no": pa.array(range(len(spans)), pa.int32()),
        "grain": pa.array([grain for grain, _, _ in spans], pa.string()),
        "first_day": pa.array([start for _, start, _ in spans], pa.date32()),
        "last_day": pa.array([end for _, _, end in spans], pa.date32()),
        "roster_day": pa.array([min(end, data_until) for _, _, end in spans], pa.date32()),
        "is_last": pa.array([end >= data_until for _, _, end in spans], pa.bool_()),
    }
    _write(con, "meta.periods", pa.table(columns))
    con.execute(
        "CREATE TABLE meta.period_months AS SELECT p.period_no, p.grain, m.first_day AS month, p.roster_day "
        "FROM meta.periods AS p JOIN meta.periods AS m "
        "ON m.grain = 'month' AND m.first_day >= p.first_day AND m.first_day <= p.last_day"
    )


def _write_unit_stability(con: Connection) -> None:
    """`marts.unit_stability`: how firmly each unit with people kept its tier, in quarters with score lines."""
    district = _district(con)
    rows = con.execute(
        "SELECT period_start, unit_no, earned FROM marts.unit_people WHERE grain = 'quarter' "
        "ORDER BY period_start, unit_no"
    ).fetchall()
    found: list[tuple[date, int, float, bool]] = []
    for (start, unit_no), people in groupby(rows, key=lambda row: (row[0], row[1])):
        lines = district.score_lines_on(start)
        if lines is not None:
            points = ledger_points(row[2] for row in people)
            standing = tier_standing(points, lines, district.ranking.near_line)
            found.append((start, unit_no, float(standing.stability), standing.near_line))
    columns = {
        "period_start": pa.array([row[0] for row in found], pa.date32()),
        "unit_no": pa.array([row[1] for row in found], pa.int32()),
        "stability": pa.array([row[2] for row in found], pa.float64()),
        "near_line": pa.array([row[3] for row in found], pa.bool_()),
    }
    _write(con, "marts.unit_stability", pa.table(columns))


def _find_code_mismatches(con: Connection) -> None:
    """Finding steward_code_mismatch: the code says another class, unit, grid or building than the roster."""
    settings = _district(con).stewards
    if settings.code_pattern is None:
        return
    rows = con.execute(
        "SELECT s.steward_id, CAST(s.steward_number AS VARCHAR), u.unit_id, g.area_code, s.building "
        "FROM facts.stewards AS s LEFT JOIN facts.units AS u ON u.unit_no = s.unit_no "
        "LEFT JOIN facts.areas AS g ON g.area_no = s.grid_no"
    ).fetchall()
    pattern, groups = re.compile(settings.code_pattern), settings.code_groups
    found: dict[tuple[str, str], None] = {}
    for steward_id, *roster in rows:
        for message in _mismatches(pattern, groups, steward_id, dict(zip(_PARTS_ZH, roster, strict=True))):
            found[steward_id, message] = None
    _add_findings(con, "steward_code_mismatch", "stewards", found)


def _mismatches(
    pattern: re.Pattern[str], groups: dict[str, int], steward_id: str, roster: dict[str, str | None]
) -> Iterator[str]:
    match = pattern.search(steward_id)
    if match is None:
        yield "编号不合编号规则"
        return
    for part, position in groups.items():
        said, known = match[position], roster[part]
        if said is not None and known is not None and said != known:
            yield f"编号中的{_PARTS_ZH[part]}是 {said}，名册上是 {known}"


def _find_coordinate_offset(con: Connection) -> None:
    """Finding coordinate_offset: the check-ins of a community lie beside its point by a constant shift."""
    datum = _district(con).checkins.datum
    # A shift of 100 m leaves half of the check-ins at least 70 m away; the others need no closer look.
    points = con.execute(
        "SELECT a.area_code, c.longitude, c.latitude, a.longitude AS point_longitude, a.latitude AS point_latitude "
        "FROM facts.checkins AS c JOIN facts.areas AS a ON a.area_no = c.community_no WHERE c.community_no IN ("
        "SELECT community_no FROM facts.checkins GROUP BY community_no "
        "HAVING percentile_cont(0.5) WITHIN GROUP (ORDER BY distance_m) >= 50)"
    ).df()
    found: dict[tuple[str, str], None] = {}
    for area_code, here in points.groupby("area_code"):
        offset = coordinate_offset(
            here["longitude"].to_numpy(),
            here["latitude"].to_numpy(),
            here["point_longitude"].to_numpy(),
            here["point_latitude"].to_numpy(),
            datum,
        )
        if offset is not None:
            likely = f"，像是 {offset.likely_datum} 坐标" if offset.likely_datum else ""
            message = (
                f"{offset.checkins} 次打卡整体偏离登记点 {offset.distance_m:.0f} 米"
                f"（向东 {offset.east_m:.0f}、向北 {offset.north_m:.0f}）{likely}"
            )
            found[str(area_code), message] = None
    _add_findings(con, "coordinate_offset", "areas", found)


def _add_findings(con: Connection, check: str, export: str, found: Iterable[tuple[str, str]]) -> None:
    rows = [(check, "warning", export, key, message) for key, message in found]
    if rows:
        con.executemany("INSERT INTO meta.findings VALUES (?, ?, ?, ?, ?)", rows)


def _district(con: Connection) -> District:
    return District.from_json(_one_row(con, "SELECT district_json FROM meta.settings")[0])


def _one_row(con: Connection, statement: str) -> tuple[Any, ...]:
    # Fetched whole: a connection does nothing else while a result is open.
    return con.execute(statement).fetchall()[0]


def _write(con: Connection, name: str, table: pa.Table) -> None:
    con.register("written", table)
    con.execute(f"CREATE TABLE {name} AS FROM written")
    con.unregister("written")
