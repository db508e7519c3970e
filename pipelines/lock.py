"""One builder per warehouse: a lock of the operating system that dies with its process."""

import errno
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from pipelines.disk import refusals_as_faults
from pipelines.faults import BuildRunning

if sys.platform == "win32":
    import msvcrt

    # Windows locks forbid reading as well, so the locked byte lies behind the note on the holder.
    _LOCKED_BYTE = 1 << 20

    def _lock(file: BinaryIO) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        # Not flock: children forked for a build would inherit it and keep it after their parent's death.
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


# A lock of the process does not part its threads, and closing the file anywhere in the process gives
# the lock away: so the process remembers which ones it holds and never opens those again.
_held: dict[Path, str] = {}
_guard = threading.Lock()


@contextmanager
def builder_lock(path: Path) -> Iterator[None]:
    """Hold the lock file of a warehouse for the block, or raise BuildRunning at once."""
    key = path.parent.resolve() / path.name
    with _guard:
        if key in _held:
            raise BuildRunning(path.parent, _held[key])
        with refusals_as_faults(path):
            file = _acquire(path)
        _held[key] = _note()
    try:
        yield
    finally:
        with _guard:
            file.close()
            del _held[key]


def _acquire(path: Path) -> BinaryIO:
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "rb+", buffering=0)
    try:
        try:
            _lock(file)
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                raise
            file.seek(0)
            raise BuildRunning(path.parent, file.read(200).decode("utf-8", "replace").strip()) from error
        file.truncate(0)
        file.seek(0)
        file.write(_note().encode())
    except BaseException:
        file.close()
        raise
    return file


def _note() -> str:
    return f"进程 {os.getpid()}，始于 {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"
