"""Open an inbox: recognise every file, count its records, before anything is loaded."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import time as time_of_day
from pathlib import Path

import duckdb

from pipelines.faults import NothingToLoad, RefusedFile
from pipelines.inbox import find_exports
from pipelines.source_file import Recognised, recognise_file

# Called with a step's Chinese name, how much is done and how much there is.
Progress = Callable[[str, int, int], None]
# DuckDB's share of the memory, in bytes; the rest is Python's and the readers', 1 GB in all for one year of a district
# and 2 GB for ten times that. With the smaller share a large inbox takes a third longer, spilling what it staged.
_LEAST_MEMORY, _MOST_MEMORY = 700_000_000, 1_300_000_000


@dataclass
class Opened:
    """The files of an inbox: those recognised, in order of precedence, the refused, the ignored."""

    files: list[Recognised]
    refused: list[RefusedFile] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    @property
    def bytes(self) -> int:
        """The size of all files."""
        return sum(file.inbox.size for file in self.files)

    @property
    def named_until(self) -> datetime | None:
        """End of the day of the latest export date in the file names; None when none has a date."""
        days = [day for file in self.files if (day := file.inbox.export_date) is not None]
        return end_of_day(max(days)) if days else None


def end_of_day(day: date) -> datetime:
    """The last microsecond of a day."""
    return datetime.combine(day, time_of_day.max)


def silent(step: str, done: int, total: int) -> None:
    """No progress wanted."""


def open_inbox(roots: list[Path], *, but: Path | None = None, keep_going: bool = False) -> Opened:
    """Recognise every export of these folders, of which the first is the user's INBOX; `but` is left out.

    Raises RefusedFile at the first file that cannot be read or recognised, unless `keep_going`, which
    lists it instead; NothingToLoad when no file is left.
    """
    inbox = find_exports(*roots, but=but)
    if inbox.refused and not keep_going:
        raise inbox.refused[0]
    opened = Opened([], inbox.refused, inbox.ignored)
    for file in inbox.files:
        try:
            opened.files.append(recognise_file(file))
        except RefusedFile as refused:
            if not keep_going:
                raise
            opened.refused.append(refused)
    if not opened.files and not opened.refused:
        raise NothingToLoad(roots[0])
    return opened


@contextmanager
def scratch(beside: Path | None = None) -> Iterator[Path]:
    """A folder for clean copies and spilled data, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="building-", dir=beside) as name:
        yield Path(name)


def configure(con: duckdb.DuckDBPyConnection, workdir: Path, size: int = 0) -> None:
    """The settings of every loading connection: offline, spilling into `workdir`, memory bounded after the size of the
    files to load, in bytes."""
    con.execute("SET autoinstall_known_extensions = false")
    con.execute("SET autoload_known_extensions = false")
    con.execute(f"SET memory_limit = '{min(max(size, _LEAST_MEMORY), _MOST_MEMORY)}B'")
    con.execute("SET temp_directory = '" + str(workdir / "spill").replace("'", "''") + "'")
    # Jobs run side by side, each on one thread of its own: that costs a third less than sharing each
    # statement among all cores, and keeps the order of rows for nothing.
    con.execute("SET threads = 1")
    # One checkpoint when everything is written, not another in the middle of some job.
    con.execute("SET checkpoint_threshold = '1TB'")
    con.execute("SET enable_progress_bar = false")
    con.execute("SET TimeZone = 'Asia/Shanghai'")
