"""Exactly the rows that people typed wrong are dirty: no good row is rejected, no dirty one loads."""

from collections import Counter
from pathlib import Path

import duckdb
import pytest

from pipelines.geo import coordinate_offset
from pipelines.load import Loaded, load_sources
from pipelines.opening import configure, open_inbox
from pipelines.reasons import Reason
from pipelines.sample import write_sample, write_small
from tests.pipelines.sample.exports_by_hand import FOREIGN, MARK, exports_in, read_exports, split_lines


def load(folder: Path, work: Path) -> Loaded:
    work.mkdir()
    opened = open_inbox([folder], work)
    with duckdb.connect() as con:
        configure(con, work)
        return load_sources(con, opened.sources, opened.named_until, work)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Loaded]:
    folder = tmp_path_factory.mktemp("small")
    write_small(folder / "exports")
    return folder / "exports", load(folder / "exports", folder / "work")


def test_exactly_the_dirty_rows_are_rejected(small: tuple[Path, Loaded]) -> None:
    folder, loaded = small
    rejected: dict[str, set[int]] = {}
    for reject in loaded.rejects:
        if reject.reason not in (Reason.TOTAL_ROW, Reason.REPEATED_HEADER):
            rejected.setdefault(reject.file, set()).add(reject.line)
            key = reject.raw.split(",")[0].split(";")[0].split("\t")[0]
            assert MARK in key or not key or reject.reason is Reason.BAD_ENCODING, reject
    dirty = {path.name: len(split_lines(path)[2]) for path in exports_in(folder)}
    assert {name: count for name, count in dirty.items() if count} == {
        name: len(lines) for name, lines in rejected.items()
    }
    assert sum(dirty.values()) > 80


def test_every_reason_but_overlong_text_occurs_in_the_small_district(small: tuple[Path, Loaded]) -> None:
    found = {reject.reason for reject in small[1].rejects}
    assert found == set(Reason) - {Reason.TOO_LONG}


def test_every_export_has_a_dirty_row_in_the_small_district(small: tuple[Path, Loaded]) -> None:
    exports = {reject.export for reject in small[1].rejects}
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


def test_the_small_district_balances(small: tuple[Path, Loaded]) -> None:
    balances = small[1].balances
    assert len(balances) > 35
    for balance in balances:
        assert balance.file.records == balance.loaded + balance.superseded + balance.rejected


def test_about_one_row_in_a_thousand_is_dirty(tmp_path: Path) -> None:
    write_sample(tmp_path / "exports", scale=0.05, months=13)
    loaded = load(tmp_path / "exports", tmp_path / "work")
    records = sum(balance.file.records for balance in loaded.balances)
    share = len({(reject.file, reject.line) for reject in loaded.rejects}) / records
    assert 0.0005 < share < 0.004


def test_offices_differ(tmp_path: Path) -> None:
    write_sample(tmp_path / "exports", scale=0.05, months=24)
    work = tmp_path / "work"
    work.mkdir()
    sources = open_inbox([tmp_path / "exports"], work).sources
    encodings = Counter(source.encoding for source in sources)
    assert encodings["utf-8"] > 50
    assert encodings["utf-8-sig"] > 50
    assert encodings["gb18030"] == 1
    delimiters = Counter(source.header.grammar.delimiter for source in sources)
    assert delimiters[";"] == delimiters["\t"] == 1
    assert sum(source.header.line == 2 for source in sources) == 1
    corrections = [source.name for source in sources if "更正" in source.name]
    assert corrections == ["积分_20230612_5月更正.csv"]


def test_the_corrected_export_takes_the_mistakes_back(small: tuple[Path, Loaded]) -> None:
    folder = small[0]
    _, wrong, _ = split_lines(folder / "积分_20230831.csv")
    header, right, _ = split_lines(folder / "积分_20230912_8月更正.csv")
    assert header.endswith(",作废")
    assert sum(line.endswith(",是") for line in right) == 12
    corrected = {line.rsplit(",", 1)[0] for line in right}
    assert len(right) == len(wrong)
    assert 10 <= len(set(wrong) - corrected) <= 40


def test_foreign_lines_are_told_from_foreign_files(small: tuple[Path, Loaded]) -> None:
    pasted = [line for path in exports_in(small[0]) for line in split_lines(path)[2] if FOREIGN in line]
    assert len(pasted) == 4


def test_the_phones_of_one_community_report_another_datum(small: tuple[Path, Loaded]) -> None:
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
