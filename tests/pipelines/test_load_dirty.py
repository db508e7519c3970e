"""Dirty files, one kind each: every record loads, is superseded, or is rejected on its line with its reasons."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.pipelines.loading import load_files

# Two communities, one unit, three stewards: what the dirty files refer to.
BASE = {
    "区划.csv": "区划编码,名称,层级,上级编码\n01,示例区,区,\n0101,甲社区,社区,01\n0102,乙社区,社区,01\n",
    "单位.csv": "单位编码,名称,单位类别\n".replace("名称", "单位名称") + "U01,税务局,机关\n",
    "红管家.csv": (
        "红管家编号,姓名,号段,单位编码,社区编码,加入日期\n"
        "R0001,张一,2,U01,0101,2022-01-01\nR0002,李二,5,,0101,2022-01-01\nR0003,王三,6,,0102,2022-01-01\n"
    ),
}
POINTS = "流水编号,红管家编号,记账时间,分值,积分类型\n"
GOOD = "P0001,R0001,2023-01-10 08:00:00,10,派单任务\nP0002,R0002,2023-01-11 09:00:00,5,打卡\n"
TASKS = "任务编号,标题,类别,任务类型,社区编码,发布时间,办结时间\n"
FILE = "积分_20231231.csv"


@dataclass
class Dirty:
    """A file and what must become of it: (loaded, superseded, rejected) and (line, reason, column) …"""

    name: str
    content: str | bytes
    counts: tuple[int, int, int]
    rejects: list[tuple[int, str, str]] = field(default_factory=list)
    file: str = FILE
    others: dict[str, str | bytes] = field(default_factory=dict)


def points(*rows: str, header: str = POINTS) -> str:
    return header + GOOD + "".join(f"{row}\n" for row in rows)


def one_bad(name: str, row: str, *found: tuple[int, str, str]) -> Dirty:
    """A bad row between good ones: it alone is rejected, on line 4."""
    content = POINTS + GOOD + row + "\nP0009,R0003,2023-01-12 08:00:00,7,志愿服务\n"
    return Dirty(name, content, (3, 0, 1), list(found))


CASES = [
    Dirty("clean", points(), (2, 0, 0)),
    Dirty("crlf", points().replace("\n", "\r\n"), (2, 0, 0)),
    Dirty("mixed line ends", points("P0003,R0003,2023-01-12,1,打卡\r"), (3, 0, 0)),
    Dirty("no final line end", points().rstrip("\n"), (2, 0, 0)),
    Dirty(
        "blank lines", points("", "P0003,R0003,2023-01-12,x,打卡"), (2, 0, 1), [(5, "bad_number", "points")]
    ),
    Dirty("byte order mark", "\ufeff" + points(), (2, 0, 0)),
    Dirty("tabs", points().replace(",", "\t"), (2, 0, 0)),
    Dirty("semicolons", points().replace(",", ";"), (2, 0, 0)),
    Dirty("gb18030", points().encode("gb18030"), (2, 0, 0)),
    Dirty("utf-16", points().encode("utf-16"), (2, 0, 0)),
    Dirty("header only", POINTS, (0, 0, 0)),
    Dirty(
        "column order and an extra column",
        "备注,分值,积分类型,流水编号,红管家编号,记账时间\nx,10,派单任务,P1,R0001,2023-01-10\n",
        (1, 0, 0),
    ),
    Dirty(
        "english header",
        "entry_id,steward_id,occurred_at,points,kind\nP1,R0001,2023-01-10,10,打卡\n",
        (1, 0, 0),
    ),
    Dirty(
        "title line",
        "某区积分台账,,,,\n" + points("P3,R0009,2023-01-12,1,打卡"),
        (2, 0, 1),
        [(5, "unknown_reference", "steward_id")],
    ),
    Dirty("total row", points("合计,,,15,"), (2, 0, 1), [(4, "total_row", "")]),
    Dirty("spaced total row", points("总 计,,,15,"), (2, 0, 1), [(4, "total_row", "")]),
    Dirty("short total row", points("合计,15"), (2, 0, 1), [(4, "total_row", "")]),
    Dirty("repeated header", points(POINTS.strip()), (2, 0, 1), [(4, "repeated_header", "")]),
    one_bad("too few columns", "P0003,R0003,2023-01-12,1", (4, "ragged_row", "")),
    one_bad("too many columns", "P0003,R0003,2023-01-12,1,打卡,,", (4, "ragged_row", "")),
    Dirty(
        "ragged rows that even each other out",
        points("P0003,R0003,2023-01-12,1", "P0004,R0003,2023-01-12,1,打卡,", "P0005,R0003,2023-01-12,1,打卡"),
        (3, 0, 2),
        [(4, "ragged_row", ""), (5, "ragged_row", "")],
    ),
    one_bad("stray quote in a field", 'P0003,R0003,2023-01-12,1,打"卡', (4, "bad_quote", "")),
    one_bad("unclosed quote", 'P0003,"R0003,2023-01-12,1,打卡', (4, "bad_quote", "")),
    one_bad("text after a closing quote", 'P0003,"R0003"x,2023-01-12,1,打卡', (4, "bad_quote", "")),
    one_bad(
        "all cells empty",
        ",,,,",
        *[(4, "missing_value", c) for c in ("entry_id", "kind", "occurred_at", "points", "steward_id")],
    ),
    one_bad("missing key", ",R0003,2023-01-12,1,打卡", (4, "missing_value", "entry_id")),
    one_bad("missing by a dash", "P0003,R0003,2023-01-12,-,打卡", (4, "missing_value", "points")),
    one_bad("missing by a word", "P0003,R0003,NULL,1,打卡", (4, "missing_value", "occurred_at")),
    one_bad("two numbers in one", "P0003,R0003,2023-01-12,12.7.1,打卡", (4, "bad_number", "points")),
    one_bad("exponent", "P0003,R0003,2023-01-12,1e2,打卡", (4, "bad_number", "points")),
    one_bad("underscore", "P0003,R0003,2023-01-12,1_0,打卡", (4, "bad_number", "points")),
    one_bad("not a number", "P0003,R0003,2023-01-12,nan,打卡", (4, "bad_number", "points")),
    one_bad("hexadecimal", "P0003,R0003,2023-01-12,0x1F,打卡", (4, "bad_number", "points")),
    one_bad("no such day", "P0003,R0003,2023-02-30,1,打卡", (4, "bad_date", "occurred_at")),
    one_bad("no leap day", "P0003,R0003,2023-02-29,1,打卡", (4, "bad_date", "occurred_at")),
    one_bad("time zone", "P0003,R0003,2023-01-12 08:00:00+08,1,打卡", (4, "bad_date", "occurred_at")),
    one_bad("serial date", "P0003,R0003,45000,1,打卡", (4, "bad_date", "occurred_at")),
    one_bad("epoch", "P0003,R0003,epoch,1,打卡", (4, "bad_date", "occurred_at")),
    one_bad("unknown choice", "P0003,R0003,2023-01-12,1,红包", (4, "bad_choice", "kind")),
    one_bad("out of range", "P0003,R0003,2023-01-12,1001,打卡", (4, "out_of_range", "points")),
    one_bad("below the range", "P0003,R0003,2023-01-12,-1001,打卡", (4, "out_of_range", "points")),
    one_bad("after data until", "P0003,R0003,2024-01-01,1,打卡", (4, "future_date", "occurred_at")),
    one_bad("unknown steward", "P0003,R0009,2023-01-12,1,打卡", (4, "unknown_reference", "steward_id")),
    one_bad(
        "many reasons at once",
        "P0003,R0009,2023-13-12,x,红包",
        (4, "bad_choice", "kind"),
        (4, "bad_date", "occurred_at"),
        (4, "bad_number", "points"),
        (4, "unknown_reference", "steward_id"),
    ),
    one_bad(
        "a record of three megabytes", f"P0003,R0003,2023-01-12,1,打卡{'x' * 3_000_000}", (4, "too_long", "")
    ),
    Dirty(
        "a long text",
        TASKS
        + f"T0001,{'x' * 40_000},b,派单,0101,2023-01-05,\nT0002,{'x' * 30_000},b,派单,0101,2023-01-05,\n",
        (1, 0, 1),
        [(2, "too_long", "title")],
        "任务_20231231.csv",
    ),
    one_bad("a nul byte", "P0003,R0003,2023-01-12,1,打\0卡", (4, "bad_encoding", "")),
    Dirty(
        "one line in another encoding",
        points().encode()
        + "P0003,R0003,2023-01-12,1,打卡\n".encode("gb18030")
        + b"P0004,R0001,2023-01-12,1,\xe6\x89\x93\xe5\x8d\xa1\n",
        (3, 0, 1),
        [(4, "bad_encoding", "")],
    ),
    Dirty(
        "line end inside quotes",
        TASKS + 'T0001,"修灯\n第二行",设施,派单,0101,2023-01-05,\nT0002,扫雪,环境,突发,0199,2023-01-05,\n',
        (1, 0, 1),
        [(4, "unknown_reference", "community_code")],
        "任务_20231231.csv",
    ),
    Dirty(
        "delimiter and quotes inside quotes",
        TASKS + 'T0001,"修灯,换""新""灯",设施,派单,0101,2023-01-05,\n',
        (1, 0, 0),
        file="任务_20231231.csv",
    ),
    Dirty(
        "closed before published",
        TASKS
        + "T0001,a,b,派单,0101,2023-01-05 10:00:00,2023-01-05 09:00:00\nT0002,a,b,派单,0101,2023-01-05 10:00,2023-01-05\n",
        (1, 0, 1),
        [(2, "wrong_order", "closed_at")],
        "任务_20231231.csv",
    ),
    Dirty(
        "order over a missing step",
        "领取编号,任务编号,红管家编号,领取时间,完成时间,核查时间\nL1,T1,R0001,2023-01-05,,2023-01-04\n",
        (0, 0, 1),
        [(2, "wrong_order", "verified_at")],
        "领取_20231231.csv",
        {"任务_20231231.csv": TASKS + "T1,a,b,派单,0101,2023-01-01,\n"},
    ),
    Dirty("the same key in one file", points("P0001,R0001,2023-01-10,20,派单任务"), (2, 1, 0)),
    Dirty(
        "a corrected export",
        points(),
        (1, 1, 0),
        file="积分_20230131.csv",
        others={"积分_20231231.csv": POINTS + "P0001,R0001,2023-01-10,20,派单任务\n"},
    ),
    Dirty(
        "a bad correction leaves the good record",
        points(),
        (2, 0, 0),
        [(2, "bad_number", "points")],
        "积分_20230131.csv",
        {"积分_20231231.csv": POINTS + "P0001,R0001,2023-01-10,x,派单任务\n"},
    ),
    Dirty(
        "equal bytes again",
        points(),
        (0, 2, 0),
        file="积分_20231231.csv",
        others={"积分_20230101.csv": points()},
    ),
    Dirty(
        "a complete export ends what it lacks",
        points(),
        (0, 2, 0),
        file="积分_20230131.csv",
        others={"积分全量_20231231.csv": POINTS + "P0001,R0001,2023-01-10,20,派单任务\n"},
    ),
    Dirty(
        "a file named fulfilled is not complete",
        points(),
        (1, 1, 0),
        file="积分_20230131.csv",
        others={"fulfilled_20231231.csv": POINTS + "P0001,R0001,2023-01-10,20,派单任务\n"},
    ),
    Dirty(
        "a voided record withdraws its key",
        points(),
        (1, 1, 0),
        file="积分_20230131.csv",
        others={"积分_20231231.csv": POINTS.strip() + ",作废\nP0001,,,,,是\n"},
    ),
    Dirty(
        "full-width digits, blanks and grouping",
        points('P0003,　R0003 ,２０２３年1月2日,"１,000",打卡'),
        (3, 0, 0),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_is_lost(case: Dirty, tmp_path: Path) -> None:
    outcome = load_files(tmp_path, {**BASE, **case.others, case.file: case.content})
    records, *counts = outcome.balance[case.file]
    assert tuple(counts) == case.counts
    assert records == sum(counts)
    assert [reject[1:] for reject in outcome.rejects] == sorted(case.rejects)


def test_there_are_at_least_forty_kinds() -> None:
    assert len(CASES) >= 40
    assert len({case.name for case in CASES}) == len(CASES)


def test_damage_far_behind_the_beginning_costs_its_own_line_only(tmp_path: Path) -> None:
    rows = [f"P{number:07},R0001,2023-01-10,1,打卡" for number in range(20_000)]
    content = (POINTS + "\n".join(rows) + "\n").encode()
    line = b"P9999998,R0001,2023-01-10,1,\xb4\xf2\xbf\xa8\n"
    outcome = load_files(
        tmp_path, {**BASE, FILE: content + line + b"P9999999,R0001,2023-01-10,1,\xe6\x89\x93\xe5\x8d\xa1\n"}
    )
    assert outcome.balance[FILE] == (20_002, 20_001, 0, 1)
    assert outcome.rejects == [(FILE, 20_002, "bad_encoding", "")]


def test_values_of_odd_spellings_are_what_they_mean(tmp_path: Path) -> None:
    rows = points('P0003,　R0003\t,２０２３年1月2日 8:05,"１,000",打卡', "P0004,R0003,20230102,+5,奖励")
    outcome = load_files(tmp_path, {**BASE, FILE: rows})
    found = outcome.rows(
        "SELECT entry_id, CAST(occurred_at AS VARCHAR), CAST(points AS DOUBLE) FROM staged.points "
        "WHERE entry_id > 'P0002' ORDER BY entry_id"
    )
    assert found == [("P0003", "2023-01-02 08:05:00", 1000.0), ("P0004", "2023-01-02 00:00:00", 5.0)]


def test_references_of_odd_spelling_load_once_beside_plain_and_unknown_ones(tmp_path: Path) -> None:
    spelled = ["R0001", " R0001", "R０00１", "R0009", "", "无", "R0002\t", "R0002"]
    rows = [f"P{number:04},{code},2023-01-12,1,打卡" for number, code in enumerate(spelled, start=100)]
    outcome = load_files(tmp_path, {**BASE, FILE: points(*rows)})
    found = outcome.rows(
        "SELECT p.entry_id, s.steward_id FROM staged.points AS p JOIN staged.stewards AS s "
        "ON s.steward_no = p.steward_no WHERE p.entry_id >= 'P0100' ORDER BY ALL"
    )
    known = {100: "R0001", 101: "R0001", 102: "R0001", 106: "R0002", 107: "R0002"}
    assert found == [(f"P{number:04}", code) for number, code in known.items()]
    assert [(reason, column) for _, _, reason, column in outcome.rejects] == [
        ("unknown_reference", "steward_id"),
        ("missing_value", "steward_id"),
        ("missing_value", "steward_id"),
    ]


def test_the_later_line_wins_whatever_its_value(tmp_path: Path) -> None:
    outcome = load_files(tmp_path, {**BASE, FILE: points("P0001,R0001,2023-01-10,20,派单任务")})
    assert outcome.rows("SELECT CAST(points AS INTEGER) FROM staged.points WHERE entry_id = 'P0001'") == [
        (20,)
    ]


def test_a_rejected_record_keeps_its_raw_text_and_value(tmp_path: Path) -> None:
    row = "P0003,R0003,2023-01-12,12.7.1,打卡"
    (reject,) = load_files(tmp_path, {**BASE, FILE: points(row)}).loaded.rejects
    assert (reject.raw, reject.value, reject.file, reject.export) == (row, "12.7.1", FILE, "points")
    assert "分值" in reject.message


def test_an_unknown_reference_comes_back_by_itself(tmp_path: Path) -> None:
    late = points("P0003,R0004,2023-01-12,1,打卡")
    before = load_files(tmp_path / "before", {**BASE, FILE: late})
    steward = BASE["红管家.csv"] + "R0004,赵四,5,,0101,2022-01-01\n"
    after = load_files(tmp_path / "after", {**BASE, "红管家.csv": steward, FILE: late})
    assert before.balance[FILE] == (3, 2, 0, 1)
    assert after.balance[FILE] == (3, 3, 0, 0)


def test_an_absent_export_rejects_nothing(tmp_path: Path) -> None:
    outcome = load_files(tmp_path, {FILE: points()})
    assert outcome.balance[FILE] == (2, 2, 0, 0)
    assert outcome.rows("SELECT steward_id FROM staged.stewards ORDER BY ALL") == [("R0001",), ("R0002",)]


def test_a_rejected_parent_takes_its_children_with_it(tmp_path: Path) -> None:
    areas = "区划编码,名称,层级,上级编码\n01,区,区,\n02,街,街道,09\n03,社,社区,02\n04,社,社区,01\n"
    outcome = load_files(tmp_path, {"区划.csv": areas})
    assert outcome.balance["区划.csv"] == (4, 2, 0, 2)
    assert {reject[1] for reject in outcome.rejects} == {3, 4}
