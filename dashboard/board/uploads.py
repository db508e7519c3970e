"""Uploads: what a batch of dropped files would do, and its publishing, which outlives the tab that asked for it."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

import streamlit as st

from dashboard.board.background import POLL_SECONDS, Background
from dashboard.board.door import Serving
from pipelines.build import BuildResult
from pipelines.faults import Fault
from pipelines.upload_limits import MOST_BYTES, MOST_FILES
from pipelines.uploads import Batch, Verdict
from pipelines.warehouse import Warehouse

MOST_MEGABYTES = MOST_BYTES // 1_000_000
_LOOKED, _RUN, _ROUND = "upload_looked", "upload_run", "upload_round"
# A check loads everything into memory: one at a time is enough for one machine.
_checking = threading.Lock()


class Dropped(Protocol):
    """A file as the browser sent it."""

    file_id: str
    name: str

    def getvalue(self) -> bytes: ...


@dataclass(frozen=True)
class Looked:
    """A batch and what its check said; `fault` is the sentence of a check that could not be made."""

    ids: tuple[str, ...]
    batch: Batch | None = None
    verdict: Verdict | None = None
    fault: str = ""
    too_many: int = 0


@dataclass
class Run(Background[BuildResult]):
    """A publishing at work, or its end."""

    files: int
    step: str = ""
    done: int = 0
    total: int = 1

    @property
    def share(self) -> float:
        """How far it has come: reading is counted in files, what follows takes the rest of the bar."""
        reading = self.total > 1
        return 0.8 * self.done / self.total if reading or not self.step else 0.9


def round_number() -> int:
    """The how-manieth batch of this session: each gets a drop zone of its own, so that the old files leave the memory."""
    return int(st.session_state.get(_ROUND, 0))


def look(serving: Serving, dropped: Sequence[Dropped]) -> Looked:
    """What a build with these files would do; kept for as long as the same files lie in the drop zone."""
    # Another version may have begun to serve: then the sums of the check hold no longer.
    ids = (serving.version, *(file.file_id for file in dropped))
    known: Looked | None = st.session_state.get(_LOOKED)
    if known is not None and known.ids == ids:
        return known
    _put_aside()
    st.session_state.pop(_RUN, None)
    found = _looked(Path(serving.root), ids, dropped)
    st.session_state[_LOOKED] = found
    return found


def start(looked: Looked, who: str) -> None:
    """Begin to publish a batch; `follow` waits for its end."""
    batch = looked.batch
    if batch is None or looked.verdict is None or is_running():
        return
    run = Run(len(looked.verdict.accepted))
    st.session_state[_RUN] = run

    def report(step: str, done: int, total: int) -> None:
        run.step, run.done, run.total = step, done, total

    run.begin("publishing", partial(batch.publish, who, report))


def is_running() -> bool:
    """Whether a publishing that this session asked for is at work."""
    run = last_run()
    return run is not None and run.is_running


def follow(report: Callable[[str, float], None]) -> None:
    """Report step and share done until the publishing ends; a good end empties the drop zone."""
    run = last_run()
    if run is None:
        return
    while run.is_running:
        report(run.step, run.share)
        time.sleep(POLL_SECONDS)
    if run.result is not None:
        clear()


def last_run() -> Run | None:
    """The publishing that this session asked for last."""
    run: Run | None = st.session_state.get(_RUN)
    return run


def clear() -> None:
    """Forget the batch and offer an empty drop zone."""
    _put_aside()
    st.session_state[_ROUND] = round_number() + 1


def _put_aside() -> None:
    known: Looked | None = st.session_state.pop(_LOOKED, None)
    if known is not None and known.batch is not None:
        known.batch.discard()


def _looked(root: Path, ids: tuple[str, ...], dropped: Sequence[Dropped]) -> Looked:
    if len(dropped) > MOST_FILES:
        return Looked(ids, too_many=MOST_FILES)
    batch = Batch(Warehouse(root))
    try:
        with _checking:
            batch.stage([(file.name, file.getvalue()) for file in dropped])
            return Looked(ids, batch, batch.check())
    except Fault as fault:
        batch.discard()
        return Looked(ids, fault=str(fault))
