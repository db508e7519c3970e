"""A board of our own, served by a second process while pictures are taken.

Streamlit's server exists once a process, and pictures are also taken from within a running board.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.faults import PicturesFailed

_PROGRAM = "from dashboard.command import main; main()"
_LAST_SECONDS = 10


@contextmanager
def own_board(warehouse: Path) -> Iterator[str]:
    """The address (without slash at its end) of a board over the warehouse, on a free port of this machine."""
    command = [
        sys.executable,
        "-c",
        _PROGRAM,
        "serve",
        "--warehouse",
        str(warehouse.absolute()),
        "--port",
        "0",
    ]
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, encoding="utf-8"
        ) as process,
    ):
        try:
            announced = process.stdout.readline() if process.stdout else ""
            found = re.search(r"http://[\w.:\[\]]+", announced)
            if found is None:
                process.wait(_LAST_SECONDS)
                log.seek(0)
                said = log.read().decode("utf-8", "replace").strip().splitlines()
                raise PicturesFailed(f"看板没有启动（{said[-1] if said else '没有说明原因'}）")
            yield found[0]
        finally:
            process.terminate()
