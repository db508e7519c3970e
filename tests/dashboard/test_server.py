"""The server before it serves: addresses, names, settings, health."""

import gc
import json
import socket
import subprocess
import sys
from concurrent.futures import wait
from pathlib import Path

import pytest
from streamlit import config

from dashboard import server
from dashboard.examination import examine
from dashboard.server import Place
from pipelines.faults import (
    InputFault,
    NotOpened,
    PortTaken,
    SurroundingsFault,
    UnknownHost,
    VersionDamaged,
    WarehouseEmpty,
    WarehouseMissing,
)


@pytest.mark.parametrize(
    ("place", "address"),
    [
        (Place(), "http://127.0.0.1:8501/"),
        (Place(port=80), "http://127.0.0.1:80/"),
        (Place(host="0.0.0.0", opened=True), "http://127.0.0.1:8501/"),
        (Place(host="::1"), "http://[::1]:8501/"),
        (Place(host="localhost", meeting=True), "http://localhost:8501/?mode=meeting"),
    ],
)
def test_the_address_can_be_typed_into_a_browser(place: Place, address: str) -> None:
    assert place.address == address


def test_names_are_ours_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STEWARD_HOSTS", raising=False)
    assert Place().names == {"localhost", "127.0.0.1"}
    assert socket.gethostname() in Place(host="0.0.0.0", opened=True).names
    monkeypatch.setenv("STEWARD_HOSTS", "board.example, kanban.example,")
    assert Place().names == {"localhost", "127.0.0.1", "board.example", "kanban.example"}


@pytest.mark.parametrize(
    ("place", "hosts", "changeable"),
    [
        (Place(), "", True),
        (Place(host="::1"), "", True),
        (Place(host="0.0.0.0", opened=True), "", False),
        (Place(host="0.0.0.0", opened=True, changes=True), "", True),
        # Behind a proxy the board listens on this machine, too.
        (Place(), "board.example", False),
        (Place(changes=True), "board.example", True),
    ],
)
def test_the_warehouse_is_changed_from_this_machine_or_on_purpose(
    place: Place, hosts: str, changeable: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEWARD_HOSTS", hosts)
    assert place.changeable is changeable


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "board.example"])
def test_others_are_let_in_only_on_purpose(host: str, tmp_path: Path) -> None:
    with pytest.raises(NotOpened, match="--open") as caught:
        server.serve(tmp_path, Place(host=host, port=0), examine(tmp_path))
    assert isinstance(caught.value, InputFault)


def test_a_host_that_is_no_host(tmp_path: Path) -> None:
    with pytest.raises(UnknownHost, match=r"127\.0\.0\.1"):
        server.serve(tmp_path, Place(host="no such host", port=0, opened=True), examine(tmp_path))


def test_a_taken_port_is_named_with_a_way_out(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=f"--port {port + 1}") as caught:
            server.serve(tmp_path, Place(port=port), examine(tmp_path))
    assert isinstance(caught.value, SurroundingsFault)


def test_port_0_finds_a_free_one() -> None:
    assert server.free_port(Place(port=0)) > 1023


def test_a_missing_warehouse_is_told_before_the_server_starts(tmp_path: Path) -> None:
    examined = examine(tmp_path / "none")
    wait([examined])
    with pytest.raises(WarehouseMissing, match="steward build"):
        server.serve(tmp_path / "none", Place(port=0), examined)


# What is known of a warehouse only two seconds after the server was started; an empty one is stopped as by Ctrl+C.
_LATE = """
import signal
import sys
from concurrent.futures import Future
from pathlib import Path
from threading import Timer
from dashboard import server
from pipelines.faults import VersionDamaged, WarehouseEmpty
examined, folder = Future(), Path(sys.argv[1])
late = {"damaged": VersionDamaged("000001-x", "校验值不符"), "empty": WarehouseEmpty(folder)}[sys.argv[2]]
Timer(2, examined.set_exception, [late]).start()
if sys.argv[2] == "empty":
    Timer(4, signal.raise_signal, [signal.SIGINT]).start()
try:
    server.serve(folder, server.Place(port=0), examined)
except VersionDamaged as fault:
    sys.exit(str(fault))
"""


def late(folder: Path, told: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", _LATE, folder, told], capture_output=True, text=True, timeout=60, check=False
    )


def test_a_checksum_that_fails_while_the_server_listens_stops_it(tmp_path: Path) -> None:
    outcome = late(tmp_path, "damaged")
    assert outcome.returncode == 1
    assert "http://127.0.0.1:" in outcome.stdout
    assert "看板已停止" not in outcome.stdout
    assert outcome.stderr.splitlines()[-1].endswith(str(VersionDamaged("000001-x", "校验值不符")))


def test_an_empty_warehouse_is_told_and_served(tmp_path: Path) -> None:
    outcome = late(tmp_path, "empty")
    assert (outcome.returncode, outcome.stdout.splitlines()[-1]) == (0, "看板已停止。")
    assert outcome.stderr.strip() == str(WarehouseEmpty(tmp_path))


def test_settings_do_not_depend_on_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    options = server.settings(Place(port=8765))
    assert options["browser.gatherUsageStats"] is False
    assert options["client.showErrorDetails"] == "none"
    assert options["theme.light.primaryColor"].startswith("#")
    assert options["server.port"] == 8765
    assert options["server.maxUploadSize"] == 200
    assert server.settings(Place(host="0.0.0.0", opened=True))["server.maxUploadSize"] == 1
    unknown = [name for name in options if name not in config.get_config_options()]
    assert unknown == []


def test_nested_tables_become_dotted_names() -> None:
    assert dict(server.flat({"a": {"b": 1, "c": {"d": [2]}}, "e": "f"})) == {"a.b": 1, "a.c.d": [2], "e": "f"}


def test_health_tells_the_fault(tmp_path: Path) -> None:
    answer = server.health(tmp_path / "none")
    assert answer.status_code == 503
    assert "找不到仓库文件夹" in json.loads(bytes(answer.body))["message"]


def test_what_lives_as_long_as_the_server_is_not_searched_for_garbage() -> None:
    before = gc.get_threshold()
    gc.disable()
    try:
        server.collect_seldom()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 1000
        assert gc.get_threshold()[0] > before[0]
    finally:
        gc.enable()
        gc.unfreeze()
        gc.set_threshold(*before)


def test_a_running_board_takes_no_settings_from_files(monkeypatch: pytest.MonkeyPatch) -> None:
    from streamlit.watcher import polling_path_watcher
    from streamlit.web import bootstrap

    asked: list[object] = []
    monkeypatch.setattr(
        polling_path_watcher.PollingPathWatcher, "__init__", lambda *given, **_: asked.append(given)
    )
    monkeypatch.setattr(bootstrap, "_install_config_watchers", bootstrap._install_config_watchers)
    bootstrap._install_config_watchers({})
    assert asked, "Streamlit watches no settings any more"
    asked.clear()
    server.watch_no_settings()
    bootstrap._install_config_watchers({})
    assert not asked


def test_a_server_listens_before_it_loads_what_its_screens_need() -> None:
    """Each of these takes a tenth of a second and more, which a browser spends on fetching the page."""
    heavy = ("pandas", "pyarrow", "babel", "pipelines.build", "pipelines.sample", "dashboard.board.door")
    told = subprocess.run(
        [sys.executable, "-c", "import sys, dashboard.command, dashboard.server; print(*sys.modules)"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split()
    assert not set(heavy) & set(told)
