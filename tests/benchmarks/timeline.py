"""Where a build spends its time and memory: every job with its wall and CPU seconds, and what bounds them."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.children import timed

_STATM = Path("/proc/self/statm")
_PAGE = 4096
_INTERVAL = 0.02


@dataclass(frozen=True)
class JobTime:
    """A job of the build: its graph, the jobs of that graph it waited for, seconds from the build's start, and used."""

    name: str
    graph: int
    needs: list[str]
    start: float
    wall: float
    cpu: float


@dataclass
class Peak:
    """The most resident memory seen, when that was and which jobs were running."""

    bytes: int = 0
    at: float = 0.0
    jobs: list[str] = field(default_factory=list)


class _Watch:
    """Times every job that passes through `run_in_order`, and looks at the memory meanwhile."""

    def __init__(self) -> None:
        self.began = time.perf_counter()
        self.jobs: list[JobTime] = []
        self.running: list[str] = []
        self.graphs = 0
        self.peak = Peak()
        self.phases: list[tuple[str, float]] = []

    def elapsed(self) -> float:
        return time.perf_counter() - self.began

    def graph(self, jobs: Sequence[Any]) -> list[Any]:
        """The same jobs, timed; one graph ends before the next begins."""
        self.graphs += 1
        known = {job.name for job in jobs}
        return [self._job(job, self.graphs, known) for job in jobs]

    def _job(self, job: Any, graph: int, known: set[str]) -> Any:
        # A job runs on one thread, so the CPU time of its thread is its own.
        def run(con: Any) -> object:
            start, cpu = self.elapsed(), time.thread_time()
            self.running.append(job.name)
            try:
                return job.run(con)
            finally:
                self.running.remove(job.name)
                needs = [name for name in job.needs if name in known]
                used = time.thread_time() - cpu
                self.jobs.append(JobTime(job.name, graph, needs, start, self.elapsed() - start, used))

        return type(job)(job.name, job.needs, run)

    def progress(self, step: str, _done: int, _total: int) -> None:
        if not self.phases or self.phases[-1][0] != step:
            self.phases.append((step, self.elapsed()))

    @contextmanager
    def memory(self) -> Iterator[None]:
        """Look at the memory until the block is left."""
        done = threading.Event()

        def look() -> None:
            while not done.wait(_INTERVAL):
                held = int(_STATM.read_text().split()[1]) * _PAGE
                if held > self.peak.bytes:
                    self.peak = Peak(held, self.elapsed(), sorted(self.running))

        watcher = threading.Thread(target=look)
        if _STATM.is_file():
            watcher.start()
        try:
            yield
        finally:
            done.set()
            if watcher.ident:
                watcher.join()


def profile(inbox: str, warehouse: str) -> dict[str, Any]:
    """Build once with every job timed."""
    from pipelines import sql_files

    watch, inner = _Watch(), sql_files.run_in_order

    def run_watched(con: Any, jobs: Sequence[Any], *rest: Any, **options: Any) -> Any:
        return inner(con, watch.graph(jobs), *rest, **options)

    # Those who run jobs take the function by name when they are imported.
    sql_files.run_in_order = run_watched
    from pipelines.build import build
    from pipelines.warehouse import Warehouse

    watch.began = time.perf_counter()
    with timed() as clock, watch.memory():
        build(Path(inbox), Warehouse(Path(warehouse)), Path(inbox) / "district.toml", progress=watch.progress)
    jobs = [asdict(job) for job in watch.jobs]
    return vars(clock) | {"jobs": jobs, "phases": watch.phases, "most": asdict(watch.peak)}


def longest_chain(jobs: Sequence[JobTime]) -> list[JobTime]:
    """The jobs that waited for one another and together used the most CPU: more cores would not shorten them."""
    chains: list[JobTime] = []
    for graph in sorted({job.graph for job in jobs}):
        chains += _longest_chain([job for job in jobs if job.graph == graph])
    return chains


def _longest_chain(jobs: Sequence[JobTime]) -> list[JobTime]:
    best: dict[str, tuple[float, list[JobTime]]] = {}
    for job in sorted(jobs, key=lambda job: job.start):
        before = [best[name] for name in job.needs if name in best]
        seconds, chain = max(before, key=lambda found: found[0], default=(0.0, []))
        best[job.name] = (seconds + job.cpu, [*chain, job])
    return max(best.values(), key=lambda found: found[0])[1]
