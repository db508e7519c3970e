"""What a SQL file needs is made before it: every table that it names is a job of the build."""

import pytest

from pipelines.meta_tables import RULE_TABLES
from pipelines.sql_files import SqlFile, sql_files
from pipelines.transform import check_jobs, fact_jobs, mart_jobs

FILES = [*sql_files("facts"), *sql_files("marts"), *sql_files("checks", ("severity", "export", "needs"))]
# Jobs of the build itself; it adds one for each export (`staged.…`), too.
OF_THE_BUILD = {
    "meta.rules",
    "meta.unchecked_references",
    "derived.checkin_distance",
    "facts.boundaries",
    *RULE_TABLES,
}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.table)
def test_every_need_is_made_by_a_job_that_is_waited_for(file: SqlFile) -> None:
    made = {job.name for job in (*fact_jobs(), *mart_jobs(), *check_jobs())} | OF_THE_BUILD
    missing = {need for need in file.needs if not need.startswith("staged.")} - made
    assert not missing, f"{file.table} needs {missing}, which no job makes"
