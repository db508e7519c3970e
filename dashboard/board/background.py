"""Work that goes on beside the session that asked for it, and outlives its tab."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pipelines.faults import Fault

Result = TypeVar("Result")
# How often whoever waits looks.
POLL_SECONDS = 0.2


@dataclass(kw_only=True)
class Background(Generic[Result]):
    """Work in a thread of its own, or its end."""

    future: Future[Result] = field(default_factory=Future)

    def begin(self, name: str, work: Callable[[], Result]) -> None:
        """Do the work in a thread of that name."""
        pool = ThreadPoolExecutor(1, name)
        self.future = pool.submit(work)
        pool.shutdown(wait=False)

    @property
    def is_running(self) -> bool:
        """Whether the end is still to come."""
        return not self.future.done()

    @property
    def result(self) -> Result | None:
        """What the work gave; None while it goes on or when it failed."""
        return self.future.result() if self.future.done() and not self.future.exception() else None

    @property
    def fault(self) -> str:
        """Why it failed; only faults are sentences, anything else is an error of ours and is raised."""
        error = self.future.exception() if self.future.done() else None
        if error is not None and not isinstance(error, Fault):
            raise error
        return str(error) if error else ""
