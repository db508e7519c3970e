"""Exactly the rows that people typed wrong are dirty: no good row is rejected, no dirty one loads."""

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from pipelines.dry_run import check_inbox
from pipelines.geo import coordinate_offset
from pipelines.opening import open_inbox
from pipelines.reasons import Reason
from pipelines.sample import write_sample, write_small
from tests.pipelines.sample.exports_by_hand import (
    FOREIGN,
    MARK,
    exports_in,
    read_exports,
    split_lines,
    text_of,
)

Report = dict[str, Any]
LEFT_BY_SPREADSHEETS = {Reason.TOTAL_ROW.value, Reason.REPEATED_HEADER.value}


def check(folder: Path, work: Path) -> Report:
    """What `steward check --json` says about a folder."""
    work.mkdir()
    report = check_inbox(open_inbox([folder]), work).as_json()
    assert report["refused"] == []
    return report


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    folder = tmp_path_factory.mktemp("small")
    write_small(folder / "exports")
    return folder / "exports", check(folder / "exports", folder / "work")


def test_exactly_the_dirty_rows_are_rejected(small: tuple[Path, Report]) -> None:
    folder, report = small
    rejected: dict[str, set[int]] = defaultdict(set)
    for reject in report["rejects"]:
        if reject["reason"] not in LEFT_BY_SPREADSHEETS:
            rejected[reject["file"]].add(reject["line"])
    dirty: dict[str, list[str]] = {}
    for path in exports_in(folder):
        lines = text_of(path).split("\n")
        dirty[path.name] = sorted(split_lines(path)[2])
        assert sorted(lines[line - 1] for line in rejected[path.name]) == dirty[path.name]
    assert sum(map(len, dirty.values())) > 80


def test_every_reason_but_overlong_text_occurs_in_the_small_district(small: tuple[Path, Report]) -> None:
    found = {reject["reason"] for reject in small[1]["rejects"]}
    assert found == {reason.value for reason in Reason} - {Reason.TOO_LONG.value}


def test_every_export_has_a_dirty_row_in_the_small_district(small: tuple[Path, Report]) -> None:
    exports = {reject["export"] for reject in small[1]["rejects"]}
    assert exports >= {
        "tasks",
        "claims",
        "points",
        "stewards",
        "checkins",
        "wishes",
        "satisfaction",
        "safety",
    }
    assert exports >= {"areas", "sites", "activities", "meetings", "projects", "honours"}


def test_the_small_district_balances(small: tuple[Path, Report]) -> None:
    files = small[1]["files"]
    assert len(files) > 35
    for file in files:
        assert file["records"] == file["loaded"] + file["superseded"] + file["rejected"]


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    """The files of two years of a twentieth of the district, as a check tells of them."""
    folder = tmp_path_factory.mktemp("two-years")
    write_sample(folder / "exports", scale=0.05, months=24)
    return list(check(folder / "exports", folder / "work")["files"])


def test_about_one_row_in_a_thousand_is_dirty(two_years: list[Report]) -> None:
    share = sum(file["rejected"] for file in two_years) / sum(file["records"] for file in two_years)
    assert 0.0005 < share < 0.004


def test_offices_differ(two_years: list[Report]) -> None:
    files = two_years
    encodings = Counter(file["encoding"] for file in files)
    assert encodings["utf-8"] > 50
    assert encodings["utf-8-sig"] > 50
    assert encodings["gb18030"] == 1
    delimiters = Counter(file["delimiter"] for file in files)
    assert delimiters[";"] == delimiters["\t"] == 1
    assert sum(file["header_line"] == 2 for file in files) == 1
    assert [file["file"] for file in files if "更正" in file["file"]] == ["积分_20230612_5月更正.csv"]
    assert [file["file"] for file in files if "total_row" in file["reasons"]] == ["积分_20230331.csv"]


def test_the_corrected_export_takes_the_mistakes_back(small: tuple[Path, Report]) -> None:
    folder = small[0]
    _, wrong, _ = split_lines(folder / "积分_20230831.csv")
    header, right, _ = split_lines(folder / "积分_20230912_8月更正.csv")
    assert header.endswith(",作废")
    assert sum(line.endswith(",是") for line in right) == 12
    corrected = {line.rsplit(",", 1)[0] for line in right}
    assert len(right) == len(wrong)
    assert 10 <= len(set(wrong) - corrected) <= 40


def test_foreign_lines_are_told_from_foreign_files(small: tuple[Path, Report]) -> None:
    pasted = [line for path in exports_in(small[0]) for line in split_lines(path)[2] if FOREIGN in line]
    assert len(pasted) == 4
    marked = [line for path in exports_in(small[0]) for line in split_lines(path)[2] if MARK in line]
    assert len(marked) > 70


def test_the_phones_of_one_community_report_another_datum(small: tuple[Path, Report]) -> None:
    offsets = {}
    with read_exports(small[0]) as con:
        for (code,) in con.execute("SELECT DISTINCT 社区编码 FROM 打卡").fetchall():
            degrees = con.execute(
                "SELECT p.经度::DOUBLE, p.纬度::DOUBLE, a.经度::DOUBLE, a.纬度::DOUBLE FROM 打卡 p "
                "JOIN 区划 a ON a.区划编码 = p.社区编码 WHERE p.社区编码 = ?",
                [code],
            ).fetchall()
            offsets[code] = coordinate_offset(*zip(*degrees, strict=True), "gcj02")
    assert len(offsets) == 14
    found = {code: offset.likely_datum for code, offset in offsets.items() if offset is not None}
    assert found == {"Q214": "wgs84"}


def test_the_small_district_has_flaws_that_load(small: tuple[Path, Report]) -> None:
    with read_exports(small[0]) as con:
        crowded = "SELECT max(n) FROM (SELECT count(*) AS n FROM 任务 WHERE 经度 <> '' GROUP BY 经度, 纬度)"
        assert con.execute(crowded).fetchall()[0][0] >= 20
        off_rule = "SELECT count(*) FROM 积分 WHERE 积分类型 = '派单任务' AND 分值::INT NOT BETWEEN 5 AND 20"
        assert con.execute(off_rule).fetchall()[0][0] >= 1
