"""What the surroundings can do to a warehouse: every command says it in one sentence and with its exit code."""

import resource
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.warehouse import Warehouse
from tests.commands import PROGRAM, command, outcome, start
from tests.pipelines.building import DISTRICT, EXPORTS, build, copy_of, current, exports, publish_toy, write

# Every command that needs a warehouse.
ASKING = {
    "status": ["status"],
    "status --json": ["status", "--json"],
    "rollback": ["rollback"],
    "path": ["path"],
    "rejects": ["rejects", "--csv"],
    "findings": ["findings", "--csv"],
    "measure": ["measure", "stewards"],
    "rank units": ["rank", "units", "--period", "2024Q1"],
    "rank communities": ["rank", "communities", "--period", "2024Q1"],
    "rank stewards": ["rank", "stewards", "--period", "2024Q1"],
}
PRIVATE = {"rejects", "rank stewards"}
each_command = pytest.mark.parametrize("name", ASKING)


@pytest.fixture(scope="module")
def two_versions(made_once: Callable[..., Path], tiny_warehouse: Path) -> Path:
    """A warehouse with an earlier and a current version; only to be copied."""

    def make(folder: Path) -> None:
        shutil.copytree(tiny_warehouse, folder)
        inbox = write(folder / "other-exports", exports(but=["积分_2024"]))
        build(inbox, folder).done()

    return made_once("tiny-two-versions", make)


@each_command
def test_a_warehouse_that_is_not_there(tmp_path: Path, name: str) -> None:
    command(*ASKING[name], "--warehouse", tmp_path / "没有").refused(4, "没有")
    assert list(tmp_path.iterdir()) == []


@each_command
@pytest.mark.parametrize("kind", ["empty", "file"])
def test_a_place_that_is_no_warehouse(tmp_path: Path, name: str, kind: str) -> None:
    place = tmp_path / kind
    place.mkdir() if kind == "empty" else place.write_text("x")
    command(*ASKING[name], "--warehouse", place).refused(4, kind)


def test_a_build_into_a_file(tmp_path: Path) -> None:
    (tmp_path / "w").write_text("x")
    build(EXPORTS, tmp_path / "w").refused(4, "w")
    assert (tmp_path / "w").read_text() == "x"


def spoil(path: Path) -> None:
    path.chmod(0o600)
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xa5" * 64)


def versions(warehouse: Path) -> tuple[str, str]:
    """(earlier, current)"""
    later, earlier = (version.id for version in Warehouse(warehouse).versions())
    return earlier, later


@each_command
def test_a_damaged_version_gives_way_to_the_last_good_one(
    tmp_path: Path, two_versions: Path, name: str
) -> None:
    warehouse = copy_of(two_versions, tmp_path / "w")
    earlier, later = versions(warehouse)
    good = command(*ASKING[name], "--warehouse", _only(earlier, warehouse, tmp_path / "good"))
    spoil(warehouse / "versions" / f"{later}.duckdb")
    told = command(*ASKING[name], "--warehouse", warehouse)
    if name.startswith("status"):
        assert told.code == 0
        reason = told.json["fallback_reason"] if name.endswith("json") else told.err
        assert later in reason
        assert earlier in reason
        assert earlier in told.out
    elif name == "rollback":
        assert earlier in told.done().out
    elif name == "path":
        assert told.done().out.strip().endswith(f"{earlier}.duckdb")
    else:
        assert told.done().out == good.done().out


def _only(version: str, warehouse: Path, target: Path) -> Path:
    """A copy of the warehouse in which this version is the current one."""
    copy = copy_of(warehouse, target)
    (copy / "CURRENT").write_text(f"{version}\n")
    return copy


@each_command
def test_no_good_version_is_left(tmp_path: Path, two_versions: Path, name: str) -> None:
    warehouse = copy_of(two_versions, tmp_path / "w")
    for version in versions(warehouse):
        spoil(warehouse / "versions" / f"{version}.duckdb")
    told = command(*ASKING[name], "--warehouse", warehouse)
    # Rolling back is the one command for which there is simply nothing to choose: the user's choice.
    told.refused(2 if name == "rollback" else 4)


def test_a_build_mends_a_warehouse_without_a_good_version(tmp_path: Path, two_versions: Path) -> None:
    warehouse = copy_of(two_versions, tmp_path / "w")
    for version in versions(warehouse):
        spoil(warehouse / "versions" / f"{version}.duckdb")
    build(EXPORTS, warehouse).done()
    for name in set(ASKING) - {"rollback"}:
        command(*ASKING[name], "--warehouse", warehouse).done()


@each_command
def test_damaged_private_data_is_needed_by_few(tmp_path: Path, two_versions: Path, name: str) -> None:
    warehouse = copy_of(two_versions, tmp_path / "w")
    _, later = versions(warehouse)
    spoil(warehouse / "versions" / f"{later}.private.duckdb")
    told = command(*ASKING[name], "--warehouse", warehouse)
    if name in PRIVATE:
        told.refused(4, f"{later}.private.duckdb")
    elif name.startswith("status"):
        assert told.code == 0
        assert f"{later}.private.duckdb" in (told.json["private_reason"] if "json" in name else told.err)
    else:
        told.done()


@pytest.mark.parametrize("text", [None, "", "unsinn\n", "999999-20300101T000000Z\n", "\x00\xff"])
def test_a_damaged_pointer(tmp_path: Path, two_versions: Path, text: str | None) -> None:
    warehouse = copy_of(two_versions, tmp_path / "w")
    _, later = versions(warehouse)
    (warehouse / "CURRENT").unlink() if text is None else (warehouse / "CURRENT").write_text(text)
    told = command("status", "--warehouse", warehouse, "--json").done().json
    assert told["version"] == later
    assert "CURRENT" in told["fallback_reason"] or "999999" in told["fallback_reason"]
    publish_toy(warehouse)
    assert command("status", "--warehouse", warehouse, "--json").done().json["fallback_reason"] is None


@pytest.mark.parametrize("limit", [0, 4_096, 600_000, 2_000_000])
def test_a_full_disk(tmp_path: Path, tiny_warehouse: Path, limit: int) -> None:
    """A process that may write no file beyond `limit` bytes: the draft (4 MB) finds no room."""
    warehouse = copy_of(tiny_warehouse, tmp_path / "w")
    before = current(warehouse)
    names = sorted(path.name for path in (warehouse / "versions").iterdir())
    with start("build", EXPORTS, "--warehouse", warehouse, "--district", DISTRICT) as process:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (limit, limit))
        outcome(process).refused(4, "磁盘")
    assert current(warehouse) == before
    assert sorted(path.name for path in (warehouse / "versions").iterdir()) == names
    publish_toy(warehouse)


def test_rollback_and_back(tmp_path: Path, two_versions: Path) -> None:
    warehouse = copy_of(two_versions, tmp_path / "w")
    earlier, later = versions(warehouse)
    asked = ("measure", "points_earned", "--warehouse", warehouse, "--grain", "all", "--csv")
    assert float(command(*asked).done().rows[0]["value"]) == 181
    assert earlier in command("rollback", "--warehouse", warehouse).done().out
    assert float(command(*asked).done().rows[0]["value"]) == 774
    command("rollback", "--warehouse", warehouse).refused(2)
    command("rollback", "--warehouse", warehouse, "000099-20300101T000000Z").refused(2, "000099", later)
    command("rollback", "--warehouse", warehouse, later).done()
    assert current(warehouse) == later


def test_the_lock_is_held(tmp_path: Path, tiny_warehouse: Path) -> None:
    warehouse = copy_of(tiny_warehouse, tmp_path / "w")
    before = current(warehouse)
    with Warehouse(warehouse).building():
        for asked in (["build", EXPORTS], ["rollback"]):
            command(*asked, "--warehouse", warehouse).refused(3, "占用")
            with start(*asked, "--warehouse", warehouse) as process:
                outcome(process).refused(3, "占用")
        for asked in ASKING.values():
            if asked != ["rollback"]:
                command(*asked, "--warehouse", warehouse).done()
    assert current(warehouse) == before
    publish_toy(warehouse)


def test_a_pipe_that_has_seen_enough() -> None:
    with start("metrics", "--csv") as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_help_of_every_command() -> None:
    for words in (["--help"], ["rank", "--help"], *([*asked[:1], "--help"] for asked in ASKING.values())):
        assert command(*words).done().out.startswith(f"用法：{PROGRAM}")
