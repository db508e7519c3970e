"""Overview 总览: six numbers against the period before, the one that got worse, and where most has changed."""

from collections.abc import Sequence

from dashboard import formats
from dashboard.board.areas import selectable_areas
from dashboard.board.door import Serving
from dashboard.board.figures import trend_months
from dashboard.board.meeting_figures import AreaChange, Reading, movers, readings
from dashboard.components.sheet_overview import Course, Mover, Tile, overview_body
from dashboard.meeting.one_line import Title, fitted, marked, spoken, title
from dashboard.meeting.sheet import Sheet
from dashboard.translations import _, language
from dashboard.wording.figures import is_share, metric_label, not_settled, suffix_of
from pipelines.periods import Period

KIND = "overview"
_COUNTED = "零一两三四五六七八九十"
_FEWEST_POINTS = 2
_LARGEST_WHOLE = 100_000


def sheets(board: Serving, period: Period, area: str | None = None) -> list[Sheet]:
    """One sheet; none when not a single number is known."""
    found = readings(board, period, area)
    if not found:
        return []
    worst = _worst(found)
    heading = _title(found, worst)
    line = worst or next((one for one in found if is_share(one.metric) and not one.wave), None)
    changes = movers(board, period, area)
    body = overview_body(
        [_tile(one, one is worst) for one in found],
        _course(board, period, line, line is worst),
        _("Fewer than two months: no line"),
        _("Largest changes, pp"),
        [_mover(one, worst) for one in changes],
        _no_changes(board, period, found),
    )
    section = (
        _("Overview") if area is None else f"{_('Overview')} · {selectable_areas(board).get(area, area)}"
    )
    return [Sheet(KIND, section, heading, body, _note(board, period, found), spoken(heading))]


def _worst(found: Sequence[Reading]) -> Reading | None:
    """The share that got worse by most, as it is shown; None when none did."""
    worse = [
        one
        for one in found
        if is_share(one.metric) and one.change is not None and one.shown_change * _sense(one) < 0
    ]
    return min(worse, key=lambda one: one.shown_change * _sense(one), default=None)


def _sense(one: Reading) -> int:
    return -1 if one.metric.better == "down" else 1


def _title(found: Sequence[Reading], worst: Reading | None) -> Title:
    compared = [one.shown_change for one in found if one.change is not None]
    if not compared:
        return fitted(
            title(_("{count} figures, nothing earlier to compare").format(count=_count(len(found))))
        )
    moves = _moves(compared)
    openings = [
        opening.format(count=_count(len(compared))) + moves
        for opening in (_("{count} figures: "), _("{count}: "))
    ]
    if worst is None:
        rest = len(found) - len(compared)
        # Of six tiles six are spoken of.
        open_end = _("{count} figures: {moves}, {rest} not compared yet").format(
            count=_count(len(found)), moves=moves, rest=_count(rest)
        )
        return fitted(title(open_end if rest else openings[0]))
    way = _("{metric} down {change} pp") if worst.shown_change < 0 else _("{metric} up {change} pp")
    change = formats.decimal(abs(worst.shown_change))
    falling = marked(way.format(metric=metric_label(worst.metric), change=change))
    return fitted(*(title(opening, _(", "), falling) for opening in openings), title(falling))


def _moves(changes: Sequence[float]) -> str:
    """五升一降; what nothing did is not said."""
    counted = (
        (_("{count} up"), sum(change > 0 for change in changes)),
        (_("{count} down"), sum(change < 0 for change in changes)),
        (_("{count} unchanged"), sum(change == 0 for change in changes)),
    )
    between = "" if language() == "zh_CN" else " "
    return between.join(words.format(count=_count(count)) for words, count in counted if count)


def _count(number: int) -> str:
    return _COUNTED[number] if language() == "zh_CN" and number <= 10 else str(number)


def _tile(one: Reading, looked: bool) -> Tile:
    metric, value = one.metric, one.now.value
    if is_share(metric):
        number, unit = formats.percent_number(value), "%"
        return Tile(metric_label(metric), number, unit, _change(one), _base(one), looked, one.change is None)
    suffix = suffix_of(metric)
    label = f"{metric_label(metric)}（{suffix}）" if suffix else metric_label(metric)
    number, unit = (
        (formats.integer(value), "") if (value or 0) < _LARGEST_WHOLE else formats.short_count(value)
    )
    return Tile(label, number, unit, _change(one), _base(one), looked, one.change is None)


def _change(one: Reading) -> str:
    if not one.settled:
        return not_settled()
    if one.change is None:
        return _("nothing earlier")
    if one.by_chance:
        return _("change within error")
    if one.shown_change == 0:
        return _("unchanged")
    size = formats.decimal(abs(one.shown_change))
    if is_share(one.metric):
        return (_("up {change} pp") if one.shown_change > 0 else _("down {change} pp")).format(change=size)
    return (_("up {change}%") if one.shown_change > 0 else _("down {change}%")).format(change=size)


def _base(one: Reading) -> str:
    if one.wave:
        n = f"n={formats.integer(one.now.n)}"
        return n if one.rank is None else _("{n}, province #{rank}").format(n=n, rank=one.rank)
    if is_share(one.metric) and one.now.denominator is not None:
        return formats.fraction(one.now.numerator, one.now.denominator)
    if one.before.value is None:
        return ""
    return _("before: {value}").format(value=formats.integer(one.before.value))


def _mover(one: AreaChange, worst: Reading | None) -> Mover:
    looked = (
        worst is not None and one.metric.name == worst.metric.name and one.change * worst.shown_change > 0
    )
    return Mover(f"{one.area} {metric_label(one.metric)}", formats.signed(one.change * 100), looked)


def _course(board: Serving, period: Period, one: Reading | None, looked: bool) -> Course | None:
    if one is None or sum(value is not None for value in one.trend) < _FEWEST_POINTS:
        return None
    months = [formats.short_month(month) for month in trend_months(board, period)]
    if one.wave:
        months = list(one.waves)
        label = _("{metric} by wave, %").format(metric=metric_label(one.metric))
    else:
        label = _("{metric}, last {count} months, %").format(
            metric=metric_label(one.metric), count=len(months)
        )
    return Course(label, one.trend, months, [formats.percent_number(value) for value in one.trend], looked)


def _no_changes(board: Serving, period: Period, found: Sequence[Reading]) -> str:
    if period.is_running(board.last_day):
        return _("The period is not over: no comparison yet")
    if all(one.change is None for one in found):
        return _("No earlier period to compare with")
    return _("No area changed by more than chance")


def _note(board: Serving, period: Period, found: Sequence[Reading]) -> str:
    parts = []
    if any(one.change is not None for one in found):
        before = formats.period_label(period.previous())
        if period.is_running(board.last_day):
            days = period.days_elapsed(board.last_day)
            parts.append(_("against the first {days} days of {period}").format(days=days, period=before))
        else:
            parts.append(_("against {period}").format(period=before))
        if any(one.wave for one in found):
            parts.append(_("surveys against the wave before"))
    parts.append(_("data until {day}").format(day=formats.day(board.data_until)))
    if board.rejected:
        parts.append(_("{count} rejected records left out").format(count=formats.integer(board.rejected)))
    return "　".join(parts)
