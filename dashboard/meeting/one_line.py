"""Titles and notes of sheets: a finding in one line, or the next shorter way to say it; what there is room for below."""

from collections.abc import Sequence

from dashboard.meeting.sheet import Span
from dashboard.translations import language

LONGEST = 23
# Latin letters are half as wide, and the stage sets a title that is a little too long a little smaller.
_LONGEST_LATIN = 52

# Wide letters of a note beside the page number and the countdown.
_NOTE = 41.0
_WIDE_FROM = 0x2E7F
# Letters that are nearly as wide as a Chinese one, and the widest of the others.
_BROAD, _NARROW = frozenset("MWmw@%&"), 0.7

Title = tuple[Span, ...]


def longest() -> int:
    """The most characters of a title in the language in use."""
    return LONGEST if language() == "zh_CN" else _LONGEST_LATIN


def title(*spans: str | Span) -> Title:
    """A title of plain and marked parts; empty parts are left out."""
    found = [Span(one) if isinstance(one, str) else one for one in spans]
    return tuple(span for span in found if span.text)


def marked(text: str) -> Span:
    """The part to look at."""
    return Span(text, marked=True)


def fitted(*candidates: Title) -> Title:
    """The first title that fits its line; the last one is cut when none does."""
    for candidate in candidates:
        if sum(len(span.text) for span in candidate) <= longest():
            return candidate
    left, kept = longest() - 1, []
    for span in candidates[-1]:
        kept.append(Span(span.text[:left], span.marked))
        left = max(0, left - len(span.text))
    return (*(span for span in kept if span.text), Span("…"))


def spoken(spans: Title) -> str:
    """The title as the cover and the decisions list it."""
    return "".join(span.text for span in spans)


def shortened(name: str, room: float) -> str:
    """A name that takes no more than so many wide letters of a sentence; what the sentence says of it stays in sight."""
    taken = 0.0
    for place, letter in enumerate(name):
        taken += 1.0 if ord(letter) > _WIDE_FROM or letter in _BROAD else _NARROW
        if taken > room:
            return f"{name[: max(1, place - 1)]}…"
    return name


def noted(parts: Sequence[str], spare: Sequence[str], last: str) -> str:
    """The note of a sheet: what must be said, as much of the spare parts as its line holds, the day of the data."""
    kept = [part for part in parts if part]
    for part in spare:
        if part and _wide("　".join([*kept, part, last])) <= _NOTE:
            kept.append(part)
    return "　".join([*kept, last])


def _wide(text: str) -> float:
    """Width in wide letters; figures and Latin letters take a little more than half."""
    return sum(1.0 if ord(letter) > _WIDE_FROM else 0.56 for letter in text)
