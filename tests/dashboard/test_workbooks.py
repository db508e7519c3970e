"""Every screen's workbook holds its figures unrounded, each with a fitting number format, and says what they mean."""

from io import BytesIO

import openpyxl
import pandas as pd
import pytest
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from screen_texts import WITH_A_WORKBOOK, workbooks

from dashboard.downloads.xlsx_file import BROKEN, DAY, MINUTE, SHARE, WHOLE

OFFERING = tuple(screen for screen in WITH_A_WORKBOOK if screen != "query")
# Half a kilometre is no half of anything.
QUANTITIES = {"数量", "去年同期数量"}
SHEET_NAME = str.maketrans("", "", "[]:*?/\\'")


def equal(cell: object, value: object) -> bool:
    if pd.isna(value):
        return cell is None
    if hasattr(value, "year"):
        return pd.Timestamp(cell) == pd.Timestamp(value)
    if isinstance(value, str):
        return cell == value or (cell is None and not value)
    return cell == pytest.approx(float(value), rel=1e-12)


@pytest.mark.parametrize("screen", OFFERING)
def test_a_workbook_reads_back_what_was_put_in(screen, small_board, serve, monkeypatch):
    serve(small_board)
    for frames, content in workbooks(screen, monkeypatch):
        book = openpyxl.load_workbook(BytesIO(content))
        assert len(book.worksheets) == len(frames) >= 2
        for name, frame in frames.items():
            reads_back(book[name.translate(SHEET_NAME)[:31]], frame)


def reads_back(sheet: Worksheet, frame: pd.DataFrame) -> None:
    """The sheet holds the frame, its header frozen and each name in it once."""
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == (list(frame.columns) or [None])
    assert len(set(frame.columns)) == len(frame.columns)
    for row, values in enumerate(frame.itertuples(index=False), start=2):
        for column, value in enumerate(values, start=1):
            assert equal(sheet.cell(row, column).value, value), (sheet.title, row, column, value)


@pytest.mark.parametrize("screen", OFFERING)
def test_numbers_are_written_as_what_they_are(screen, small_board, serve, monkeypatch):
    serve(small_board)
    for _frames, content in workbooks(screen, monkeypatch):
        for sheet in openpyxl.load_workbook(BytesIO(content)).worksheets:
            for header, *cells in sheet.iter_cols():
                is_formatted(header.value, [cell for cell in cells if cell.value is not None])


def is_formatted(header: str, filled: list[Cell]) -> None:
    """Days as days, whole numbers as such, and a column of shares in percent."""
    for cell in filled:
        if cell.is_date:
            assert cell.number_format in (DAY, MINUTE)
        elif isinstance(cell.value, bool) or cell.data_type == "s":
            assert cell.number_format == "General"
        else:
            assert cell.number_format in (WHOLE, BROKEN, SHARE), cell
            assert cell.number_format != WHOLE or float(cell.value).is_integer(), cell
    numbers = [cell.value for cell in filled if cell.data_type == "n" and not cell.is_date]
    if (
        header not in QUANTITIES
        and any(0 < number < 1 for number in numbers)
        and all(0 <= number <= 1 for number in numbers)
    ):
        assert {cell.number_format for cell in filled} == {SHARE}, filled[0]


def test_the_last_sheet_says_what_the_figures_mean(small_board, serve, monkeypatch):
    serve(small_board)
    ((frames, _content),) = workbooks("wishes", monkeypatch)
    name, definitions = list(frames.items())[-1]
    assert name == "指标口径"
    said = dict(definitions.to_numpy())
    assert said["数据截至"] == "2023-09-30"
    assert "已达成的占比" in said["微心愿达成率"]


def test_a_column_of_several_kinds_is_formatted_row_by_row(small_board, serve, monkeypatch):
    serve(small_board)
    ((_frames, content),) = workbooks("overview", monkeypatch)
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    found = {row[0].value: row[1].number_format for row in sheet.iter_rows(min_row=2)}
    assert found["发布任务"] == WHOLE
    assert found["微心愿达成率"] == SHARE


def test_a_download_speaks_the_language_of_its_screen(small_board, serve, monkeypatch):
    """The click is handled outside the run of the script, where no language has been set."""
    serve(small_board)
    ((frames, _content),) = workbooks("wishes", monkeypatch, {"lang": "en"})
    assert next(iter(frames)) == "Communities"
    assert list(frames)[-1] == "Definitions"
