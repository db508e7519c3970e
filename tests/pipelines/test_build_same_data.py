"""The same records give the same version, however they are written and in whatever order they lie."""

import os
import random
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from pipelines import sql_files
from tests.commands import command
from tests.pipelines.building import SAMPLE, Tables, build, exports, tables, write

ENCODINGS = {
    "utf-8": "utf-8",
    "bom utf-8": "utf-8-sig",
    "gb18030": "gb18030",
    "bom utf-16-le": "utf-16",
    "bom utf-16-be": "utf-16",
}
DELIMITERS = {"comma": ",", "tab": "\t", "semicolon": ";"}
RANKED = ("units", "communities", "stewards")


@pytest.fixture(scope="module")
def plain(tiny_warehouse: Path) -> Tables:
    """All tables of the tiny district in UTF-8 with commas."""
    found = tables(tiny_warehouse)
    assert len([name for name in found if name.startswith("marts.")]) > 25
    assert sum(map(len, found.values())) > 1_000
    return found


def without_looks(found: Tables) -> Tables:
    """What files look like on the disk (meta.files: encoding, delimiter, bytes, checksum) left out."""
    assert found["meta.files"]
    return {**found, "meta.files": [row[:3] + row[7:] for row in found["meta.files"]]}


@pytest.mark.parametrize("turn", range(len(ENCODINGS)))
def test_encodings_and_delimiters(tmp_path: Path, plain: Tables, turn: int) -> None:
    """As an office delivers: every system writes as it likes, some with CRLF.

    Each turn has each pair of encoding and delimiter; in five turns each file has each encoding and each delimiter.
    """
    dresses = {}
    for number, (name, text) in enumerate(exports().items(), turn):
        encoding = list(ENCODINGS)[number % len(ENCODINGS)]
        delimiter = list(DELIMITERS)[number % len(DELIMITERS)]
        lines = text.replace("\n", "\r\n") if number % 2 and '"' not in text else text
        write(tmp_path / "inbox", {name: lines}, encoding, DELIMITERS[delimiter])
        dresses[name] = (ENCODINGS[encoding], DELIMITERS[delimiter])
    build(tmp_path / "inbox", tmp_path / "w").done()
    found = tables(tmp_path / "w")
    assert {row[1]: row[3:5] for row in found["meta.files"]} == dresses
    assert without_looks(found) == without_looks(plain)


def test_neither_order_nor_times_of_files_matter(tmp_path: Path) -> None:
    """The sample with all its flaws and corrections: copied backwards, with times that say the contrary."""
    straight, backwards = tmp_path / "straight", tmp_path / "backwards"
    shutil.copytree(SAMPLE, straight)
    backwards.mkdir()
    for age, path in enumerate(sorted(straight.iterdir(), reverse=True)):
        shutil.copyfile(path, backwards / path.name)
        os.utime(backwards / path.name, (1_600_000_000 + age, 1_600_000_000 + age))
    for number, inbox in enumerate((straight, backwards, straight)):
        build(inbox, tmp_path / f"w{number}", district=SAMPLE / "district.toml").done()
    first = tables(tmp_path / "w0")
    assert len(first["private.rejects"]) > 50
    assert len(first["meta.findings"]) > 10
    assert any(row[11] for row in first["meta.files"]), "nothing superseded"
    assert tables(tmp_path / "w1") == first
    assert tables(tmp_path / "w2") == first  # and a second build of the very same files


def test_names_without_dates(tmp_path: Path, plain: Tables) -> None:
    """Data until is then the day of the latest event, E33 on 20 April: the very day that the names tell."""
    files = {f"{number:02}.csv": text for number, text in enumerate(exports().values())}
    summary = build(write(tmp_path / "inbox", files), tmp_path / "w", "--json").done().json
    assert summary["data_until"] == "2024-04-20T23:59:59"
    schemas = ("facts", "marts", "private")
    assert tables(tmp_path / "w", *schemas) == {
        name: rows for name, rows in plain.items() if name.startswith(schemas)
    }


@pytest.mark.parametrize("name", ["区划", "红管家", "积分", "领取", "no records at all"])
def test_one_export_alone(tmp_path: Path, name: str) -> None:
    """A first delivery is never complete: whatever there is can be loaded, asked and ranked."""
    if name == "no records at all":
        files = {file: text.splitlines()[0] + "\n" for file, text in exports().items()}
    else:
        files = {file: text for file, text in exports().items() if file.startswith(name)}
    summary = build(write(tmp_path / "inbox", files), tmp_path / "w", "--json").done().json
    assert summary["records"] == summary["loaded"]
    assert (summary["records"] == 0) == (name == "no records at all")
    quarter = "2023Q4" if name == "区划" else "2024Q2"
    assert summary["data_until"].startswith("2023-10-01" if name == "区划" else "2024-04-20")
    for words in (["measure", "points_earned"], *(["rank", kind, "--period", quarter] for kind in RANKED)):
        command(*words, "--warehouse", tmp_path / "w", "--csv").done()


@pytest.fixture(scope="module")
def without_units(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Exports without the units that they name, and in `w` the warehouse that is built of them."""
    folder = tmp_path_factory.mktemp("without-units")
    files = {
        f"{name.split('_')[0]}{number:02}.csv": text
        for number, (name, text) in enumerate(exports(["单位"]).items())
    }
    build(write(folder / "inbox", files), folder / "w").done()
    return folder


@pytest.mark.parametrize("seed", range(3))
def test_the_order_in_which_jobs_happen_to_run_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without_units: Path, seed: int
) -> None:
    """Jobs begin in any order that their needs allow, some of them late: a need that nobody declared shows."""
    straight, chance = sql_files.run_in_order, random.Random(seed)

    def late(job: sql_files.Job, seconds: float) -> sql_files.Job:
        return sql_files.Job(job.name, job.needs, lambda con: (time.sleep(seconds), job.run(con)))

    def shuffled(
        con: sql_files.Connection, jobs: list[sql_files.Job], **options: Any
    ) -> list[sql_files.Step]:
        mixed = [late(job, max(0, chance.uniform(-0.1, 0.05))) for job in chance.sample(jobs, len(jobs))]
        return straight(con, mixed, **options)

    monkeypatch.setattr("pipelines.build.run_in_order", shuffled)
    build(without_units / "inbox", tmp_path / "other").done()
    assert tables(tmp_path / "other") == tables(without_units / "w")
