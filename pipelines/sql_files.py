"""The SQL files of facts, marts and checks, and running what depends on one another side by side.

A file holds header comments and one SELECT. `-- needs:` names the tables it reads; tables that other files
of the run make come first, everything else (staged, derived, meta) must stand already.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from heapq import heappop, heappush
from importlib.resources import files

import duckdb

Connection = duckdb.DuckDBPyConnection

# DuckDB splits one statement among all cores, but a small one keeps only one of them busy.
_AT_ONCE = 4


class SqlHeaderError(ValueError):
    """A SQL file without the header comments it must have; a fault of the program, not of its user."""


@dataclass(frozen=True)
class SqlFile:
    """One file: `headers` are its comments `-- key: value`, `select` its whole text."""

    folder: str
    name: str
    headers: dict[str, str]
    select: str

    @property
    def table(self) -> str:
        """Schema and name of what the file makes: facts.tasks."""
        return f"{self.folder}.{self.name}"

    @property
    def needs(self) -> tuple[str, ...]:
        """The tables that the file reads."""
        return tuple(name.strip() for name in self.headers["needs"].split(","))


@dataclass(frozen=True)
class Job:
    """Something to run once the jobs that make the tables it `needs` are done."""

    name: str
    needs: tuple[str, ...]
    run: Callable[[Connection], object]


@dataclass(frozen=True)
class Step:
    """How long a job took, in seconds from its start to its end."""

    name: str
    seconds: float


@cache
def sql_files(folder: str, required: tuple[str, ...] = ("grain", "needs")) -> tuple[SqlFile, ...]:
    """All files of `pipelines/sql/<folder>` by name. Raises SqlHeaderError when a header is missing."""
    found = []
    for entry in sorted((files("pipelines") / "sql" / folder).iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".sql"):
            file = _parse(folder, entry.name.removesuffix(".sql"), entry.read_text("utf-8"))
            for header in required:
                if not file.headers.get(header):
                    raise SqlHeaderError(f"{file.table}: no header comment '-- {header}:'")
            found.append(file)
    return tuple(found)


def _parse(folder: str, name: str, text: str) -> SqlFile:
    headers = {}
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        key, colon, value = line.removeprefix("--").strip().partition(": ")
        if colon and key.isidentifier():
            headers[key] = value.strip()
    return SqlFile(folder, name, headers, text)


def run_in_order(con: Connection, jobs: Sequence[Job], *, catalog: str | None = None) -> list[Step]:
    """Run each job with a cursor of its own as soon as the jobs it needs are done, earlier ones first.

    A cursor begins in `catalog`, an attached database. Several jobs run at once, so a job must keep to tables of its own, and no transaction may be open. The
    first error stops the rest and is raised.
    """
    by_name = {job.name: job for job in jobs}
    order = TopologicalSorter({job.name: [name for name in job.needs if name in by_name] for job in jobs})
    order.prepare()
    place = {name: number for number, name in enumerate(by_name)}
    steps: list[Step] = []

    def timed(job: Job) -> None:
        start = time.perf_counter()
        with con.cursor() as cursor:
            if catalog is not None:
                cursor.execute(f"USE {catalog}")
            job.run(cursor)
        steps.append(Step(job.name, time.perf_counter() - start))

    with ThreadPoolExecutor(_AT_ONCE) as threads:
        running: dict[Future[None], str] = {}
        ready: list[tuple[int, str]] = []
        try:
            while order.is_active():
                for name in order.get_ready():
                    heappush(ready, (place[name], name))
                while ready and len(running) < _AT_ONCE:
                    name = heappop(ready)[1]
                    running[threads.submit(timed, by_name[name])] = name
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    future.result()
                    order.done(running.pop(future))
        finally:
            for future in running:
                future.cancel()
    return steps
