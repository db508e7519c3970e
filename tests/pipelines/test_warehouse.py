"""Publishing, keeping, rolling back and telling about versions."""

import json
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import duckdb
import pytest
from toy_warehouse import build, served, write_draft

from pipelines import draft as draft_module
from pipelines.faults import (
    InputFault,
    NoEarlierVersion,
    QuarterFixed,
    VersionDamaged,
    VersionUnknown,
)
from pipelines.integrity import sha256
from pipelines.versions import LAYOUT, VERSION_ID
from pipelines.warehouse import Warehouse


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "仓库 with 'quotes'")


class Clock(datetime):
    """Stands still, so that two builds share a second; or goes back."""

    moments: ClassVar[list[datetime]] = []

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # gives plain datetimes
        return cls.moments.pop(0) if len(cls.moments) > 1 else cls.moments[0]


def files(warehouse: Warehouse) -> set[str]:
    return {path.name for path in warehouse.folder.versions.iterdir()}


def three_files(version: str) -> set[str]:
    return {f"{version}.duckdb", f"{version}.private.duckdb", f"{version}.json"}


def test_a_published_version_is_current_sealed_and_write_protected(warehouse: Warehouse) -> None:
    version = build(warehouse, 7)
    assert warehouse.current().id == version.id
    assert version.notices == ()
    assert version.fallback_reason is None
    assert VERSION_ID.fullmatch(version.id)
    assert (warehouse.root / "CURRENT").read_text() == version.id + "\n"
    assert files(warehouse) == three_files(version.id)
    sidecar = json.loads((warehouse.folder.versions / f"{version.id}.json").read_text())
    assert sidecar["public"]["sha256"] == sha256(version.public_path)
    assert sidecar["private"] == {
        "sha256": sha256(version.private_path),
        "bytes": version.private_path.stat().st_size,
    }
    assert sidecar["summary"] == {
        "records": 7,
        "rejected": 0,
        "data_until": "2023-12-31",
        "layout": LAYOUT,
    }
    assert stat.S_IMODE(version.public_path.stat().st_mode) & 0o222 == 0
    assert stat.S_IMODE(version.private_path.stat().st_mode) & 0o227 == 0
    assert served(warehouse) == 7
    assert warehouse.inbox.is_dir()


def test_the_newest_five_versions_are_kept(warehouse: Warehouse) -> None:
    built = [build(warehouse, number).id for number in range(1, 8)]
    assert [version.id for version in warehouse.versions()] == built[:1:-1]
    assert files(warehouse) == set().union(*map(three_files, built[2:]))
    assert served(warehouse) == 7


def test_a_fixed_ranking_keeps_its_version_for_good(warehouse: Warehouse) -> None:
    built = [build(warehouse, 1).id]
    warehouse.fix_ranking("2023Q3", built[0], {"commend": 10}, [{"unit_id": "U1", "rank": 1}])
    built += [build(warehouse, number).id for number in range(2, 10)]
    assert [version.id for version in warehouse.versions()] == [*built[:3:-1], built[0]]
    fixed = warehouse.state.fixed_ranking("2023Q3")
    assert fixed is not None
    assert (fixed.version, fixed.rules, fixed.rows) == (
        built[0],
        {"commend": 10},
        [{"unit_id": "U1", "rank": 1}],
    )
    with pytest.raises(QuarterFixed, match="2023Q3"):
        warehouse.fix_ranking("2023Q3", built[-1], {}, [])
    with pytest.raises(VersionUnknown):
        warehouse.fix_ranking("2023Q4", built[1], {}, [])
    assert warehouse.state.fixed_versions() == {"2023Q3": built[0]}


def test_two_builds_in_one_second_and_a_clock_set_back(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_module, "datetime", Clock)
    monkeypatch.setattr(Clock, "moments", [datetime(2023, 10, 5, 8, 15, 30, tzinfo=UTC)])
    first, second = build(warehouse, 1), build(warehouse, 2)
    monkeypatch.setattr(Clock, "moments", [datetime(1999, 1, 1, tzinfo=UTC)])
    third = build(warehouse, 3)
    ids = [first.id, second.id, third.id]
    assert [version.id for version in warehouse.versions()] == sorted(ids, reverse=True) == ids[::-1]
    assert first.id[-16:] == second.id[-16:] == "20231005T081530Z"
    (warehouse.root / "CURRENT").write_text("")
    assert warehouse.current().id == third.id


def test_a_number_is_never_given_twice(warehouse: Warehouse) -> None:
    build(warehouse)
    with warehouse.building() as draft:
        unpublished = draft.id
    assert build(warehouse).sequence == int(unpublished[:6]) + 1
    (warehouse.root / "state.sqlite").unlink()
    assert build(warehouse).sequence == int(unpublished[:6]) + 2


def test_an_unpublished_draft_leaves_no_trace(warehouse: Warehouse) -> None:
    version = build(warehouse)
    with warehouse.building() as draft:
        write_draft(draft, 2)
    with pytest.raises(ZeroDivisionError), warehouse.building() as draft:  # noqa: PT012  # the draft has to be written before it fails
        write_draft(draft, 3)
        raise ZeroDivisionError
    assert files(warehouse) == three_files(version.id)
    assert served(warehouse) == 1


def test_publishing_an_open_or_missing_draft_is_a_programming_error(warehouse: Warehouse) -> None:
    with warehouse.building() as draft:
        with pytest.raises(RuntimeError, match="was not written"):
            draft.publish({})
        write_draft(draft, 1)
        with (
            duckdb.connect(str(draft.private_path)),
            pytest.raises(RuntimeError, match=r"private\.duckdb\.building is still open"),
        ):
            draft.publish({})
        draft.publish({})
        with pytest.raises(RuntimeError, match="published already"):
            draft.publish({})
    assert served(warehouse) == 1


def test_rollback_steps_back_or_goes_to_a_named_version(warehouse: Warehouse) -> None:
    one, two, three = (build(warehouse, number).id for number in (1, 2, 3))
    assert warehouse.rollback().id == two
    assert served(warehouse) == 2
    assert warehouse.rollback().id == one
    with pytest.raises(NoEarlierVersion, match=three):
        warehouse.rollback()
    assert warehouse.rollback(three).id == three
    assert served(warehouse) == 3
    with pytest.raises(VersionUnknown, match=f"{three}、{two}、{one}") as caught:
        warehouse.rollback("000009-20231005T081530Z")
    assert isinstance(caught.value, InputFault)
    assert caught.value.exit_code == 2
    assert served(warehouse) == 3
    steps = [(e.version, e.detail["from"]) for e in warehouse.state.audit() if e.action == "rollback"]
    assert steps == [(two, three), (one, two), (three, one)]


def test_a_build_after_a_rollback_is_the_newest_and_current(warehouse: Warehouse) -> None:
    build(warehouse, 1)
    build(warehouse, 2)
    warehouse.rollback()
    three = build(warehouse, 3)
    assert three.sequence == 3
    assert served(warehouse) == 3
    assert warehouse.rollback().sequence == 2


def test_the_version_rolled_back_to_survives_builds_that_publish_nothing(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path, keep=2)
    one = build(warehouse, 1).id
    build(warehouse, 2)
    warehouse.rollback(one)
    with warehouse.building():
        pass
    assert served(warehouse) == 1
    build(warehouse, 3)
    assert [version.sequence for version in warehouse.versions()] == [4, 2]


@pytest.mark.parametrize("which", ["public_path", "private_path"])
def test_rollback_to_a_damaged_version_is_refused(warehouse: Warehouse, which: str) -> None:
    one, two, _ = (build(warehouse, number) for number in (1, 2, 3))
    path: Path = getattr(two, which)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    with pytest.raises(VersionDamaged, match="校验值不符") as caught:
        warehouse.rollback(two.id)
    assert caught.value.exit_code == 4
    assert served(warehouse) == 3
    assert warehouse.rollback().id == one.id  # the damaged one is passed over


def test_status_tells_what_serves_and_what_is_kept(warehouse: Warehouse) -> None:
    one, two = build(warehouse, 1), build(warehouse, 2)
    warehouse.fix_ranking("2023Q4", one.id, {}, [])
    status: dict[str, Any] = warehouse.status()
    assert json.loads(json.dumps(status)) == status
    assert {name: status[name] for name in ("version", "records", "rejected", "data_until")} == {
        "version": two.id,
        "records": 2,
        "rejected": 0,
        "data_until": "2023-12-31",
    }
    assert status["built_at"] == two.built_at.isoformat()
    assert status["fallback_reason"] is status["private_reason"] is status["state_reason"] is None
    kept = [(entry["version"], entry["current"], entry["fixed_for"]) for entry in status["versions_kept"]]
    assert kept == [(two.id, True, []), (one.id, False, ["2023Q4"])]


def test_status_tells_of_damage_without_failing(warehouse: Warehouse) -> None:
    one, two = build(warehouse, 1), build(warehouse, 2)
    one.private_path.unlink()
    two.private_path.unlink()
    (warehouse.root / "state.sqlite").write_bytes(b"not a database at all" * 50)
    status: dict[str, Any] = warehouse.status()
    assert status["version"] == two.id
    assert status["private_reason"] == f"缺少 {two.private_path.name}"
    assert "不是 SQLite 数据库" in str(status["state_reason"])
    assert [entry["damage"] for entry in status["versions_kept"]] == [
        f"缺少 {two.private_path.name}",
        f"缺少 {one.private_path.name}",
    ]
