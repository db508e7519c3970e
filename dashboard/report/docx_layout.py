"""The layout of a bulletin after GB/T 9704: page, fonts, paragraphs, three-line tables, page numbers.

Fonts are asked for by the names that the standard and Office know. Where they are not installed the program that opens the
file takes what `w:altName` in the table of fonts offers, or its own substitute.
"""

from typing import Any

from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

BODY, TITLE, BLACK, KAI = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
LATIN = "Times New Roman"
RED = RGBColor(0xC8, 0x10, 0x2E)
# Face → what stands in for it, and its generic family.
FALLBACKS = {
    BODY: ("FangSong", "仿宋", "Noto Serif CJK SC"),
    TITLE: ("STZhongsong", "华文中宋", "Noto Serif CJK SC"),
    BLACK: ("SimHei", "Noto Sans CJK SC"),
    KAI: ("KaiTi", "楷体", "Noto Serif CJK SC"),
    LATIN: ("Liberation Serif", "Tinos", "Noto Serif CJK SC"),
}
TEXT_WIDTH = Mm(156)
CELL_MARGIN = Mm(0.8)
SIZE, LINE = Pt(16), Pt(28.9)


def set_page(document: DocumentType) -> None:
    """A4 with the margins of the standard: a text block of 156 × 225 mm; page numbers differ on odd and even pages."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(25)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        _number_page(footer.paragraphs[0], side)


def _number_page(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 —, one character in from the edge."""
    paragraph.alignment = side
    edge = Pt(14)
    paragraph.paragraph_format.left_indent = edge if side == WD_ALIGN_PARAGRAPH.LEFT else None
    paragraph.paragraph_format.right_indent = edge if side == WD_ALIGN_PARAGRAPH.RIGHT else None
    for text in ("— ", "PAGE", " —"):
        run = paragraph.add_run("" if text == "PAGE" else text)
        set_font(run, "宋体", Pt(14))
        if text == "PAGE":
            for kind, inside in (("begin", None), (None, " PAGE "), ("end", None)):
                run._r.append(_field_part(kind, inside))


def _field_part(kind: str | None, text: str | None) -> Any:
    if kind is not None:
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
        return part
    part = OxmlElement("w:instrText")
    part.set(qn("xml:space"), "preserve")
    part.text = text
    return part


def set_styles(document: DocumentType) -> None:
    """Body text of 3号 on exact lines of 28.9 pt, which puts 22 lines on a page."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = LATIN, SIZE
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), BODY)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.widow_control = False
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.get_or_add_rPr().append(language)


def set_font(
    run: Run, face: str, size: Length | None = None, color: RGBColor | None = None, bold: bool = False
) -> None:
    """East Asian text in the named face; Latin letters and digits keep the Latin face of the style."""
    run.font.name = LATIN
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    run.font.size = size
    run.font.bold = bold or None
    if color is not None:
        run.font.color.rgb = color


def exact(paragraph: Paragraph, line: Length = LINE) -> None:
    """Lines of an exact height."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = line


def indent_two(paragraph: Paragraph) -> None:
    """First line two characters in, whatever the face: `firstLineChars` counts characters, the points stand in for it."""
    properties = paragraph._p.get_or_add_pPr()
    paragraph.paragraph_format.first_line_indent = SIZE * 2
    properties.find(qn("w:ind")).set(qn("w:firstLineChars"), "200")


def rule_below(paragraph: Paragraph, size: int, color: str) -> None:
    """A line under a paragraph; `size` in eighths of a point."""
    borders = OxmlElement("w:pBdr")
    borders.append(_border("bottom", size, color, space=4))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _border(side: str, size: int, color: str = "000000", space: int = 0) -> Any:
    border = OxmlElement(f"w:{side}")
    for key, value in (
        ("val", "single" if size else "nil"),
        ("sz", size),
        ("space", space),
        ("color", color),
    ):
        border.set(qn(f"w:{key}"), str(value))
    return border


def three_lines(table: Any) -> None:
    """Thick rules above and below the table; the one under its head stands on the head's cells."""
    borders = OxmlElement("w:tblBorders")
    for side, size in (
        ("top", 12),
        ("left", 0),
        ("bottom", 12),
        ("right", 0),
        ("insideH", 0),
        ("insideV", 0),
    ):
        borders.append(_border(side, size))
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(CELL_MARGIN.twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    # The schema fixes the order of the properties; the layout finds its place between these two by itself.
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(borders)
    look.addprevious(margins)


def repeat_head(row: Any) -> None:
    """The row stands at the top of every page that the table reaches, with the middle line under it."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    for cell in row.cells:
        borders = OxmlElement("w:tcBorders")
        borders.append(_border("bottom", 6))
        cell._tc.get_or_add_tcPr().append(borders)


def keep_whole(row: Any) -> None:
    """No page break inside the row."""
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def set_widths(table: Any, widths: list[Length]) -> None:
    """Fixed widths on the grid and on every cell: programs read one or the other."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
