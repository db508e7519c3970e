"""Readers while versions are published and deleted under their hands."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from toy_warehouse import build, served, toy

from pipelines import warehouse as warehouse_module
from pipelines.versions import VersionFolder
from pipelines.warehouse import Warehouse


@pytest.mark.parametrize("moment", ["read", "connect"])
def test_a_version_deleted_between_two_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    reader = Warehouse(tmp_path)
    build(reader, 1)
    where = VersionFolder if moment == "read" else warehouse_module
    original = getattr(where, moment)

    def publish_first(*args: object, **options: object) -> object:
        monkeypatch.setattr(where, moment, original)
        build(Warehouse(tmp_path, keep=1), 2)
        return original(*args, **options)

    monkeypatch.setattr(where, moment, publish_first)
    assert reader.current().fallback_reason is None
    assert served(reader) == 2


def test_readers_across_twenty_publishes(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path, keep=1)  # each publish deletes what the readers are opening
    build(warehouse, 0)
    end = threading.Event()

    def read() -> list[int]:
        seen = []
        while not end.is_set():
            seen.append(served(warehouse))
            time.sleep(0.01)  # the builds share their interpreter; the process reads without a pause
            assert warehouse.current().fallback_reason is None
        return seen

    with ThreadPoolExecutor(3) as pool, toy("read-until-end", tmp_path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "reading\n"
        readers = [pool.submit(read) for _ in range(3)]
        try:
            for number in range(1, 21):
                build(warehouse, number)
            told, complaint = process.communicate(timeout=60)
        finally:
            end.set()
        assert process.returncode == 0, complaint
        assert int(told) > 1
        for reader in readers:
            seen = reader.result()
            assert seen == sorted(seen)
            assert len(set(seen)) > 1
