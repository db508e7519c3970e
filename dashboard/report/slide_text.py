"""Slides of words: the cover with its agenda, a section's paragraphs as points, and a picture with its caption."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from dashboard.report.model import Paragraph, Picture, Report
from dashboard.report.slide import BODY, Box, Type, clean, fill, inches, rule, write
from dashboard.report.slide_theme import HEIGHT
from dashboard.report.text_fit import height_of, lines_of, shortened
from dashboard.theme import LIGHT
from dashboard.translations import _

COVER_TITLE = Box(0.667, 1.7, 4.6, 3.0)
_PANEL, _WHITE, _PALE = 5.69, "#FFFFFF", "#FBE3D8"
_AGENDA_LEFT, _AGENDA_WIDTH = 6.35, 6.3
_COVER_SIZES = (54, 50, 46, 42, 38)
# Type of headings and words of points: the largest pair with which a slide holds them all.
_PAIRS = ((30.0, 26.0), (26.0, 22.0), (24.0, 20.0))
_SMALLEST = _PAIRS[-1]
_NUMBER, _PAD = 0.9, 0.18
# The narrowest column in which the note beside a picture reads well.
_READABLE = 3.0
_NUMERAL = re.compile(r"（([一二三四五六七八九十]+)）")


@dataclass(frozen=True)
class Point:
    """A point of a text slide: its number, heading and words; later parts of a long one carry no number."""

    number: str
    heading: str
    words: str

    def height(self, sizes: tuple[float, float] = _SMALLEST) -> float:
        """Inches that it takes below its rule, with type of two sizes."""
        width = BODY.width - _NUMBER
        return _tall(self.heading, sizes[0], width * 0.95) + _tall(self.words, sizes[1], width) + 2 * _PAD


def cover_type(title: str) -> Type:
    """White and bold; as large as one line bears, smaller on several lines when there is too much for one."""
    one_line = [size for size in _COVER_SIZES if lines_of(title, size, COVER_TITLE.width) == 1]
    return Type((*one_line[:1], *_COVER_SIZES[-1:], 34, 28), "#FFFFFF", bold=True)


def draw_cover(slide: Any, report: Report, agenda: Sequence[tuple[int, str]]) -> None:
    """Who, what, which month, data until on brand red; right of it each finding with the number of its slide."""
    panel = fill(slide, Box(0, 0, _PANEL, HEIGHT), LIGHT.red)
    # Behind everything that stands on it, the title included.
    tree = panel._element.getparent()
    tree.remove(panel._element)
    tree.insert(2, panel._element)
    left, width = 0.667, _PANEL - 1.1
    issuer = report.issuer or report.district
    write(slide, Box(left, 0.7, width, 0.8), issuer, Type((20, 18, 16), _PALE))
    write(slide, Box(left, 4.9, width, 0.5), report.period_label, Type((26, 22, 18), _WHITE, bold=True))
    until = _("Data until {day}").format(day=report.data_until)
    write(slide, Box(left, 5.5, width, 0.34), until, Type((18, 16), _WHITE))
    write(
        slide,
        Box(left, 5.9, width, 0.34),
        report.district if report.district != issuer else "",
        Type((18, 16), _WHITE),
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
    for paragraph in paragraphs:
        if paragraph.text.strip() or paragraph.heading:
            numeral = _NUMERAL.match(paragraph.heading)
            whole = paragraph.heading[numeral.end() :] if numeral else paragraph.heading
            heading = shortened(clean(whole), _SMALLEST[0], BODY.width - _NUMBER - 0.5, 2)
            points += _parted(Point(numeral[1] if numeral else "", heading, clean(paragraph.text.strip())))
    return points


def pages_of(points: Sequence[Point]) -> Iterator[list[Point]]:
    """Points that fit on one slide, slide after slide."""
    page: list[Point] = []
    for point in points:
        if page and sum(one.height() for one in (*page, point)) > BODY.height:
            yield page
            page = []
        page.append(point)
    yield page


def draw_points(slide: Any, points: Sequence[Point]) -> None:
    """Number in gold, heading bold, words below it, rules between."""
    fit = (pair for pair in _PAIRS if sum(point.height(pair) for point in points) <= BODY.height)
    sizes = next(fit, _SMALLEST)
    left, width = BODY.left + _NUMBER, BODY.width - _NUMBER
    top = BODY.top
    for point in points:
        rule(slide, BODY.left, top, BODY.width, 1.5, LIGHT.ink)
        place = top + _PAD
        number = Box(BODY.left, place, _NUMBER - 0.1, 0.6)
        write(slide, number, point.number, Type((sizes[0], 20), LIGHT.gold, bold=True))
        for words, size, bold in ((point.heading, sizes[0], True), (point.words, sizes[1], False)):
            if words:
                tall = _tall(words, size, width * (0.95 if bold else 1))
                write(slide, Box(left, place, width, tall), words, Type((size,), bold=bold))
                place += tall
        top += point.height(sizes)


def draw_picture(slide: Any, picture: Picture, file: Path | None) -> None:
    """A picture as large as the body allows, how to read it beside a narrow one; where it could not be painted, why and where to see it."""
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
    beside = BODY.width - width - 0.5
    left = BODY.left + (BODY.width - width) / (1 if beside >= _READABLE else 2)
    box = Box(left, BODY.top + (BODY.height - height) / 2, width, height)
    if beside >= _READABLE:
        write(slide, Box(BODY.left, BODY.top, beside, BODY.height), picture.note, Type((24, 20), LIGHT.muted))
    shape = slide.shapes.add_picture(str(file), *inches(box))
    shape._element.nvPicPr.cNvPr.set("descr", clean(picture.caption))


def _tall(words: str, size: float, width: float) -> float:
    return height_of(lines_of(words, size, width), size) if words else 0.0


def _parted(point: Point) -> Iterator[Point]:
    """Parts of a point, each at most as high as the body, cut behind a full stop where there is one."""
    number, heading, rest = point.number, point.heading, point.words
    while Point(number, heading, rest).height() > BODY.height and len(rest) > 1:
        low, high = 1, len(rest)
        while low < high:
            middle = (low + high + 1) // 2
            fits = Point(number, heading, rest[:middle]).height() <= BODY.height
            low, high = (middle, high) if fits else (low, middle - 1)
        stop = max(rest.rfind(mark, 0, low) + 1 for mark in "。；\n")
        cut = stop if stop > low // 2 else low
        yield Point(number, heading, rest[:cut])
        number, heading, rest = "", "", rest[cut:]
    yield Point(number, heading, rest)
