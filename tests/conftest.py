"""What all tests share: how long properties may take, options, and folders that are made once for all workers."""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from pipelines.sample import write_sample
from tests.commands import command

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests" / "tiny_district"

# A deadline measures the machine, not the code.
settings.register_profile("board", deadline=None)
settings.load_profile("board")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all-kills", action="store_true", help="50 random kills of a build instead of 5")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep each xdist_group on one worker.

    pytest-xdist 3.8 writes the group into an attribute that pytest 9.2 reads no longer, and then spreads the
    group over all workers: one browser and one sample at full size for each of them.
    """
    if not config.getoption("loadgroup", False):
        return
    for item in items:
        group = "_".join(sorted({str(mark.args[0]) for mark in item.iter_markers("xdist_group")}))
        if group and not item.nodeid.endswith(f"@{group}"):
            item._id = item.id.parse(f"{item.nodeid}@{group}")


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[..., Path]:
    """`made_once(name, make)`: a folder that `make(folder)` fills, once for all workers; nobody may change it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def once(name: str, make: Callable[[Path], object]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.lockf(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                make(folder)
                done.touch()
        return folder

    return once


@pytest.fixture(scope="session")
def tiny_warehouse(made_once: Callable[..., Path]) -> Path:
    """A warehouse of the tiny district; only to be read."""
    return made_once(
        "tiny-warehouse",
        lambda folder: command(
            "build", TINY / "exports", "--warehouse", folder, "--district", TINY / "district.toml"
        ).done(),
    )


@pytest.fixture(scope="session")
def full_sample(made_once: Callable[..., Path]) -> Path:
    """The exports of the sample district at full size; only to be read."""
    return made_once("full-sample", write_sample)


@pytest.fixture(scope="session")
def full_warehouse(made_once: Callable[..., Path], full_sample: Path) -> Path:
    """A warehouse of the sample district at full size; only to be read."""
    return made_once(
        "full-warehouse",
        lambda folder: command(
            "build", full_sample, "--warehouse", folder, "--district", full_sample / "district.toml"
        ).done(),
    )
