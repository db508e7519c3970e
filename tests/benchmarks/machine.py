"""The machine in the words of the report; nothing that names it."""

import os
import platform
from datetime import date
from importlib.metadata import version
from pathlib import Path

_CPUINFO, _MEMINFO = Path("/proc/cpuinfo"), Path("/proc/meminfo")


def describe() -> dict[str, str]:
    """What was measured on, and how busy it was before."""
    return {
        "Date": date.today().isoformat(),
        "Processor": f"{_entry(_CPUINFO, 'model name') or platform.processor()}, {cores()} cores",
        "Memory": _memory(),
        "Software": f"Python {platform.python_version()}, " + ", ".join(
            f"{name} {version(package)}"
            for name, package in (("DuckDB", "duckdb"), ("Streamlit", "streamlit"), ("pandas", "pandas"))
        ),
        "Load average at the start": " ".join(f"{load:.1f}" for load in os.getloadavg()),
    }  # fmt: skip


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _memory() -> str:
    kilobytes = _entry(_MEMINFO, "MemTotal").split()
    return f"{int(kilobytes[0]) / 2**20:.0f} GiB" if kilobytes else "unknown"


def _entry(path: Path, name: str) -> str:
    if not path.is_file():
        return ""
    lines = (line.partition(":") for line in path.read_text().splitlines())
    return next((value.strip() for key, _, value in lines if key.strip() == name), "")
