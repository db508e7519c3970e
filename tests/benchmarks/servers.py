"""Servers to be measured: the board as `steward serve` starts it, and the hello-world page as `streamlit run` does."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HELLO = Path(__file__).with_name("hello_world.py")
_PROC = Path("/proc")
_START_SECONDS = 60
_LISTENING_EVERY = 0.01


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, its process, and when that was started (seconds of the epoch)."""

    address: str
    pid: int
    started: float

    @property
    def cpu(self) -> float:
        """Seconds of CPU used so far by all its threads, those that ended included; NaN where nobody can tell."""
        try:
            fields = (_PROC / str(self.pid) / "stat").read_text().rpartition(")")[2].split()
        except FileNotFoundError:
            return float("nan")
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def memory(self) -> float:
        """The bytes of memory that it holds; NaN where nobody can tell."""
        return self._status("VmRSS")

    @property
    def peak(self) -> float:
        """The most that it ever held."""
        return self._status("VmHWM")

    def _status(self, name: str) -> float:
        try:
            lines = (_PROC / str(self.pid) / "status").read_text().splitlines()
        except FileNotFoundError:
            return float("nan")
        return float(next(line.split()[1] for line in lines if line.startswith(name))) * 1024


@contextmanager
def board(warehouse: str) -> Iterator[Server]:
    """`steward serve`, listening."""
    steward = str(Path(sys.executable).with_name("steward"))
    port = _free_port()
    with _started([steward, "serve", "--warehouse", warehouse, "--port", str(port)], port) as server:
        yield server


@contextmanager
def hello() -> Iterator[Server]:
    """The hello-world page with Streamlit's own settings, apart from those that open windows or ask the network."""
    port = _free_port()
    options = {
        "server.port": str(port),
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
        "logger.level": "warning",
    }
    given = [text for name, value in options.items() for text in (f"--{name}", value)]
    with _started([sys.executable, "-m", "streamlit", "run", str(HELLO), *given], port) as server:
        yield server


@contextmanager
def _started(command: list[str], port: int) -> Iterator[Server]:
    started = time.time()
    # Away from the checkout, whose settings file would be taken for that of the hello-world page.
    with subprocess.Popen(command, cwd=Path.home(), stdout=subprocess.DEVNULL) as process:
        try:
            while not _listens(port):
                if process.poll() is not None or time.time() - started > _START_SECONDS:
                    raise RuntimeError(f"{' '.join(command)} does not serve")
                time.sleep(_LISTENING_EVERY)
            yield Server(f"http://127.0.0.1:{port}", process.pid, started)
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0
