"""What the report of a month says: 24 months of the sample district, its first month, a running one, an empty one."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from boards import bodies, built, opened
from reports import board_of, text_of

from dashboard.board.figures import Value
from dashboard.report.content import make_report
from dashboard.report.content_figures import movement
from dashboard.report.model import Report
from pipelines.faults import MonthOnly, PeriodFault, PeriodWithoutData
from pipelines.measure import Question, measure
from pipelines.periods import Period, periods_between
from pipelines.warehouse import Warehouse

COMPARED = r"持平|基本持平|(?:增长|下降|上升)[\d,.]+(?:%|个百分点)"


@pytest.fixture(scope="module")
def gap_board(made_once: Callable[..., Path], small_inbox: Path) -> Path:
    """The small sample without a single task, claim, point, wish, activity or check-in in August."""

    def make(folder: Path) -> None:
        inbox = folder.with_name("report-gap-inbox")
        shutil.copytree(small_inbox, inbox, dirs_exist_ok=True)
        for path in [*inbox.glob("*_202308*"), *inbox.glob("*更正*")]:
            path.unlink()
        for path in inbox.glob("*_202309*.[ct]sv"):
            if not path.name.startswith(("满意度", "安全感", "上级")):
                path.unlink()
        built(inbox, folder)

    return made_once("report-gap", make)


@pytest.mark.xdist_group("full_warehouse")
def test_every_sentence_of_24_months_holds(full_warehouse: Path) -> None:
    board = board_of(full_warehouse)
    months = periods_between("month", board.first_day, board.last_day)
    assert len(months) == 24
    for month in months:
        report = make_report(board, month.key, {})
        text = text_of(report)
        assert not re.search(r"\b(?:nan|None|inf|NaT)\b|<NA>|\{\{|\}\}|—|。。|，。|；。|，，|（）", text), (
            text
        )
        _comparisons_are_right(text, month)
        assert 6 <= len(report.title) <= 24
        assert len(report.sections) == 4
        for section in report.sections:
            assert section.paragraphs
            ordinals = [one.heading[1] for one in section.paragraphs if one.heading]
            assert ordinals == list("一二三四五六七八九十")[: len(ordinals)]


def _comparisons_are_right(text: str, month: Period) -> None:
    """环比 and 同比 only where there is a base, shares in percentage points, counts in percent."""
    first, second_year = month.key == "2022-01", month.start.year == 2023
    said = text.replace("本期不作环比、同比", "").split("口径：")[0]
    vs_previous = re.findall(r"环比(?!、)([^，；。（]+)", said)
    vs_last_year = re.findall(r"同比([^，；。（]+)", said)
    assert bool(vs_previous) == (not first)
    assert bool(vs_last_year) == second_year
    assert all(re.fullmatch(COMPARED, one) for one in vs_previous + vs_last_year), said
    assert bool(re.search("(?<!和)上年同期无数据", said)) == (not second_year and not first)
    for label, number in re.findall(
        r"([\u4e00-\u9fff]+率)[\d.]+%（[\d,/]+），环比(?:上升|下降)([\d.]+[^，；。（]+)", said
    ):
        assert number.endswith("个百分点"), label
    for number in re.findall(r"(?:件|次|个|人)，环比(?:增长|下降)([^，；。（]+)", said):
        assert number.endswith("%")


@pytest.mark.xdist_group("full_warehouse")
def test_figures_are_those_of_the_warehouse(full_warehouse: Path) -> None:
    board = board_of(full_warehouse)
    report = make_report(board, "2023-09", {})
    con = Warehouse(full_warehouse).open(board.version)
    rate = measure(con, Question("in_time_rate", period="2023-09")).iloc[0]
    row = next(row for row in report.table("rates").rows if row[1] == "按时办结率")
    assert row[2:5] == (rate["denominator"], rate["numerator"], rate["value"])
    before = measure(con, Question("in_time_rate", period="2023-08")).iloc[0]["value"]
    earlier = measure(con, Question("in_time_rate", period="2022-09")).iloc[0]["value"]
    assert row[5:] == (before, rate["value"] - before, earlier, rate["value"] - earlier)
    late = measure(con, Question("in_time_rate", period="2023-09", by="community"))
    lowest = late[late["denominator"] >= 10].sort_values("value").iloc[0]
    assert report.table("lowest").rows[0][1:2] == (lowest["community_name"],)
    units = report.table("units").rows
    assert len(units) == 80
    groups = report.table("groups").rows
    assert groups[-1][2] == 80
    assert sum(int(str(units)) for units in groups[-1][3:7]) == 80
    con.close()


def test_a_month_before_all_others_is_not_compared(small_board: Path) -> None:
    text = text_of(make_report(board_of(small_board), "2023-07", {}))
    assert "上期和上年同期无数据，本期不作环比、同比。" in text
    assert not re.search(r"环比(?:增长|下降|上升|持平)|同比(?:增长|下降|上升|持平)", text)


def test_a_running_month_is_compared_with_the_same_days(tiny_warehouse: Path) -> None:
    report = make_report(board_of(tiny_warehouse), "2024-04", {})
    text = text_of(report)
    assert "本月尚未结束，数据截至2024年4月20日" in text
    assert "只取4月前20天和对应的前20天" in text
    assert [column.title for column in report.table("counts").columns][2:6] == [
        "本月前20天", "上月前20天", "环比", "上年同月前20天",
    ]  # fmt: skip
    assert "在册红管家17人，本月未结束，暂不作环比、同比" in text
    assert "2024年第二季度7个单位暂按数据截至日名册排名" in text
    assert "（暂定）" in text
    assert "季度未结束" in report.table("units").note


def test_an_empty_month_reads_well(gap_board: Path) -> None:
    report = make_report(board_of(gap_board), "2023-08", {})
    text = text_of(report)
    assert report.title == "8月暂无运行数据"
    assert "2023年8月没有收到任务、领取、积分和微心愿记录" in text
    assert "请有关单位核对2023年8月的导出文件是否报送" in text
    assert "nan" not in text.lower()


def test_missing_exports_leave_no_holes(few_board: Path) -> None:
    report = make_report(board_of(few_board), "2023-08", {})
    text = text_of(report)
    assert [table.name for table in report.tables if table.name in ("units", "wishes", "waves")] == []
    for word in ("参加排名", "微心愿", "领取率", "安全感", "红管家0人"):
        assert word not in text.partition("口径：")[0], word
    assert "按时办结率94.0%（268/285）" in text


def test_burden_relief_hides_check_ins(relieved_board: Path, small_board: Path) -> None:
    def labels(report: Report) -> str:
        return f"{report.tables} {report.definitions} {text_of(report)}"

    assert "打卡" in labels(make_report(board_of(small_board), "2023-09", {}))
    assert "打卡" not in labels(make_report(board_of(relieved_board), "2023-09", {}))


def test_a_district_that_only_praises_names_no_last_community(praising_board: Path) -> None:
    report = make_report(board_of(praising_board), "2023-09", {})
    assert "lowest" not in [table.name for table in report.tables]
    assert "lowest" not in [chart.name for chart in report.charts]
    assert "部分社区（村）按时办结率偏低" not in text_of(report)


def test_no_person_is_named(small_board: Path) -> None:
    board = board_of(small_board)
    text = text_of(make_report(board, "2023-09", {}))
    assert not re.search(r"1[3-9]\d{9}", text)


@pytest.mark.parametrize(
    ("period", "fault"),
    [
        ("2023Q3", MonthOnly), ("2023", MonthOnly), ("九月", PeriodFault), ("2023-13", PeriodFault),
        ("2030-01", PeriodWithoutData), ("2019-01", PeriodWithoutData),
    ],
)  # fmt: skip
def test_a_period_that_is_no_month_with_data_is_refused(
    small_board: Path, period: str, fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        make_report(board_of(small_board), period, {})


@pytest.mark.parametrize(
    ("now", "before", "share", "state", "size"),
    [
        (110, 100, False, "up", "10.0%"), (90, 100, False, "down", "10.0%"), (100, 100, False, "same", "0.0%"),
        (100_001, 100_000, False, "nearly", "0.0%"), (5, 0, False, "zero_base", ""), (0, 0, False, "same", ""),
        (5, None, False, "no_base", ""), (0.9, 0.924, True, "down", "2.4个百分点"), (0.1, 0.0, True, "up", "10.0个百分点"),
        (0.90049, 0.90001, True, "nearly", "0.0个百分点"), (None, 0.9, True, "no_base", ""),
    ],
)  # fmt: skip
def test_movements(now: float | None, before: float | None, share: bool, state: str, size: str) -> None:
    found = movement(Value(now), Value(before), share)
    assert (found.state, found.size) == (state, size)


def test_pictures_show_the_month_and_its_quarter(small_board: Path, serve: Callable[[Path], None]) -> None:
    serve(small_board)
    report = make_report(board_of(small_board), "2023-08", {})
    for picture, screen, period in zip(
        report.pictures, ("district_map", "units"), ("2023年8月", "2023年第三季度"), strict=True
    ):
        address = urlsplit(picture.path)
        kickers = re.findall(
            r'<[^>]*class="kicker[^>]*>(.*?)</div>',
            "".join(bodies(opened(screen, dict(parse_qsl(address.query))))),
        )
        assert kickers
        assert period in kickers[0]


def test_a_passage_replaces_a_free_paragraph(small_board: Path) -> None:
    board = board_of(small_board)
    own = make_report(board, "2023-09", {"opening": "请各单位对照检查。", "unknown": "无此段"})
    paragraph = own.sections[0].paragraphs[0]
    assert (paragraph.free, paragraph.text) == ("opening", "请各单位对照检查。")
    assert "无此段" not in text_of(own)
