"""Bars of a meeting's sheet of wishes: what is done, solid, inside what was collected, hollow."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.sheet_parts import LEFT, RIGHT, WIDTH, body, box, line, rule, words

MOST_BARS = 6
_FIRST, _LAST = 312, 950
_BAR_LEFT, _WIDEST = 420, 920
_TALLEST_ROW, _TALLEST_BAR = 160, 84


@dataclass(frozen=True)
class DoneBar:
    """A kind: its name, how many are done of how many, the rate as it is shown; `looked` for the one to see."""

    name: str
    done: int
    collected: int
    base: str
    rate: str
    looked: bool = False


def done_bars(reading: str, aside: str, bars: Sequence[DoneBar]) -> str:
    """One row per kind; the widest bar is the kind with most wishes. `aside` stands at the right above them."""
    height = min(_TALLEST_ROW, (_LAST - _FIRST) / max(1, len(bars)))
    thick = min(_TALLEST_BAR, height * 0.56)
    most = max((bar.collected for bar in bars), default=1)
    parts = [
        rule(LEFT, 240, WIDTH, "group"),
        line(LEFT, 254, WIDTH / 2, words(reading), "note"),
        line(LEFT + WIDTH / 2, 254, WIDTH / 2, words(aside), "r"),
    ]
    for n, bar in enumerate(bars):
        middle = _FIRST + (n + 0.5) * height
        wide = _WIDEST * bar.collected / most
        colour = "bad" if bar.looked else ""
        kind = "look" if bar.looked else "teal"
        parts += [
            line(LEFT, middle - 30, _BAR_LEFT - LEFT - 24, words(bar.name), "name", 60),
            box(_BAR_LEFT, middle - thick / 2, wide, thick, "", f"outof {kind}"),
            box(_BAR_LEFT, middle - thick / 2, wide * bar.done / bar.collected, thick, "", f"done {kind}"),
            line(_BAR_LEFT + wide + 20, middle - 24, 260, words(bar.base), "mute", 48),
            line(RIGHT - 260, middle - 36, 260, words(bar.rate), f"r rate {colour}", 72),
        ]
    return body(*parts)
