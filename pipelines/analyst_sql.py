"""Read-only SQL for analysts: one statement, in a child process that the parent ends when it takes too much."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.analyst_child import Answer, Task
from pipelines.faults import (
    SqlBusy,
    SqlEmpty,
    SqlFailed,
    SqlNoAccess,
    SqlNotReading,
    SqlSeveral,
    SqlTooLarge,
    SqlTooLong,
    SqlTooMuchMemory,
)
from pipelines.versions import Version

# More at once would take the machine from those who only look.
_AT_ONCE = threading.BoundedSemaphore(2)
_LONGEST_STATEMENT = 20_000


@dataclass(frozen=True)
class SqlLimits:
    """Wall seconds, megabytes of address space, rows, and bytes of the answer."""

    seconds: int = 10
    memory: int = 2_048
    rows: int = 10_000
    bytes: int = 20_000_000


@dataclass(frozen=True)
class SqlAnswer:
    """The rows of a statement; `more` when the limit cut them."""

    frame: pd.DataFrame
    types: dict[str, str]
    more: bool


def run_sql(version: Version, statement: str, limits: SqlLimits | None = None) -> SqlAnswer:
    """Runs one SELECT on the public file of a version; the private file is never opened.

    Raises a Sql… fault (InputFault or SurroundingsFault) that says what was refused.
    """
    limits = limits or SqlLimits()
    text = statement.strip()
    if not text:
        raise SqlEmpty
    if len(text) > _LONGEST_STATEMENT:
        raise SqlFailed(f"语句超过 {_LONGEST_STATEMENT:,} 个字符")
    if not _AT_ONCE.acquire(timeout=limits.seconds):
        raise SqlBusy
    try:
        answer = _asked(version, text, limits)
    finally:
        _AT_ONCE.release()
    _refuse(answer, limits)
    return _framed(answer)


def _asked(version: Version, statement: str, limits: SqlLimits) -> Answer:
    task: Task = {
        "path": str(version.public_path), "statement": statement, "rows": limits.rows, "seconds": limits.seconds,
        "memory": limits.memory, "bytes": limits.bytes,
    }  # fmt: skip
    with (
        tempfile.TemporaryDirectory() as empty,
        subprocess.Popen(
            [sys.executable, "-P", "-m", "pipelines.analyst_child"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=empty,
            env=_environment(), start_new_session=True,
        ) as child,
    ):  # fmt: skip
        try:
            output, _nothing = child.communicate(json.dumps(task).encode(), timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            raise SqlTooLong(limits.seconds) from None
        finally:
            child.kill()
    if child.returncode or not output:
        # Killed by the system's limits, or no room even for an answer.
        raise SqlTooMuchMemory(limits.memory)
    answer: Answer = json.loads(output)
    return answer


def _environment() -> dict[str, str]:
    """What the child may know: where the code is; no token, no path of the warehouse, no home."""
    kept = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ
    }
    code = str(Path(__file__).parents[1])
    return kept | {"PYTHONPATH": code, "PYTHONIOENCODING": "utf-8", "MALLOC_ARENA_MAX": "2"}


def _refuse(answer: Answer, limits: SqlLimits) -> None:
    refusal, message = answer.get("refusal"), answer.get("message", "")
    if refusal == "several":
        raise SqlSeveral(message)
    if refusal == "not_select":
        raise SqlNotReading(message)
    if refusal == "access":
        raise SqlNoAccess
    if refusal == "memory":
        raise SqlTooMuchMemory(limits.memory)
    if refusal == "too_large":
        raise SqlTooLarge(limits.bytes)
    if refusal == "failed":
        raise SqlFailed(message)


def _framed(answer: Answer) -> SqlAnswer:
    columns = _distinct([name for name, _kind in answer["columns"]])
    values: dict[str, list[Any]] = {
        name: [row[place] for row in answer["rows"]] for place, name in enumerate(columns)
    }
    types = {name: kind for name, (_old, kind) in zip(columns, answer["columns"], strict=True)}
    frame = pd.DataFrame(
        {name: pd.Series(column, dtype=object) for name, column in values.items()}, columns=columns
    )
    return SqlAnswer(frame, types, answer["more"])


def _distinct(names: list[str]) -> list[str]:
    """Two columns of one name get numbers."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return found
