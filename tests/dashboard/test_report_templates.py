"""The district's own templates: taken when there, refused with file and line when wrong, and never dangerous."""

from pathlib import Path

import pytest
from reports import board_of, template, text_of

from dashboard.report.content import make_report
from dashboard.report.sentences import OURS, SECTIONS
from pipelines.faults import TemplateFault


def test_a_template_of_the_district_takes_the_place_of_ours(small_board_copy: Path) -> None:
    board = board_of(small_board_copy)
    ours = make_report(board, "2023-09", {})
    template(
        small_board_copy,
        "head.j2",
        "报头：清风简报\n编发：{{ district }}党建办\n期号：总第{{ month_number }}期\n标题：{{ month }}情况\n结尾：完。\n",
    )
    own = make_report(board, "2023-09", {})
    assert (own.masthead, own.issuer, own.title, own.closing_note) == (
        "清风简报", f"{board.district.name}党建办", "9月情况", "完。",
    )  # fmt: skip
    assert own.sections == ours.sections


def test_words_and_paragraphs_can_be_rewritten(small_board_copy: Path) -> None:
    template(
        small_board_copy,
        "analysis.j2",
        "# 情况分析\n\n## 总的看\n\n{{ period }}总体\n  平稳。\n\n@more 另有说明。\n",
    )
    section = make_report(board_of(small_board_copy), "2023-09", {}).sections[1]
    assert section.heading == "二、情况分析"
    assert [(one.heading, one.text, one.free) for one in section.paragraphs] == [
        ("（一）总的看", "2023年9月总体平稳。", ""), ("", "另有说明。", "more"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        ("# 分析\n\n{{ period }\n", 3, "语法有误"),
        ("# 分析\n\n{% if period %}\n没有结束\n", 4, "语法有误"),
        ("# 分析\n\n文字\n\n{{ nothing_like_this }}\n", 5, "不能运行"),
        ("# 分析\n\n{{ items.in_time_rate.value.nope }}\n", 3, "不能运行"),
        ("# 分析\n\n{{ 1 / 0 }}\n", 3, "不能运行"),
        ("# 分析\n\n{{ period|nofilter }}\n", 3, "语法有误"),
        ("# 分析\n\n{{ ''.__class__.__mro__ }}\n", 3, "不能运行"),
        ("# 分析\n\n{% include 'other.j2' %}\n", None, "不存在"),
        ("# 分析\n\n{% include '../../../etc/passwd' %}\n", None, "不存在"),
        ("没有标题\n", None, "标题行"),
    ],
)
def test_a_wrong_template_is_refused_with_file_and_line(
    small_board_copy: Path, text: str, line: int | None, wrong: str
) -> None:
    path = template(small_board_copy, "analysis.j2", text)
    with pytest.raises(TemplateFault, match=wrong) as refused:
        make_report(board_of(small_board_copy), "2023-09", {})
    assert (refused.value.path, refused.value.line, refused.value.exit_code) == (path, line, 2)
    assert str(path) in str(refused.value)


def test_a_fault_in_a_shared_macro_names_the_macro(small_board_copy: Path) -> None:
    text = (OURS / "words.j2").read_text("utf-8").replace("{{ verb }}", "{{ verbs }}")
    path = template(small_board_copy, "words.j2", text)
    with pytest.raises(TemplateFault) as refused:
        make_report(board_of(small_board_copy), "2023-09", {})
    assert refused.value.path == path
    assert "verbs" in text.splitlines()[(refused.value.line or 0) - 1]


def test_a_file_that_replaces_nothing_is_refused(small_board_copy: Path) -> None:
    template(small_board_copy, "analyse.j2", "# 分析\n")
    with pytest.raises(TemplateFault, match=r"可以改写的有 analysis\.j2、head\.j2"):
        make_report(board_of(small_board_copy), "2023-09", {})


def test_a_head_without_a_line_is_refused(small_board_copy: Path) -> None:
    template(small_board_copy, "head.j2", "报头：月报\n标题：情况\n")
    with pytest.raises(TemplateFault, match="编发、期号、结尾"):
        make_report(board_of(small_board_copy), "2023-09", {})


def test_a_template_that_is_not_text_is_refused(small_board_copy: Path) -> None:
    template(small_board_copy, "analysis.j2", "").write_bytes("# 分析".encode("gb18030"))
    with pytest.raises(TemplateFault, match="UTF-8"):
        make_report(board_of(small_board_copy), "2023-09", {})


def test_names_are_never_read_as_templates(hostile_board: Path) -> None:
    assert text_of(make_report(board_of(hostile_board), "2023-09", {}))


def test_our_templates_are_all_there() -> None:
    assert {path.stem for path in OURS.glob("*.j2")} == {*SECTIONS, "head", "words"}
