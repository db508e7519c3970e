"""Data in HTML is text and nothing else."""

from html.parser import HTMLParser

import pytest
from hostile_names import HOSTILE_NAMES

from dashboard.components import markup


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[dict[str, str | None]] = []
        self.words = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.append(dict(attrs))

    def handle_data(self, data):
        self.words += data


def read(html: str) -> _Tags:
    parser = _Tags()
    parser.feed(html)
    return parser


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_text_holds_no_tag_and_keeps_what_is_visible(name):
    parsed = read(markup.text(name))
    assert parsed.tags == []
    assert parsed.words == markup.visible(name)


def test_characters_that_turn_the_reading_direction_are_dropped():
    assert markup.visible("a\u202eb\u2066c\x00d") == "abcd"


def test_the_ideographic_space_of_subtitles_stays():
    assert markup.text("全区　排名") == "全区　排名"


def test_attributes_cannot_be_left():
    assert '"' not in markup.text('x" onload="alert(1)')


def test_pictures_are_data_uris():
    assert read(markup.picture("<svg/>", '"><script>')).tags == ["img"]
    assert "http" not in markup.picture("<svg/>")


@pytest.mark.parametrize(("value", "at"), [(5, 50.0), (-1, 0.0), (99, 100.0), (0, 0.0)])
def test_positions_stay_inside(value, at):
    assert markup.position(value, 0, 10) == at


def test_a_span_without_width_puts_everything_in_the_middle():
    assert markup.position(3, 3, 3) == 50.0


def test_long_names_are_cut_and_kept_whole_under_the_pointer():
    parsed = read(markup.name("很" * 200))
    assert len(parsed.words) == 26
    assert parsed.attributes == [{"title": "很" * 200}]
    assert markup.name("区委办公室") == "区委办公室"
