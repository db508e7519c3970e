"""What readers get: the last good version, read-only, and names only where they were asked for."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from toy_warehouse import build, numbers, served

from pipelines import integrity
from pipelines.faults import NoGoodVersion, VersionDamaged, VersionHeld, VersionUnreadable
from pipelines.integrity import sha256
from pipelines.warehouse import Warehouse


@pytest.fixture(scope="module")
def three_versions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("built") / "warehouse"
    for number in (1, 2, 3):
        build(Warehouse(root), number)
    return root


@pytest.fixture
def warehouse(three_versions: Path, tmp_path: Path) -> Warehouse:
    root = tmp_path / "仓库 with 'quotes'"
    shutil.copytree(three_versions, root)
    return Warehouse(root)


def flip_a_byte(path: Path) -> None:
    path.chmod(0o644)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut_short(path: Path) -> None:
    path.chmod(0o644)
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size // 2)


def leave_a_log(path: Path) -> None:
    path.with_name(path.name + ".wal").write_bytes(b"changes of somebody else")


def replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def replace_by_loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


DAMAGES = [
    (Path.unlink, "缺少"),
    (flip_a_byte, "校验值不符"),
    (cut_short, "字节"),
    (leave_a_log, r"\.wal"),
    (replace_by_folder, "字节"),
    (replace_by_loop, "绕成了圈"),
]


@pytest.mark.parametrize(("harm", "words"), DAMAGES, ids=lambda value: getattr(value, "__name__", None))
def test_a_damaged_current_version_is_replaced_by_the_last_good_one(
    warehouse: Warehouse, harm: Callable[[Path], None], words: str
) -> None:
    three, two, one = warehouse.versions()
    harm(three.public_path)
    current = warehouse.current()
    assert current.id == two.id
    assert current.fallback_reason is not None
    assert three.id in current.fallback_reason
    assert f"暂用版本 {two.id}" in current.fallback_reason
    with pytest.raises(VersionDamaged, match=words):
        warehouse.open(three)
    assert served(warehouse) == 2
    status = warehouse.status()
    assert (status["version"], status["fallback_reason"]) == (two.id, current.fallback_reason)

    harm(two.public_path)
    assert served(warehouse) == 1
    harm(one.public_path)
    for ask in (warehouse.current, warehouse.open, warehouse.status):
        with pytest.raises(NoGoodVersion, match=words) as caught:
            ask()
        assert caught.value.exit_code == 4
        assert all(version.id in str(caught.value) for version in (one, two, three))
        assert "steward build" in str(caught.value)

    build(warehouse, 4)
    assert served(warehouse) == 4
    assert warehouse.current().fallback_reason is None


@pytest.mark.parametrize("content", [b"", b"{", b'{"version": "x"}', b"\xff\x00" * 40, b"[]", None])
def test_a_damaged_sidecar_damages_its_version(warehouse: Warehouse, content: bytes | None) -> None:
    three, two, _ = warehouse.versions()
    sidecar = warehouse.folder.sidecar_path(three.id)
    if content is None:
        sidecar.unlink()
    else:
        sidecar.write_bytes(content)
    assert served(warehouse) == 2
    assert "说明文件" in str(warehouse.current().fallback_reason)
    assert three.id not in [version.id for version in warehouse.versions()]
    assert warehouse.status()["version"] == two.id


def test_a_sidecar_of_another_version_is_not_believed(warehouse: Warehouse) -> None:
    three, two, _ = warehouse.versions()
    other = warehouse.folder.sidecar_path(two.id).read_bytes()
    warehouse.folder.sidecar_path(three.id).write_bytes(other)
    assert "另一个版本" in str(warehouse.current().fallback_reason)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "是空的"), (b"\n", "是空的"), (b"../../etc/passwd\n", "内容损坏"), (b"\xff" * 999, "内容损坏")],
)
def test_a_damaged_pointer_leads_to_the_newest_version(
    warehouse: Warehouse, content: bytes, words: str
) -> None:
    (warehouse.root / "CURRENT").write_bytes(content)
    assert words in str(warehouse.current().fallback_reason)
    assert served(warehouse) == 3
    assert words in str(warehouse.status()["fallback_reason"])
    assert warehouse.rollback().sequence == 3  # nothing was named, so the newest becomes current
    assert warehouse.current().fallback_reason is None


def test_a_pointer_lost_or_replaced_by_a_folder_leads_to_the_newest_version(warehouse: Warehouse) -> None:
    pointer = warehouse.root / "CURRENT"
    pointer.unlink()
    assert "不见了" in str(warehouse.current().fallback_reason)
    pointer.mkdir()
    assert "是一个文件夹" in str(warehouse.current().fallback_reason)
    assert served(warehouse) == 3
    pointer.rmdir()
    build(warehouse, 4)
    assert warehouse.current().fallback_reason is None


def test_a_pointer_to_a_version_that_is_gone_leads_to_the_one_before(warehouse: Warehouse) -> None:
    (warehouse.root / "CURRENT").write_text("000002-20200101T000000Z\n")
    assert served(warehouse) == 1
    assert "000002-20200101T000000Z" in str(warehouse.current().fallback_reason)


def test_after_a_rollback_newer_versions_are_the_last_resort(warehouse: Warehouse) -> None:
    three, two, one = warehouse.versions()
    warehouse.rollback(two.id)
    flip_a_byte(two.public_path)
    assert warehouse.current().id == one.id
    flip_a_byte(one.public_path)
    assert warehouse.current().id == three.id


def test_the_fallback_can_be_made_permanent(warehouse: Warehouse) -> None:
    three, two, _ = warehouse.versions()
    cut_short(three.public_path)
    assert warehouse.rollback().id == two.id
    assert warehouse.current() == two


def test_a_file_is_hashed_once_until_it_changes(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []

    def counted(path: Path) -> str:
        hashed.append(path.name)
        return original(path)

    original = integrity.sha256
    monkeypatch.setattr(integrity, "sha256", counted)
    version = warehouse.current()
    for _ in range(5):
        warehouse.open().close()
    assert hashed == [version.public_path.name]
    content = version.public_path.read_bytes()
    version.public_path.unlink()
    version.public_path.write_bytes(content)
    warehouse.open().close()
    assert hashed == [version.public_path.name] * 2


FORBIDDEN = [
    "CREATE TABLE facts.mine AS SELECT 1 AS x",
    "DELETE FROM facts.claims",
    "SELECT * FROM read_text('/etc/hostname')",
    "COPY (SELECT 1 AS x) TO 'out.csv'",
    "ATTACH 'other.duckdb' AS other",
    "SET enable_external_access = true",
    "SET autoinstall_known_extensions = true",
    "INSTALL spatial",
    "LOAD spatial",
]


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("sql", FORBIDDEN)
def test_a_reader_can_only_read(
    warehouse: Warehouse, sql: str, private: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with warehouse.open(private=private) as connection:
        with pytest.raises(duckdb.Error):
            connection.execute(sql)
        assert numbers(connection)[0] == 3
        assert numbers(connection.cursor().execute("USE board") if private else connection.cursor())[0] == 3
    assert warehouse.current().fallback_reason is None


def test_names_are_seen_only_by_the_connection_that_asked(warehouse: Warehouse) -> None:
    with warehouse.open() as before, warehouse.open(private=True) as named, warehouse.open() as after:
        assert named.execute("SELECT name FROM private.stewards").fetchall() == [("王3",)]
        assert numbers(named)[0] == 3
        for connection in (before, after, before.cursor()):
            with pytest.raises(duckdb.CatalogException):
                connection.execute("SELECT name FROM private.stewards")


def test_damaged_names_close_the_names_but_not_the_board(warehouse: Warehouse) -> None:
    version = warehouse.current()
    flip_a_byte(version.private_path)
    assert served(warehouse) == 3
    with pytest.raises(VersionDamaged, match=r"private\.duckdb 的校验值不符"):
        warehouse.open(private=True)
    assert "校验值不符" in str(warehouse.status()["private_reason"])


def test_any_kept_version_can_be_opened(warehouse: Warehouse) -> None:
    for version in warehouse.versions():
        for asked in (version, version.id):
            with warehouse.open(asked) as connection:
                assert numbers(connection)[0] == version.sequence


def test_a_version_deleted_while_open_goes_on_answering(warehouse: Warehouse) -> None:
    with warehouse.open() as connection:
        for number in range(4, 12):
            build(warehouse, number)
        assert not Path(warehouse.folder.versions / "000003").exists()
        assert numbers(connection)[0] == 3
        assert served(warehouse) == 11


def test_a_writer_in_another_program_is_named(warehouse: Warehouse) -> None:
    path = warehouse.current().public_path
    path.chmod(0o644)
    script = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(VersionHeld, match="以只读方式打开"):
            warehouse.open()
        other.communicate()
    assert served(warehouse) == 3


def test_a_file_that_duckdb_cannot_read_gets_a_sentence(warehouse: Warehouse) -> None:
    version = warehouse.current()
    sidecar = warehouse.folder.sidecar_path(version.id)
    told = json.loads(sidecar.read_text())
    for path, name in ((version.public_path, "public"), (version.private_path, "private")):
        path.unlink()
        path.write_bytes(b"sealed as it is, but written by another DuckDB")
        told[name] = {"sha256": sha256(path), "bytes": path.stat().st_size}
    sidecar.write_text(json.dumps(told))
    for private in (False, True):
        with pytest.raises(VersionUnreadable, match="重新构建") as caught:
            warehouse.open(private=private)
        assert caught.value.exit_code == 4
