"""Real builds that are killed, that meet each other, and that publish under the eyes of a reader."""

import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse import Warehouse
from tests.commands import command, outcome, start
from tests.pipelines.building import DISTRICT, EXPORTS, build, copy_of, current, exports, publish_toy, write

WHOLE_VERSION = re.compile(r"\d{6}-\d{8}T\d{6}Z\.(duckdb|private\.duckdb|json)")
PATIENCE_SECONDS = 60


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "kill" in metafunc.fixturenames:
        metafunc.parametrize("kill", range(50 if metafunc.config.getoption("--all-kills") else 5))


@pytest.fixture(scope="module")
def build_seconds(made_once: Callable[..., Path]) -> float:
    """How long a build of the tiny district takes from its lock to its end, here and now."""

    def measure(folder: Path) -> None:
        with started(folder) as process:
            began = time.monotonic()
            outcome(process).done()
        (folder / "seconds").write_text(str(time.monotonic() - began))

    return float((made_once("tiny-measured", measure) / "seconds").read_text())


def started(warehouse: Path, inbox: Path = EXPORTS, district: Path = DISTRICT) -> "subprocess.Popen[str]":
    """A build in a process of its own that has just taken the lock."""
    process = start("build", inbox, "--warehouse", warehouse, "--district", district)
    lock = warehouse / "LOCK"
    give_up = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up:
        if lock.is_file() and f"进程 {process.pid}，" in lock.read_text(encoding="utf-8"):
            return process
        time.sleep(0.002)
    process.kill()
    raise AssertionError(outcome(process))


def leftovers(warehouse: Path) -> list[str]:
    """Whatever lies beside whole versions, and in the warehouse what does not belong there."""
    found = [
        path.name for path in (warehouse / "versions").iterdir() if not WHOLE_VERSION.fullmatch(path.name)
    ]
    known = {"versions", "inbox", "CURRENT", "LOCK", "state.sqlite"}
    return found + [path.name for path in warehouse.iterdir() if path.name not in known]


def test_killed_at_a_random_moment(
    request: pytest.FixtureRequest, tmp_path: Path, tiny_warehouse: Path, build_seconds: float, kill: int
) -> None:
    """Each kill falls into a slice of its own of the time that a build takes."""
    kills = 50 if request.config.getoption("--all-kills") else 5
    moment = (kill + random.Random(kill).random()) / kills
    warehouse = copy_of(tiny_warehouse, tmp_path / "w")
    before = current(warehouse)
    with started(warehouse) as process:
        time.sleep(moment * build_seconds)
        process.kill()
        process.communicate()
    told = command("status", "--warehouse", warehouse, "--json").done().json
    assert told["fallback_reason"] is None
    if told["version"] != before:  # killed behind the moment of publishing, or not at all
        assert told["version"] > before
        assert process.returncode in (0, -signal.SIGKILL)
    else:
        assert process.returncode == -signal.SIGKILL
    asked = ("rank", "units", "--period", "2024Q1", "--csv", "--warehouse")
    assert command(*asked, warehouse).done().out == command(*asked, tiny_warehouse).done().out
    publish_toy(warehouse)
    assert current(warehouse) > told["version"]
    assert leftovers(warehouse) == []
    versions = [version.id for version in Warehouse(warehouse).versions()]
    assert len(list((warehouse / "versions").iterdir())) == 3 * len(versions)


def test_a_kill_leaves_traces_that_the_next_build_clears(tmp_path: Path, tiny_warehouse: Path) -> None:
    """The proof that such kills hit a build in the middle of its work."""
    warehouse = copy_of(tiny_warehouse, tmp_path / "w")
    before = current(warehouse)
    with started(warehouse) as process:
        give_up = time.monotonic() + PATIENCE_SECONDS
        while not any(".building" in name for name in leftovers(warehouse)):
            assert time.monotonic() < give_up
            time.sleep(0.002)
        process.kill()
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert leftovers(warehouse) != []
    assert current(warehouse) == before
    build(EXPORTS, warehouse).done()
    assert leftovers(warehouse) == []


def test_ctrl_c_ends_a_build_cleanly(tmp_path: Path, tiny_warehouse: Path) -> None:
    warehouse = copy_of(tiny_warehouse, tmp_path / "w")
    before = current(warehouse)
    # The committed sample takes longer: on a busy machine a build of the tiny one is over before the signal comes.
    sample = Path(__file__).parents[2] / "sample_data"
    with started(warehouse, sample, sample / "district.toml") as process:
        process.send_signal(signal.SIGINT)
        ended = outcome(process)
    assert (ended.code, ended.err) == (130, "已中断。\n")
    assert (current(warehouse), leftovers(warehouse)) == (before, [])


def test_two_builds_at_once(tmp_path: Path) -> None:
    """The second one finds the lock held and says by whom; the first one publishes."""
    warehouse = tmp_path / "w"
    with started(warehouse) as first:
        build(EXPORTS, warehouse).refused(3, f"进程 {first.pid}")
        outcome(first).done()
    assert len(Warehouse(warehouse).versions()) == 1


def test_three_builds_begun_together(tmp_path: Path) -> None:
    """Whoever comes first: each either publishes a version or is told of the lock."""
    warehouse = tmp_path / "w"
    begun = [start("build", EXPORTS, "--warehouse", warehouse, "--district", DISTRICT) for _ in range(3)]
    ended = [outcome(process) for process in begun]
    for one in ended:
        if one.code:
            one.refused(3, "占用")
    assert len(Warehouse(warehouse).versions()) == [one.code for one in ended].count(0) >= 1
    assert leftovers(warehouse) == []


READER = """
import sys, time
from pathlib import Path
from pipelines.measure import Question, measure
from pipelines.warehouse import Warehouse

warehouse, last = Warehouse(Path(sys.argv[1])), float(sys.argv[2])
seen = [0.0]
print("reading", flush=True)
while seen[-1] != last:
    assert warehouse.current().fallback_reason is None
    with warehouse.open() as con:
        time.sleep(0.05)  # a publish and its clearing fall into it
        points = float(measure(con, Question("points_earned", "all"))["value"].sum())
        assert float(con.execute("SELECT sum(earned) FROM facts.points").fetchall()[0][0]) == points
    if points != seen[-1]:
        assert points > seen[-1], (seen, points)
        seen.append(points)
print(len(seen) - 1)
"""
PUBLISHES = 20


def publish_one_point_more(root: Path) -> None:
    """The version that serves once more, one point added to the ledger and to the mart made of it."""
    warehouse = Warehouse(root)
    with warehouse.building() as draft:
        served = warehouse.current()
        shutil.copyfile(served.public_path, draft.public_path)
        shutil.copyfile(served.private_path, draft.private_path)
        with duckdb.connect(str(draft.public_path)) as con:
            con.execute("UPDATE facts.points SET earned = earned + 1 WHERE entry_id = 'E99'")
            whole = "SELECT min(rowid) FROM marts.points WHERE grain = 'month' AND dimension = ''"
            con.execute(f"UPDATE marts.points SET earned = earned + 1 WHERE rowid = ({whole})")
        draft.publish({"data_until": "2024-04-20"})


def test_a_reader_across_twenty_publishes(tmp_path: Path) -> None:
    """Opens and asks in a process of its own; each version has one point more, every fifth is built of its exports."""
    some = {name: text for name, text in exports().items() if name.startswith(("区划", "红管家", "积分"))}
    inbox, warehouse = write(tmp_path / "inbox", some), tmp_path / "w"

    def publish(number: int) -> None:
        if number % 5 != 1:
            return publish_one_point_more(warehouse)
        entry = f"流水编号,红管家编号,记账时间,分值,积分类型\nE99,P01,2024-04-20 10:00:00,{number},奖励\n"
        write(inbox, {"积分_20240420_补.csv": entry})
        build(inbox, warehouse).done()
        return None

    publish(1)
    environment = {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(warehouse), str(774 + PUBLISHES + 1)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        for number in range(2, PUBLISHES + 2):
            publish(number)
            assert reader.poll() is None or number == PUBLISHES + 1, reader.communicate()
        told, complaint = reader.communicate(timeout=PATIENCE_SECONDS)
    assert (reader.returncode, complaint) == (0, "")
    assert int(told) > 1
