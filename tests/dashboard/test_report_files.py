"""The files of the pack, read back: equal numbers, every row kept, the layout of the standard, nothing that runs."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openpyxl import load_workbook
from PIL import Image
from reports import board_of

from dashboard.report.content import make_report
from dashboard.report.docx_file import to_docx
from dashboard.report.model import Column, Report, Table
from dashboard.report.shown import shown_rows
from dashboard.report.xlsx_pack import sheet_name, to_workbook

FORMATS = {
    "integer": "#,##0",
    "decimal": "#,##0.0",
    "percent": "0.0%",
    "change": "+0.0%;-0.0%;0.0%",
    "points": "+0.0;-0.0;0.0",
}


@pytest.fixture(scope="module")
def report(small_board: Path) -> Report:
    return make_report(board_of(small_board), "2023-09", {})


def _opened(content: bytes) -> DocumentType:
    return Document(BytesIO(content))


def _with_units(report: Report, count: int) -> Report:
    columns = (Column("序号", "integer"), Column("单位"), Column("得分", "decimal"), Column("档次"))
    rows = tuple((place, f"第{place}个单位", place + 0.25, "合格") for place in range(1, count + 1))
    return Report(**{**report.__dict__, "tables": (Table("units", "单位", columns, rows),)})


def test_docx_tables_say_what_the_report_says(report: Report) -> None:
    document = _opened(to_docx(report, {}))
    assert len(document.tables) == len(report.tables)
    for written, table in zip(document.tables, report.tables, strict=True):
        cells = [[cell.text for cell in row.cells] for row in written.rows]
        assert cells[0] == [column.title for column in table.columns]
        assert cells[1:] == [list(row) for row in shown_rows(table)]
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for section in report.sections:
        for paragraph in section.paragraphs:
            assert paragraph.text in text
            assert paragraph.heading in text
    for number, table in enumerate(report.tables, start=1):
        assert f"附表{number}　{table.title}" in text


def test_docx_is_laid_out_by_the_standard(report: Report) -> None:
    document = _opened(to_docx(report, {}))
    page = document.sections[0]
    mm = {name: round(getattr(page, name).mm) for name in (
        "page_width", "page_height", "top_margin", "bottom_margin", "left_margin", "right_margin",
    )}  # fmt: skip
    assert list(mm.values()) == [210, 297, 37, 35, 28, 26]
    assert document.settings.odd_and_even_pages_header_footer
    sides = [footer.paragraphs[0].alignment for footer in (page.footer, page.even_page_footer)]
    assert [str(side).split(" ")[0] for side in sides] == ["RIGHT", "LEFT"]
    for footer in (page.footer, page.even_page_footer):
        assert footer.paragraphs[0].text.startswith("— ")
        assert "PAGE" in footer._element.xml
    faces = {}
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            face = run._r.rPr.rFonts.get(qn("w:eastAsia"))
            faces.setdefault((face, run.font.size.pt), []).append(paragraph)
    assert {size for face, size in faces if face == "方正小标宋简体"} == {48.0, 22.0}
    body = faces["仿宋_GB2312", 16.0]
    assert all(one.paragraph_format.line_spacing == Pt(28.9) for one in body[2:])
    assert {one._p.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) for one in body[2:]} == {"200"}
    assert [one.text for one in faces["黑体", 16.0]] == [section.heading for section in report.sections]
    assert faces["楷体_GB2312", 16.0][0].text.startswith("（一）")


def test_a_table_of_150_units_keeps_150_rows(report: Report, tmp_path: Path) -> None:
    content = to_docx(_with_units(report, 150), {})
    (table,) = _opened(content).tables
    assert len(table.rows) == 151
    assert table.rows[150].cells[1].text == "第150个单位"
    heads = [row for row in table.rows if row._tr.trPr.find(qn("w:tblHeader")) is not None]
    assert len(heads) == 1
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert sum(cell.width for cell in table.rows[0].cells) == pytest.approx(Mm(156), abs=Mm(1))


def test_a_missing_picture_leaves_a_note_and_a_painted_one_is_there(report: Report, tmp_path: Path) -> None:
    assert report.pictures
    missing = _opened(to_docx(report, {}))
    assert sum("未能生成" in one.text for one in missing.paragraphs) == len(report.pictures)
    picture = tmp_path / "map.png"
    Image.new("RGB", (800, 1600), "white").save(picture)
    content = to_docx(report, {report.pictures[0].name: picture})
    assert [name for name in zipfile.ZipFile(BytesIO(content)).namelist() if name.endswith(".png")]
    (shape,) = _opened(content).inline_shapes
    assert shape.height <= Mm(150)
    assert shape.width / shape.height == pytest.approx(0.5, rel=0.01)


def test_two_documents_of_one_report_are_equal(report: Report) -> None:
    def parts(content: bytes) -> dict[str, bytes]:
        archive = zipfile.ZipFile(BytesIO(content))
        return {name: archive.read(name) for name in archive.namelist()}

    assert parts(to_docx(report, {})) == parts(to_docx(report, {}))


def test_xlsx_holds_the_numbers_unrounded(report: Report) -> None:
    book = load_workbook(BytesIO(to_workbook(report)))
    names = [sheet_name(number, table) for number, table in enumerate(report.tables, start=1)]
    assert [*names, "口径"] == book.sheetnames
    for name, table in zip(names, report.tables, strict=True):
        sheet = book[name]
        assert sheet.freeze_panes == "A2"
        for place, row in enumerate(table.rows, start=2):
            for position, (cell, column) in enumerate(zip(row, table.columns, strict=True), start=1):
                value = sheet.cell(place, position).value
                wanted = cell * 100 if column.kind == "points" and isinstance(cell, float) else cell
                assert value == (pytest.approx(wanted) if isinstance(wanted, float) else wanted or value)
                if wanted in (None, ""):
                    assert value is None
                if column.kind != "text" and value is not None:
                    # One header is a number in one table and a share in another: the format is the table's own.
                    assert sheet.cell(place, position).number_format == FORMATS[column.kind]
    assert [cell.value for cell in book["口径"][1]] == ["指标", "口径", "计量单位"]
    assert book["口径"].max_row == len(report.definitions) + 3


def test_hostile_names_stay_text_in_every_file(hostile_board: Path) -> None:
    report = make_report(board_of(hostile_board), "2023-09", {})
    book = load_workbook(BytesIO(to_workbook(report)))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
                assert cell.hyperlink is None
    document = _opened(to_docx(report, {}))
    assert len(document.tables) == len(report.tables)


def test_the_templates_go_into_the_wheel() -> None:
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8")
    assert '"*.j2"' in text
