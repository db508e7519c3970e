"""The slides of the monthly report, read back: equal numbers, native charts, notes, fonts, nothing outside a slide."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hostile_names import HOSTILE_NAMES
from PIL import Image
from pptx import Presentation
from pptx.oxml.ns import qn
from report_example import MAP, UNITS, empty, example, hostile

from dashboard.report.model import Chart, Paragraph, Report, Section
from dashboard.report.pptx_file import write_pptx
from dashboard.report.shown import shown_rows
from dashboard.report.text_fit import fitting, height_of, lines_of, shortened, width_of

REPORTS = {"example": example, "hostile": hostile, "empty": empty}
INCH = 914_400


def written(report: Report, out: Path, pictures: dict[str, Path] | None = None) -> Any:
    write_pptx(report, pictures or {}, out / "report.pptx")
    return Presentation(str(out / "report.pptx"))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The slides of each report, without pictures; only to be read."""
    folder = tmp_path_factory.mktemp("slides")
    for name, make in REPORTS.items():
        write_pptx(make(), {}, folder / f"{name}.pptx")
    return {name: folder / f"{name}.pptx" for name in REPORTS}


@pytest.fixture(scope="module")
def decks(files: dict[str, Path]) -> dict[str, Any]:
    """The same, opened."""
    return {name: Presentation(str(path)) for name, path in files.items()}


def charts_of(deck: Any) -> list[Any]:
    return [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def text_of(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def in_workbook(chart: Any) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    return [[cell.value for cell in column] for column in sheet.iter_cols(min_col=2)]


def merged(columns: list[list[Any]], chart: Chart) -> list[list[Any]]:
    """The columns of a workbook without their heads, the marked value back in its series."""
    values = [column[1:] for column in columns]
    if chart.marked is not None:
        extra = values.pop()
        assert [n for n, value in enumerate(extra) if value is not None] == [chart.marked]
        values[0][chart.marked] = extra[chart.marked]
    return values


def test_every_chart_is_native_and_its_workbook_holds_the_values_unrounded(decks, files):
    report = example()
    deck = decks["example"]
    natives = charts_of(deck)
    with ZipFile(files["example"]) as archive:
        parts = [name for name in archive.namelist() if re.fullmatch(r"ppt/charts/chart\d+\.xml", name)]
    assert len(parts) == len(natives) == len(report.charts)
    titled = {slide.shapes.title.text_frame.text: slide for slide in deck.slides}
    for chart in report.charts:
        (native,) = (shape.chart for shape in titled[chart.title].shapes if shape.has_chart)
        # What is drawn and what the workbook brings when somebody edits the data.
        drawn = [[series.name, *series.values] for series in native.plots[0].series]
        for columns in (drawn, in_workbook(native)):
            assert merged(columns, chart) == [list(series.values) for series in chart.series]
        assert not native.has_legend
        assert not native.has_title


def test_the_marked_point_is_a_series_of_its_own_and_violet(decks):
    (chart,) = (one for one in charts_of(decks["example"]) if "青石镇" in one.plots[0].categories)
    ordinary, marked = chart.plots[0].series
    assert list(marked.values) == [None, None, None, None, 1284 / 1543]
    assert ordinary.values[4] is None
    assert str(marked.format.fill.fore_color.rgb) == "9641A1"


def test_tables_of_twelve_rows_keep_every_row_and_their_words(decks):
    deck = decks["example"]
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert [len(table.rows) - 1 for table in tables] == [10, 10, 10]
    rows = [tuple(cell.text for cell in row.cells) for table in tables for row in list(table.rows)[1:]]
    assert rows == shown_rows(UNITS)


def test_a_table_of_150_units_keeps_150_rows_and_every_number_whole(decks):
    report = hostile()
    deck = decks["hostile"]
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for table in tables for row in list(table.rows)[1:]]
    assert max(len(table.rows) - 1 for table in tables) <= 12
    assert [row[2:] for row in rows] == [list(row[2:]) for row in shown_rows(report.tables[0])]


@pytest.mark.parametrize("name", REPORTS)
def test_every_slide_has_a_title_notes_with_the_source_and_stays_inside(name, decks):
    deck = decks[name]
    assert len(deck.slides) > len(example().charts)
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text.strip()
        assert "v000007" in slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width + 1, shape.name
            assert shape.top + shape.height <= deck.slide_height + 1, shape.name


@pytest.mark.parametrize("name", REPORTS)
def test_no_words_are_larger_than_their_box(name, decks):
    for slide in decks[name].slides:
        for shape in slide.shapes:
            if not shape.has_text_frame or not shape.text_frame.text:
                continue
            # The number of a slide is a field, no run.
            size = int(shape.text_frame._txBody.find(f".//{qn('a:rPr')}").get("sz")) / 100
            lines = lines_of(shape.text_frame.text, size, shape.width / INCH)
            assert height_of(lines, size) <= shape.height / INCH + 0.02, shape.text_frame.text[:40]


@pytest.mark.parametrize("name", REPORTS)
def test_every_letter_names_its_chinese_font(name, files):
    with ZipFile(files[name]) as archive:
        slides = [
            archive.read(one).decode() for one in archive.namelist() if one.startswith("ppt/slides/slide")
        ]
        charts = [
            archive.read(one).decode() for one in archive.namelist() if re.match(r"ppt/charts/chart\d", one)
        ]
        theme = archive.read("ppt/theme/theme1.xml").decode()
    for xml in slides:
        faces = re.findall(r"<a:rPr[^>]*>(?:(?!</a:rPr>).)*</a:rPr>", xml, re.S)
        assert faces
        assert all('<a:ea typeface="微软雅黑"' in one for one in faces)
    assert all('<a:ea typeface="微软雅黑"' in xml for xml in charts)
    assert 'typeface="宋体"' not in theme


def test_shapes_have_no_shadows_of_the_theme(files):
    with ZipFile(files["example"]) as archive:
        for name in archive.namelist():
            if name.startswith("ppt/slides/slide"):
                assert b"<p:style>" not in archive.read(name)


def test_hostile_names_stay_text_and_stand_whole_in_the_notes(decks, files):
    deck = decks["hostile"]
    said = "\n".join(text_of(slide) for slide in deck.slides)
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    assert "\u202e" not in said + notes
    assert HOSTILE_NAMES[0] in notes
    assert "很" * 200 in notes
    with ZipFile(files["hostile"]) as archive:
        rels = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels")]
    assert not [one for one in rels if "elsewhere.example" in one]


def test_the_cover_lists_the_findings_with_their_slides_and_the_last_slide_says_what_comes_next(decks):
    report = example()
    deck = decks["example"]
    cover = text_of(deck.slides[0])
    assert "红管家运行月报" in cover
    assert "2023年9月" in cover
    assert "数据截至 2023-09-30" in cover
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    for chart in report.charts:
        # Words of a section bear the finding of its chart, and come before it.
        number = len(titles) - titles[::-1].index(chart.title)
        assert chart.title in cover
        assert re.search(rf"^{number}$", cover, re.M)
    assert titles[-1] == "下步工作"
    assert "约谈2个不合格单位" in text_of(deck.slides[-1])


def test_notes_hold_definition_numerator_and_denominator(decks):
    deck = decks["example"]
    (slide,) = (
        one
        for one in deck.slides
        if any(shape.has_chart and "青石镇" in shape.chart.plots[0].categories for shape in one.shapes)
    )
    notes = slide.notes_slide.notes_text_frame.text
    assert "分子 28,699，分母 31,904" in notes
    assert "按时办结率：按期办结件数 ÷（已办结件数 + 已到期件数）" in notes


def test_a_painted_map_is_a_picture_and_a_missing_one_says_so(tmp_path):
    Image.new("RGB", (800, 1000), "#0F5463").save(tmp_path / "map.png")
    for pictures, painted in (
        ({"map": tmp_path / "map.png"}, True),
        ({"map": tmp_path / "gone.png"}, False),
        ({}, False),
    ):
        deck = written(example(), tmp_path, pictures)
        (slide,) = (one for one in deck.slides if one.shapes.title.text_frame.text == MAP.caption)
        images = [shape for shape in slide.shapes if shape._element.tag == qn("p:pic")]
        assert bool(images) == painted
        assert ("此图未能绘制" in text_of(slide)) != painted
        for image in images:
            assert image.width / image.height == pytest.approx(0.8, rel=0.01)


def test_a_month_without_data_says_so_on_its_charts(decks):
    report = empty()
    deck = decks["empty"]
    assert len(charts_of(deck)) == len(report.charts)
    assert sum("本期无数据" in text_of(slide) for slide in deck.slides) == len(report.charts)


def test_a_long_passage_goes_on_on_further_slides_and_loses_nothing(tmp_path):
    long = "".join(f"第{n}件事须在月底以前办完。" for n in range(120))
    report = example()
    sections = (*report.sections[:-1], Section("四、下步工作", (Paragraph(long, "（一）督办", "next"),)))
    deck = written(replace(report, sections=sections), tmp_path)
    slides = [one for one in deck.slides if one.shapes.title.text_frame.text.startswith("下步工作")]
    assert len(slides) > 1
    said = "".join(
        shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame
    )
    assert all(f"第{n}件事须在月底以前办完。" in said for n in range(120))


def test_a_further_slide_of_a_section_is_titled_by_what_stands_on_it(tmp_path):
    report = example()
    many = tuple(
        Paragraph("逐项说明有关情况。" * 15, f"（{n}）{word}", "")
        for n, word in zip("一二三", ("甲乡偏低", "乙乡偏慢", "丙乡逾期"), strict=True)
    )
    sections = (*report.sections[:2], Section("三、存在问题", many), report.sections[-1])
    deck = written(replace(report, sections=sections), tmp_path)
    pages = [one for one in deck.slides if "逐项说明有关情况" in text_of(one)]
    assert len(pages) > 1
    title = pages[1].shapes.title.text_frame.text
    assert "（续）" not in title
    assert all(part in text_of(pages[1]) for part in title.split("；"))


def test_words_are_cut_at_the_last_size_only():
    assert fitting("一二三", (30, 20), 3, 1) == (30, "一二三")
    size, words = fitting("很" * 200, (30, 20), 3, 0.4)
    assert size == 20
    assert words.endswith("…")
    assert lines_of(words, 20, 3) == 1
    assert width_of(shortened("很长的名字" * 20, 16, 2.0), 16) <= 2.0
