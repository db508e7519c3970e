"""The monthly report in a real browser: put in one's own words, found again after a reload, taken along as a pack."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from shutil import copytree
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document
from playwright.sync_api import Page
from pptx import Presentation

from tests.browser.conftest import Served, running
from tests.browser.readiness import ready

OWN = "各单位要把走访放在心上。"
PACK_MS = 120_000


@pytest.fixture
def served(warehouse: Path, tmp_path: Path) -> Iterator[Served]:
    """A board of its own, for something is kept in it."""
    (tmp_path / "elsewhere").mkdir()
    with running(copytree(warehouse, tmp_path / "warehouse"), tmp_path / "elsewhere") as board:
        yield board


def test_an_own_passage_is_kept_and_stands_in_every_file_of_the_pack(
    page: Page, served: Served, tmp_path: Path
) -> None:
    address = served.url("/report?period=2023-09")
    page.goto(address)
    ready(page)
    box = page.locator(".st-key-passage_text textarea")
    box.fill(OWN)
    # The text reaches the server when the box is left.
    page.locator('[class*="st-key-passage_2023-09"] input').fill("王主任")
    page.get_by_role("button", name="保存这段文字").click()
    page.get_by_role("button", name="确认保存").click()
    page.locator(".paper .own", has_text=OWN).wait_for()

    page.goto(address)
    ready(page)
    assert box.input_value() == OWN
    assert OWN in page.locator(".paper").inner_text()

    page.locator(".st-key-pack_make button").click()
    page.locator('[data-testid="stProgress"]').wait_for()
    # What can be read stays readable while the pack is made.
    assert OWN in page.locator(".paper").inner_text()
    page.locator(".st-key-pack_fetch button").wait_for(timeout=PACK_MS)
    with page.expect_download() as started:
        page.locator(".st-key-pack_fetch button").click()
    assert started.value.suggested_filename == "月报_2023-09.zip"
    started.value.save_as(tmp_path / "pack.zip")
    opens(tmp_path / "pack.zip")


def opens(pack: Path) -> None:
    """Every file of the pack opens in its own library; text and slides say what was written."""
    with ZipFile(pack) as archive:
        files = {name.rsplit(".", 1)[-1]: archive.read(name) for name in archive.namelist()}
    assert {"docx", "pptx", "xlsx", "png"} <= set(files)
    text = "\n".join(one.text for one in Document(BytesIO(files["docx"])).paragraphs)
    assert OWN in text
    slides = Presentation(BytesIO(files["pptx"])).slides
    said = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    assert any(OWN in words for words in said)
    assert any(shape.has_chart for slide in slides for shape in slide.shapes)
    book = openpyxl.load_workbook(BytesIO(files["xlsx"]))
    assert len(book.sheetnames) > 5
    assert files["png"].startswith(b"\x89PNG")
