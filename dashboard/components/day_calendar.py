"""A calendar of days shaded by their amount: weeks side by side, Monday on top."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.components.headline import Head, block
from dashboard.components.markup import show, text
from dashboard.theme import palette


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
    # The weeks begin on Monday, so a day's place tells its row.
    paints = {shade: f";background:{colours[shade]}" for shade in set(shades.values())}
    cells = ""
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        hover = words.hovers.get(day, "")
        cells += (
            f'<i title="{text(hover) if hover else ""}" '
            f'style="grid-row:{n % 7 + 2};grid-column:{n // 7 + 2}{paints.get(shades.get(day, -1), "")}"></i>'
        )
    keys = "".join(
        f'<span><i style="background:{colour}"></i>{text(name)}</span>'
        for colour, name in zip(colours, legend, strict=False)
    )
    show(
        block(*head),
        f'<div class="cal"><div style="grid-template-columns:max-content repeat({weeks},minmax(9px,1fr))">'
        f'{months}{names}{cells}</div></div><div class="calkey">{keys}</div>',
    )
