"""The check of numerals: what counts as one, what is set aside, and that a tampered text is refused with its place."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import board_of, template

from dashboard.report.content import make_report
from dashboard.report.model import Cell, Column, Kind, Paragraph, Report, Section, Table
from dashboard.report.numerals import checked, numerals
from dashboard.report.sentences import OURS
from pipelines.faults import NumeralUnfounded


def _report(text: str, *cells: tuple[Cell, Kind]) -> Report:
    """A report of one paragraph and one table of one row."""
    columns = tuple(Column(f"列{'甲乙丙丁'[place]}", kind) for place, (_cell, kind) in enumerate(cells))
    table = Table("t", "附表", columns, (tuple(cell for cell, _kind in cells),))
    section = Section("一、基本情况", (Paragraph(text),))
    return Report(
        "区", "区", "2023-09", "2023年9月", "2023年9月30日", "1", "月报", "2023年第9期", "9月情况", (section,), (table,), (), (), (),
        "口径。",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("发布任务8,673件，增长11.1%", [("8,673", "8673", ""), ("11.1%", "11.1", "%")]),
        ("下降２.４个百分点", [("2.4个百分点", "2.4", "百分点")]),
        ("约33.2万件、1.5亿元", [("33.2万", "33.2", "万"), ("1.5亿", "1.5", "亿")]),
        ("三个单位、十二件、二十余人、百分之九十五点二", [("三", "3", ""), ("十二", "12", ""), ("二十余", "20", ""), ("百分之九十五点二", "95.2", "%")]),
        ("三万人", [("三万", "3", "万")]),
        ("2023年9月30日、9月底、第三季度、2023年第9期、2023-09-30、四季度", []),
        ("一是抓紧；二是落实。1.办理", []),
        ("见附表12、附图1", []),
        ("4—6号红管家于5个工作日内、30日前办结", []),
        ("一些、统一、一定、万一、四小、十分重视", []),
        ("云岭一中、36号院社区", [("36", "36", "")]),
    ],
)  # fmt: skip
def test_what_is_a_numeral(text: str, found: list[tuple[str, str, str]]) -> None:
    assert numerals(text, []) == [(written, Decimal(number), kind) for written, number, kind in found]


def test_names_are_set_aside_but_not_digits_of_longer_numbers() -> None:
    assert numerals("第22中学、22中学得12,022分", ["第22中学", "22中学"]) == [("12,022", Decimal(12022), "")]


@pytest.mark.parametrize(
    "text",
    [
        "共8,673件", "共8673件", "占95.2%", "下降2.4个百分点", "约0.9万件", "约0.87万件", "八千六百七十三件", "占百分之九十五点二",
        "得58.9分", "二小得58.9分", "增长6.8%", "下降2.4百分点",
    ],
)  # fmt: skip
def test_a_displayed_numeral_is_found(text: str) -> None:
    for cells in (
        [(8673, "integer"), (0.9522656, "percent"), (-0.024, "points"), (0.0677, "change")],
        [(58.94, "decimal"), ("二小", "text")],
    ):
        if ("58.9" in text) == (cells[0][1] == "decimal"):
            assert checked(_report(text, *cells))


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("共8,674件", "8,674"), ("占95.3%", "95.3%"), ("占95.2266%", "95.2266%"), ("共95.2件", "95.2"), ("下降2.4%", "2.4%"),
        ("下降0.4个百分点", "0.4个百分点"), ("约0.88万件", "0.88万"), ("九个单位", "九"), ("共8件", "8"), ("排第一位", "一"),
    ],
)  # fmt: skip
def test_any_other_numeral_is_refused_with_its_place(text: str, numeral: str) -> None:
    cells = ((8673, "integer"), (0.9522656, "percent"), (-0.024, "points"))
    with pytest.raises(NumeralUnfounded, match="“一、基本情况”第 1 段") as refused:
        checked(_report(text, *cells))
    assert refused.value.numeral == numeral


def test_row_numbers_found_no_count() -> None:
    table = Table("t", "附表", (Column("序号", "integer"), Column("单位")), ((7, "区委办"),))
    report = _report("共7个", (1, "integer"))
    with pytest.raises(NumeralUnfounded):
        checked(Report(**{**report.__dict__, "tables": (table,)}))


@given(st.integers(0, 10**9))
def test_every_count_is_found_as_it_is_displayed(count: int) -> None:
    assert checked(_report(f"共{count:,}件", (count, "integer")))


def test_a_tampered_template_is_refused_with_its_place(small_board_copy: Path) -> None:
    board = board_of(small_board_copy)
    make_report(board, "2023-09", {})
    text = (OURS / "situation.j2").read_text("utf-8")
    template(
        small_board_copy,
        "situation.j2",
        text.replace("现将{{ period }}", "全区98,765名红管家参与，现将{{ period }}"),
    )
    with pytest.raises(NumeralUnfounded, match="“一、基本情况”第 1 段里的“98,765”") as refused:
        make_report(board, "2023-09", {})
    assert refused.value.exit_code == 2


def test_a_passage_with_a_number_of_its_own_is_refused(small_board: Path) -> None:
    board = board_of(small_board)
    with pytest.raises(NumeralUnfounded, match=r"“四、下步工作”第 \d 段里的“77”"):
        make_report(board, "2023-09", {"next_daily": "再发动77名群众。"})
    assert make_report(board, "2023-09", {"next_daily": "请于2023年10月20日前报送整改情况。"})
