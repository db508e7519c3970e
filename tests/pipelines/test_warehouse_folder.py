"""Folders that are missing, empty, in the way, or littered by killed builds."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from toy_warehouse import build, served

from pipelines.faults import SurroundingsFault, WarehouseEmpty, WarehouseMissing
from pipelines.warehouse import Warehouse

NOBODY = 65534


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "仓库 with 'quotes'")


def test_a_missing_and_an_empty_warehouse_say_how_to_build(warehouse: Warehouse) -> None:
    for ask in (warehouse.current, warehouse.open, warehouse.status, warehouse.rollback, warehouse.versions):
        with pytest.raises(WarehouseMissing, match="steward build") as caught:
            ask()
        assert caught.value.exit_code == 4
    assert not warehouse.root.exists()
    warehouse.root.mkdir()
    for ask in (warehouse.current, warehouse.open, warehouse.status, warehouse.rollback):
        with pytest.raises(WarehouseEmpty, match="steward build"):
            ask()
    assert warehouse.versions() == []


def test_a_path_that_cannot_be_a_warehouse_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "dangling").symlink_to("nowhere")
    for name, words in {
        "file": "是一个文件",
        "file/below": "有一段是文件",
        "loop": "绕成了圈",
        "loop/below": "绕成了圈",
        "dangling": "失效的链接",
        "x" * 300: "路径太长",
    }.items():
        with pytest.raises(SurroundingsFault, match=words), Warehouse(tmp_path / name).building():
            pytest.fail("no draft can be made here")
        with pytest.raises(SurroundingsFault, match=re.escape(name)):
            Warehouse(tmp_path / name).current()
    assert (tmp_path / "file").read_text() == "text"


def test_a_link_to_a_folder_is_a_warehouse(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "link").symlink_to("disk")
    build(Warehouse(tmp_path / "link"), 4)
    assert served(Warehouse(tmp_path / "disk")) == 4


@pytest.mark.parametrize("blocked", ["LOCK", "CURRENT", "versions", "inbox"])
def test_something_in_the_way_gets_a_sentence(tmp_path: Path, blocked: str) -> None:
    if blocked in ("LOCK", "CURRENT"):
        (tmp_path / blocked).mkdir()
    else:
        (tmp_path / blocked).write_text("in the way")
    with pytest.raises(SurroundingsFault, match=blocked):
        build(Warehouse(tmp_path))


@contextmanager
def bound_by_rights() -> Iterator[Path]:
    """A folder of a user whose rights bind: the administrator becomes nobody for a while."""
    with tempfile.TemporaryDirectory() as name:
        if os.geteuid() == 0:
            os.chown(name, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            yield Path(name)
        finally:
            if os.getuid() == 0:
                os.seteuid(0)


def test_a_folder_without_the_right_to_write_gets_a_sentence() -> None:
    with bound_by_rights() as folder:
        build(Warehouse(folder), 1)
        folder.chmod(0o555)
        with pytest.raises(SurroundingsFault, match=r"没有(读写|写入)权限"):
            build(Warehouse(folder), 2)
        assert served(Warehouse(folder)) == 1
        folder.chmod(0o755)


def test_foreign_files_are_left_alone_and_leftovers_are_not(warehouse: Warehouse) -> None:
    version = build(warehouse)
    folder = warehouse.folder.versions
    (folder / "笔记.txt").write_text("mine")
    leftover = "000099-20231005T081530Z"
    for rest in (
        "duckdb.building",
        "duckdb.building.wal",
        "private.duckdb.building",
        "duckdb",
        "json.tmp",
        "private.duckdb",
    ):
        (folder / f"{leftover}.{rest}").write_bytes(b"torn")
    (folder / f"{leftover}.duckdb.building.tmp").mkdir()
    (folder / f"{leftover}.duckdb.building.tmp" / "spilt").write_bytes(b"torn")
    (folder / "building-abc").mkdir()
    (folder / "building-abc" / "clean copy with phones.csv").write_bytes(b"torn")
    (folder / f"{version.id}.json.tmp").write_bytes(b"torn")
    (warehouse.root / "CURRENT.tmp").write_bytes(b"torn")
    with warehouse.building() as draft:
        assert int(draft.id[:6]) == 100
        assert {path.name for path in folder.iterdir()} == {
            f"{version.id}.duckdb",
            f"{version.id}.private.duckdb",
            f"{version.id}.json",
            "笔记.txt",
        }
    assert not (warehouse.root / "CURRENT.tmp").exists()
    assert served(warehouse) == 1
