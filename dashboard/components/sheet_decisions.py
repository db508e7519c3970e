"""The questions a meeting has to answer: number, question, basis with pages, consequence, and the deciding figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.sheet_parts import LEFT, RIGHT, WIDTH, body, line, rule, words

MOST_QUESTIONS = 3
_TOP, _HEIGHT = 248, 236
_TEXT_LEFT, _FIGURE_WIDTH = 232, 420


@dataclass(frozen=True)
class Question:
    """A question, what it rests on, on which pages that stands, what follows; digits, suffix and label of the figure."""

    question: str
    basis: str
    pages: str
    follows: str
    number: str
    suffix: str
    label: str


def questions_body(basis: str, agreed: str, questions: Sequence[Question], calm: str) -> str:
    """Up to three questions under rules; without any one calm sentence."""
    if not questions:
        return body(
            rule(LEFT, _TOP, WIDTH, "group"), line(LEFT, _TOP + 60, WIDTH, words(calm), "mute question", 80)
        )
    parts = []
    for n, one in enumerate(questions):
        top, wide = _TOP + n * _HEIGHT, RIGHT - _FIGURE_WIDTH - _TEXT_LEFT - 24
        pages = f'<span class="b gold">　{words(one.pages)}</span>' if one.pages else ""
        suffix = f'<span class="suffix">{words(one.suffix)}</span>' if one.suffix else ""
        parts += [
            rule(LEFT, top, WIDTH, "group"),
            line(LEFT + 4, top + 34, 110, str(n + 1), "numbered", 140),
            line(_TEXT_LEFT, top + 26, wide, words(one.question), "question", 76),
            line(
                _TEXT_LEFT,
                top + 110,
                wide,
                f'<span class="mute">{words(basis)}</span>　{words(one.basis)}{pages}',
                "",
                50,
            ),
            line(
                _TEXT_LEFT,
                top + 164,
                wide,
                f'<span class="mute">{words(agreed)}</span>　{words(one.follows)}',
                "",
                50,
            ),
            line(
                RIGHT - _FIGURE_WIDTH,
                top + 30,
                _FIGURE_WIDTH,
                f"{words(one.number)}{suffix}",
                "r figure",
                120,
            ),
            line(RIGHT - _FIGURE_WIDTH, top + 160, _FIGURE_WIDTH, words(one.label), "r mute", 50),
        ]
    return body(*parts)
