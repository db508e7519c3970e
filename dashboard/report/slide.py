"""One slide on the grid: kicker, the finding as its title, rules, words in boxes, a foot line, and speaker notes.

Inches throughout. Shapes carry no style of the theme, or hairlines would cast shadows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from dashboard.components.markup import visible
from dashboard.report.slide_theme import FACE, LATIN_FACE
from dashboard.report.text_fit import PITCH, fitting
from dashboard.theme import LIGHT

MARGIN, BODY_WIDTH = 0.667, 12.0
BODY_TOP, BODY_HEIGHT = 1.8, 4.98
_KICKER_TOP, _TITLE_TOP, _FOOT_TOP = 0.4, 0.74, 6.88
NOTE_SIZE = 16
# 标题加页码 of the template: the outline and screen readers know the title as such.
_TITLE_ONLY = 5
_ALIGN = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}


@dataclass(frozen=True)
class Box:
    """A place on the slide."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Type:
    """How words are set: sizes in points, the largest that fits is taken."""

    sizes: tuple[float, ...]
    colour: str = LIGHT.ink
    bold: bool = False
    align: Literal["left", "right", "center"] = "left"
    middle: bool = False


BODY = Box(MARGIN, BODY_TOP, BODY_WIDTH, BODY_HEIGHT)
TITLE, TITLE_TYPE = Box(MARGIN, _TITLE_TOP, BODY_WIDTH, 0.94), Type((38, 34, 30, 26), bold=True)


def new_slide(
    deck: Any, notes: Sequence[str], title: str, place: Box = TITLE, type_: Type = TITLE_TYPE
) -> Any:
    """A slide with its title and speaker notes; what the title had to leave out stands in the notes."""
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    shown = _set(slide.shapes.title, place, title, type_)
    whole = [title] if shown != clean(title) else []
    slide.notes_slide.notes_text_frame.text = "\n".join(clean(line) for line in (*whole, *notes) if line)
    return slide


def frame(slide: Any, number: int, kicker: str, foot: str) -> None:
    """The kicker above the title, the foot line and the number of the slide."""
    kick = Type((18,), LIGHT.gold, bold=True)
    write(slide, Box(MARGIN, _KICKER_TOP, BODY_WIDTH, 0.34), kicker, kick)
    write(slide, Box(MARGIN, _FOOT_TOP, BODY_WIDTH - 1, 0.3), foot, Type((NOTE_SIZE,), LIGHT.muted))
    _page_number(slide, number)


def write(slide: Any, box: Box, words: str, type_: Type) -> str:
    """Words in a box of their own; gives what was written, which is shorter when the box holds no more."""
    return _set(slide.shapes.add_textbox(0, 0, 0, 0), box, words, type_) if words.strip() else ""


def rule(
    slide: Any, left: float, top: float, width: float, points: float = 1, colour: str = LIGHT.rule
) -> None:
    """A horizontal rule."""
    fill(slide, Box(left, top, width, points / 72), colour)


def fill(slide: Any, box: Box, colour: str) -> Any:
    """A filled rectangle without outline and shadow."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *inches(box))
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(colour)
    shape.line.fill.background()
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)
    return shape


def clean(words: str) -> str:
    """Without characters that no file may hold or that turn the direction of what follows."""
    return "\n".join(visible(line) for line in words.split("\n"))


def inches(box: Box) -> tuple[Inches, Inches, Inches, Inches]:
    """A place as python-pptx takes it."""
    return Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height)


def rgb(colour: str) -> Any:
    """`#RRGGBB`"""
    made: Any = RGBColor
    return made.from_string(colour[1:])


def face(font: Any, size: float, colour: str, bold: bool = False) -> None:
    """Size, colour and the fonts by name, for full-width characters, too."""
    font.size, font.bold, font.name = Pt(size), bold, LATIN_FACE
    font.color.rgb = rgb(colour)
    properties = font._element
    for tag in ("a:ea", "a:cs"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    latin = properties.find(qn("a:latin"))
    east_asian = latin.makeelement(qn("a:ea"), {"typeface": FACE})
    latin.addnext(east_asian)


def bare(words_frame: Any) -> None:
    """Words begin at the very edge of their box."""
    words_frame.margin_left = words_frame.margin_right = words_frame.margin_top = (
        words_frame.margin_bottom
    ) = 0


def _set(shape: Any, box: Box, words: str, type_: Type) -> str:
    shape.left, shape.top, shape.width, shape.height = inches(box)
    # Bold letters are a little wider than what is estimated for all.
    room = box.width * (0.95 if type_.bold else 1)
    size, shown = fitting(clean(words), type_.sizes, room, box.height)
    words_frame = shape.text_frame
    words_frame.word_wrap, words_frame.auto_size = True, MSO_AUTO_SIZE.NONE
    bare(words_frame)
    words_frame.vertical_anchor = MSO_ANCHOR.MIDDLE if type_.middle else MSO_ANCHOR.TOP
    for number, line in enumerate(shown.split("\n")):
        paragraph = words_frame.paragraphs[0] if number == 0 else words_frame.add_paragraph()
        paragraph.alignment, paragraph.line_spacing = _ALIGN[type_.align], Pt(size * PITCH)
        run = paragraph.add_run()
        run.text = line
        face(run.font, size, type_.colour, type_.bold)
        run.font._element.set("lang", "zh-CN")
    return shown


def _page_number(slide: Any, number: int) -> None:
    """The number as a field: it stays right when slides are moved."""
    shape = slide.shapes.add_textbox(0, 0, 0, 0)
    place = Box(MARGIN + BODY_WIDTH - 0.8, _FOOT_TOP, 0.8, 0.3)
    _set(shape, place, str(number), Type((NOTE_SIZE,), bold=True, align="right"))
    run = shape.text_frame.paragraphs[0].runs[0]._r
    run.tag = qn("a:fld")
    run.set("id", "{5C7A1E0B-8D1B-4F39-9B8C-0D1D4E0C7A55}")
    run.set("type", "slidenum")
