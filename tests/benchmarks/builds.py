"""Sample districts and their builds, as the commands make them."""

import os
from pathlib import Path
from typing import Any

from tests.benchmarks.children import Clock, timed


def sample(out: str, scale: float) -> dict[str, Any]:
    """Write a sample district."""
    from pipelines.sample import write_sample

    with timed() as clock:
        write_sample(Path(out), scale=scale)
    files = list(Path(out).glob("*.csv"))
    return vars(clock) | {"files": len(files), "bytes": sum(file.stat().st_size for file in files)}


def build_command(inbox: str, warehouse: str) -> dict[str, Any]:
    """`python -m pipelines build`, with the time of `build()` inside it and the size of the version."""
    import pipelines.build as building

    inner = building.build
    clock = Clock()

    def build_timed(*arguments: Any, **options: Any) -> building.BuildResult:
        nonlocal clock
        with timed() as clock:
            return inner(*arguments, **options)

    # The command takes the function by name when it is imported.
    building.build = build_timed
    from pipelines.cli import app
    from pipelines.command_line import run

    settings = str(Path(inbox) / "district.toml")
    code = run(app, ["build", inbox, "--warehouse", warehouse, "--district", settings], "python -m pipelines")
    if code or not clock.wall:
        raise RuntimeError(f"the build ended with exit code {code}")
    return vars(clock) | _built(Path(warehouse))


def _built(folder: Path) -> dict[str, Any]:
    from pipelines.warehouse import Warehouse

    version = Warehouse(folder).current()
    size = version.public_path.stat().st_size + version.private_path.stat().st_size
    return {"version": version.id, "version_bytes": size, "records": version.summary["records"]}


def without_newest(inbox: Path, less: Path) -> None:
    """The same inbox without the largest of its newest monthly files; nothing is copied."""
    dated = [file for file in inbox.glob("*.csv") if file.stem[-8:].isdigit()]
    newest = max(file.stem[-8:] for file in dated)
    missing = max(
        (file for file in dated if file.stem.endswith(newest)), key=lambda file: file.stat().st_size
    )
    less.mkdir()
    for file in inbox.iterdir():
        if file != missing:
            os.link(file, less / file.name)
