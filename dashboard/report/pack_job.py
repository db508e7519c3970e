"""The pack made beside the session that asked for it: one at a time, and readers go on reading meanwhile."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from zipfile import ZIP_DEFLATED, ZipFile

import streamlit as st

from dashboard.board.background import POLL_SECONDS, Background
from dashboard.board.door import Serving
from pipelines.periods import Period

STEPS = 4
_JOB = "report_job"
# A pack drives a browser and LibreOffice: one at a time is enough for one machine.
_packing = Lock()


@dataclass(frozen=True)
class Archive:
    """A finished pack: its name, the files in one archive, and sentences about what could not be made."""

    name: str
    content: bytes
    files: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass
class Job(Background[Archive]):
    """A pack at work, or its end; `made_of` is what it was made from."""

    made_of: tuple[str, ...]
    step: int = 0


def start(serving: Serving, month: Period, passages: tuple[str, ...]) -> None:
    """Begin a pack of the month; `follow` waits for its end."""
    job = Job(_made_of(serving, month, passages))
    st.session_state[_JOB] = job

    def told(_what: str) -> None:
        job.step += 1

    job.begin("report-pack", partial(_archive, Path(serving.root), month.key, told))


def job_of(serving: Serving, month: Period, passages: tuple[str, ...]) -> Job | None:
    """The pack that this session asked for, when it is of this month, version and text."""
    job: Job | None = st.session_state.get(_JOB)
    return job if job is not None and job.made_of == _made_of(serving, month, passages) else None


def follow(job: Job, report: Callable[[int, float], None]) -> None:
    """Report the step and the share done until the pack is there."""
    while job.is_running:
        report(job.step, min(0.95, job.step / (STEPS + 1)))
        time.sleep(POLL_SECONDS)


def _made_of(serving: Serving, month: Period, passages: tuple[str, ...]) -> tuple[str, ...]:
    return serving.version, month.key, *passages


def _archive(root: Path, month: str, told: Callable[[str], None]) -> Archive:
    # Writers of documents and the browser's driver take 22 MB of the server: they are imported when somebody packs.
    from dashboard.report.pack import write_pack

    with _packing, TemporaryDirectory() as folder:
        pack = write_pack(root, month, Path(folder), told)
        content = BytesIO()
        with ZipFile(content, "w", ZIP_DEFLATED) as archive:
            for path in pack.files:
                archive.write(path, path.name)
        return Archive(
            f"月报_{month}.zip", content.getvalue(), tuple(path.name for path in pack.files), pack.notes
        )
