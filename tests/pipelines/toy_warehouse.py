"""A toy build: two tables that must agree, and one name. Run as a script it builds in a process of its own."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from pipelines.draft import Draft
from pipelines.faults import Fault
from pipelines.versions import Version
from pipelines.warehouse import Warehouse

# Every call by which a publish leaves a trace on the disk outside DuckDB and SQLite.
TRACES = ("fsync", "rename", "replace", "chmod", "unlink", "mkdir", "ftruncate")


def write_draft(draft: Draft, number: int) -> None:
    """Fill both files; `number` stands in every row, so that a torn version shows."""
    with duckdb.connect(str(draft.public_path)) as public:
        public.execute("CREATE SCHEMA facts")
        public.execute(f"CREATE TABLE facts.claims AS SELECT {number} AS number FROM range(3000)")
        public.execute(f"CREATE TABLE facts.points AS SELECT {number} AS number FROM range(2000)")
    with duckdb.connect(str(draft.private_path)) as private:
        private.execute(f"CREATE TABLE stewards AS SELECT '王{number}' AS name")


def build(warehouse: Warehouse, number: int = 1) -> Version:
    with warehouse.building() as draft:
        write_draft(draft, number)
        return draft.publish({"records": number, "rejected": 0, "data_until": "2023-12-31"})


def numbers(connection: duckdb.DuckDBPyConnection) -> tuple[int, ...]:
    """(number, number, 3000, 2000) of a whole version."""
    row = connection.execute(
        "SELECT (SELECT max(number) FROM facts.claims), (SELECT min(number) FROM facts.points),"
        " (SELECT count(*) FROM facts.claims), (SELECT count(*) FROM facts.points)"
    ).fetchone()
    assert row is not None
    return row


def served(warehouse: Warehouse) -> int:
    """The number of the current version, read from its file and proven whole."""
    with warehouse.open() as connection:
        first, second, claims, points = numbers(connection)
    assert (first, claims, points) == (second, 3000, 2000)
    return first


@contextmanager
def before_trace(step: int, act: Callable[[], None]) -> Iterator[list[str]]:
    """Call `act` right before the `step`-th trace on the disk (from 1); yields the traces seen."""
    seen: list[str] = []

    def traced(name: str, original: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            seen.append(name)
            if len(seen) == step:
                act()
            return original(*args, **options)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in TRACES:
            patch.setattr(os, name, traced(name, getattr(os, name)))
        yield seen


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def toy(task: str, root: Path, number: int = 0) -> subprocess.Popen[str]:
    """Do a task of `main` in a process of its own."""
    return subprocess.Popen(
        [sys.executable, __file__, task, str(root), str(number)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def main(task: str, root: str, number: int) -> None:
    warehouse = Warehouse(Path(root), keep=3)
    match task:
        case "build-forever":
            while True:
                number += 1
                build(warehouse, number)
        case "die-at":
            with warehouse.building() as draft:
                write_draft(draft, 2)
                with before_trace(number, die):
                    draft.publish({"records": 2})
        case "hold":
            with warehouse.building():
                print("holding", flush=True)
                sys.stdin.read()
        case "small-files":
            resource.setrlimit(resource.RLIMIT_FSIZE, (number, number))
            build(warehouse, 2)
        case "read-until-end":
            seen: set[int] = set()
            print("reading", flush=True)
            while 20 not in seen:
                seen.add(served(warehouse))
            print(len(seen), flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    except Fault as fault:
        print(fault, file=sys.stderr)
        sys.exit(fault.exit_code)
