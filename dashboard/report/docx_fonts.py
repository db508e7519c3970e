"""The table of fonts of the DOCX: what may stand in for a face that a machine does not have."""

from docx.document import Document as DocumentType
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from dashboard.report.docx_layout import FALLBACKS, LATIN

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def offer_fallbacks(document: DocumentType) -> None:
    """Names alternatives for each face; Word takes the first it knows, LibreOffice its own table of substitutes."""
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    fonts = etree.fromstring(part.blob)
    for face, alternatives in FALLBACKS.items():
        if face == LATIN:
            continue
        font = etree.SubElement(fonts, f"{{{_W}}}font", {f"{{{_W}}}name": face})
        etree.SubElement(font, f"{{{_W}}}altName", {f"{{{_W}}}val": ",".join(alternatives)})
        etree.SubElement(font, f"{{{_W}}}charset", {f"{{{_W}}}val": "86"})
        etree.SubElement(font, f"{{{_W}}}family", {f"{{{_W}}}val": "auto"})
    part._blob = etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)
