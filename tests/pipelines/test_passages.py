"""Free passages: kept by month, with who wrote what before; older state files learn to hold them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.faults import MonthOnly, PassageRefused, PeriodFault, StateUnusable
from pipelines.passages import LONGEST, keep_passage, passages_of
from pipelines.state import State, current_user

SECOND_SCHEMA = """
CREATE TABLE audit (
    entry_no INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('build', 'rollback', 'upload', 'fix')), version TEXT,
    detail TEXT NOT NULL CHECK (json_valid(detail))
);
CREATE TABLE fixed_rankings (quarter TEXT PRIMARY KEY, version TEXT, fixed_at TEXT, fixed_by TEXT, rules TEXT, rows TEXT);
CREATE TABLE sequence (last INTEGER NOT NULL);
INSERT INTO sequence VALUES (7);
INSERT INTO audit VALUES (1, '2023-10-01T00:00:00+00:00', '王小明', 'build', '000001', '{}');
"""
SAVED_VIEWS = "CREATE TABLE saved_views (name TEXT PRIMARY KEY, address TEXT, saved_at TEXT, saved_by TEXT);"


def _state(tmp_path: Path, version: int) -> State:
    path = tmp_path / "state.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(SECOND_SCHEMA + (SAVED_VIEWS if version > 1 else ""))
        db.execute(f"PRAGMA user_version = {version}")
        db.commit()
    return State(path)


def test_a_passage_is_kept_by_month_and_goes_back_to_the_template(tmp_path: Path) -> None:
    state = State(tmp_path / "state.sqlite")
    assert passages_of(state, "2023-09") == {}
    assert not state.path.exists()
    keep_passage(state, "2023-09", "opening", " 第一稿\r\n第二行 ", "王小明")
    keep_passage(state, "2023-10", "opening", "十月的")
    keep_passage(state, "2023-09", "opening", "第二稿")
    assert passages_of(state, "2023-09") == {"opening": "第二稿"}
    assert passages_of(state, "2023-10") == {"opening": "十月的"}
    keep_passage(state, "2023-09", "opening", "  ")
    assert passages_of(state, "2023-09") == {}
    trail = [(entry.who, entry.detail["before"], entry.detail["text"]) for entry in state.audit()]
    assert trail == [
        ("王小明", None, "第一稿\n第二行"), (current_user(), None, "十月的"), (current_user(), "第一稿\n第二行", "第二稿"),
        (current_user(), "第二稿", None),
    ]  # fmt: skip
    assert state.audit()[0].detail["account"] == current_user()
    assert {entry.action for entry in state.audit()} == {"passage"}


def test_an_unchanged_text_is_not_entered(tmp_path: Path) -> None:
    state = State(tmp_path / "state.sqlite")
    for _time in range(2):
        keep_passage(state, "2023-09", "opening", "同一稿")
    keep_passage(state, "2023-09", "other", "")
    assert len(state.audit()) == 1


@pytest.mark.parametrize("version", [1, 2])
def test_an_older_state_file_is_read_and_brought_up(tmp_path: Path, version: int) -> None:
    state = _state(tmp_path, version)
    assert passages_of(state, "2023-09") == {}
    assert state.saved_views() == []
    keep_passage(state, "2023-09", "opening", "新的")
    assert passages_of(state, "2023-09") == {"opening": "新的"}
    assert [(entry.who, entry.action) for entry in state.audit()] == [
        ("王小明", "build"), (current_user(), "passage"),
    ]  # fmt: skip
    assert state.next_sequence(0) == 8
    state.save_view("看", {"area": "all"})


@pytest.mark.parametrize(
    ("period", "passage", "text", "fault"),
    [
        ("2023Q3", "opening", "文", MonthOnly), ("九月", "opening", "文", PeriodFault), ("2023-09", "开头", "文", PassageRefused),
        ("2023-09", "opening", "文" * (LONGEST + 1), PassageRefused), ("2023-09", "opening", "a\x00b", PassageRefused),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(
    tmp_path: Path, period: str, passage: str, text: str, fault: type[Exception]
) -> None:
    state = State(tmp_path / "state.sqlite")
    with pytest.raises(fault):
        keep_passage(state, period, passage, text)
    assert not state.path.exists()


def test_a_file_that_contradicts_its_schema_is_refused_at_once(tmp_path: Path) -> None:
    state = State(tmp_path / "state.sqlite")
    state.record("upload", None, {})
    with closing(sqlite3.connect(state.path)) as db:
        db.execute("PRAGMA user_version = 2")
    with pytest.raises(StateUnusable, match="already exists"):
        keep_passage(state, "2023-09", "opening", "文")
