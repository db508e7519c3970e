"""`steward report`: what it writes, what it says, and what it refuses."""

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from dashboard.command import app
from dashboard.report import pack as packing
from pipelines.command_line import run
from pipelines.faults import NoBrowserFault
from pipelines.passages import keep_passage
from pipelines.warehouse import Warehouse
from tests.commands import Outcome


def steward(*words: str | Path) -> Outcome:
    """The command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(app, [str(word) for word in words], "steward")
    return Outcome(code, out.getvalue(), err.getvalue())


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without Chromium and LibreOffice: what `take` raises there, and what `which` finds."""

    def take(*_arguments: object, **_options: object) -> list[Path]:
        raise NoBrowserFault("本机没有找到 Chromium、Chrome 或 Edge")

    monkeypatch.setattr(packing, "take", take)
    monkeypatch.setattr(packing, "find_soffice", lambda: None)


@pytest.mark.usefixtures("no_browser")
def test_without_a_browser_the_pack_still_comes(small_board: Path, tmp_path: Path) -> None:
    done = steward("report", "2023-09", "--warehouse", small_board, "--out", tmp_path / "月报").done()
    assert "没有找到 Chromium" in done.err
    assert "LibreOffice" in done.err
    names = sorted(path.name for path in (tmp_path / "月报").iterdir())
    assert names == ["月报_2023-09.docx", "月报_2023-09.pptx", "月报_2023-09.xlsx"]
    for name in names:
        assert name in done.out


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize(
    ("period", "word"),
    [("2023Q3", "不是月份"), ("2031-01", "没有数据"), ("2001-01", "没有数据"), ("九月", "不是有效的时段")],
)
def test_a_bad_period_is_refused(small_board: Path, tmp_path: Path, period: str, word: str) -> None:
    refused = steward("report", period, "--warehouse", small_board, "--out", tmp_path / "out")
    refused.refused(2, word)
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("no_browser")
def test_a_missing_warehouse_and_a_file_in_the_way(small_board: Path, tmp_path: Path) -> None:
    assert steward("report", "2023-09", "--warehouse", tmp_path / "none", "--out", tmp_path / "out").code == 4
    (tmp_path / "file").write_text("x", "utf-8")
    taken = steward("report", "2023-09", "--warehouse", small_board, "--out", tmp_path / "file")
    assert taken.code == 4
    assert "无法把月报写到" in taken.err


@pytest.mark.usefixtures("no_browser")
def test_files_appear_whole_or_not_at_all(
    small_board: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    steward("report", "2023-08", "--warehouse", small_board, "--out", out).done()
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def full(*_arguments: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(packing, "to_workbook", full)
    assert steward("report", "2023-08", "--warehouse", small_board, "--out", out).code == 4
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.usefixtures("no_browser")
def test_kept_passages_reach_the_files(small_board_copy: Path, tmp_path: Path) -> None:
    from docx import Document

    keep_passage(Warehouse(small_board_copy).state, "2023-09", "opening", "现将本月情况通报各街道。")
    steward("report", "2023-09", "--warehouse", small_board_copy, "--out", tmp_path / "out").done()
    text = [one.text for one in Document(str(tmp_path / "out" / "月报_2023-09.docx")).paragraphs]
    assert "现将本月情况通报各街道。" in text
