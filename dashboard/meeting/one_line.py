"""Titles of sheets: a finding in one line, or the next shorter way to say it."""

from dashboard.meeting.sheet import Span
from dashboard.translations import language

LONGEST = 23
# Latin letters are half as wide.
_LONGEST_LATIN = 44

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
