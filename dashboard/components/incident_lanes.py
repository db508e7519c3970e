"""One lane per kind of incident: a mark on every day with one, and the days since the last as a bar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.components.headline import Head, block
from dashboard.components.markup import position, show, text
from dashboard.formats import day


@dataclass(frozen=True)
class Lane:
    """A kind, what stands at the end of its lane, and the days of its incidents, oldest first."""

    name: str
    end: str
    days: Sequence[date]


def incident_lanes(
    head: Head, lanes: Sequence[Lane], span: tuple[date, date], ticks: Sequence[tuple[date, str]]
) -> None:
    """Lanes over the same days; `ticks` names some of them."""
    first, last = span[0].toordinal(), span[1].toordinal()
    drawn = "".join(_lane(lane, first, last) for lane in lanes)
    names = "".join(
        f'<span style="left:{position(at.toordinal(), first, last)}%">{text(name)}</span>'
        for at, name in ticks
    )
    show(
        block(*head),
        f'<div class="lanes">{drawn}<span></span><div class="scale">{names}</div><span></span></div>',
    )


def _lane(lane: Lane, first: int, last: int) -> str:
    shown = [one for one in lane.days if first <= one.toordinal() <= last]
    since = position(shown[-1].toordinal(), first, last) if shown else 0.0
    marks = "".join(
        f'<i style="left:{position(one.toordinal(), first, last)}%" title="{text(f"{lane.name} {day(one)}")}"></i>'
        for one in shown
    )
    return (
        f'<span>{text(lane.name)}</span><div class="lane"><u style="left:{since}%;width:{100 - since:.2f}%"></u>{marks}</div>'
        f"<b>{text(lane.end)}</b>"
    )
