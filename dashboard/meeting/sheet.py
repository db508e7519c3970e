"""One sheet of a meeting: a finished picture on a stage of 1920 × 1080, so that paging asks nobody anything."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """A part of a title; `marked` is the one fact of the sheet to look at."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Sheet:
    """One message of a meeting.

    `kind` is its name in an agenda, `section` the name above the title, `title` the finding in one line of at most 23
    characters, `agenda_line` the same finding as the cover and the decisions list it. `body` is HTML (SVG included) in
    stage pixels, placed absolutely between y 240 and 960; its colours are the stylesheet's variables, so that one
    picture serves light and dark. `note` is the line at the foot: basis, definition, n. A `full` sheet draws the whole
    stage itself (the cover).
    """

    kind: str
    section: str
    title: tuple[Span, ...]
    body: str
    note: str = ""
    agenda_line: str = ""
    full: bool = False

    @property
    def title_text(self) -> str:
        """The title without its marks."""
        return "".join(span.text for span in self.title)
