"""Saved views: kept by name, beside what an older board wrote, never too many."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipelines import state as state_module
from pipelines.faults import ViewRefused
from pipelines.state import State


def test_a_view_is_kept_replaced_and_forgotten(tmp_path: Path) -> None:
    state = State(tmp_path / "state.sqlite")
    assert state.saved_views() == []
    assert not state.path.exists()
    state.save_view("柳泉镇心愿", {"metric": "wish_fulfilled_rate", "area": "Q5"})
    state.save_view("柳泉镇心愿", {"metric": "wishes_open"})
    state.save_view("打卡", {"metric": "checkins"})
    views = state.saved_views()
    assert [(view.name, view.address) for view in views] == [
        ("打卡", {"metric": "checkins"}),
        ("柳泉镇心愿", {"metric": "wishes_open"}),
    ]
    state.delete_view("打卡")
    state.delete_view("never there")
    assert [view.name for view in state.saved_views()] == ["柳泉镇心愿"]


def test_a_state_of_the_first_schema_is_read_and_brought_up(tmp_path: Path) -> None:
    state = State(tmp_path / "state.sqlite")
    state.record("upload", None, {"file": "a.csv"})
    with closing(sqlite3.connect(state.path)) as db:
        db.executescript("DROP TABLE saved_views; DROP TABLE passages; PRAGMA user_version = 1;")
    assert state.saved_views() == []
    assert len(state.audit()) == 1
    state.save_view("one", {"metric": "claims"})
    assert [view.name for view in state.saved_views()] == ["one"]
    assert len(state.audit()) == 1


def test_there_are_never_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state_module, "_MOST_VIEWS", 2)
    state = State(tmp_path / "state.sqlite")
    for name in ("one", "two", "two"):
        state.save_view(name, {})
    with pytest.raises(ViewRefused, match="2 个视图"):
        state.save_view("three", {})
