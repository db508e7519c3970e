"""The audit trail and the fixed rankings."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from toy_warehouse import build, served, write_draft

from pipelines import state as state_module
from pipelines.faults import DiskFull, StateUnusable
from pipelines.state import State, current_user
from pipelines.warehouse import Warehouse


def test_every_build_and_rollback_is_entered_with_who_and_when(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    began = datetime.now(UTC) - timedelta(seconds=1)
    one, two = build(warehouse, 1), build(warehouse, 2)
    warehouse.rollback()
    warehouse.fix_ranking("2023Q3", one.id, {}, [])
    warehouse.state.record("upload", None, {"file": "领取.csv"}, who="王小明")
    trail = warehouse.state.audit()
    assert [(entry.action, entry.version, entry.detail) for entry in trail] == [
        ("build", one.id, {"records": 1, "rejected": 0, "data_until": "2023-12-31"}),
        ("build", two.id, {"records": 2, "rejected": 0, "data_until": "2023-12-31"}),
        ("rollback", one.id, {"from": two.id}),
        ("fix", one.id, {"quarter": "2023Q3"}),
        ("upload", None, {"file": "领取.csv"}),
    ]
    assert [entry.who for entry in trail] == [current_user()] * 4 + ["王小明"]
    assert all(began <= entry.at <= datetime.now(UTC) for entry in trail)


def test_a_reading_state_makes_no_file(tmp_path: Path) -> None:
    state = State(tmp_path / "state.sqlite")
    assert (state.audit(), state.fixed_versions(), state.fixed_ranking("2023Q3")) == ([], {}, None)
    assert list(tmp_path.iterdir()) == []
    state.path.touch()
    assert state.audit() == []
    assert state.path.stat().st_size == 0


def test_a_broken_state_stops_a_build_before_it_begins(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    build(warehouse, 1)
    good = warehouse.state.path.read_bytes()
    for broken in (b"not a database at all" * 99, good[:4096] + b"\x07" * (len(good) - 4096)):
        warehouse.state.path.write_bytes(broken)
        with pytest.raises(StateUnusable, match="从备份恢复"), warehouse.building():
            pytest.fail("a build that could delete the versions of fixed rankings began")
        with pytest.raises(StateUnusable):
            warehouse.rollback()
        assert served(warehouse) == 1
        assert warehouse.status()["state_reason"] is not None
    warehouse.state.path.unlink()
    build(warehouse, 2)
    assert [entry.version for entry in warehouse.state.audit()] == [
        version.id for version in reversed(warehouse.versions())
    ]
    assert warehouse.state.audit()[0].detail == {"entered_later": True}


def test_a_state_of_a_newer_board_is_left_alone(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    build(warehouse, 1)
    with closing(sqlite3.connect(warehouse.state.path)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(StateUnusable, match="升级"):
        build(warehouse, 2)
    assert served(warehouse) == 1


def test_a_trail_that_fails_after_the_publish_is_told_and_made_good(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    with warehouse.building() as draft:
        write_draft(draft, 1)
        content = warehouse.state.path.read_bytes()
        warehouse.state.path.write_bytes(b"not a database at all" * 99)
        version = draft.publish({"records": 1})
    assert served(warehouse) == 1
    assert len(version.notices) == 2
    assert all(f"版本 {version.id} 已发布并在使用" in notice for notice in version.notices)
    assert "补记" in version.notices[0]
    assert "清理" in version.notices[1]
    warehouse.state.path.write_bytes(content)
    build(warehouse, 2)
    first, second = warehouse.state.audit()
    assert (first.version, first.at, first.detail) == (version.id, version.built_at, {"entered_later": True})
    assert second.detail == {"records": 2, "rejected": 0, "data_until": "2023-12-31"}


def test_a_state_that_another_program_holds_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state_module, "_BUSY_SECONDS", 0.05)
    warehouse = Warehouse(tmp_path)
    build(warehouse, 1)
    with closing(sqlite3.connect(warehouse.state.path, isolation_level=None)) as db:
        db.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StateUnusable, match="另一个程序正占用它"):
            build(warehouse, 2)
    assert served(warehouse) == 1


def test_a_full_state_is_a_full_disk(tmp_path: Path) -> None:
    state = State(tmp_path / "state.sqlite")
    state.record("build", "v", {})

    class Full(State):
        def _connect(self, mode: str) -> sqlite3.Connection:
            # SQLite's own limit on pages raises the very error of a full disk.
            db = super()._connect(mode)
            db.execute("PRAGMA max_page_count = 1")
            return db

    with pytest.raises(DiskFull):
        Full(state.path).record("build", "v", {"text": "满" * 100_000})
    assert len(state.audit()) == 1


def test_a_user_without_a_name_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert current_user().startswith("uid ")
