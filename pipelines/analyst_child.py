"""The child process of `analyst_sql`: one statement on one public file under hard limits, then it ends.

Reads a task as JSON from standard input and writes one answer as JSON to standard output. DuckDB's own settings
hold access, not resources (`select range(1000000000)` took 20 GB under a memory_limit of 512 MB), so the system's
limits stand around them: address space, processor seconds, an alarm clock, and no byte into any file.
"""

import json
import signal
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Literal, TypedDict

import duckdb

if sys.platform != "win32":
    import resource

Refusal = Literal["several", "not_select", "failed", "memory", "access", "too_large"]
Connection = duckdb.DuckDBPyConnection

_MEGABYTE = 1 << 20
_CELL = 2_000
_MEMORY_WORDS = ("memory", "bad_alloc", "cannot allocate")
_ACCESS_WORDS = (
    "disabled by configuration",
    "external access",
    "permission error",
    "configuration has been locked",
)


class Task(TypedDict):
    """What the parent asks for; memory in megabytes, `bytes` limits the answer."""

    path: str
    statement: str
    rows: int
    seconds: int
    memory: int
    bytes: int


class Answer(TypedDict, total=False):
    """Columns as (name, type), rows of JSON values, and whether more rows were there; or a refusal."""

    columns: list[tuple[str, str]]
    rows: list[list[Any]]
    more: bool
    refusal: Refusal
    message: str


def main() -> None:
    """Reads the task, answers it, ends."""
    task: Task = json.load(sys.stdin)
    limit(task)
    try:
        answer = run(task)
    except MemoryError:
        answer = {"refusal": "memory"}
    text = json.dumps(answer, ensure_ascii=True, default=str)
    if len(text) > task["bytes"]:
        text = json.dumps({"refusal": "too_large"})
    sys.stdout.write(text)


def limit(task: Task) -> None:
    """The system's limits for this process; nothing can lift them again. On Windows only the parent's clock ends it."""
    if sys.platform == "win32":
        return
    space = task["memory"] * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    resource.setrlimit(resource.RLIMIT_CPU, (task["seconds"] * 2, task["seconds"] * 2 + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The parent may be gone before its clock rings.
    signal.alarm(task["seconds"] + 2)


def run(task: Task) -> Answer:
    """The rows of the statement, or why there are none."""
    try:
        with connected(task) as con:
            statements = con.extract_statements(task["statement"])
            if len(statements) != 1:
                return {"refusal": "several", "message": str(len(statements))}
            if statements[0].type != duckdb.StatementType.SELECT:
                return {"refusal": "not_select", "message": statements[0].type.name}
            return fetched(con, statements[0], task["rows"])
    except duckdb.Error as error:
        return refused(str(error))


def connected(task: Task) -> Connection:
    """The public file, read-only, without access to any other file and without a setting that could be changed."""
    return duckdb.connect(
        task["path"],
        config={
            "access_mode": "READ_ONLY",
            "enable_external_access": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "memory_limit": f"{task['memory'] // 3}MB",
            "threads": "2",
            "temp_directory": "",
            "lock_configuration": "true",
        },
    )


def fetched(con: Connection, statement: duckdb.Statement, rows: int) -> Answer:
    """At most `rows` rows; a statement is run as a relation, so that the limit reaches into it."""
    relation = con.sql(statement)
    columns = [(name, str(kind)) for name, kind in zip(relation.columns, relation.types, strict=True)]
    found = relation.limit(rows + 1).fetchall()
    return {
        "columns": columns,
        "rows": [[plain(value) for value in row] for row in found[:rows]],
        "more": len(found) > rows,
    }


def plain(value: object) -> object:
    """A value as JSON knows it; long texts are cut."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else str(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date | datetime | time | timedelta):
        return str(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _CELL else f"{text[:_CELL]}…"


def refused(message: str) -> Answer:
    """Which kind of refusal an error of DuckDB is."""
    lowered = message.lower()
    if any(words in lowered for words in _ACCESS_WORDS):
        return {"refusal": "access"}
    if any(words in lowered for words in _MEMORY_WORDS):
        return {"refusal": "memory"}
    return {"refusal": "failed", "message": message.splitlines()[0][:300]}


if __name__ == "__main__":
    main()
