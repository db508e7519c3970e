"""Header rows as spreadsheets, people and other systems write them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.recognise import find_header, normalise_header, recognise
from pipelines.sources import Column, load_exports

EXPORTS = list(load_exports())
# Without its topic a satisfaction file has the headers of safety; there the answers decide, see below.
REQUIRED = [
    (e.name, c.name)
    for e in load_exports().values()
    for c in e.required
    if (e.name, c.name) != ("satisfaction", "topic")
]


def headers(export: str, drop: str = "") -> list[str]:
    return [column.header for column in load_exports()[export].columns if column.name != drop]


def names(columns: tuple[Column, ...]) -> list[str]:
    return [column.name for column in columns]


@pytest.mark.parametrize("export", EXPORTS)
@pytest.mark.parametrize("language", ["header", "name"])
@pytest.mark.parametrize("only_required", [True, False])
def test_every_export_by_its_chinese_and_english_headers(
    export: str, language: str, only_required: bool
) -> None:
    declared = load_exports()[export]
    columns = declared.required if only_required else declared.accepted
    found = recognise([getattr(column, language) for column in columns])
    assert found.usable
    assert found.export is declared
    assert found.columns == dict(enumerate(column.name for column in columns))
    assert found.extra == ()
    assert found.reason == ""


@pytest.mark.parametrize("export", EXPORTS)
def test_every_alias_means_its_column(export: str) -> None:
    declared = load_exports()[export]
    for column in declared.accepted:
        for alias in column.aliases:
            row = [alias, *headers(export, drop=column.name)]
            found = recognise(row)
            assert found.export is declared, alias
            assert found.columns[0] == column.name, alias


@pytest.mark.parametrize(("export", "column"), REQUIRED)
def test_a_missing_required_column_is_named(export: str, column: str) -> None:
    found = recognise(headers(export, drop=column))
    header = load_exports()[export].column(column).header
    assert not found.usable
    assert f"“{header}”" in found.reason
    if found.export is not None:
        assert (found.export.name, names(found.missing)) == (export, [column])
    else:
        assert export in found.candidates


def test_meetings_and_activities_without_their_keys_cannot_be_told_apart() -> None:
    found = recognise(["类型", "社区编码", "日期"])
    assert found.export is None
    assert set(found.candidates) == {"meetings", "activities"}
    assert "“会议编号”" in found.reason
    assert "“活动编号”" in found.reason
    assert recognise(["类型", "社区编码", "日期", "人数"]).export is load_exports()["meetings"]


def test_satisfaction_and_safety_share_headers() -> None:
    satisfaction, safety = load_exports()["satisfaction"], load_exports()["safety"]
    assert recognise(headers("satisfaction")).export is satisfaction
    assert recognise(headers("safety")).export is safety
    assert recognise([*headers("safety"), "单位编码"]).export is safety


@pytest.mark.parametrize("answer", ["很满意", "非常满意", " 5 ", "不了解"])
def test_the_answers_tell_a_satisfaction_file_without_topic_from_a_safety_file(answer: str) -> None:
    header = ["问卷编号", "期次", "调查日期", "社区编码", "评价"]
    rows = [["R1", "2023Q3", "2023-09-01", "C1", answer], ["R2", "2023Q3", "2023-09-01", "C1", ""], ["合计"]]
    found = recognise(header, rows)
    if answer == "不了解":
        assert found.export is load_exports()["safety"]
    else:
        assert found.export is load_exports()["satisfaction"]
        assert names(found.missing) == ["topic"]


def test_foreign_answers_alone_do_not_turn_a_safety_file_into_nothing() -> None:
    found = recognise(headers("safety"), [["R1", "2023Q3", "2023-09-01", "C1", "???", ""]])
    assert found.export is load_exports()["safety"]
    assert found.usable


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("\ufeff流水编号", "流水编号"),
        ("\u00a0流 水\u3000编号\t", "流水编号"),
        ("流水\n编号", "流水编号"),
        ("流水编号*", "流水编号"),
        ("流水编号 ＊", "流水编号"),
        ("*流水编号", "流水编号"),
        ("流水编号:", "流水编号"),
        ("流水编号(必填)", "流水编号"),
        ("流水编号（必填）*", "流水编号"),
        ("流水编号【文本】", "流水编号"),
        ("流水编号[20位]", "流水编号"),
        ("ｅｎｔｒｙ＿ｉｄ", "entry_id"),
        ("ENTRY_ID", "entry_id"),
        ("Entry Id", "entry_id"),
        ("\u200b流水编号\u200b", "流水编号"),
    ],
)
def test_decorated_headers(written: str, meant: str) -> None:
    assert normalise_header(written) == normalise_header(meant)
    found = recognise([written, "红管家编号", "记账时间", "分值（分）", "积分类型"])
    assert found.usable
    assert found.columns[0] == "entry_id"
    assert found.columns[3] == "points"


def test_extra_columns_are_listed_and_ignored() -> None:
    found = recognise(["备注", *headers("honours"), "  ", "录入人 "])
    assert found.usable
    assert found.extra == ("备注", "(第 6 列，无表头)", "录入人")
    assert sorted(found.columns) == [1, 2, 3, 4]


@pytest.mark.parametrize("again", ["社区编码", "community_code", " 社区编码* "])
def test_the_same_column_twice_is_a_fault(again: str) -> None:
    found = recognise([*headers("incidents"), again])
    assert found.export is load_exports()["incidents"]
    assert not found.usable
    assert found.repeated == ("社区编码",)
    assert "“社区编码”出现了不止一次" in found.reason
    assert "community_code" not in found.columns.values()


def test_a_declared_header_wins_over_an_alias() -> None:
    found = recognise(["类型", *headers("tasks")])
    assert found.usable
    assert found.extra == ("类型",)
    assert found.columns[headers("tasks").index("任务类型") + 1] == "kind"


def test_two_aliases_of_one_column_are_a_fault() -> None:
    found = recognise(["类型", "任务种类", *headers("tasks", drop="kind")])
    assert found.repeated == ("任务类型",)


@pytest.mark.parametrize(
    "row",
    [
        [],
        [""],
        ["2023年9月红管家积分流水"],
        ["名称"],
        ["名称", "金额", "备注"],
        ["单位", "得分", "排名", "档次"],
        ["P1", "S1", "2023-09-01", "12", "打卡"],
        ["列1", "列2", "列3", "列4"],
        ["流水编号,红管家编号,记账时间,分值,积分类型"],
    ],
)
def test_rows_that_are_no_header(row: list[str]) -> None:
    found = recognise(row)
    assert found.export is None
    assert not found.usable
    assert found.columns == {}
    assert found.reason == "表头不属于任何一种导出表"


def test_the_header_is_found_below_title_lines() -> None:
    rows = [["2023年9月积分", "", ""], ["", "", ""], ["制表:街道办", "", ""], headers("points"), ["P1", "S1"]]
    position, found = find_header(rows)
    assert position == 3
    assert found.export is load_exports()["points"]


def test_the_row_that_says_what_is_wrong_is_preferred_to_the_title() -> None:
    position, found = find_header([["九月积分"], headers("points", drop="points"), ["P1", "S1"]])
    assert position == 1
    assert names(found.missing) == ["points"]


def test_a_file_without_header_or_with_one_far_below_is_not_recognised() -> None:
    assert find_header([["P1", "S1"], ["P2", "S1"]])[1].export is None
    assert find_header([[""], [""]]) == (0, recognise([""]))
    assert find_header([["x"]] * 5 + [headers("points")])[1].export is None
    with pytest.raises(ValueError, match="no rows"):
        find_header([])


@given(st.sampled_from(EXPORTS), st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_columns_means_nothing(export: str, shuffle: random.Random, english: bool) -> None:
    columns = list(load_exports()[export].accepted)
    shuffle.shuffle(columns)
    found = recognise([column.name if english else column.header for column in columns])
    assert found.export is load_exports()[export]
    assert list(found.columns.values()) == [column.name for column in columns]


@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_row_gets_an_answer(row: list[str]) -> None:
    found = recognise(row)
    assert found.usable or found.reason
