"""Slides of words: the cover with its agenda, a section's paragraphs as points, and a picture with its caption."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from dashboard.report.model import Paragraph, Picture, Report
from dashboard.report.slide import BODY, Box, Type, clean, fill, inches, rule, write
from dashboard.report.slide_theme import HEIGHT
from dashboard.report.text_fit import height_of, lines_of
from dashboard.theme import LIGHT
from dashboard.translations import _

COVER_TITLE = Box(0.667, 1.7, 4.6, 3.0)
COVER_TYPE = Type((54, 46, 40, 34, 28), "#FFFFFF", bold=True)
_PANEL, _WHITE, _PALE = 5.69, "#FFFFFF", "#FBE3D8"
_AGENDA_LEFT, _AGENDA_WIDTH = 6.35, 6.3
_HEAD, _TEXT = 24, 20
_NUMBER, _PAD = 0.9, 0.16


@dataclass(frozen=True)
class Point:
    """A point of a text slide: its number, heading and words; later parts of a long one carry no number."""

    number: str
    heading: str
    words: str

    @property
    def height(self) -> float:
        """Inches that it takes below its rule."""
        width = BODY.width - _NUMBER
        head = height_of(lines_of(self.heading, _HEAD, width), _HEAD) + 0.04 if self.heading else 0.0
        words = height_of(lines_of(self.words, _TEXT, width), _TEXT) if self.words else 0.0
        return head + words + 2 * _PAD


def draw_cover(slide: Any, report: Report, agenda: Sequence[tuple[int, str]]) -> None:
    """Who, what, which month, data until on brand red; right of it each finding with the number of its slide."""
    panel = fill(slide, Box(0, 0, _PANEL, HEIGHT), LIGHT.red)
    # Behind everything that stands on it, the title included.
    tree = panel._element.getparent()
    tree.remove(panel._element)
    tree.insert(2, panel._element)
    left, width = 0.667, _PANEL - 1.1
    write(slide, Box(left, 0.7, width, 0.8), report.issuer or report.district, Type((20, 18, 16), _PALE))
    write(slide, Box(left, 4.9, width, 0.5), report.period_label, Type((26, 22, 18), _WHITE, bold=True))
    until = _("Data until {day}").format(day=report.data_until)
    write(slide, Box(left, 5.5, width, 0.34), until, Type((18, 16), _WHITE))
    write(
        slide, Box(left, 5.9, width, 0.34), report.district if report.issuer else "", Type((18, 16), _WHITE)
    )
    top, room = 1.2, 5.4 / max(len(agenda), 5)
    for number, words in agenda:
        rule(slide, _AGENDA_LEFT, top, _AGENDA_WIDTH, 1.5, LIGHT.ink)
        line = Box(_AGENDA_LEFT, top + 0.06, 0.6, room - 0.12)
        write(slide, line, str(number), Type((22, 18), LIGHT.gold, bold=True, middle=True))
        line = Box(_AGENDA_LEFT + 0.65, top + 0.06, _AGENDA_WIDTH - 0.65, room - 0.12)
        write(slide, line, words, Type((22, 20, 18, 16), middle=True, bold=number == agenda[-1][0]))
        top += room
    rule(slide, _AGENDA_LEFT, top, _AGENDA_WIDTH, 1.5, LIGHT.ink)


def points_of(paragraphs: Sequence[Paragraph]) -> list[Point]:
    """The paragraphs as points; one that is longer than a slide is parted at its sentences."""
    points: list[Point] = []
    for number, paragraph in enumerate(
        (one for one in paragraphs if one.text.strip() or one.heading), start=1
    ):
        label = str(number) if len(paragraphs) > 1 else ""
        points += _parted(Point(label, clean(paragraph.heading), clean(paragraph.text.strip())))
    return points


def pages_of(points: Sequence[Point]) -> Iterator[list[Point]]:
    """Points that fit on one slide, slide after slide."""
    page: list[Point] = []
    for point in points:
        if page and sum(one.height for one in (*page, point)) > BODY.height:
            yield page
            page = []
        page.append(point)
    yield page


def draw_points(slide: Any, points: Sequence[Point]) -> None:
    """Number in gold, heading bold, words below it, hairlines between."""
    top = BODY.top
    for point in points:
        rule(slide, BODY.left, top, BODY.width, 1.5, LIGHT.ink)
        left, width = BODY.left + _NUMBER, BODY.width - _NUMBER
        place = top + _PAD
        write(
            slide,
            Box(BODY.left, place, _NUMBER - 0.1, 0.6),
            point.number,
            Type((32, 26, 20), LIGHT.gold, bold=True),
        )
        if point.heading:
            tall = height_of(lines_of(point.heading, _HEAD, width), _HEAD)
            write(slide, Box(left, place, width, tall), point.heading, Type((_HEAD,), bold=True))
            place += tall + 0.04
        if point.words:
            tall = height_of(lines_of(point.words, _TEXT, width), _TEXT)
            write(slide, Box(left, place, width, tall), point.words, Type((_TEXT,)))
        top += point.height


def draw_picture(slide: Any, picture: Picture, file: Path | None) -> None:
    """A picture as large as the body allows; where it could not be painted, why and where to see it."""
    if file is None or not file.is_file():
        fill(slide, BODY, LIGHT.band)
        words = _(
            "This picture was not painted: no browser was found on the machine that wrote the report. The board shows it on the screen it belongs to."
        )
        box = Box(BODY.left + 1.5, BODY.top + 1.2, BODY.width - 3, BODY.height - 2.4)
        write(slide, box, words, Type((24, 20), LIGHT.muted, align="center", middle=True))
        return
    with Image.open(file) as image:
        wide, high = image.size
    scale = min(BODY.width / wide, BODY.height / high)
    width, height = wide * scale, high * scale
    box = Box(BODY.left + (BODY.width - width) / 2, BODY.top + (BODY.height - height) / 2, width, height)
    shape = slide.shapes.add_picture(str(file), *inches(box))
    shape._element.nvPicPr.cNvPr.set("descr", clean(picture.caption))


def _parted(point: Point) -> Iterator[Point]:
    """Parts of a point, each at most as high as the body, cut behind a full stop where there is one."""
    number, heading, rest = point.number, point.heading, point.words
    while Point(number, heading, rest).height > BODY.height:
        cut = len(rest)
        while Point(number, heading, rest[:cut]).height > BODY.height:
            cut = (
                max(stop, 1)
                if (stop := max(rest.rfind(mark, 0, cut - 1) + 1 for mark in "。；，"))
                else cut - 1
            )
        yield Point(number, heading, rest[:cut])
        number, heading, rest = "", "", rest[cut:]
    yield Point(number, heading, rest)
