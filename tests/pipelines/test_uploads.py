"""Uploads: looked at before anything changes, published whole or not at all, whatever the files are called."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.faults import (
    BuildRunning,
    DistrictFault,
    InboxUnknown,
    MissingInbox,
    RefusedUpload,
    SurroundingsFault,
    UploadForgotten,
)
from pipelines.lock import builder_lock
from pipelines.state import current_user
from pipelines.upload_limits import MOST_BYTES
from pipelines.uploads import Batch, checked_name, free_name, sources_of
from pipelines.warehouse import Warehouse
from tests.pipelines import building
from tests.places import moved


@pytest.fixture(scope="session")
def built(made_once: Callable[..., Path]) -> Path:
    """A folder with the exports of the tiny district and their warehouse; only to be read."""

    def make(folder: Path) -> None:
        shutil.copytree(building.EXPORTS, folder / "exports")
        shutil.copy(building.DISTRICT, folder / "district.toml")
        building.build(folder / "exports", folder / "warehouse", district=folder / "district.toml").done()

    return made_once("uploads-tiny", make)


@pytest.fixture
def place(built: Path, tmp_path: Path) -> Path:
    """A copy of one's own."""
    return moved(built, tmp_path / "home")


def wishes(place: Path, numbers: range, bad: int = 0) -> bytes:
    with Warehouse(place / "warehouse").open() as con:
        code = con.execute("SELECT area_code FROM facts.areas WHERE level = 'community'").fetchall()[0][0]
    rows = "".join(f"NW{n},{code},就医,2023-09-0{1 + n % 9} 09:00\n" for n in numbers)
    rows += "".join(f"BW{n},{code},就医,昨天\n" for n in range(bad))
    return ("心愿编号,社区编码,类别,收集时间\n" + rows).encode()


def staged(place: Path, *uploads: tuple[str, bytes]) -> Batch:
    batch = Batch(Warehouse(place / "warehouse"))
    batch.stage(list(uploads))
    return batch


def count(place: Path, table: str) -> int:
    with Warehouse(place / "warehouse").open() as con:
        return int(con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


def seen(place: Path) -> dict[str, tuple[int, bytes]]:
    """The inbox and the pointer."""
    root = place / "warehouse"
    return building.state_of(root / "inbox") | {"CURRENT": (0, (root / "CURRENT").read_bytes())}


def test_a_version_remembers_what_it_was_built_from(place: Path) -> None:
    known = sources_of(Warehouse(place / "warehouse"))
    assert known.inbox == (place / "exports").resolve()
    assert known.district_file == (place / "district.toml").resolve()
    assert not known.keep_going


def test_a_check_tells_of_each_file_and_changes_nothing(place: Path) -> None:
    before = seen(place)
    batch = staged(place, ("微心愿_20230930.csv", wishes(place, range(3), bad=2)), ("garbage.csv", b"\0\1\2"))
    verdict = batch.check()
    good, bad = verdict.files
    assert (good.file, good.export, good.records, good.loaded, good.rejected) == (
        "inbox/微心愿_20230930.csv", "wishes", 5, 3, 2
    )  # fmt: skip
    assert dict(good.reasons) == {"bad_date": 2}
    assert bad.refusal
    assert "garbage.csv" in bad.refusal
    assert verdict.accepted == (good,)
    assert seen(place) == before
    assert [path.name for path in batch.folder.iterdir()] == ["微心愿_20230930.csv"]


def test_a_complete_export_that_lacks_records_shows_the_loss(place: Path) -> None:
    now = Warehouse(place / "warehouse").current().summary["loaded"]
    wishes_now = count(place, "facts.wishes")
    assert wishes_now > 1
    verdict = staged(place, ("微心愿_全量_20240430.csv", wishes(place, range(1)))).check()
    assert verdict.loaded_before == now
    assert verdict.loaded == verdict.loaded_before - wishes_now + 1


def test_a_good_batch_is_published_with_who_did_it(place: Path) -> None:
    before = count(place, "facts.wishes")
    batch = staged(place, ("微心愿_20230930.csv", wishes(place, range(3))))
    steps: list[tuple[str, int, int]] = []
    verdict = batch.check()
    result = batch.publish("王主任", lambda *step: steps.append(step))
    warehouse = Warehouse(place / "warehouse")
    assert count(place, "facts.wishes") == before + 3
    assert warehouse.current().id == result.version
    assert sum(balance.loaded for balance in result.loaded.balances) == verdict.loaded
    entry = warehouse.state.audit()[-1]
    assert (entry.action, entry.who, entry.version) == ("upload", "王主任", result.version)
    assert entry.detail == {"files": ["微心愿_20230930.csv"], "account": current_user()}
    assert [path.name for path in warehouse.inbox.iterdir()] == ["微心愿_20230930.csv"]
    assert list((warehouse.root / "uploads").iterdir()) == []
    assert len(steps) > 2


def test_a_build_of_the_command_reads_the_upload_again(place: Path) -> None:
    batch = staged(place, ("微心愿_20230930.csv", wishes(place, range(3))))
    batch.check()
    batch.publish("王主任")
    after = count(place, "facts.wishes")
    building.build(place / "exports", place / "warehouse", district=place / "district.toml").done()
    assert count(place, "facts.wishes") == after


def test_a_build_that_fails_leaves_everything_as_it_was(place: Path) -> None:
    batch = staged(place, ("微心愿_20230930.csv", wishes(place, range(3))))
    batch.check()
    (place / "district.toml").write_text("nonsense = 1\n", encoding="utf-8")
    before = seen(place)
    with pytest.raises(DistrictFault):
        batch.publish("王主任")
    assert seen(place) == before


def test_a_publishing_that_fails_takes_the_files_out_again(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The disk is full at the very last step: there is no way to bring that about but to say so.
    from pipelines.versions import VersionFolder

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    batch = staged(place, ("微心愿_20230930.csv", wishes(place, range(3))))
    batch.check()
    before = seen(place)
    monkeypatch.setattr(VersionFolder, "point_at", full)
    with pytest.raises(SurroundingsFault):
        batch.publish("王主任")
    assert seen(place) == before
    assert [path.name for path in batch.folder.iterdir()] == ["微心愿_20230930.csv"]


def test_a_build_elsewhere_keeps_the_publishing_out(place: Path) -> None:
    batch = staged(place, ("微心愿_20230930.csv", wishes(place, range(3))))
    batch.check()
    before = seen(place)
    with builder_lock(Warehouse(place / "warehouse").root / "LOCK"), pytest.raises(BuildRunning):
        batch.publish("王主任")
    assert seen(place) == before


def test_without_its_folder_of_exports_nothing_is_checked(place: Path) -> None:
    batch = staged(place, ("微心愿_20230930.csv", wishes(place, range(3))))
    (place / "exports").rename(place / "moved")
    with pytest.raises(MissingInbox):
        batch.check()


def test_a_warehouse_that_remembers_nothing_refuses(place: Path) -> None:
    root = place / "warehouse"
    for sidecar in (root / "versions").glob("*.json"):
        sidecar.write_text(sidecar.read_text("utf-8").replace('"inbox"', '"another"'), encoding="utf-8")
    with pytest.raises(InboxUnknown, match="steward build"):
        staged(place, ("微心愿_20230930.csv", b""))


def test_the_same_name_again_wins_over_the_earlier_file(place: Path) -> None:
    original = next((place / "exports").glob("*.csv"))
    batch = staged(place, (original.name, original.read_bytes()), (original.name, original.read_bytes()))
    names = sorted(path.name for path in batch.folder.iterdir())
    assert names == [f"{original.stem}（02）.csv", f"{original.stem}（03）.csv"]
    assert original.name < names[0] < names[1]
    verdict = batch.check()
    assert all(file.same_as and file.superseded == file.records for file in verdict.files)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/任务_20230930.csv", "任务_20230930.csv"),
        ("C:\\导出\\任务_20230930.csv", "任务_20230930.csv"),
        ("任务\n\x00\u202e_20230930.csv", "任务_20230930.csv"),
        (".~任务.csv", "任务.csv"),
        ('a<b>:"|?*.CSV', "a_b______.CSV"),
        ("<img src=x>.txt", "_img src=x_.txt"),
    ],
)
def test_hostile_names_become_plain_ones(name: str, kept: str) -> None:
    assert checked_name(name, 1) == kept


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [
        ("名册.xlsx", 1, "CSV UTF-8"),
        ("名册.exe", 1, "csv、tsv 或 txt"),
        ("..", 1, "csv、tsv 或 txt"),
        ("", 1, "csv、tsv 或 txt"),
        ("任" * 200 + ".csv", 1, "文件名太长"),
        ("任务.csv", MOST_BYTES + 1, "200 MB"),
    ],
)
def test_what_can_be_no_export_is_refused_in_one_sentence(name: str, size: int, said: str) -> None:
    with pytest.raises(RefusedUpload, match=said) as refused:
        checked_name(name, size)
    assert str(refused.value).count("。") == 1
    assert len(str(refused.value)) < 130


def test_a_number_behind_a_name_sorts_behind_it() -> None:
    taken = {"任务_20230930.csv"}
    for _ in range(20):
        taken.add(free_name("任务_20230930.csv", taken))
    assert sorted(taken)[-1] == "任务_20230930（21）.csv"
    assert sorted(taken)[0] == "任务_20230930.csv"


def test_what_a_lost_session_left_is_forgotten(place: Path) -> None:
    old = staged(place, ("微心愿_20230930.csv", wishes(place, range(3))))
    os.utime(old.folder.parent, (0, 0))
    new = staged(place, ("微心愿_20230930.csv", wishes(place, range(3))))
    assert not old.folder.exists()
    assert new.folder.exists()
    with pytest.raises(UploadForgotten, match="重新上传"):
        old.publish("王主任")
