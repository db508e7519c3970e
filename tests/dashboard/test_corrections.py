"""Correction sheets: what was rejected goes out under its own header, comes back mended, and loads."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from dashboard.board import corrections, data
from dashboard.board.corrections import ADDED, Sheet
from dashboard.board.door import Serving, serving
from dashboard.downloads.correction_file import correction_csv, correction_xlsx, disarmed
from pipelines.build import build
from pipelines.recognise import recognise
from pipelines.rejected_records import ANSWERED, NOTHING_TO_MEND, OPEN
from pipelines.sources import load_exports
from pipelines.warehouse import Warehouse

AREAS = "区划编码,名称,层级,上级编码\nQ,青山区,区,\nQ1,东街道,街道,Q\nQ101,东一社区,社区,Q1\n"
HEADER = "备注,心愿编号,社区编码,类别,收集时间,达成时间"
ROWS = [
    "好,W1,Q101,就医,2023-09-01 08:00,",
    "=1+1,W2,Q101,=cmd(),2023-09-32 08:00,",
    "-5,W3,Q999,@就学,2023-09-03 08:00,",
    '"两\n行",W4,Q101,"吃饭,买菜",2023-09-04 08:00,2023-09-01',
    "多,W5,Q101,出行,2023-09-05 08:00,,多出来的",
    "合计,5,,,,",
]


def inbox(folder: Path) -> Path:
    folder.mkdir()
    (folder / "区划_20230930.csv").write_text(AREAS, encoding="utf-8")
    (folder / "微心愿_20230930.csv").write_text("\n".join([HEADER, *ROWS]) + "\n", encoding="gb18030")
    return folder


@pytest.fixture
def board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Serving]:
    """Builds what lies in the inbox and gives the version that then serves."""
    exports, root = inbox(tmp_path / "inbox"), tmp_path / "warehouse"
    monkeypatch.setenv("STEWARD_WAREHOUSE", str(root))

    def built() -> Serving:
        build(exports, Warehouse(root))
        return serving()

    return built


def sheet_of(serving: Serving) -> Sheet:
    (sheet,) = corrections.sheets(serving, "wishes")
    return sheet


def cells(sheet: Sheet, key: str) -> dict[str, str]:
    rows = sheet.rows[sheet.rows["心愿编号"] == key].to_dict("records")
    assert len(rows) == 1
    return {str(name): str(value) for name, value in rows[0].items()}


def test_a_sheet_holds_the_rejected_rows_as_they_were(board: Callable[[], Serving]) -> None:
    sheet = sheet_of(board())
    assert list(sheet.rows.columns) == [*ADDED, *HEADER.split(",")]
    assert list(sheet.rows["心愿编号"]) == ["W2", "W3", "W4", "W5"]
    assert sheet.until is not None
    assert cells(sheet, "W2")["类别"] == "=cmd()"
    assert cells(sheet, "W2")["行号"] == "3"
    assert cells(sheet, "W2")["拒收理由"] == "不是日期"
    assert "2023-09-32" in cells(sheet, "W2")["怎么改"]
    assert cells(sheet, "W3")["拒收理由"] == "引用不存在"
    assert cells(sheet, "W4")["备注"] == "两\n行"
    assert cells(sheet, "W4")["类别"] == "吃饭,买菜"
    assert cells(sheet, "W5")["原文"] == ROWS[4]


def test_total_rows_need_no_correction(board: Callable[[], Serving]) -> None:
    states = corrections.states(board())
    assert list(states["state"]) == [OPEN, OPEN, OPEN, OPEN, NOTHING_TO_MEND]


@pytest.mark.parametrize("way", ["csv", "xlsx"])
def test_a_mended_sheet_loads(way: str, board: Callable[[], Serving], tmp_path: Path) -> None:
    before = board()
    sheet = sheet_of(before)
    content = mended(read(way, sheet))
    (tmp_path / "inbox" / "微心愿_20230930（更正）.csv").write_bytes(content)
    after = board()
    files = data.files(after).set_index("file")
    sent = files.loc["微心愿_20230930（更正）.csv"]
    assert (sent["export"], sent["records"], sent["loaded"], sent["rejected"]) == ("wishes", 4, 4, 0)
    with Warehouse(tmp_path / "warehouse").open() as con:
        loaded = dict(con.execute("SELECT wish_id, category FROM facts.wishes ORDER BY wish_id").fetchall())
    assert loaded == {"W1": "就医", "W2": "=cmd()", "W3": "@就学", "W4": "吃饭,买菜", "W5": "出行"}
    assert set(corrections.states(after)["state"]) == {ANSWERED, NOTHING_TO_MEND}
    assert corrections.sheets(after) == []


def read(way: str, sheet: Sheet) -> list[list[str]]:
    """What a spreadsheet shows of the downloaded sheet."""
    if way == "csv":
        return list(csv.reader(StringIO(correction_csv(sheet.rows).decode("utf-8-sig"), newline="")))
    book = openpyxl.load_workbook(BytesIO(correction_xlsx({"微心愿": sheet.rows})))
    return [[str(value or "") for value in row] for row in book["微心愿"].iter_rows(values_only=True)]


def mended(rows: list[list[str]]) -> bytes:
    """The sheet with its four mistakes put right, as a spreadsheet saves it."""
    header = rows[0]
    at = {name: header.index(name) for name in ("收集时间", "社区编码", "达成时间")}
    rows[1][at["收集时间"]] = "2023/9/2 8:00"
    rows[2][at["社区编码"]] = "Q101"
    rows[3][at["达成时间"]] = "2023/9/14"
    out = StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def test_nothing_in_a_sheet_runs_in_a_spreadsheet(board: Callable[[], Serving]) -> None:
    sheet = sheet_of(board())
    for way in ("csv", "xlsx"):
        for row in read(way, sheet):
            for cell in row:
                number = cell.lstrip("+-").replace(".", "", 1).isdigit()
                assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")), cell
    assert disarmed("-5.25") == "-5.25"
    assert disarmed("-1+cmd()") == "\u00a0-1+cmd()"
    assert disarmed("+86-138") == "\u00a0+86-138"


@pytest.mark.parametrize("export", sorted(load_exports()))
def test_the_added_columns_change_nothing_about_what_a_file_is(export: str) -> None:
    known = load_exports()[export]
    headers = [column.header for column in known.columns]
    found, bare = recognise([*ADDED, *headers]), recognise(headers)
    assert found.usable
    assert found.export is not None
    assert bare.export is not None
    assert found.export.name == bare.export.name
    assert found.extra == ADDED


def test_two_spellings_of_a_header_become_one_column(board: Callable[[], Serving], tmp_path: Path) -> None:
    english = "wish_id,community_code,category,collected_at\nV1,Q101,x,yesterday\n"
    (tmp_path / "inbox" / "wishes_20230901.csv").write_text(english, encoding="utf-8")
    sheet = sheet_of(board())
    assert list(sheet.rows.columns) == [*ADDED, *HEADER.split(",")]
    assert list(sheet.rows["心愿编号"]) == ["V1", "W2", "W3", "W4", "W5"]
    assert cells(sheet, "V1")["收集时间"] == "yesterday"


def test_a_row_in_the_newest_file_stays_open_though_an_older_one_has_loaded(
    board: Callable[[], Serving], tmp_path: Path
) -> None:
    later = "心愿编号,社区编码,类别,收集时间\nW1,Q101,就医,昨天\n"
    (tmp_path / "inbox" / "微心愿_20231031.csv").write_text(later, encoding="utf-8")
    states = corrections.states(board()).set_index(["file", "line"])["state"]
    assert states["微心愿_20231031.csv", 2] == OPEN


def test_an_older_version_has_no_sheets_and_says_nothing_wrong(
    board: Callable[[], Serving], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = board()
    monkeypatch.setattr(corrections, "_KNOWS_STATES", "SELECT 1 WHERE false")
    assert corrections.states(found).empty
    assert corrections.sheets(found) == []
    assert isinstance(data.rejects(found), pd.DataFrame)
    assert set(data.rejects(found)["state"]) == {""}
