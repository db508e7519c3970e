"""DOCX of the report, in the layout of a bulletin after GB/T 9704; pictures and annex tables follow the text on pages of their own."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Emu, Mm, Pt

from dashboard.report.docx_fonts import offer_fallbacks
from dashboard.report.docx_layout import (
    BLACK,
    BODY,
    KAI,
    RED,
    SIZE,
    TEXT_WIDTH,
    TITLE,
    exact,
    indent_two,
    rule_below,
    set_font,
    set_page,
    set_styles,
)
from dashboard.report.docx_tables import add_table
from dashboard.report.model import Paragraph, Picture, Report, Section

_NOTE = Pt(12)
_TALLEST = Mm(150)


def to_docx(report: Report, pictures: Mapping[str, Path]) -> bytes:
    """The document; a picture that is not among `pictures` (name → PNG) leaves a note in its place."""
    document = Document()
    set_page(document)
    set_styles(document)
    _add_head(document, report)
    for section in report.sections:
        _add_section(document, section)
    for number, picture in enumerate(report.pictures, start=1):
        _add_picture(document, number, picture, pictures.get(picture.name))
    for number, table in enumerate(report.tables, start=1):
        add_table(document, number, table, first=number == 1)
    _add_note(document, report.closing_note)
    _describe(document, report)
    offer_fallbacks(document)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _add_head(document: DocumentType, report: Report) -> None:
    """Red masthead, issue, issuer and date over a red rule, then the title."""
    masthead = document.add_paragraph()
    masthead.alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_font(masthead.add_run(report.masthead), TITLE, Pt(48), RED)
    masthead.paragraph_format.space_after = Pt(6)
    issue = document.add_paragraph()
    issue.alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_font(issue.add_run(report.issue_line), BODY, SIZE)
    issuer = document.add_paragraph()
    issuer.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    set_font(issuer.add_run(f"{report.issuer}\t数据截至{report.data_until}"), BODY, SIZE)
    rule_below(issuer, 18, str(RED))
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(28), Pt(20)
    set_font(title.add_run(report.title), TITLE, Pt(22))
    exact(title, Pt(33))


def _add_section(document: DocumentType, section: Section) -> None:
    _add_line(document, section.heading, BLACK, keep=True)
    for paragraph in section.paragraphs:
        _add_paragraph(document, paragraph)


def _add_paragraph(document: DocumentType, paragraph: Paragraph) -> None:
    if not paragraph.text.strip():
        return
    if paragraph.heading:
        _add_line(document, paragraph.heading, KAI, keep=True)
    for line in filter(None, map(str.strip, paragraph.text.splitlines())):
        _add_line(document, line, BODY)


def _add_line(document: DocumentType, text: str, face: str, keep: bool = False) -> None:
    paragraph = document.add_paragraph()
    # Flush left: justified, a line that ends before an unbreakable （8,259/8,673） is torn apart.
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.keep_with_next = keep
    exact(paragraph)
    indent_two(paragraph)
    set_font(paragraph.add_run(text), face, SIZE)


def _add_picture(document: DocumentType, number: int, picture: Picture, path: Path | None) -> None:
    """The picture over its caption; a note where a browser was missing to paint it."""
    place = document.add_paragraph()
    place.alignment = WD_ALIGN_PARAGRAPH.CENTER
    place.paragraph_format.keep_with_next = True
    place.paragraph_format.page_break_before = number == 1
    place.paragraph_format.space_before = Pt(6)
    if path is not None:
        shape = place.add_run().add_picture(str(path), width=TEXT_WIDTH)
        if shape.height > _TALLEST:
            shape.width, shape.height = Emu(int(shape.width * _TALLEST / shape.height)), _TALLEST
    else:
        set_font(
            place.add_run(f"（此处应有图片“{picture.caption}”：本机没有可用的浏览器，未能生成。）"),
            BODY,
            _NOTE,
        )
    caption = document.add_paragraph()
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.space_after = Pt(6)
    set_font(caption.add_run(f"附图{number}　{picture.caption}"), BLACK, Pt(14))
    if picture.note and path is not None:
        caption.paragraph_format.keep_with_next = True
        note = document.add_paragraph()
        note.alignment = WD_ALIGN_PARAGRAPH.CENTER
        note.paragraph_format.space_after = Pt(8)
        set_font(note.add_run(picture.note), BODY, _NOTE)


def _add_note(document: DocumentType, text: str) -> None:
    """The closing note over all definitions, parted from the text by a line."""
    line = document.add_paragraph()
    exact(line, Pt(10))
    rule_below(line, 6, "000000")
    note = document.add_paragraph()
    exact(note, Pt(20))
    set_font(note.add_run(text), BODY, _NOTE)


def _describe(document: DocumentType, report: Report) -> None:
    """Properties of the file; nothing of the machine or the clock."""
    properties = document.core_properties
    properties.title, properties.author = f"{report.masthead}　{report.period_label}", report.issuer
    properties.subject, properties.comments = report.title, f"数据版本 {report.version}"
    properties.language = "zh-CN"
