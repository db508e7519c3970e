"""The settings of the district: defaults, every setting, and the line of whatever is wrong."""

import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pipelines.district import District, load_district
from pipelines.faults import DistrictFault

FULL = """\
# All settings of the contract, none at its default.
name = "示例区红管家看板"
programmes = ["D", "W"]
burden_relief = true

[[score_lines]]
effective_from = 2022-01-01
excellent = 36.3
good = 12.1
pass = 10

[[score_lines]]
effective_from = 2023-07-01   # raised
excellent = 90
good = 75
pass = 60.5

[tiers]
names = ["甲", "乙", "丙", "丁"]
praise_only = true

[ranking]
headcount = "period_end"
communities = "total"
commend = 3
explain = 0
near_line = 0.95

[points]
assigned = [1, 10]
urgent = [2.5, 30]
annual_target = 800
class_targets = { 1 = 400, 6 = 1200.5 }

[checkins]
radius_m = 80.5
per_year = 24
datum = "wgs84"

[surveys]
satisfied = ["很满意", "满意"]
safe = ["很安全", "安全"]
best = 1
unknown = []
minimum_n = 50

[horns]
service_h = 72
push_h = 48.5
emergency_h = 2

[privacy]
mask_names = false
minimum_group = 10

[stewards]
code_pattern = '(?P<number>\\d)-(?P<unit>\\w+)-(?P<building>\\d+)'
"""

SETTING_LINES = [n for n, line in enumerate(FULL.split("\n"), start=1) if re.match(r"\w+ = ", line)]


# Which of the odd values below are right for a setting after all.
NUMBERS = ("7", "1.5")
ACCEPTED = {
    "name": ('"x"',), "burden_relief": ("true",), "praise_only": ("true",), "mask_names": ("true",),
    "pass": NUMBERS,
    "commend": ("7",), "explain": ("7",), "per_year": ("7",), "minimum_n": ("7",),
    "minimum_group": ("7",), "assigned": ("[1, 2]",), "urgent": ("[1, 2]",), "annual_target": NUMBERS,
    "class_targets": ("{}",), "radius_m": NUMBERS, "service_h": NUMBERS, "push_h": NUMBERS,
    "emergency_h": NUMBERS,
}  # fmt: skip


@pytest.fixture
def write(tmp_path: Path):
    def written(text: str | bytes) -> Path:
        path = tmp_path / "district.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


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


def test_the_defaults_are_those_of_the_contract() -> None:
    district = load_district(None)
    assert district == District()
    assert district.score_lines == ()
    assert district.tiers.names == ("优秀", "良好", "合格", "不合格")
    assert district.tiers.praise_only is False
    assert (district.ranking.headcount, district.ranking.communities) == ("period_end", "per_steward")
    assert (district.ranking.commend, district.ranking.explain) == (10, 7)
    assert district.ranking.near_line == Decimal("0.9")
    assert (district.points.assigned, district.points.urgent) == ((5, 20), (5, 40))
    assert district.points.annual_target == 1000
    assert (district.checkins.radius_m, district.checkins.per_year, district.checkins.datum) == (
        50,
        12,
        "gcj02",
    )
    assert district.surveys.satisfied == ("很满意", "满意", "基本满意")
    assert district.surveys.safe == ("很安全", "安全", "基本安全")
    assert (district.surveys.best, district.surveys.unknown, district.surveys.minimum_n) == (
        5,
        ("不了解",),
        30,
    )
    assert (district.privacy.mask_names, district.privacy.minimum_group) == (True, 5)
    assert district.burden_relief is False
    assert district.stewards.code_pattern is None
    assert district.stewards.code_groups == {}


def test_an_empty_file_has_the_defaults(write) -> None:
    assert load_district(write("")) == load_district(write("# nothing\n")) == District()


def test_every_setting_is_read(write) -> None:
    district = load_district(write(FULL))
    assert (district.name, district.programmes, district.burden_relief) == (
        "示例区红管家看板",
        ("D", "W"),
        True,
    )
    assert [lines.effective_from for lines in district.score_lines] == [date(2022, 1, 1), date(2023, 7, 1)]
    assert district.tiers.names == ("甲", "乙", "丙", "丁")
    assert district.tiers.praise_only
    assert (district.ranking.communities, district.ranking.commend, district.ranking.explain) == (
        "total",
        3,
        0,
    )
    assert district.ranking.near_line == Decimal("0.95")
    assert (district.points.assigned, district.points.urgent) == ((1, 10), (Decimal("2.5"), 30))
    assert (district.checkins.radius_m, district.checkins.per_year, district.checkins.datum) == (
        80.5,
        24,
        "wgs84",
    )
    assert (district.surveys.satisfied, district.surveys.unknown) == (("很满意", "满意"), ())
    assert (district.surveys.best, district.surveys.minimum_n) == (1, 50)
    assert (district.horns.service_h, district.horns.push_h, district.horns.emergency_h) == (72, 48.5, 2)
    assert (district.privacy.mask_names, district.privacy.minimum_group) == (False, 10)


def test_the_full_file_touches_every_setting(write) -> None:
    """So that a new setting is added to FULL, and with it to the tests of wrong types below."""
    full, default = load_district(write(FULL)).model_dump(), District().model_dump()
    for name, section in default.items():
        settings = section.items() if isinstance(section, dict) else [(None, section)]
        for key, value in settings:
            if key != "headcount":
                assert (full[name][key] if key else full[name]) != value, (name, key)


def test_class_targets_go_by_steward_number_with_the_common_one_for_the_rest(write) -> None:
    points = load_district(write(FULL)).points
    assert [points.target(number) for number in range(1, 7)] == [400, 800, 800, 800, 800, Decimal("1200.5")]
    assert District().points.target(3) == 1000


@pytest.mark.parametrize(
    ("day", "pass_line"),
    [
        (date(2021, 12, 31), None),
        (date(2022, 1, 1), Fraction(10)),
        (date(2023, 6, 30), Fraction(10)),
        (date(2023, 7, 1), Fraction(121, 2)),
        (date(2030, 1, 1), Fraction(121, 2)),
    ],
)
def test_score_lines_hold_from_their_day_until_the_next(write, day: date, pass_line: Fraction | None) -> None:
    lines = load_district(write(FULL)).score_lines_on(day)
    assert (lines.passing if lines else None) == pass_line


def test_score_lines_are_the_digits_of_the_file_not_binary_fractions(write) -> None:
    lines = load_district(write(FULL)).score_lines_on(date(2022, 1, 1))
    assert lines is not None
    assert lines.descending == (Fraction(363, 10), Fraction(121, 10), 10)


def test_without_score_lines_there_are_none() -> None:
    assert District().score_lines_on(date(2023, 7, 1)) is None


@pytest.mark.parametrize("text", ["", FULL])
def test_json_gives_the_same_settings_back(write, text: str) -> None:
    district = load_district(write(text))
    again = District.from_json(district.to_json())
    assert again == district
    assert again.to_json() == district.to_json()
    assert again.score_lines_on(date(2022, 5, 1)) == district.score_lines_on(date(2022, 5, 1))


@given(
    st.lists(st.decimals(0, 1000, places=4), min_size=3, max_size=3, unique=True).map(sorted),
    st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), unique=True, max_size=6).map(sorted),
)
def test_json_keeps_any_score_lines_exactly(lines: list[Decimal], days: list[date]) -> None:
    passing, good, excellent = lines
    district = District.model_validate(
        {
            "score_lines": [
                {"effective_from": day, "excellent": excellent, "good": good, "pass": passing} for day in days
            ]
        }
    )
    again = District.from_json(district.to_json())
    assert again == district
    for day in days:
        found = again.score_lines_on(day + timedelta(days=1))
        assert found is not None
        assert found.descending == (Fraction(excellent), Fraction(good), Fraction(passing))


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        District().ranking.commend = 5  # type: ignore[misc]


@pytest.mark.parametrize(
    ("pattern", "groups"),
    [
        (r"(?P<unit>\w+)-(?P<number>\d)", {"unit": 1, "number": 2}),
        (r"(\d)(\d\d)", {"number": 1, "unit": 2}),
        (r"(\d)(\d\d)(\d\d)(\d+)", {"number": 1, "unit": 2, "grid": 3, "building": 4}),
        (r"(A|B)(?P<grid>\d+)", {"grid": 2}),
    ],
)
def test_code_groups_are_named_or_stand_in_order(write, pattern: str, groups: dict[str, int]) -> None:
    assert load_district(write(f"[stewards]\ncode_pattern = '{pattern}'")).stewards.code_groups == groups


LINES_A = "[[score_lines]]\neffective_from = 2023-01-01\nexcellent = 90\ngood = 75\npass = 60\n"
LINES_B = LINES_A.replace("2023-01-01", "2023-07-01")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
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
def test_a_wrong_file_is_refused_with_its_line(write, text: str, line: int, said: str) -> None:
    fault = fault_of(write(text))
    assert (fault.line, said in str(fault)) == (line, True), str(fault)
    again = fault_of(write(text.replace("\n", "\r\n")))
    assert again.line == line


def test_of_several_faults_the_first_in_the_file_is_told(write) -> None:
    assert fault_of(write('[checkins]\nradius_m = -1\n[ranking]\ncommend = "x"\n')).line == 2
    assert fault_of(write('[ranking]\ncommend = "x"\n[checkins]\nradius_m = -1\n')).line == 2


@pytest.mark.parametrize("number", SETTING_LINES)
@pytest.mark.parametrize(
    "value", ["true", "7", "1.5", "-1", "1e9", "nan", '"x"', '[""]', "[1, 2]", "{}", "{x = 1}"]
)
def test_any_other_value_is_read_or_refused_with_its_line(write, number: int, value: str) -> None:
    written = FULL.split("\n")
    key = written[number - 1].split(" = ")[0]
    written[number - 1] = f"{key} = {value}"
    path = write("\n".join(written))
    if value in ACCEPTED.get(key, ()):
        assert isinstance(load_district(path), District)
        return
    fault = fault_of(path)
    # Score lines that no longer descend are told on the line below.
    assert number <= (fault.line or 0) <= number + 1
    assert key in str(fault)
    assert "不合要求" not in str(fault)


@pytest.mark.parametrize("number", SETTING_LINES)
def test_a_time_of_day_is_no_setting_at_all(write, number: int) -> None:
    written = FULL.split("\n")
    key = written[number - 1].split(" = ")[0]
    written[number - 1] = f"{key} = 07:32:00"
    fault = fault_of(write("\n".join(written)))
    assert fault.line == number
    assert fault.setting is not None
    assert fault.setting.endswith(key)


@pytest.mark.parametrize("number", range(1, FULL.count("\n") + 1))
def test_an_unknown_setting_is_found_on_whatever_line_it_stands(write, number: int) -> None:
    written = FULL.split("\n")
    written.insert(number, "zzz = 1")
    fault = fault_of(write("\n".join(written)))
    assert (fault.line, "zzz" in str(fault)) == (number + 1, True)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(write) -> None:
    expected = load_district(write(FULL))
    assert load_district(write(b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode())) == expected


@pytest.mark.parametrize(
    ("content", "line"),
    [('# a\n\nname = "示例区"'.encode("gbk"), 3), (FULL.encode("utf-16"), 1), (b"\xff", 1)],
)
def test_another_encoding_is_refused_with_the_line_of_the_first_bad_byte(
    write, content: bytes, line: int
) -> None:
    fault = fault_of(write(content))
    assert fault.line == line
    assert "UTF-8" in str(fault)


def test_a_file_that_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    assert "找不到" in str(fault_of(tmp_path / "district.toml"))
    assert "不是普通文件" in str(fault_of(tmp_path))


def test_a_huge_file_is_refused_unread(write) -> None:
    assert "1 MB" in str(fault_of(write(b"#" * 1_000_001)))


def test_a_file_that_cannot_be_read_is_refused(write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Patched, because the tests may run as root, who may read everything."""

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = write("")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    fault = fault_of(path)
    assert fault.line is None
    assert "检查文件的权限" in str(fault)
