"""Downloads open in spreadsheets with equal numbers and run nothing."""

from io import BytesIO

import openpyxl
import pandas as pd
import pytest
from hostile_names import HOSTILE_NAMES

from dashboard.downloads.csv_file import harmless, to_csv
from dashboard.downloads.xlsx_file import to_xlsx


@pytest.fixture
def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "单位": list(HOSTILE_NAMES),
            "积分": [101.125 * n for n in range(len(HOSTILE_NAMES))],
            "=表头": [-1.5] * len(HOSTILE_NAMES),
        }
    )


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\t=1", "＝1"])
def test_text_that_would_be_a_formula_is_disarmed(value):
    assert harmless(value) == f"'{value}"


@pytest.mark.parametrize("value", [-1.5, 3, None, "单位"])
def test_numbers_and_plain_text_stay_as_they_are(value):
    assert harmless(value) is value


def test_csv_reads_back_with_equal_numbers(frame):
    content = to_csv(frame)
    assert content.startswith(b"\xef\xbb\xbf")
    back = pd.read_csv(BytesIO(content))
    assert back["积分"].tolist() == frame["积分"].tolist()
    assert back["'=表头"].tolist() == [-1.5] * len(frame)
    assert back["单位"][2] == "'" + HOSTILE_NAMES[2]


def test_workbook_holds_text_as_text_and_numbers_as_numbers(frame):
    book = openpyxl.load_workbook(BytesIO(to_xlsx({"排名[2023]": frame, "空": frame[:0]}, {"积分": "0.0"})))
    sheet = book["排名2023"]
    assert [cell.value for cell in sheet["A"]][1:] == list(HOSTILE_NAMES)
    assert all(cell.data_type == "s" for cell in sheet["A"])
    assert [cell.value for cell in sheet["B"]][1:] == pytest.approx(frame["积分"].tolist())
    assert sheet["B2"].number_format == "0.0"
    assert book["空"].max_row == 1


def test_missing_values_leave_their_cells_empty():
    frame = pd.DataFrame({"值": [1.0, None], "名": ["a", None]})
    sheet = openpyxl.load_workbook(BytesIO(to_xlsx({"x": frame}, {})))["x"]
    assert sheet["A3"].value is None
    assert sheet["B3"].value is None
