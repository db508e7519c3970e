"""What all tests share: how long properties may take, options, and folders that are made once for all workers."""

import fcntl
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadGroupScheduling

from pipelines.sample import write_sample
from tests.commands import command

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests" / "tiny_district"
LONGEST = (
    "browser/test_golden_screens.py",
    "browser/test_every_screen.py",
    "browser/test_layout.py",
    "browser/test_map_flows.py",
    "browser/test_upload.py",
    "dashboard/test_screen_explore.py",
    "browser/test_page_sheets.py",
    "pipelines/test_warehouse_kills.py",
    "browser/test_unit_flows.py",
    "pipelines/test_build_kills.py",
    "browser/test_languages_shown.py",
    "dashboard/test_meeting_agenda.py",
    "pipelines/test_build_same_data.py",
    "browser/test_meeting.py",
    "dashboard/test_command.py",
    "browser/test_monthly_report.py",
    "pipelines/test_build_faults.py",
)

# A deadline measures the machine, not the code.
settings.register_profile("board", deadline=None)
settings.load_profile("board")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all-kills", action="store_true", help="50 random kills of a build instead of 5")


def pytest_configure() -> None:
    """Lets commands that tests begin be interrupted, also when a script runs the tests in its background.

    A shell without job control has such a job ignore Ctrl+C, and what is ignored is inherited.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


class ByFile(LoadGroupScheduling):
    """One worker takes a whole file, or a group of them: what a file sets up and keeps is made once, not on each."""

    def _split_scope(self, nodeid: str) -> str:
        return str(super()._split_scope(nodeid)).split("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    return ByFile(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Names the xdist_group of each test, and lets the longest files begin.

    pytest-xdist 3.8 writes the group into an attribute that pytest 9.2 reads no longer, and then spreads the
    group over all workers: one browser and one sample at full size for each of them.
    """
    if not config.getoption("loadgroup", False):
        return
    for item in items:
        group = "_".join(sorted({str(mark.args[0]) for mark in item.iter_markers("xdist_group")}))
        if group and not item.nodeid.endswith(f"@{group}"):
            item._id = item.id.parse(f"{item.nodeid}@{group}")
    # A long file begun last would keep one worker busy alone.
    rank = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.relative_to(ROOT / "tests").as_posix(), len(rank)))


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
