"""What an inbox may hold: files that are no exports, cannot be read, still grow, or are monstrous."""

import os
import threading
import time
from datetime import date
from pathlib import Path

import pytest

from pipelines.faults import (
    EmptyFile,
    GrowingFile,
    MissingInbox,
    NothingToLoad,
    UnknownEncoding,
    UnknownHeader,
    UnreadableFile,
)
from pipelines.inbox import export_date, find_exports
from pipelines.opening import open_inbox
from tests.pipelines.loading import load_files

AREAS = "区划编码,名称,层级\n01,示例区,区\n"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("任务_20231005.csv", date(2023, 10, 5)),
        ("任务 2023-10-05.csv", date(2023, 10, 5)),
        ("任务2023年10月5日.csv", date(2023, 10, 5)),
        ("20230101_任务_20231005.csv", date(2023, 10, 5)),
        ("任务_20231345.csv", None),
        ("任务_202310.csv", None),
        ("任务_1202310051.csv", None),
        ("任务.csv", None),
    ],
)
def test_export_date_is_the_last_date_of_the_name(name: str, expected: date | None) -> None:
    assert export_date(name) == expected


def test_files_come_in_order_of_precedence(tmp_path: Path) -> None:
    names = ["b_20230101.csv", "a_20230301.csv", "z.csv", "sub/a_20230101.csv", "c_20230201.TXT"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(AREAS)
    (tmp_path / "notes.xlsx").write_text("x")
    (tmp_path / "~$任务.csv").write_text("x")
    found = find_exports(tmp_path)
    assert [file.name for file in found.files] == [
        "z.csv",
        "sub/a_20230101.csv",
        "b_20230101.csv",
        "c_20230201.TXT",
        "a_20230301.csv",
    ]
    assert found.ignored == ["notes.xlsx", "~$任务.csv"]


def test_a_missing_folder_and_an_empty_one_say_so(tmp_path: Path) -> None:
    with pytest.raises(MissingInbox, match="没有文件夹"):
        find_exports(tmp_path / "none")
    with pytest.raises(NothingToLoad, match="没有 csv"):
        open_inbox([tmp_path])


def test_a_link_a_pipe_and_an_empty_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text(AREAS)
    for name, make in {
        "link.csv": lambda path: path.symlink_to("real.csv"),
        "pipe.csv": lambda path: os.mkfifo(path),
    }.items():
        make(tmp_path / name)
        with pytest.raises(UnreadableFile, match=name):
            open_inbox([tmp_path])
        (tmp_path / name).unlink()
    (tmp_path / "empty.csv").touch()
    with pytest.raises(EmptyFile, match="空文件"):
        open_inbox([tmp_path])


def test_a_folder_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text(AREAS)
    (tmp_path / "loop").symlink_to(tmp_path)
    assert [file.name for file in find_exports(tmp_path).files] == ["real.csv"]


def test_a_file_that_grows_stops_the_build(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text(AREAS)
    stop = threading.Event()

    def append() -> None:
        while not stop.wait(0.02):
            with path.open("a") as out:
                out.write("02,x,区\n")

    writer = threading.Thread(target=append)
    writer.start()
    try:
        with pytest.raises(GrowingFile, match="还在写入"):
            open_inbox([tmp_path])
    finally:
        stop.set()
        writer.join()


def test_keep_going_lists_what_it_refuses(tmp_path: Path) -> None:
    (tmp_path / "areas.csv").write_text(AREAS)
    (tmp_path / "odd.csv").write_text("甲,乙\n1,2\n")
    opened = open_inbox([tmp_path], keep_going=True)
    assert [file.inbox.name for file in opened.files] == ["areas.csv"]
    assert [fault.file for fault in opened.refused] == ["odd.csv"]


@pytest.mark.parametrize(
    ("content", "fault", "says"),
    [
        (b"\x81\x20\xff\xfe\xfd" * 20, UnknownEncoding, "编码认不出来"),
        ("甲,乙\n1,2\n".encode(), UnknownHeader, "不属于任何一种"),
        ("区划编码,层级\n01,区\n".encode(), UnknownHeader, "缺少必需的列：名称"),
        ("区划编码,名称,层级,名称\n01,a,区,b\n".encode(), UnknownHeader, "重复的列"),
        (b"\x00" * 5000, UnknownHeader, "不属于任何一种"),
    ],
)
def test_a_file_that_is_no_export_is_refused(
    tmp_path: Path, content: bytes, fault: type[Exception], says: str
) -> None:
    (tmp_path / "odd.csv").write_bytes(content)
    with pytest.raises(fault, match=says):
        open_inbox([tmp_path])


def test_a_field_of_200_megabytes_is_one_reject_and_no_hang(tmp_path: Path) -> None:
    started = time.monotonic()
    huge = AREAS.encode() + b"02," + b"x" * 200_000_000 + b"\n" + "03,乙,区\n".encode()
    outcome = load_files(tmp_path, {"区划.csv": huge})
    assert outcome.balance["区划.csv"] == (3, 2, 0, 1)
    assert outcome.rejects == [("区划.csv", 3, "too_long", "")]
    assert len(outcome.loaded.rejects[0].raw) < 10_000
    assert time.monotonic() - started < 60


def test_ten_thousand_columns_load_and_are_listed(tmp_path: Path) -> None:
    extra = ",".join(f"列{number}" for number in range(10_000))
    cells = ",".join("x" * 10_000)
    content = f"区划编码,名称,层级,{extra}\n01,示例区,区,{cells}\n"
    outcome = load_files(tmp_path, {"区划.csv": content})
    assert outcome.balance["区划.csv"] == (1, 1, 0, 0)
    assert len(outcome.loaded.balances[0].file.header.extra) == 10_000


def test_a_header_of_nothing_but_commas_is_refused(tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("," * 50_000 + "\n")
    with pytest.raises(UnknownHeader):
        open_inbox([tmp_path])
