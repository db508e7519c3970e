"""The calendar of published tasks: which days bring most?"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from dashboard import formats
from dashboard.board.tasks import CALENDAR_WEEKS
from dashboard.components.day_calendar import CalendarWords
from dashboard.components.headline import Head
from dashboard.translations import _
from pipelines.periods import Period

_CLASSES = 5
_SATURDAY = 5

# Head, first and last day, class of each day, words and legend of a calendar.
Calendar = tuple[Head, date, date, dict[date, int], CalendarWords, list[str]]


def calendar(counts: Mapping[date, int], period: Period, data_until: date) -> Calendar:
    """The weeks up to the period's end; days without a task stay blank."""
    last = min(period.end, data_until)
    first = last - timedelta(days=7 * CALENDAR_WEEKS - 7 + last.weekday())
    shown = {day: count for day, count in counts.items() if first <= day <= last and count}
    edges = _edges(sorted(shown.values()))
    words = CalendarWords(
        [_("Mon"), "", _("Wed"), "", _("Fri"), "", _("Sun")],
        _months(first, last),
        _hovers(shown),
    )  # fmt: skip
    shades = {day: bisect_right(edges, count) for day, count in shown.items()}
    head = _title(shown, first, last), _reading(shown)
    return head, first, last, shades, words, _legend(edges, max(shown.values(), default=0))


def _months(first: date, last: date) -> dict[date, str]:
    """First day of each month that begins in these weeks → its name."""
    found = {}
    month = Period.containing("month", first)
    while month.start <= last:
        if month.start >= first:
            found[month.start] = formats.short_month(month)
        month = month.next()
    return found


def _hovers(counts: Mapping[date, int]) -> dict[date, str]:
    words = _("{day}: {count} tasks")
    written = {count: formats.integer(count) for count in set(counts.values())}
    return {day: words.format(day=day, count=written[count]) for day, count in counts.items()}


def _edges(counts: Sequence[int]) -> list[int]:
    """Where a class begins, so that each holds about as many days; fewer classes where days are alike."""
    if not counts:
        return []
    found = {counts[len(counts) * n // _CLASSES] for n in range(1, _CLASSES)}
    return sorted(edge for edge in found if edge > counts[0])


def _legend(edges: Sequence[int], most: int) -> list[str]:
    if not most:
        return []
    begins, ends = [1, *edges], [*(edge - 1 for edge in edges), most]
    return [formats.integer(low) if low == high else f"{formats.integer(low)}–{formats.integer(high)}" for low, high in zip(begins, ends, strict=True)]  # fmt: skip


def _title(counts: Mapping[date, int], first: date, last: date) -> str:
    """Monday to Friday against the weekend, over all days from the first one with a task."""
    if not counts:
        return _("No task was published in these weeks")
    begin = max(first, min(counts))
    days, tasks = [0] * 7, [0] * 7
    for n in range((last - begin).days + 1):
        days[(begin.weekday() + n) % 7] += 1
    for day, count in counts.items():
        tasks[day.weekday()] += count
    week, weekend = slice(_SATURDAY), slice(_SATURDAY, None)
    if not any(days[week]) or not any(days[weekend]):
        return _("Tasks published by day")
    return _("Monday to Friday {week} tasks are published a day, Saturday and Sunday {weekend}").format(
        week=formats.decimal(sum(tasks[week]) / sum(days[week])),
        weekend=formats.decimal(sum(tasks[weekend]) / sum(days[weekend])),
    )


def _reading(counts: Mapping[date, int]) -> str:
    reading = _("Tasks published by day, 53 weeks; shaded by their number, as below")
    if not counts:
        return reading
    most = max(counts, key=lambda day: counts[day])
    return reading + _("; most on {day}: {count}").format(day=most, count=formats.integer(counts[most]))
