"""Kills, full disks, two builders at once and readers during publishes."""

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import toy_warehouse
from toy_warehouse import before_trace, build, served, toy, write_draft

from pipelines.faults import BuildRunning, DiskFull
from pipelines.versions import Version
from pipelines.warehouse import Warehouse

KILLS = 20
AT_ONCE = 4


def assert_only_whole_versions(warehouse: Warehouse) -> None:
    """After the next build nothing is left but the three files of each kept version."""
    expected = {
        path.name
        for version in warehouse.versions()
        for path in (version.public_path, version.private_path, warehouse.folder.sidecar_path(version.id))
    }
    assert {path.name for path in warehouse.folder.versions.iterdir()} == expected
    assert {path.name for path in warehouse.root.iterdir()} == {
        "versions",
        "inbox",
        "CURRENT",
        "LOCK",
        "state.sqlite",
    }


def assert_serves(warehouse: Warehouse, *allowed: int) -> None:
    version = warehouse.current()
    assert version.fallback_reason is None
    assert served(warehouse) in allowed
    warehouse.open(private=True).close()


@pytest.fixture(scope="module")
def first_version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("first") / "warehouse"
    build(Warehouse(root), 1)
    return root


@pytest.fixture(scope="module")
def steps(first_version: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many traces a publish leaves on the disk."""
    root = tmp_path_factory.mktemp("counted") / "warehouse"
    shutil.copytree(first_version, root)
    with Warehouse(root).building() as draft:
        write_draft(draft, 2)
        with before_trace(0, toy_warehouse.die) as seen:
            draft.publish({})
    assert {"fsync", "rename", "replace", "chmod"} <= set(seen)
    return len(seen)


def test_killed_before_each_step_of_a_publish(first_version: Path, steps: int, tmp_path: Path) -> None:
    def kill_before(step: int) -> int:
        root = tmp_path / str(step)
        shutil.copytree(first_version, root)
        warehouse = Warehouse(root)
        with toy("die-at", root, step) as process:
            process.communicate()
        assert process.returncode == -signal.SIGKILL
        assert_serves(warehouse, 1, 2)
        number = served(warehouse)
        build(warehouse, 3)
        assert_serves(warehouse, 3)
        assert_only_whole_versions(warehouse)
        builds = [entry.version for entry in warehouse.state.audit() if entry.action == "build"]
        assert builds == [version.id for version in reversed(warehouse.versions())]
        return number

    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes = list(pool.map(kill_before, range(1, steps + 1)))
    assert outcomes == sorted(outcomes)  # the old version up to some step, from there on the new one
    assert set(outcomes) == {1, 2}


def test_killed_at_random_moments(tmp_path: Path) -> None:
    def kill_some(seed: int) -> int:
        chance = random.Random(seed)
        warehouse = Warehouse(tmp_path / str(seed), keep=3)
        highest = build(warehouse, 0).sequence
        killed_drafts = 0
        for _ in range(KILLS // AT_ONCE):
            before = served(warehouse)
            with toy("build-forever", warehouse.root, before) as process:
                give_up = time.monotonic() + 30
                while warehouse.current().sequence == highest and time.monotonic() < give_up:
                    time.sleep(0.005)
                time.sleep(chance.uniform(0, 0.25))
                process.kill()
                process.communicate()
            killed_drafts += any(".building" in rest for _, rest in warehouse.folder.files())
            assert_serves(warehouse, *range(before, before + 1000))
            assert warehouse.current().sequence > highest
            highest = warehouse.current().sequence
        build(warehouse, 9999)
        assert_serves(warehouse, 9999)
        assert_only_whole_versions(warehouse)
        return killed_drafts

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert sum(pool.map(kill_some, range(AT_ONCE))) > 0  # some were hit with a draft half written


def test_a_full_disk_at_each_step_of_a_publish(first_version: Path, steps: int, tmp_path: Path) -> None:
    # A device that is full at exactly the n-th step cannot be had, so the call itself is made to fail.
    def full() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    faults = 0
    for step in range(1, steps + 1):
        root = tmp_path / str(step)
        shutil.copytree(first_version, root)
        warehouse = Warehouse(root)
        published: Version | None = None
        try:
            with warehouse.building() as draft:
                write_draft(draft, 2)
                with before_trace(step, full):
                    published = draft.publish({})
        except DiskFull:
            assert_serves(warehouse, 1)
            assert_only_whole_versions(warehouse)
            faults += 1
        else:
            assert published is not None
            assert published.notices
            assert_serves(warehouse, 2)
    assert faults >= 10


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if not made or made.returncode != 0:
        pytest.skip("only an administrator can mount a tiny disk; the limit on file sizes is tested anyway")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_is_really_full(tiny_disk: Path) -> None:
    warehouse = Warehouse(tiny_disk / "warehouse")
    build(warehouse, 1)
    ballast = tiny_disk / "ballast"
    ballast.write_bytes(b"")
    refused = 0
    for free in range(0, 1_300_000, 100_000):
        disk = os.statvfs(tiny_disk)
        with ballast.open("rb+") as file:
            file.truncate(0)
            room = os.statvfs(tiny_disk).f_bavail * disk.f_frsize
            file.write(b"x" * max(0, room - free))
        try:
            build(warehouse, 2)
        except DiskFull:
            refused += 1
            assert_serves(warehouse, 1)
        else:
            break
    assert refused >= 3
    assert_serves(warehouse, 2)


@pytest.mark.parametrize("limit", [0, 100, 10_000, 200_000])
def test_a_process_that_may_write_only_small_files(first_version: Path, limit: int, tmp_path: Path) -> None:
    root = tmp_path / "warehouse"
    shutil.copytree(first_version, root)
    with toy("small-files", root, limit) as process:
        _, told = process.communicate()
    assert process.returncode == 4, told
    assert len(told.strip().splitlines()) == 1
    assert_serves(Warehouse(root), 1)
    build(Warehouse(root), 3)
    assert_only_whole_versions(Warehouse(root))


def test_a_second_builder_is_refused_at_once(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    build(warehouse, 1)
    with toy("hold", tmp_path) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holding\n"
        for attempt in (warehouse.building().__enter__, warehouse.rollback):
            began = time.monotonic()
            with pytest.raises(BuildRunning, match=f"进程 {holder.pid}") as caught:
                attempt()
            assert time.monotonic() - began < 1
            assert caught.value.exit_code == 3
        with toy("build-forever", tmp_path) as second:
            _, told = second.communicate()
        assert second.returncode == 3
        assert f"进程 {holder.pid}" in told
        assert_serves(warehouse, 1)
        holder.kill()  # the lock dies with its process
        holder.wait()
        build(warehouse, 2)
    assert_serves(warehouse, 2)


def test_a_second_thread_is_refused_and_does_not_break_the_lock(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path)
    with warehouse.building():
        for same in (Warehouse(tmp_path), Warehouse(tmp_path / "link")):
            with pytest.raises(BuildRunning), same.building():
                pytest.fail("two builders at once")
        with toy("build-forever", tmp_path) as other:  # had the lock been given away, it would build
            other.communicate(timeout=30)
        assert other.returncode == 3
    build(warehouse, 1)


def test_a_forked_child_does_not_keep_the_lock_of_a_dead_builder(tmp_path: Path) -> None:
    script = (
        "import os, sys, time; from pathlib import Path; from pipelines.warehouse import Warehouse\n"
        "with Warehouse(Path(sys.argv[1])).building():\n"
        "    if os.fork() == 0: time.sleep(20); os._exit(0)\n"
        "    os._exit(9)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)]) as process:
        assert process.wait() == 9
    began = time.monotonic()
    build(Warehouse(tmp_path), 1)
    assert time.monotonic() - began < 15
