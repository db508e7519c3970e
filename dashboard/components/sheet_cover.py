"""The cover of a meeting: what it is and when on brand red at the left, every sheet's finding at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.sheet_parts import body, box, line, rule, words

_PANEL, _LEFT, _WIDTH = 820, 916, 908
_FIRST, _LAST = 184, 946
_TALLEST_ROW, _LOWEST_ROW = 76, 50
MOST_LINES = (_LAST - _FIRST) // _LOWEST_ROW


@dataclass(frozen=True)
class Entry:
    """A sheet as the cover lists it: page number and finding."""

    page: int
    finding: str


def cover_body(
    district: str, name: Sequence[str], period: str, facts: Sequence[str], head: str, entries: Sequence[Entry]
) -> str:
    """District, the name in up to two lines, the period and what is known of it; the list of the other sheets."""
    panel = [
        line(96, 104, _PANEL - 120, words(district), "cover-district", 54),
        *(
            line(90, 330 + 170 * n, _PANEL - 180, words(part), "cover-name", 160)
            for n, part in enumerate(name)
        ),
        line(96, 754, _PANEL - 120, words(period), "cover-period", 84),
        *(
            line(96, 846 + 56 * n, _PANEL - 120, words(fact), "cover-fact", 52)
            for n, fact in enumerate(facts)
        ),
    ]
    height = min(_TALLEST_ROW, (_LAST - _FIRST) / max(1, len(entries)))
    rows = []
    for n, entry in enumerate(entries):
        top, last = _FIRST + n * height, "b" if n == len(entries) - 1 else ""
        rows += [
            line(_LEFT, top, 84, words(entry.page) if entry.page else "", "label b gold", height),
            line(_LEFT + 92, top, _WIDTH - 92, words(entry.finding), f"label {last}", height),
            rule(_LEFT, top + height, _WIDTH),
        ]
    return body(
        box(0, 0, _PANEL, 1080, "".join(panel), "panel"),
        line(_LEFT, 104, _WIDTH, words(head), "label b", 54),
        rule(_LEFT, 174, _WIDTH, "group"),
        *rows,
    )
