"""Running jobs in the order of their needs, side by side."""

import threading
from importlib.resources import files
from pathlib import Path

import duckdb
import pytest

from pipelines.sql_files import Connection, Job, SqlHeaderError, run_in_order, sql_files
from pipelines.transform import fact_jobs, mart_jobs


@pytest.fixture
def con(tmp_path: Path) -> Connection:
    return duckdb.connect(str(tmp_path / "version.duckdb"))


def test_a_job_waits_for_what_it_needs(con: Connection) -> None:
    done: list[str] = []

    def job(name: str, *needs: str) -> Job:
        return Job(name, needs, lambda _: done.append(name))

    steps = run_in_order(
        con, [job("last", "middle", "other"), job("middle", "first"), job("other"), job("first")]
    )
    assert done.index("first") < done.index("middle") < done.index("last")
    assert done.index("other") < done.index("last")
    assert {step.name for step in steps} == {"first", "middle", "other", "last"}
    assert all(step.seconds >= 0 for step in steps)


def test_jobs_that_need_nothing_of_each_other_run_at_once(con: Connection) -> None:
    meeting = threading.Barrier(
        2, timeout=30
    )  # each waits for the other: one after the other would never end
    jobs = [Job(name, (), lambda _: meeting.wait()) for name in ("one", "two")]
    assert len(run_in_order(con, jobs)) == 2


def test_each_job_has_a_cursor_of_its_own(con: Connection) -> None:
    jobs = [
        Job(f"t{n}", (), lambda own, n=n: own.execute(f"CREATE TABLE t{n} AS SELECT {n} AS n"))
        for n in range(8)
    ]
    run_in_order(
        con, [*jobs, Job("all", tuple(f"t{n}" for n in range(8)), lambda own: own.execute("FROM t7"))]
    )
    assert con.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(8,)]


def test_the_first_error_is_raised_and_stops_the_rest(con: Connection) -> None:
    done: list[str] = []
    jobs = [
        Job("wrong", (), lambda own: own.execute("SELECT * FROM nowhere")),
        Job("after", ("wrong",), lambda _: done.append("after")),
    ]
    with pytest.raises(duckdb.CatalogException, match="nowhere"):
        run_in_order(con, jobs)
    assert not done


def test_needs_of_all_tables_are_met() -> None:
    made = {job.name for job in [*fact_jobs(), *mart_jobs()]}
    given = {
        "meta.rules",
        "meta.satisfied",
        "meta.safe",
        "meta.unknown",
        "meta.class_targets",
        "derived.checkin_distance",
    }
    for job in [*fact_jobs(), *mart_jobs()]:
        for name in job.needs:
            assert name in made | given or name.startswith("staged."), f"{job.name} needs {name}"


def test_a_file_without_its_headers_is_refused() -> None:
    assert len(sql_files("facts")) == len(list((files("pipelines") / "sql" / "facts").iterdir()))
    with pytest.raises(SqlHeaderError, match="severity"):
        sql_files("facts", ("severity",))
