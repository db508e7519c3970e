"""What a SQL file needs is made before it: a table that no job is named after comes with the job that writes it."""

import pytest

from pipelines.sql_files import SqlFile, sql_files
from pipelines.transform import check_jobs, fact_jobs, mart_jobs

FILES = [*sql_files("facts"), *sql_files("marts"), *sql_files("checks", ("severity", "export", "needs"))]
# Written together by the job meta.rules, on which the calendar waits too.
RULES = {"meta.satisfied", "meta.safe", "meta.unknown", "meta.class_targets", "meta.settings"}
AFTER_RULES = {"meta.rules", "meta.periods"}
# Jobs of the build itself.
OTHERS = {"meta.rules", "meta.unchecked_references", "derived.checkin_distance", "facts.boundaries"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.table)
def test_every_need_is_made_by_a_job_that_is_waited_for(file: SqlFile) -> None:
    made = {job.name for job in (*fact_jobs(), *mart_jobs(), *check_jobs())} | OTHERS
    for need in file.needs:
        if need in RULES:
            assert AFTER_RULES & set(file.needs), (
                f"{file.table} reads {need} and does not wait for meta.rules"
            )
        elif not need.startswith("staged."):
            assert need in made, f"{file.table} needs {need}, which no job makes"
