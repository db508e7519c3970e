"""What stops a build, what does not, and what a dry run says beforehand; each leaves everything as it was."""

import os
import tempfile
from pathlib import Path

import pytest

from tests.commands import command
from tests.pipelines.building import (
    SAMPLE,
    build,
    copy_of,
    current,
    exports,
    state_of,
    write,
)

# Content and the words that the sentence must have besides the name of the file.
REFUSED = {
    "空.csv": (b"", "空文件"),
    "缺列_20240420.csv": ("流水编号,红管家编号,记账时间,分值\nE1,P01,2024-01-01,5\n".encode(), "积分类型"),
    "别的表.csv": ("品名,单价\n灯泡,3\n".encode(), "表头"),
    "乱码.csv": (b"\xff\xfe\x00\xd8\x00" + bytes(range(128, 256)) * 9, "编码"),
    "两个编号.csv": ("流水编号,流水编号,红管家编号,记账时间,分值,积分类型\n".encode(), "重复"),
}


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("refused") / "inbox", exports())


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_file_stops_the_build_and_changes_nothing(
    tmp_path: Path, tiny_warehouse: Path, name: str
) -> None:
    content, word = REFUSED[name]
    inbox = write(tmp_path / "inbox", exports())
    (inbox / name).write_bytes(content)
    warehouse = copy_of(tiny_warehouse, tmp_path / "w")
    before = state_of(warehouse / "versions"), current(warehouse)
    build(inbox, warehouse).refused(2, name, word)
    assert (state_of(warehouse / "versions"), current(warehouse)) == before
    build(inbox, warehouse, "--json").refused(2, name)
    build(inbox, tmp_path / "new").refused(2, name)
    assert not (tmp_path / "new").exists()


def test_keep_going_lists_the_refused_and_builds_the_rest(tmp_path: Path, tiny_warehouse: Path) -> None:
    inbox = write(tmp_path / "inbox", exports())
    for name, (content, _) in REFUSED.items():
        (inbox / name).write_bytes(content)
    found = build(inbox, tmp_path / "w", "--keep-going", "--json").done().json
    assert {refused["file"] for refused in found["refused"]} == set(REFUSED)
    for refused in found["refused"]:
        assert refused["file"] in refused["message"]
        assert REFUSED[refused["file"]][1] in refused["message"]
    assert len(found["files"]) == len(exports())
    told = build(inbox, tmp_path / "w", "--keep-going").done()
    assert all(name in told.err for name in REFUSED)
    assert build(inbox, tmp_path / "w", "--keep-going", "--strict").code == 1
    asked = ("rank", "units", "--period", "2024Q1", "--csv", "--warehouse")
    assert command(*asked, tmp_path / "w").done().out == command(*asked, tiny_warehouse).done().out


@pytest.mark.parametrize(
    ("missing", "word"),
    [("nowhere", "没有文件夹"), ("empty", "没有 csv"), ("file", "没有文件夹")],
)
def test_an_inbox_without_exports(tmp_path: Path, missing: str, word: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "说明.docx").write_bytes(b"PK")
    (tmp_path / "file").write_bytes(b"")
    before = sorted(tmp_path.iterdir())
    build(tmp_path / missing, tmp_path / "w").refused(2, missing, word)
    command("check", tmp_path / missing).refused(2, missing, word)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ('name = "甲区"\nnmae = "乙区"\n', "2", "nmae"),
        ('name = "甲区"\n\n[points]\nassigned = [20, 5]\n', "4", "assigned"),
        ('name = "甲区"\n[checkins]\nradius_m = "五十米"\n', "3", "radius_m"),
        ("[[score_lines]]\neffective_from = 2024-01-01\nexcellent = 10\ngood = 20\npass = 5\n", "4", "good"),
        ('name = "甲区\n', "1", "toml"),
    ],
    ids=["unknown key", "wrong order", "wrong type", "lines that rise", "no TOML"],
)
def test_wrong_settings_are_refused_with_their_line(
    tmp_path: Path, inbox: Path, text: str, line: str, word: str
) -> None:
    district = tmp_path / "district.toml"
    district.write_text(text, encoding="utf-8")
    build(inbox, tmp_path / "w", district=district).refused(2, f"第 {line} 行", word)
    assert not (tmp_path / "w").exists()


def test_settings_that_are_not_there(tmp_path: Path, inbox: Path) -> None:
    build(inbox, tmp_path / "w", district=tmp_path / "没有.toml").refused(2, "没有.toml")
    build(inbox, tmp_path / "w", district=tmp_path).refused(2)
    assert not (tmp_path / "w").exists()


def test_wrong_boundaries(tmp_path: Path) -> None:
    inbox = write(tmp_path / "inbox", exports())
    for text in ("{", '{"features": [{"geometry": {"type": "Point"}}]}', '{"features": 3}', "[]"):
        (inbox / "boundaries.geojson").write_text(text)
        build(inbox, tmp_path / "w").refused(2, "boundaries.geojson")
    assert not (tmp_path / "w").exists()


def test_strict_ends_with_1_after_it_has_published(tmp_path: Path, inbox: Path) -> None:
    found = build(inbox, tmp_path / "w", "--strict", "--json")
    assert found.code == 1
    assert (found.json["rejected"], sum(finding["count"] for finding in found.json["findings"])) == (0, 2)
    assert current(tmp_path / "w") == found.json["version"]
    clean = write(tmp_path / "clean", exports(but=["领取", "红管家"]))
    text = exports()["红管家_20240420.csv"].replace(",,3,2023", ",,5,2023")
    write(clean, {"红管家_20240420.csv": text})
    assert build(clean, tmp_path / "w", "--strict").done().err == ""


def test_check_says_what_a_build_would_do_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.chdir(temporary)
    before = state_of(SAMPLE)
    told = command("check", SAMPLE, "--json").done().json
    command("check", SAMPLE).done()
    assert state_of(SAMPLE) == before
    assert list(temporary.iterdir()) == []
    built = build(SAMPLE, tmp_path / "w", "--json", district=SAMPLE / "district.toml").done().json
    same = ("file", "export", "encoding", "records", "loaded", "superseded", "rejected", "extra_columns")
    assert [{name: file[name] for name in same} for file in told["files"]] == built["files"]
    rejects = command("rejects", "--warehouse", tmp_path / "w", "--csv").done().rows
    asked = ["file", "line", "export", "reason", "column", "value", "message"]
    assert [list(map(str, (reject[name] for name in asked))) for reject in told["rejects"]] == [
        [row[name] for name in asked] for row in rejects
    ]
    assert len(rejects) > 80


def test_check_names_all_refused_files_and_ends_with_2(tmp_path: Path) -> None:
    inbox = write(tmp_path / "inbox", exports())
    for name, (content, _) in REFUSED.items():
        (inbox / name).write_bytes(content)
    found = command("check", inbox)
    assert found.code == 2
    assert len(found.err.splitlines()) == len(REFUSED)
    assert all(name in found.err for name in REFUSED)
    assert "积分_20240420.csv" in found.out


def test_links_and_pipes(tmp_path: Path, tiny_warehouse: Path) -> None:
    inbox = write(tmp_path / "inbox", exports())
    (inbox / "链接.csv").symlink_to(tmp_path / "没有.csv")
    os.mkfifo(inbox / "管道.csv")
    warehouse = copy_of(tiny_warehouse, tmp_path / "w")
    build(inbox, warehouse).refused(2, ".csv")
    refused = build(inbox, warehouse, "--keep-going", "--json").done().json["refused"]
    assert {file["file"] for file in refused} == {"链接.csv", "管道.csv"}
    found = command("check", inbox)
    assert found.code == 2
    assert len(found.err.splitlines()) == 2


def test_nothing_but_refused_files_never_replaces_what_is_there(tmp_path: Path, tiny_warehouse: Path) -> None:
    warehouse = copy_of(tiny_warehouse, tmp_path / "w")
    before = current(warehouse)
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "空.csv").write_bytes(b"")
    build(tmp_path / "inbox", warehouse, "--keep-going").refused(2, "空.csv")
    assert current(warehouse) == before


def test_a_warehouse_within_the_inbox_is_no_export(tmp_path: Path) -> None:
    """Uploads are read once, and what a killed build has left is none of them."""
    write(tmp_path, exports())
    build(tmp_path, tmp_path / "w").done()
    write(tmp_path / "w" / "inbox", {"积分_20240421.csv": exports()["积分_20231231.csv"]})
    write(tmp_path / "w" / "versions" / "building-x", {"rest.csv": "一,二\n1,2\n"})
    summary = build(tmp_path, tmp_path / "w", "--json").done().json
    assert {file["file"] for file in summary["files"]} == {*exports(), "inbox/积分_20240421.csv"}
    assert summary["ignored"] == []
    files = build(tmp_path / "w" / "inbox", tmp_path / "w", "--json").done().json["files"]
    assert [file["file"] for file in files] == ["积分_20240421.csv"]
