"""Findings: what loaded and looks wrong, and what lies just inside the rule and does not."""

import re
from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipelines.checks import code_mismatches
from pipelines.district import District
from pipelines.transform import check_jobs
from tests.pipelines.staged_district import transformed
from tests.pipelines.tiny_records import RECORDS

Found = set[tuple[str, str]]


def findings(folder: Path, records: Mapping[str, str], district: District | None = None) -> dict[str, Found]:
    """Check → (export, key) of its findings; the areas of the tiny district are always there."""
    with transformed(folder, {"areas": RECORDS["areas"], **records}, "2023-12-31", district) as con:
        found: dict[str, Found] = {}
        for check, export, key in con.execute('SELECT "check", export, key FROM meta.findings').fetchall():
            found.setdefault(check, set()).add((export, key))
        return found


def test_every_check_of_the_contract_is_there() -> None:
    assert {job.name.removeprefix("checks.") for job in check_jobs()} - {"meta.findings"} == {
        "points_off_rule",
        "verifier_is_claimant",
        "outside_district",
        "coordinate_offset",
        "steward_code_mismatch",
        "households_off_band",
        "default_coordinate",
        "duplicate_person",
        "roster_gap",
        "roster_overlap",
        "reference_unchecked",
    }


def test_points_outside_the_rule(tmp_path: Path) -> None:
    # 5 to 20 for assigned, 5 to 40 for urgent tasks; other kinds have no rule.
    points = """
        entry_id occurred_at         points kind
        P1       2023-05-01_08:00:00 5      派单任务
        P2       2023-05-01_08:00:00 20     派单任务
        P3       2023-05-01_08:00:00 20.5   派单任务
        P4       2023-05-01_08:00:00 4.9    派单任务
        P5       2023-05-01_08:00:00 40     突发任务
        P6       2023-05-01_08:00:00 41     突发任务
        P7       2023-05-01_08:00:00 -10    派单任务
        P8       2023-05-01_08:00:00 500    奖励
    """
    found = findings(tmp_path, {"points": points})
    assert found == {
        "points_off_rule": {("points", "P3"), ("points", "P4"), ("points", "P6"), ("points", "P7")}
    }


def test_the_message_names_points_and_rule(tmp_path: Path) -> None:
    points = "entry_id occurred_at points kind\nP3 2023-05-01_08:00:00 100 派单任务"
    with transformed(tmp_path, {"points": points}, "2023-12-31") as con:
        assert con.execute("SELECT severity, message FROM meta.findings").fetchall() == [
            ("warning", "派单任务 100 分，规则是 5 至 20 分")
        ]


def test_verifier_is_claimant(tmp_path: Path) -> None:
    stewards = """
        steward_id steward_number community_code joined_on
        A          6              C1             2023-01-01
        B          6              C1             2023-01-01
    """
    claims = """
        claim_id steward_id verifier_id claimed_at
        L1       A          A           2023-05-01_08:00:00
        L2       A          B           2023-05-01_08:00:00
        L3       A          -           2023-05-01_08:00:00
    """
    found = findings(tmp_path, {"stewards": stewards, "claims": claims})
    assert found == {"verifier_is_claimant": {("claims", "L1")}}


def test_places_outside_the_district(tmp_path: Path) -> None:
    # Areas lie at 112.0 to 112.1, 31.0; a tenth of a degree around them is still the district.
    tasks = """
        task_id category kind community_code published_at        longitude latitude
        T1      环境     日常 C1             2023-05-01_08:00:00 112.19    31.09
        T2      环境     日常 C1             2023-05-01_08:00:00 112.21    31.0
        T3      环境     日常 C1             2023-05-01_08:00:00 -         -
    """
    sites = "site_id kind name community_code longitude latitude\nZ1 驿站 一 C1 112.0 30.8"
    found = findings(tmp_path, {"tasks": tasks, "sites": sites})
    assert found == {"outside_district": {("tasks", "T2"), ("sites", "Z1")}}


def test_one_point_shared_by_many(tmp_path: Path) -> None:
    # 20 tasks of two communities at one point; 20 of one community at another are a busy square.
    lines = ["task_id category kind community_code published_at longitude latitude"]
    lines += [f"A{n} 环境 日常 C{1 + n % 2} 2023-05-01_08:00:00 112.05 31.0" for n in range(20)]
    lines += [f"B{n} 环境 日常 C1 2023-05-01_08:00:00 112.06 31.0" for n in range(20)]
    lines += [f"C{n} 环境 日常 C{1 + n % 2} 2023-05-01_08:00:00 112.07 31.0" for n in range(19)]
    found = findings(tmp_path, {"tasks": "\n".join(lines)})
    assert found == {"default_coordinate": {("tasks", "112.05,31.0")}}


def test_the_same_person_twice_without_naming_anybody(tmp_path: Path) -> None:
    stewards = """
        steward_id name   steward_number community_code phone       joined_on  left_on
        A          王小明 6              C1             13812341234 2023-01-01 2023-05-01
        A          王小明 5              C1             13812341234 2023-05-01 -
        B          王小明 6              C2             13812341234 2023-01-01 -
        C          王小明 6              C2             13899999999 2023-01-01 -
        D          王小明 6              C2             -           2023-01-01 -
    """
    assert findings(tmp_path, {"stewards": stewards}) == {"duplicate_person": {("stewards", "B")}}
    with duckdb.connect(str(tmp_path / "version.duckdb")) as con:
        messages = con.execute("SELECT message FROM meta.findings").fetchall()
    assert messages == [("与 A 姓名、手机号都相同，共 2 个编号",)]


def test_gaps_and_overlaps_of_the_roster(tmp_path: Path) -> None:
    stewards = """
        steward_id steward_number community_code joined_on  left_on
        SEAMLESS   6              C1             2023-01-01 2023-05-01
        SEAMLESS   6              C2             2023-05-01 -
        GAP        6              C1             2023-01-01 2023-04-30
        GAP        6              C2             2023-05-01 -
        OVERLAP    6              C1             2023-01-01 2023-05-02
        OVERLAP    6              C2             2023-05-01 -
        OPEN       6              C1             2023-01-01 -
        OPEN       6              C2             2023-05-01 -
    """
    assert findings(tmp_path, {"stewards": stewards}) == {
        "roster_gap": {("stewards", "GAP")},
        "roster_overlap": {("stewards", "OVERLAP"), ("stewards", "OPEN")},
    }


def test_households_of_those_who_are_there(tmp_path: Path) -> None:
    stewards = """
        steward_id steward_number community_code households joined_on  left_on
        FEW        6              C1             4          2023-01-01 -
        LEAST      6              C1             5          2023-01-01 -
        MOST       6              C1             15         2023-01-01 -
        MANY       6              C1             16         2023-01-01 -
        GONE       6              C1             50         2023-01-01 2023-12-31
        UNKNOWN    6              C1             -          2023-01-01 -
    """
    found = findings(tmp_path, {"stewards": stewards})
    assert found == {"households_off_band": {("stewards", "FEW"), ("stewards", "MANY")}}


def test_codes_that_contradict_the_roster(tmp_path: Path) -> None:
    district = District.model_validate(
        {"stewards": {"code_pattern": r"^(?P<number>[1-6])(?P<unit>U\d)?-\d+$"}}, strict=False
    )
    stewards = """
        steward_id steward_number unit_id community_code joined_on
        2U1-1      2              U1      C1             2023-01-01
        3U1-2      2              U1      C1             2023-01-01
        2U2-3      2              U1      C1             2023-01-01
        6-4        6              -       C1             2023-01-01
        X5         6              -       C1             2023-01-01
    """
    found = findings(tmp_path, {"units": RECORDS["units"], "stewards": stewards}, district)
    assert found == {
        "steward_code_mismatch": {("stewards", "3U1-2"), ("stewards", "2U2-3"), ("stewards", "X5")}
    }


def test_a_mismatch_says_what_the_code_says() -> None:
    pattern = re.compile(r"^(\d)(Q\d)?$")
    roster = {"number": "2", "unit": None, "grid": "Q1", "building": None}
    groups = {"number": 1, "grid": 2}
    assert list(code_mismatches(pattern, groups, "2Q1", roster)) == []
    assert list(code_mismatches(pattern, groups, "2", roster)) == []
    assert list(code_mismatches(pattern, groups, "3Q7", roster)) == [
        "编号中的号段是 3，名册上是 2",
        "编号中的网格是 Q7，名册上是 Q1",
    ]


def test_check_ins_beside_the_point_by_a_constant_shift(tmp_path: Path) -> None:
    # Twelve check-ins 333 m north of C1 (0.003 degrees), twelve at C2 itself.
    stewards = "steward_id steward_number community_code joined_on\nA 2 C1 2023-01-01"
    lines = ["checkin_id steward_id community_code checked_in_at longitude latitude"]
    lines += [f"K{n} A C1 2023-05-01_08:00:00 112.0{n:04d} 31.003" for n in range(12)]
    lines += [f"L{n} A C2 2023-05-01_08:00:00 112.1 31.0000{n}" for n in range(12)]
    found = findings(tmp_path, {"stewards": stewards, "checkins": "\n".join(lines)})
    assert found == {"coordinate_offset": {("areas", "C1")}}


def test_references_that_nothing_could_check(tmp_path: Path) -> None:
    with transformed(tmp_path, {}, "2023-12-31") as con:
        con.execute("INSERT INTO meta.unchecked_references VALUES ('points', 'task_id', 'tasks', 7)")
        (job,) = [job for job in check_jobs() if job.name == "checks.reference_unchecked"]
        job.run(con)
        assert con.execute("FROM meta.findings").fetchall() == [
            (
                "reference_unchecked",
                "info",
                "points",
                "task_id",
                "7 条记录的 task_id 没有核对：没有收到 tasks 的导出文件",
            )
        ]
