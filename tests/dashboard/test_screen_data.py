"""Data, Upload and Definitions: every part says its figures, filters hold, nobody changes what he may not."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from boards import bodies, built, opened, words
from hostile_names import HOSTILE_NAMES
from test_components import ALLOWED as TAGS
from test_markup import read

from dashboard import formats
from dashboard.board.authority import ALLOWED, CHANGES_VARIABLE
from dashboard.wording.data_definitions import _SUBJECTS
from pipelines.metrics import load_metrics
from pipelines.warehouse import Warehouse
from tests.places import moved

GOOD = "微心愿_20230930.csv"


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CHANGES_VARIABLE, ALLOWED)


@pytest.fixture(scope="session")
def place(made_once: Callable[..., Path], small_inbox: Path) -> Path:
    """The exports of the small sample and their warehouse; only to be copied."""

    def make(folder: Path) -> None:
        shutil.copytree(small_inbox, folder / "inbox")
        built(folder / "inbox", folder / "warehouse")

    return made_once("screen-place", make)


@pytest.fixture
def own(place: Path, tmp_path: Path, serve: Callable[[Path], None], allowed: None) -> Path:
    """A warehouse of one's own, served, that may be changed."""
    root = moved(place, tmp_path) / "warehouse"
    serve(root)
    return root


def asked(root: Path, sql: str) -> list[tuple[Any, ...]]:
    with Warehouse(root).open() as con:
        return con.execute(sql).fetchall()


def wishes(root: Path) -> bytes:
    code = asked(root, "SELECT area_code FROM facts.areas WHERE level = 'community' ORDER BY 1")[0][0]
    rows = "".join(f"NW{n},{code},就医,2023-09-0{1 + n} 09:00\n" for n in range(7))
    return ("心愿编号,社区编码,类别,收集时间\n" + rows + f"NW9,{code},就医,昨天\n").encode()


@pytest.mark.parametrize("part", ["files", "rejects", "findings"])
def test_each_part_says_its_figures(part: str, small_board: Path, serve: Callable[[Path], None]) -> None:
    serve(small_board)
    at = opened("data", {"part": part})
    assert not at.exception
    said = words(at)
    records, rejected = asked(small_board, "SELECT sum(records), sum(rejected) FROM meta.files")[0]
    assert f"{formats.integer(records)} 条记录，拒收 {formats.integer(rejected)} 条" in said
    assert "None" not in said
    assert "nan" not in said


def test_the_files_of_an_export_are_listed_with_their_balance(
    small_board: Path, serve: Callable[[Path], None]
) -> None:
    serve(small_board)
    said = words(opened("data", {"part": "files", "export": "tasks"}))
    files = asked(
        small_board,
        "SELECT file, records, loaded, superseded, rejected FROM meta.files WHERE export = 'tasks'",
    )
    assert files
    for file, *counts in files:
        assert "  ".join(formats.integer(count) for count in counts) in said.split(file)[1]


def test_rejects_are_filtered_by_reason(small_board: Path, serve: Callable[[Path], None]) -> None:
    serve(small_board)
    said = words(opened("data", {"part": "rejects", "reason": "bad_date", "state": "all"}))
    count = asked(
        small_board, "SELECT count(DISTINCT file || ':' || line) FROM meta.rejects WHERE reason = 'bad_date'"
    )[0][0]
    assert f"{count} 条记录被拒收" in said
    assert "不是日期" in said
    assert "超出范围" not in said


def test_findings_are_filtered_by_check(small_board: Path, serve: Callable[[Path], None]) -> None:
    serve(small_board)
    check, count = asked(
        small_board, 'SELECT "check", count(*) FROM meta.findings GROUP BY ALL ORDER BY 2 DESC'
    )[0]
    said = words(opened("data", {"part": "findings", "check": check}))
    assert f"{formats.integer(count)} 条记录已入库但看着不对" in said


def test_correction_sheets_are_for_those_who_may(
    small_board: Path, serve: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(small_board)
    monkeypatch.delenv(CHANGES_VARIABLE, raising=False)
    at = opened("data", {"part": "rejects", "export": "tasks"})
    assert "含个人信息" in words(at)
    assert not [button for button in at.get("download_button") if "更正表" in button.proto.label]
    monkeypatch.setenv(CHANGES_VARIABLE, ALLOWED)
    at = opened("data", {"part": "rejects", "export": "tasks"})
    labels = [button.proto.label for button in at.get("download_button")]
    assert {"更正表（XLSX）", "更正表（CSV）"} <= set(labels)


def test_nobody_uploads_or_goes_back_unless_allowed(
    small_board: Path, serve: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(small_board)
    monkeypatch.delenv(CHANGES_VARIABLE, raising=False)
    at = opened("upload")
    assert not at.exception
    assert "没有开放上传" in words(at)
    assert "--changes" in words(at)
    assert not at.file_uploader
    assert not [button for button in at.button if button.key not in ("language_en", "open_meeting")]


def test_an_upload_is_tried_named_confirmed_and_published(own: Path) -> None:
    before = asked(own, "SELECT count(*) FROM facts.wishes")[0][0]
    at = opened("upload")
    at.file_uploader[0].upload(GOOD, wishes(own), "text/csv")
    at.file_uploader[0].upload("garbage.exe", b"MZ\0\0", "application/octet-stream")
    at.run()
    said = words(at)
    assert "1 个文件可以发布" in said
    assert "garbage.exe：不是 csv、tsv 或 txt 文件" in said
    assert "不是日期 1 处" in said
    assert asked(own, "SELECT count(*) FROM facts.wishes")[0][0] == before
    at.button(key="publish_button").click().run()
    assert "请先填写操作人姓名" in words(at)
    at.text_input(key="publish_name").input("王主任").run()
    at.button(key="publish_button").click().run()
    assert "发布 1 个文件？" in words(at)
    at.button(key="publish_confirm").click().run()
    assert not at.exception
    assert "已发布 1 个文件" in words(at)
    assert asked(own, "SELECT count(*) FROM facts.wishes")[0][0] == before + 7
    assert "王主任" in words(at)


def test_hostile_file_names_stay_text(own: Path) -> None:
    at = opened("upload")
    for name in HOSTILE_NAMES:
        at.file_uploader[0].upload(f"{name}.csv", wishes(own), "text/csv")
    at.run()
    assert not at.exception
    for body in bodies(at):
        parsed = read(body)
        assert set(parsed.tags) - {"style"} <= TAGS
        assert all(one.get("src", "data:").startswith("data:") for one in parsed.attributes)


def test_a_loss_of_records_is_told_before_it_happens(own: Path) -> None:
    at = opened("upload")
    at.file_uploader[0].upload("微心愿_全量_20231231.csv", wishes(own), "text/csv")
    at.run()
    assert "会比现在少" in words(at)
    assert "请核对" in words(at)


def test_files_that_cannot_be_read_are_refused_one_by_one(own: Path) -> None:
    current = Warehouse(own).current().id
    at = opened("upload")
    for name, content in (
        ("任" * 200 + ".csv", b"a,b"),
        ("名册.xlsx", b"PK"),
        ("空.csv", b""),
        ("x.csv", b"a,b\n1,2\n"),
    ):
        at.file_uploader[0].upload(name, content, "text/csv")
    at.run()
    said = words(at)
    assert not at.exception
    assert "0 个文件可以发布" in said
    for sentence in ("文件名太长", "另存为“CSV UTF-8”", "是空文件", "表头不属于任何一种导出表"):
        assert sentence in said
    assert not [button for button in at.button if button.key == "publish_button"]
    assert Warehouse(own).current().id == current
    assert list(Warehouse(own).inbox.iterdir()) == []


def test_going_back_takes_a_name_and_a_second_look(own: Path) -> None:
    first = Warehouse(own).current().id
    built(own.parent / "inbox", own)
    at = opened("upload")
    at.text_input(key="rollback_name").input("李书记").run()
    at.button(key="rollback_button").click().run()
    assert f"用版本 {first}" in words(at)
    assert Warehouse(own).current().id != first
    at.button(key="rollback_cancel").click().run()
    assert Warehouse(own).current().id != first
    at.button(key="rollback_button").click().run()
    at.button(key="rollback_confirm").click().run()
    assert not at.exception
    assert Warehouse(own).current().id == first
    entry = Warehouse(own).state.audit()[-1]
    assert (entry.action, entry.who, entry.version) == ("rollback", "李书记", first)
    assert "李书记" in words(at)
    assert "正在使用较早的版本" in words(at)


def test_every_metric_has_its_definition_under_a_subject(
    small_board: Path, serve: Callable[[Path], None]
) -> None:
    serve(small_board)
    catalogue = load_metrics()
    assert {metric.mart for metric in catalogue.values()} <= set(_SUBJECTS)
    said = words(opened("definitions", {"subject": "all"}))
    for metric in catalogue.values():
        assert f" {metric.label} " in said
        assert metric.definition in said


def test_definitions_are_searched_in_all_subjects(small_board: Path, serve: Callable[[Path], None]) -> None:
    serve(small_board)
    at = opened("definitions", {"subject": "tasks", "find": "微心愿 占比"})
    said = words(at)
    assert "微心愿达成率" in said
    assert " 办结率 " not in said
    at.text_input(key="choice_find").input("没有这个词").run()
    assert "没有指标提到“没有这个词”" in words(at)
    assert not at.exception
