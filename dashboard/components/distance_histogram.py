"""Check-ins by distance from the registered point, with the line that parts valid from invalid ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.headline import Head, block
from dashboard.components.markup import position, show, text
from dashboard.formats import integer, percent


@dataclass(frozen=True)
class DistanceClass:
    """Check-ins between two distances; `inside` tells whether the whole class lies within the line, None: across it."""

    name: str
    axis_name: str
    count: int
    inside: bool | None


def distance_histogram(
    head: Head,
    classes: Sequence[DistanceClass],
    line_at: float | None,
    line_name: str,
    sides: tuple[str, str],
) -> None:
    """Bars of the classes; `line_at` counts classes from the left, `sides` names what lies left and right of it."""
    if not classes:
        show(block(*head))
        return
    total, top = sum(one.count for one in classes) or 1, max(one.count for one in classes)
    bars = "".join(_bar(one, total, top) for one in classes)
    names = "".join(f"<span>{text(one.axis_name)}</span>" for one in classes)
    line = "" if line_at is None else _line(line_at / len(classes) * 100, line_name, sides)
    show(
        block(*head),
        f'<div class="histogram"><div class="field">{bars}{line}</div><div class="names">{names}</div></div>',
    )


def _bar(one: DistanceClass, total: int, top: int) -> str:
    kind = {True: "in", False: "out", None: "across"}[one.inside]
    tip = text(f"{one.name} {integer(one.count)} ({percent(one.count / total)})")
    return (
        f'<div class="{kind}" title="{tip}"><b>{integer(one.count)}</b>'
        f'<i style="height:{position(one.count, 0, top) * 0.86:.2f}%"></i></div>'
    )


def _line(at: float, name: str, sides: tuple[str, str]) -> str:
    return (
        f'<u style="left:{at:.2f}%"></u><em class="good" style="right:{100 - at:.2f}%">{text(sides[0])}</em>'
        f'<em style="left:{at:.2f}%"><b>{text(name)}</b> <span class="bad">{text(sides[1])}</span></em>'
    )
