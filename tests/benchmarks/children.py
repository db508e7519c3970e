"""Measurements in processes of their own.

A task is a function `tests.benchmarks.<module>:<name>` of JSON arguments that returns a JSON object. Run as a script,
this module is the child; `run` is how a parent asks for it.
"""

import importlib
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_STATUS = Path("/proc/self/status")


@dataclass
class Clock:
    """Wall seconds and CPU seconds (all threads) of what ran inside `timed`."""

    wall: float = 0.0
    cpu: float = 0.0


@dataclass(frozen=True)
class Used:
    """What a task used.

    `wall` and `cpu` seconds of the part that the task itself timed; `command` wall seconds of the whole process with
    its imports; `peak` bytes of resident memory; `result` whatever else the task told.
    """

    wall: float
    cpu: float
    command: float
    peak: int
    result: dict[str, Any] = field(default_factory=dict)


@contextmanager
def timed() -> Iterator[Clock]:
    """Time a part of a task."""
    clock = Clock()
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        yield clock
    finally:
        clock.wall, clock.cpu = time.perf_counter() - wall, time.process_time() - cpu


def run(task: str, *arguments: object) -> Used:
    """Run `<module>:<name>` of this package in a child and wait. Raises CalledProcessError when it fails."""
    command = [sys.executable, "-m", "tests.benchmarks.children", task, json.dumps(arguments)]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    seconds = time.perf_counter() - start
    told = json.loads(done.stdout.splitlines()[-1])
    return Used(told.pop("wall", 0.0), told.pop("cpu", 0.0), seconds, told.pop("peak"), told)


def peak_bytes() -> int:
    """The most memory that this process ever held."""
    if _STATUS.is_file():
        # ru_maxrss would do, but on Linux a child inherits it from a parent that is larger than itself.
        lines = dict(line.split(":", 1) for line in _STATUS.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _child(task: str, arguments: list[Any]) -> None:
    module, name = task.split(":")
    told = getattr(importlib.import_module(f"tests.benchmarks.{module}"), name)(*arguments)
    print(json.dumps({**told, "peak": peak_bytes()}))


if __name__ == "__main__":
    _child(sys.argv[1], json.loads(sys.argv[2]))
