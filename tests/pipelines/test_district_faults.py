"""A wrong settings file is refused in one sentence with the line at fault."""

import re
from pathlib import Path

import pytest
from district_files import FULL, settings_file

from pipelines.district import District, load_district
from pipelines.faults import DistrictFault

SETTING_LINES = [n for n, line in enumerate(FULL.split("\n"), start=1) if re.match(r"\w+ = ", line)]


# Which of the odd values below are right for a setting after all.
NUMBERS = ("7", "1.5")
ACCEPTED = {
    "name": ('"x"',), "burden_relief": ("true",), "praise_only": ("true",), "mask_names": ("true",),
    "area": ('"x"',), "group": ('"x"',), "pass": NUMBERS,
    "commend": ("7",), "explain": ("7",), "per_year": ("7",), "minimum_n": ("7",),
    "minimum_group": ("7",), "assigned": ("[1, 2]",), "urgent": ("[1, 2]",), "annual_target": NUMBERS,
    "class_targets": ("{}",), "radius_m": NUMBERS, "service_h": NUMBERS, "push_h": NUMBERS,
    "emergency_h": NUMBERS,
}  # fmt: skip


def fault_of(path: Path) -> DistrictFault:
    with pytest.raises(DistrictFault) as caught:
        load_district(path)
    fault = caught.value
    assert fault.exit_code == 2
    assert str(path) in str(fault)
    assert str(fault).count("。") == 1
    assert "；请" in str(fault)
    assert fault.line is None or f" 第 {fault.line} 行" in str(fault)
    return fault


LINES_A = "[[score_lines]]\neffective_from = 2023-01-01\nexcellent = 90\ngood = 75\npass = 60\n"
SHEET = '[[agenda]]\nsheet = "cover"\n\n[[agenda]]\nsheet = "movers"\n'
LINES_B = LINES_A.replace("2023-01-01", "2023-07-01")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        # agenda
        (SHEET.replace("movers", "mover"), 5, "不能写“mover”"),
        (SHEET + 'area = "Q1"\n', 6, "“agenda.area”：对 movers 这一页不起作用；请删去它，这一页可写 period"),
        (SHEET + 'period = "2023Q5"\n', 6, "“2023Q5”不是时段"),
        (SHEET.replace("movers", "weakest_map") + 'metric = "in_time_rat"\n', 6, "请改成“in_time_rate”"),
        (SHEET.replace("movers", "weakest_map") + 'metric = "stewards"\n', 6, "不是能按社区比较的比率"),
        (SHEET.replace("sheet", "page", 1), 2, "“agenda.page”：不是可用的设置"),
        ('[agenda]\nsheet = "cover"\n', 1, "写成 [[agenda]]"),
        # score lines
        (LINES_A + "\n" + LINES_A, 8, "与上一组同日"),
        (LINES_B + "\n" + LINES_A, 8, "早于上一组的 2023-07-01"),
        (LINES_A + LINES_B + LINES_A, 12, "早于上一组"),
        (LINES_A.replace("75", "90"), 4, "good（90）不低于 excellent（90）"),
        (LINES_A.replace("75", "95"), 4, "good（95）不低于 excellent（90）"),
        (LINES_A.replace("60", "75"), 5, "pass（75）不低于 good（75）"),
        (LINES_A + LINES_B.replace("60", "80"), 10, "pass（80）不低于 good（75）"),
        (LINES_A + LINES_B.replace("pass = 60\n", ""), 6, "“score_lines.pass”：没有写"),
        (LINES_A.replace("excellent", "exellent"), 3, "请改成“excellent”"),
        (LINES_A.replace("2023-01-01", '"2023-01-01"'), 2, "应为日期"),
        (LINES_A.replace("2023-01-01", "2023-01-01 00:00:00"), 2, "应为日期"),
        (LINES_A.replace("2023-01-01", "2023-02-29"), 2, "日期不存在"),
        (LINES_A.replace("90", '"90"'), 3, "应为数字"),
        (LINES_A.replace("90", "true"), 3, "应为数字"),
        (LINES_A.replace("90", "nan"), 3, "应为有限的数字"),
        (LINES_A.replace("90", "inf"), 3, "应为有限的数字"),
        (LINES_A.replace("90", "1e99999999999999999999"), 3, "应为有限的数字"),
        (LINES_A.replace("60", "-1"), 5, "不能小于 0"),
        (LINES_A.replace("60", "60.00001"), 5, "最多写四位小数"),
        (LINES_A + "until = 2023-12-31\n", 6, "“score_lines.until”：不是可用的设置"),
        (LINES_A.replace("[[score_lines]]", "[score_lines]"), 1, "把 [score_lines] 写成 [[score_lines]]"),
        # unknown and misspelt
        ('\nnam = "x"', 2, "“nam”：不是可用的设置；请改成“name”"),
        ("[rankin]\ncommend = 3", 1, "请改成“ranking”"),
        ("[ranking]\n\ncomend = 3", 3, "“ranking.comend”：不是可用的设置；请改成“commend”"),
        ("[privacy]\nzzz = 3", 2, "这里可写 mask_names、minimum_group"),
        ("[points.class_targets]\n1 = 5\n7 = 5", 3, "不能写“7”；请从 1、2、3、4、5、6 中选"),
        ('points.class_targets = { 1 = 5, "一" = 5 }', 1, "不能写“一”"),
        # wrong types and choices
        ("name = 3", 1, "应为文字"),
        ('name = " "', 1, "文字是空的"),
        ('name = """a\nb"""', 1, "换行"),
        (f'name = "{"长" * 61}"', 1, "61 个字"),
        ("burden_relief = 1", 1, "应为 true 或 false"),
        ('programmes = "D"', 1, "应为列表"),
        ('programmes = ["D",\n "X"]', 2, "不能写“X”；请从 D、Y、T、Z、W 中选"),
        ('programmes = ["D", "D"]', 1, "“D”写了两次"),
        ("programmes = []", 1, "列表是空的"),
        ("tiers = 3", 1, "应为一节设置"),
        ('[tiers]\nnames = ["a", "b", "c"]', 2, "现有 3 个"),
        ('[tiers]\nnames = ["a", "b", "c", "d", "e"]', 2, "现有 5 个"),
        ('[tiers]\nnames = ["a", "b", "c", "c"]', 2, "“c”写了两次"),
        ('[tiers]\nnames = ["a", "b",\n "c", 4]', 3, "应为文字"),
        ("[ranking]\ncommend = 10.0", 2, "应为整数"),
        ("[ranking]\ncommend = true", 2, "应为整数"),
        ("[ranking]\nexplain = -1", 2, "不能小于 0"),
        ("[ranking]\nnear_line = 1.1", 2, "不能大于 1"),
        ('[ranking]\nheadcount = "average"', 2, "不能写“average”；请从 period_end 中选"),
        ("[points]\nclass_targets = 3", 2, "应为一组设置"),
        ("[points]\nclass_targets = { 1 = 'a' }", 2, "应为数字"),
        # ranges
        ("[points]\nassigned = [20, 5]", 2, "下限 20 大于上限 5"),
        ("[points]\nurgent = [5]", 2, "应为两个数"),
        ("[points]\nurgent = 5", 2, "应为两个数"),
        ("[points]\nurgent = [\n5,\n'x']", 4, "应为数字"),
        ("[checkins]\nradius_m = -50", 2, "应大于 0"),
        ("[checkins]\nradius_m = 0", 2, "应大于 0"),
        ("[checkins]\nradius_m = 1e400", 2, "应为有限的数字"),
        ('[checkins]\ndatum = "cgcs2000"', 2, "请从 gcj02、bd09、wgs84 中选"),
        # surveys
        ('[surveys]\nsatisfied = ["很好"]', 2, "不能写“很好”；请从 很满意、"),
        ("[surveys]\nsafe = []", 2, "列表是空的"),
        ("[surveys]\nbest = 3", 2, "只能是 1 或 5"),
        ("[surveys]\nbest = 5.0", 2, "应为整数"),
        ('[surveys]\nsafe = ["安全"]\nunknown = ["安全"]', 3, "“安全”既算满意或安全，又算无意见"),
        # code pattern
        ("[stewards]\ncode_pattern = '('", 2, "第 1 个字符处有误"),
        ("[stewards]\ncode_pattern = 'a{99999999999}'", 2, "重复次数太大"),
        ("[stewards]\ncode_pattern = 'abc'", 2, "现有 0 个"),
        ("[stewards]\ncode_pattern = '(a)(b)(c)(d)(e)'", 2, "现有 5 个"),
        ("[stewards]\ncode_pattern = '(?P<floor>a)'", 2, "不认识的组名；请只用 number、unit、grid、building"),
        ("[stewards]\ncode_pattern = '(a)(?=b)'", 2, "数据库不支持"),
        ("[stewards]\ncode_pattern = '(a){2000}'", 2, "数据库不支持"),
        ("[stewards]\ncode_pattern = '(a)b++'", 2, "数据库不支持"),
        (r"[stewards]" "\n" r"code_pattern = '(a)\1'", 2, "数据库不支持"),
        # syntax
        ("name = “示例”", 1, "中文标点（name = “示例”）"),
        ('name \uff1d "示例"', 1, "中文标点"),
        ('a = 1\nname = "示例', 2, "引号没有成对"),
        ('name = "a"\nname = "b"', 2, "同一项设置写了两次"),
        ("[tiers]\n[points]\n[tiers]", 3, "同一节写了两次"),
        ("\n[tiers\n", 2, "TOML 写法有误（[tiers）"),
        ("name = 示例", 1, "等号后面的值写法有误"),
        ("name\n", 1, "TOML 写法有误"),
        ("programmes = [\n'D'\n", 2, "方括号没有成对"),
        ("a = " + "[" * 5000, 1, "TOML 写法有误"),
        ("a = " + "9" * 5000, 1, "TOML 写法有误"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    fault = fault_of(settings_file(tmp_path, text))
    assert (fault.line, said in str(fault)) == (line, True), str(fault)
    again = fault_of(settings_file(tmp_path, text.replace("\n", "\r\n")))
    assert again.line == line


def test_of_several_faults_the_first_in_the_file_is_told(tmp_path: Path) -> None:
    assert (
        fault_of(settings_file(tmp_path, '[checkins]\nradius_m = -1\n[ranking]\ncommend = "x"\n')).line == 2
    )
    assert (
        fault_of(settings_file(tmp_path, '[ranking]\ncommend = "x"\n[checkins]\nradius_m = -1\n')).line == 2
    )


@pytest.mark.parametrize("number", SETTING_LINES)
@pytest.mark.parametrize(
    "value", ["true", "7", "1.5", "-1", "1e9", "nan", '"x"', '[""]', "[1, 2]", "{}", "{x = 1}"]
)
def test_any_other_value_is_read_or_refused_with_its_line(tmp_path: Path, number: int, value: str) -> None:
    written = FULL.split("\n")
    key = written[number - 1].split(" = ")[0]
    written[number - 1] = f"{key} = {value}"
    path = settings_file(tmp_path, "\n".join(written))
    if value in ACCEPTED.get(key, ()):
        assert isinstance(load_district(path), District)
        return
    fault = fault_of(path)
    # Score lines that no longer descend are told on the line below.
    assert number <= (fault.line or 0) <= number + 1
    assert key in str(fault)
    assert "不合要求" not in str(fault)


@pytest.mark.parametrize("number", SETTING_LINES)
def test_a_time_of_day_is_no_setting_at_all(tmp_path: Path, number: int) -> None:
    written = FULL.split("\n")
    key = written[number - 1].split(" = ")[0]
    written[number - 1] = f"{key} = 07:32:00"
    fault = fault_of(settings_file(tmp_path, "\n".join(written)))
    assert fault.line == number
    assert fault.setting is not None
    assert fault.setting.endswith(key)


@pytest.mark.parametrize("number", range(1, FULL.count("\n") + 1))
def test_an_unknown_setting_is_found_on_whatever_line_it_stands(tmp_path: Path, number: int) -> None:
    written = FULL.split("\n")
    written.insert(number, "zzz = 1")
    fault = fault_of(settings_file(tmp_path, "\n".join(written)))
    assert (fault.line, "zzz" in str(fault)) == (number + 1, True)


@pytest.mark.parametrize(
    ("content", "line"),
    [('# a\n\nname = "示例区"'.encode("gbk"), 3), (FULL.encode("utf-16"), 1), (b"\xff", 1)],
)
def test_another_encoding_is_refused_with_the_line_of_the_first_bad_byte(
    tmp_path: Path, content: bytes, line: int
) -> None:
    fault = fault_of(settings_file(tmp_path, content))
    assert fault.line == line
    assert "UTF-8" in str(fault)


def test_a_file_that_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    assert "找不到" in str(fault_of(tmp_path / "district.toml"))
    assert "不是普通文件" in str(fault_of(tmp_path))


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    assert "1 MB" in str(fault_of(settings_file(tmp_path, b"#" * 1_000_001)))


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Patched, because the tests may run as root, who may read everything."""

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = settings_file(tmp_path, "")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    fault = fault_of(path)
    assert fault.line is None
    assert "检查文件的权限" in str(fault)
