"""What waits: bars by age at the left, the oldest one by one at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.sheet_parts import BOTTOM, LEFT, RIGHT, TOP, body, box, line, rule, words

LISTED = 6
_BARS_WIDTH, _TABLE_LEFT, _ROW = 560, 744, 104
_BAR_HEIGHT, _LABEL, _NUMBER = 48, 46, 150


@dataclass(frozen=True)
class AgeBar:
    """An age, its count, the count as written; `oldest` marks the one to look at."""

    label: str
    count: float
    shown: str
    oldest: bool = False


@dataclass(frozen=True)
class Waiting:
    """One task: matter, place, whose it is, where it stands, its days with their unit."""

    matter: str
    place: str
    unit: str
    step: str
    days: str
    suffix: str


def overdue_body(bars: Sequence[AgeBar], heads: Sequence[str], tasks: Sequence[Waiting]) -> str:
    """`heads`: over the bars, over the matters, over the units, over the days."""
    width = RIGHT - _TABLE_LEFT
    parts = [
        line(LEFT, TOP, _BARS_WIDTH, words(heads[0]), "note", 44),
        rule(LEFT, TOP + 54, _BARS_WIDTH, "group"),
        line(_TABLE_LEFT, TOP, 416, words(heads[1]), "note", 44),
        line(_TABLE_LEFT + 436, TOP, 400, words(heads[2]), "note", 44),
        line(RIGHT - 200, TOP, 200, words(heads[3]), "note r", 44),
        rule(_TABLE_LEFT, TOP + 54, width, "group"),
    ]
    parts += [_bar(bar, n, bars) for n, bar in enumerate(bars)]
    parts += [_task(task, TOP + 58 + n * _ROW, n == 0) for n, task in enumerate(tasks)]
    return body(*parts)


def _bar(bar: AgeBar, place: int, bars: Sequence[AgeBar]) -> str:
    pitch = min(130.0, (BOTTOM - TOP - 74) / len(bars))
    top = TOP + 74 + place * pitch
    most = max(one.count for one in bars) or 1
    long = bar.count / most * (_BARS_WIDTH - _NUMBER)
    drawn = (
        box(LEFT, top + _LABEL, max(long, 3), _BAR_HEIGHT, "", "tally look" if bar.oldest else "tally")
        if bar.count
        else ""
    )
    start = LEFT + (max(long, 3) + 18 if bar.count else 0)
    return (
        line(LEFT, top, _BARS_WIDTH, words(bar.label), "", _LABEL)
        + drawn
        + line(start, top + _LABEL, LEFT + _BARS_WIDTH - start, words(bar.shown), "name", _BAR_HEIGHT)
    )


def _task(task: Waiting, top: float, first: bool) -> str:
    days = f'{words(task.days)}<span class="unit">{words(task.suffix)}</span>'
    return "".join(
        [
            line(_TABLE_LEFT, top + 6, 416, words(task.matter), "name", 50),
            line(_TABLE_LEFT, top + 55, 416, words(task.place), "note", 42),
            line(_TABLE_LEFT + 436, top + 6, 450, words(task.unit), "", 50),
            line(_TABLE_LEFT + 436, top + 55, 450, words(task.step), "note", 42),
            line(RIGHT - 190, top, 190, days, "big r bad" if first else "big r", _ROW),
            rule(_TABLE_LEFT, top + _ROW, RIGHT - _TABLE_LEFT),
        ]
    )
