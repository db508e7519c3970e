"""The SQL of facts, marts and checks stays in the subset that every engine understands, and in its house style."""

import re

import pytest
import sqlglot
from sqlglot import exp
from sqlglot.tokens import TokenType

from pipelines.sql_files import SqlFile, sql_files

FOLDERS = {
    "facts": ("grain", "needs"),
    "marts": ("grain", "needs"),
    "checks": ("severity", "export", "needs"),
}
FILES = [file for folder, headers in FOLDERS.items() for file in sql_files(folder, headers)]
LONGEST = 60

# What DuckDB, Spark and the SQL standard all have.
FUNCTIONS = {
    "abs", "and", "array_agg", "cast", "case", "coalesce", "count", "epoch", "floor", "grouping", "if", "lag",
    "lead", "max", "min", "or", "row_number", "sum", "time_to_unix", "timestamp_trunc",
    "date_trunc", "trim",
}  # fmt: skip
FORBIDDEN = (exp.Qualify, exp.Pivot, exp.Limit, exp.Bracket, exp.Lambda, exp.Unnest, exp.TryCast)


@pytest.fixture(params=FILES, ids=lambda file: file.table)
def file(request: pytest.FixtureRequest) -> SqlFile:
    found: SqlFile = request.param
    return found


def tree(file: SqlFile) -> exp.Expression:
    return sqlglot.parse_one(file.select, dialect="duckdb")


def test_there_are_files_of_every_folder() -> None:
    assert {file.folder for file in FILES} == set(FOLDERS)
    assert len(FILES) > 50


def test_one_select_of_at_most_sixty_lines(file: SqlFile) -> None:
    statements = [statement for statement in sqlglot.parse(file.select, dialect="duckdb") if statement]
    assert len(statements) == 1
    assert isinstance(statements[0], exp.Query)
    assert len(file.select.splitlines()) <= LONGEST
    assert all(len(line) <= 120 for line in file.select.splitlines() if not line.startswith("-- needs:"))


def test_needs_are_the_tables_that_are_read(file: SqlFile) -> None:
    read = {f"{table.db}.{table.name}" for table in tree(file).find_all(exp.Table) if table.db}
    own = {cte.alias for cte in tree(file).find_all(exp.CTE)}
    assert own >= {table.name for table in tree(file).find_all(exp.Table) if not table.db}
    assert read == set(file.needs)


def test_every_alias_is_written_with_as(file: SqlFile) -> None:
    found = tree(file)
    aliases = sum(1 for node in found.find_all(exp.Alias))
    aliases += sum(1 for node in found.find_all(exp.TableAlias) if node.this is not None)
    casts = sum(1 for _ in found.find_all(exp.Cast))
    # DATE '2023-01-01' is a cast without AS.
    typed = len(re.findall(r"\b(?:DATE|TIMESTAMP) '", file.select))
    tokens = sqlglot.tokenize(file.select, dialect="duckdb")
    written = sum(1 for token in tokens if token.token_type == TokenType.ALIAS)
    assert written == aliases + casts - typed


def test_only_portable_syntax(file: SqlFile) -> None:
    found = tree(file)
    for node in found.walk():
        assert not isinstance(node, FORBIDDEN), node.sql()
        if isinstance(node, exp.Star):
            assert isinstance(node.parent, exp.Count), "a star hides what a table has"
        if isinstance(node, exp.Func):
            name = node.name if isinstance(node, exp.Anonymous) else node.sql_name()
            assert name.lower() in FUNCTIONS, node.sql()
        if isinstance(node, exp.Literal) and not node.is_string and "." in node.this:
            assert "e" in node.this, "a float is written with an exponent"
    assert "::" not in file.select


def test_another_engine_reads_it(file: SqlFile) -> None:
    spark = tree(file).sql(dialect="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)
    assert sqlglot.parse_one(spark, dialect="spark")
