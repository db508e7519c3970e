"""A calendar of days shaded by their amount: weeks side by side, Monday on top."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.components.headline import Head, block
from dashboard.components.markup import show, text
from dashboard.theme import palette

# Height of a day, and from one to the next, in pixels: the rows of the stylesheet.
_DAY, _STEP = 14, 16


@dataclass(frozen=True)
class CalendarWords:
    """Names of the seven days (nothing: not written), of months by their first day, and hovering words by day."""

    days: Sequence[str]
    months: Mapping[date, str]
    hovers: Mapping[date, str]


def day_calendar(
    head: Head,
    first: date,
    last: date,
    shades: Mapping[date, int],
    words: CalendarWords,
    legend: Sequence[str],
) -> None:
    """Days from `first` (a Monday) to `last`; `shades` are classes of the scale of five, `legend` names them in order."""
    colours = palette().sequential
    weeks = (last - first).days // 7 + 1
    names = "".join(
        f'<span style="grid-row:{n + 2};grid-column:1">{text(name)}</span>'
        for n, name in enumerate(words.days)
        if name
    )
    months = "".join(
        f'<span style="grid-row:1;grid-column:{(day - first).days // 7 + 2}/span 4">{text(name)}</span>'
        for day, name in words.months.items()
        if first <= day <= last
    )
    drawn = "".join(
        _week(first + timedelta(weeks=n), last, n + 2, shades, words.hovers) for n in range(weeks)
    )
    paints = "".join(f"--s{n}:{colour};" for n, colour in enumerate(colours))
    keys = "".join(
        f'<span><i style="background:{colour}"></i>{text(name)}</span>'
        for colour, name in zip(colours, legend, strict=False)
    )
    show(
        block(*head),
        f'<div class="cal"><div style="{paints}grid-template-columns:max-content repeat({weeks},minmax(9px,1fr))">'
        f'{months}{names}{drawn}</div></div><div class="calkey">{keys}</div>',
    )


def _week(
    monday: date, last: date, column: int, shades: Mapping[date, int], hovers: Mapping[date, str]
) -> str:
    """Its days as the stripes of one box: four hundred boxes cost a browser a tenth of what a choice takes."""
    days = [day for n in range(7) if (day := monday + timedelta(days=n)) <= last]
    stripes = ",".join(
        f"var(--{f's{shades[day]}' if day in shades else 'rule'}) 0 {n * _STEP + _DAY}px,#0000 0 {(n + 1) * _STEP}px"
        for n, day in enumerate(days)
    )
    hover = "&#10;".join(text(hovers[day]) for day in days if day in hovers)
    return (
        f'<i title="{hover}" style="grid-column:{column};background:linear-gradient({stripes},#0000 0)"></i>'
    )
