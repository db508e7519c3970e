"""The pack through another program: LibreOffice opens each file as it is, and what it lays out is whole."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reports import board_of

from dashboard.report.content import make_report
from dashboard.report.docx_file import to_docx
from dashboard.report.model import Column, Report, Table
from dashboard.report.pdf_file import find_soffice, write_pdf
from dashboard.report.pptx_file import write_pptx
from dashboard.report.shown import shown_rows
from dashboard.report.xlsx_pack import to_workbook

PROGRAM = find_soffice() or ""
pytestmark = pytest.mark.skipif(
    not PROGRAM, reason="LibreOffice is not installed; the pack comes without a PDF then, too"
)
UNITS = 150
# A page of text is never as empty as this; an empty one has no ink at all.
LEAST_INK = 0.002


@pytest.fixture(scope="module")
def report(small_board: Path) -> Report:
    return make_report(board_of(small_board), "2023-09", {})


@pytest.fixture
def pages(tmp_path: Path) -> Callable[[Path], pypdfium2.PdfDocument]:
    """Opens a file in LibreOffice and gives the pages that it lays out."""

    def laid_out(file: Path) -> pypdfium2.PdfDocument:
        folder = tmp_path / f"pdf-{file.suffix[1:]}"
        folder.mkdir()
        made = write_pdf(PROGRAM, file, folder)
        assert made is not None
        return pypdfium2.PdfDocument(made)

    return laid_out


def _text(document: pypdfium2.PdfDocument) -> str:
    """The text of all pages without line breaks and blanks, which are the layout's."""
    return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _ink(page: pypdfium2.PdfPage) -> float:
    """Share of the page's dots that are not its ground."""
    dots = np.asarray(page.render(scale=1).to_pil().convert("L"))
    return float(np.mean(dots < np.median(dots) - 32) + np.mean(dots > np.median(dots) + 32))


def _with_units(report: Report) -> Report:
    columns = (Column("序号", "integer"), Column("单位"), Column("得分", "decimal"), Column("档次"))
    rows = tuple((place, f"第{place}号单位", place + 0.25, "合格") for place in range(1, UNITS + 1))
    return Report(**{**report.__dict__, "tables": (Table("units", "单位", columns, rows),)})


def test_the_document_keeps_every_row_and_repeats_the_head(
    report: Report, tmp_path: Path, pages: Callable[[Path], pypdfium2.PdfDocument]
) -> None:
    file = tmp_path / "月报.docx"
    file.write_bytes(to_docx(_with_units(report), {}))
    document = pages(file)
    text = _text(document)
    assert all(text.count(f"第{place}号单位") == 1 for place in range(1, UNITS + 1))
    with_rows = sum("号单位" in _squeezed(page.get_textpage().get_text_bounded()) for page in document)
    assert with_rows > 1
    assert text.count("序号单位得分档次") == with_rows
    for section in report.sections:
        for paragraph in section.paragraphs:
            assert (
                _squeezed(paragraph.text) in text.replace("—", "") or _squeezed(paragraph.text)[:12] in text
            )


def test_no_page_is_empty_and_no_character_is_lost(
    report: Report, tmp_path: Path, pages: Callable[[Path], pypdfium2.PdfDocument]
) -> None:
    docx, pptx, xlsx = (tmp_path / f"月报.{ending}" for ending in ("docx", "pptx", "xlsx"))
    docx.write_bytes(to_docx(report, {}))
    write_pptx(report, {}, pptx)
    xlsx.write_bytes(to_workbook(report))
    for file in (docx, pptx, xlsx):
        document = pages(file)
        text = _text(document)
        assert all(_ink(page) > LEAST_INK for page in document), file.name
        # What a face has no glyph for comes back as one of these.
        assert not {"\ufffd", "\ufffe", "\x00", "\u25a1"} & set(text), file.name
        for table in report.tables:
            assert _squeezed(table.title)[:6] in text, (file.name, table.title)
    rows = [row for table in report.tables for row in shown_rows(table)]
    assert all(_squeezed(str(row[1])) in text for row in rows if len(str(row[1])) < 8)


def test_a_picture_is_painted(
    report: Report, tmp_path: Path, pages: Callable[[Path], pypdfium2.PdfDocument]
) -> None:
    assert report.pictures
    picture = tmp_path / "map.png"
    Image.new("RGB", (800, 800), "#9641A1").save(picture)
    file = tmp_path / "月报.docx"
    file.write_bytes(to_docx(report, {report.pictures[0].name: picture}))
    violet = np.array([0x96, 0x41, 0xA1])
    shares = [
        np.mean(
            np.abs(np.asarray(page.render(scale=1).to_pil().convert("RGB"), dtype=int) - violet).max(axis=2)
            < 24
        )
        for page in pages(file)
    ]
    assert max(shares) > 0.1


def test_the_conversion_leaves_no_program_running(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "月报.docx"
    file.write_bytes(to_docx(_with_units(report), {}))
    assert write_pdf(PROGRAM, file, tmp_path) is not None
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert (tmp_path / "profile").as_uri() not in running
