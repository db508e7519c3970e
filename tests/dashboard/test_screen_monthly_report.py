"""The monthly report on the screen: what it says, who may rewrite it, and that a passage is there when it is opened again."""

import re
import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from boards import bodies, opened, words
from streamlit.testing.v1 import AppTest

from dashboard.board.authority import ALLOWED, CHANGES_VARIABLE
from dashboard.board.door import serving_version
from dashboard.report.content import make_report
from dashboard.report.pack import Pack
from dashboard.report.shown import shown_rows
from pipelines.faults import NumeralUnfounded
from pipelines.periods import Period
from pipelines.warehouse import Warehouse

MONTH = {"grain": "month", "period": "2023-09"}
EARLIER = {"grain": "month", "period": "2023-08"}
OWN = "各单位要把走访放在心上。"


@pytest.fixture
def own_board(small_board, tmp_path, serve, monkeypatch) -> Path:
    """A copy of the small sample's warehouse on a board that may be changed."""
    root = tmp_path / "own"
    shutil.copytree(small_board, root)
    serve(root)
    monkeypatch.setenv(CHANGES_VARIABLE, ALLOWED)
    return root


def rewritten(at: AppTest, text: str, who: str = "王主任") -> AppTest:
    """Type, press, read, confirm."""
    at.text_area[0].set_value(text)
    at.text_input[0].set_value(who)
    button(at, "保存这段文字").click()
    at.run()
    button(at, "确认保存").click()
    return at.run()


def button(at: AppTest, label: str):
    return next(one for one in at.button if one.label == label)


def test_the_paper_says_what_the_report_says(small_board, serve):
    serve(small_board)
    at = opened("monthly_report", MONTH | {"extent": "whole"})
    assert not at.exception
    report = make_report(
        serving_version(str(small_board), Warehouse(small_board).current().id), "2023-09", {}
    )
    (sheet,) = (body for body in bodies(at) if 'class="paper"' in body)
    said = "".join(words(at).split())
    assert report.title in said
    for section in report.sections:
        assert section.heading in said
        assert all("".join(one.text.split()) in said for one in section.paragraphs)
    assert len(report.tables) > 5
    assert sheet.count("<table") == len(report.tables)
    for number, table in enumerate(report.tables, start=1):
        assert f"附表{number}{table.title}" in said
        assert sheet.count("<tr") >= len(shown_rows(table))
    assert sheet.count("<tr") == sum(len(table.rows) + 1 for table in report.tables)


def test_annex_tables_are_named_until_somebody_wants_to_see_them(small_board, serve):
    serve(small_board)
    short, whole = (
        next(body for body in bodies(opened("monthly_report", MONTH | extent)) if 'class="paper"' in body)
        for extent in ({}, {"extent": "whole"})
    )
    captions = re.findall(r"附表\d+[^<]+", whole)
    assert len(captions) > 5
    assert re.findall(r"附表\d+[^<]+", short) == captions
    assert "<table" not in short
    assert short.split("附表1")[0].split('<div class="caps">')[0] in whole


def test_a_board_without_changes_offers_no_editing(small_board, serve):
    serve(small_board)
    at = opened("monthly_report", MONTH)
    assert len(at.text_area) == 0
    assert "只能在看板所在的电脑上撰写" in words(at)
    assert button(at, "生成材料包")


def test_a_passage_is_kept_for_its_month_and_given_back(own_board):
    template = opened("monthly_report", MONTH).text_area[0].value
    at = rewritten(opened("monthly_report", MONTH), OWN)
    assert not at.exception
    assert OWN in words(at)
    again = opened("monthly_report", MONTH)
    assert again.text_area[0].value == OWN
    assert '<p class="own">' + OWN in "".join(bodies(again))
    assert "其中1段为自行撰写" in words(again)
    assert OWN not in words(opened("monthly_report", EARLIER))
    (entry,) = (one for one in Warehouse(own_board).state.audit() if one.action == "passage")
    assert entry.who == "王主任"
    back = rewritten(again, "")
    assert back.text_area[0].value == template
    assert OWN not in words(back)


def test_a_number_without_a_table_is_told_and_not_kept(own_board):
    at = rewritten(opened("monthly_report", MONTH), "本月办结7654321件。")
    assert not at.exception
    assert "7654321" in words(at)
    assert Warehouse(own_board).state.passages("2023-09") == {}


def test_a_passage_that_later_data_refute_is_left_out_and_told(own_board):
    Warehouse(own_board).state.save_passage("2023-09", "opening", "本月办结7654321件。", "王主任")
    at = opened("monthly_report", MONTH)
    assert not at.exception
    assert "自行撰写的段落没有放入" in words(at)
    assert "现将2023年9月" in words(at)


def test_without_a_name_nothing_is_kept(own_board):
    at = opened("monthly_report", MONTH)
    at.text_area[0].set_value(OWN)
    at.text_input[0].set_value(" ")
    button(at, "保存这段文字").click()
    assert "请填写姓名" in words(at.run())
    assert Warehouse(own_board).state.passages("2023-09") == {}


def test_the_pack_is_made_beside_the_session_and_offered(own_board, monkeypatch):
    # The real pack takes a browser and LibreOffice; the browser test makes it.
    def made(root: Path, month: str, out: Path, told) -> Pack:
        assert (root, month) == (own_board, "2023-09")
        for step in "abcd":
            told(step)
        (out / "月报.docx").write_bytes(b"docx")
        return Pack((out / "月报.docx",), ("没有安装 LibreOffice，没有生成 PDF",))

    monkeypatch.setattr("dashboard.report.pack.write_pack", made)
    at = opened("monthly_report", MONTH)
    button(at, "生成材料包").click()
    at.run()
    assert not at.exception
    assert "共1个文件：DOCX" in words(at)
    assert "没有安装 LibreOffice" in words(at)
    assert not [one for one in at.button if one.label == "生成材料包"]
    job = at.session_state["report_job"]
    with ZipFile(BytesIO(job.result.content)) as archive:
        assert archive.read("月报.docx") == b"docx"
    # Of another month, or with another text, it would be another pack.
    assert button(opened("monthly_report", EARLIER), "生成材料包")
    assert button(rewritten(at, OWN), "生成材料包")


def test_a_pack_that_fails_says_why(own_board, monkeypatch):
    def failed(*_arguments) -> Pack:
        raise NumeralUnfounded("第一段", "12")

    monkeypatch.setattr("dashboard.report.pack.write_pack", failed)
    at = opened("monthly_report", MONTH)
    button(at, "生成材料包").click()
    at.run()
    assert not at.exception
    assert str(NumeralUnfounded("第一段", "12")) in words(at)


def test_the_month_comes_from_the_address(small_board, serve):
    serve(small_board)
    said = words(opened("monthly_report", EARLIER))
    assert f"月报  {Period.parse('2023-08').label_zh}" in said
    assert "2023年第8期" in said


@pytest.mark.parametrize("board", ["tiny_warehouse", "few_board", "hostile_board", "relieved_board"])
def test_other_boards_say_something_and_break_nowhere(board, serve, request):
    serve(request.getfixturevalue(board))
    at = opened("monthly_report")
    assert not at.exception
    assert "数据截至" in words(at)
    assert "<img" not in "".join(body for body in bodies(at) if 'class="paper"' in body)
    assert len(words(at)) > 100


def test_without_a_warehouse_it_says_what_to_do(tmp_path, serve):
    serve(tmp_path / "nowhere")
    assert "steward build" in words(opened("monthly_report"))
