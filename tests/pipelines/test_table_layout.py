"""A version of another layout is refused by name, and whoever changes a table is told to raise the number."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.faults import NoEarlierVersion, VersionOfOtherLayout
from pipelines.versions import LAYOUT
from pipelines.warehouse import Warehouse
from tests.commands import command
from tests.older_versions import aged
from tests.pipelines import toy_warehouse
from tests.pipelines.building import DISTRICT, EXPORTS, build

# What the tables of each layout amount to. An older entry never changes: warehouses of its tables lie somewhere.
TABLES = {
    1: "11aa20b3e1c6b5a0",
    2: "47fdf36dffe8e0db",
    3: "c811f0a771749e96",
    4: "d3c4be15cb3f9f01",
    5: "d36990ab5612b2bb",
}
OLD = "由另一版看板程序构建，表结构为第 0 号"
QUESTIONS = [
    ("status",),
    ("path",),
    ("rejects", "--csv"),
    ("findings", "--csv"),
    ("measure", "tasks_published"),
    ("rank", "units", "--period", "2024Q1"),
    ("rank", "communities", "--period", "2024Q1"),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real warehouse of the tiny district."""
    folder = tmp_path_factory.mktemp("layout") / "warehouse"
    build(EXPORTS, folder, district=DISTRICT).done()
    return folder


@pytest.fixture
def toys(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "toys")


def test_whoever_changes_a_table_raises_the_number(built: Path) -> None:
    with Warehouse(built).open(private=True) as con:
        columns = con.execute(
            "SELECT database_name, schema_name, table_name, column_name, data_type FROM duckdb_columns() "
            "WHERE NOT internal ORDER BY ALL"
        ).fetchall()
    assert len(columns) > 300
    found = hashlib.sha256(repr(columns).encode()).hexdigest()[:16]
    assert found == TABLES.get(LAYOUT), (
        f"The tables of a version have changed: raise LAYOUT in pipelines/versions.py and note {found!r} for it here."
    )
    assert len(set(TABLES.values())) == len(TABLES)


@pytest.mark.parametrize("words", QUESTIONS, ids=" ".join)
def test_questions_to_an_older_version_are_refused_in_one_sentence(
    built: Path, words: tuple[str, ...], made_once: Callable[..., Path]
) -> None:
    def old(folder: Path) -> None:
        build(EXPORTS, folder, district=DISTRICT).done()
        aged(Warehouse(folder).current())

    warehouse = made_once("older-version", old)
    sentence = command(*words, "--warehouse", warehouse).refused(4, OLD, f"第 {LAYOUT} 号")
    assert sentence.count(f"steward build 导出文件夹 --warehouse {warehouse}") == 1


def test_a_build_makes_an_older_warehouse_serve_again(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "warehouse")
    build(EXPORTS, warehouse.root, district=DISTRICT).done()
    aged(old := warehouse.current())
    build(EXPORTS, warehouse.root, district=DISTRICT).done()
    assert warehouse.current().id != old.id
    assert warehouse.current().fallback_reason is None
    command("rejects", "--csv", "--warehouse", warehouse.root).done()
    status = command("status", "--json", "--warehouse", warehouse.root).done().json
    assert [bool(kept["damage"]) for kept in status["versions_kept"]] == [False, True]
    assert OLD in status["versions_kept"][1]["damage"]
    command("rollback", "--warehouse", warehouse.root, old.id).refused(4, OLD, old.id, "steward build")
    assert warehouse.current().id != old.id


def test_going_back_passes_over_older_versions(toys: Warehouse) -> None:
    good, old, last = (toy_warehouse.build(toys, number) for number in (1, 2, 3))
    aged(old)
    with pytest.raises(VersionOfOtherLayout, match=old.id):
        toys.rollback(old.id)
    assert toys.rollback().id == good.id
    aged(good)
    toys.rollback(last.id)
    with pytest.raises(NoEarlierVersion):
        toys.rollback()


def test_a_version_of_this_layout_serves_in_the_place_of_another(toys: Warehouse) -> None:
    good, old = (toy_warehouse.build(toys, number) for number in (1, 2))
    aged(old)
    assert toys.current().id == good.id
    assert OLD in (toys.current().fallback_reason or "")
    aged(good)
    with pytest.raises(VersionOfOtherLayout, match=old.id):
        toys.current()
