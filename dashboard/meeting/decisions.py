"""Decisions 请会议决定: up to three questions that the figures raise, each with its basis and the pages it stands on."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import pandas as pd

from dashboard import formats
from dashboard.board import overview, tasks, units
from dashboard.board.door import Serving, metrics
from dashboard.board.figures import by_dimension, one_value
from dashboard.board.weakest import weakest
from dashboard.components.sheet_decisions import MOST_QUESTIONS, Question, questions_body
from dashboard.meeting.one_line import marked, shortened, spoken, title
from dashboard.meeting.sheet import Sheet
from dashboard.translations import _, language
from dashboard.wording.decisions import OLD_WISH_DAYS, with_consequence
from dashboard.wording.figures import metric_label
from dashboard.wording.overview import FAR_BEHIND
from pipelines.periods import Period
from pipelines.surveys import wilson

KIND = "decisions"
_COUNTED = "零一两三"
# Wide letters of a name that leave room for the rest of the longest question or line, which are longer in English.
_LONGEST_NAME = {"zh_CN": 14, "en": 11}
Pages = Mapping[str, int]


def sheet(board: Serving, period: Period, pages: Pages) -> Sheet:
    """The questions, most pressing first; `pages` says where the other sheets stand."""
    finders: Sequence[Callable[[Serving, Period, Pages], Iterator[Question]]] = (
        _lagging,
        _failing,
        _overdue,
        _old_wishes,
        _explaining,
    )
    found = [one for finder in finders for one in finder(board, period, pages)][:MOST_QUESTIONS]
    heading = title(_("Nothing to decide in this period"))
    if found:
        count = _COUNTED[len(found)] if language() == "zh_CN" else str(len(found))
        heading = title(_("To be decided today: "), marked(_("{count} questions").format(count=count)))
    body = questions_body(
        _("Basis"), _("If agreed"), found, _("No area lags far behind, no unit fails, nothing is overdue.")
    )
    note = _("The meeting decides; the board gives the basis") + "　"
    note += _("data until {day}").format(day=formats.day(board.data_until))
    return Sheet(KIND, _("For decision"), heading, body, note, spoken(heading))


def _on(pages: Pages, *kinds: str) -> str:
    """第 3、8 页; nothing when the agenda has none of these sheets."""
    found = sorted(pages[kind] for kind in kinds if kind in pages)
    return _("page {pages}").format(pages=_(" and ").join(map(str, found))) if found else ""


def _lagging(board: Serving, period: Period, pages: Pages) -> Iterator[Question]:
    """A subdistrict far behind in the rate of the map, else in the wishes, by more than chance; of two alike neither."""
    on_map = _mapped(board, period)
    for name in dict.fromkeys([*([on_map] if on_map else []), overview.AREA_RATE]):
        whole = one_value(board, name, period, None).value
        rates = by_dimension(board, name, period, "subdistrict").sort_values("value", kind="stable")
        if whole is None or rates.empty or metrics()[name].better != "up":
            continue
        lowest = rates.iloc[0]
        surely = float(wilson(lowest["value"], lowest["denominator"]).high) < whole
        alone = int((rates["value"] == lowest["value"]).sum()) == 1
        if surely and alone and whole - lowest["value"] > FAR_BEHIND:
            shown = _on(pages, "weakest_map" if name == on_map else "wishes")
            yield _behind(
                str(lowest["subdistrict_name"]), metric_label(metrics()[name]), lowest, whole, shown
            )
            return


def _mapped(board: Serving, period: Period) -> str | None:
    """The metric of the map's sheet: the one that the agenda names, or the weakest."""
    for item in board.district.agenda:
        if item.sheet == "weakest_map" and item.metric:
            return item.metric
    found = weakest(board, period)
    return None if found is None else found.metric.name


def _behind(area: str, label: str, lowest: "pd.Series[float]", whole: float, shown: str) -> Question:
    return Question(
        _("Supervise {area} on {metric}?").format(area=_named(area), metric=label),
        _("{rate}, {gap} pp below the district ({base})").format(
            rate=formats.percent(lowest["value"]),
            gap=formats.decimal((whole - lowest["value"]) * 100),
            base=formats.fraction(lowest["numerator"], lowest["denominator"]),
        ),
        shown,
        _("{area} reports its mending at the next meeting").format(area=_named(area)),
        formats.percent_number(lowest["value"]),
        "%",
        label,
    )


def _failing(board: Serving, period: Period, pages: Pages) -> Iterator[Question]:
    standing = units.standing(board, units.quarter_of(period, board))
    failing = with_consequence(standing.ranking, "ineligible")
    if failing.empty or board.district.tiers.praise_only:
        return
    worst, line = (
        failing.sort_values("score", kind="stable").iloc[0],
        standing.lines[2] if standing.lines else None,
    )
    count = formats.integer(len(failing))
    basis = _("all below {line}; {unit} {score} points").format(
        line=_line(line), unit=_named(worst["unit"]), score=formats.decimal(worst["score"])
    )
    yield Question(
        _("Take honours from {count} {tier} units?").format(count=count, tier=standing.tiers[3]),
        basis,
        _on(pages, "unit_tiers", "consequences"),
        _("not eligible for honours of this quarter"),
        count,
        _("units (suffix)"),
        _("{tier} units").format(tier=standing.tiers[3]),
    )


def _named(name: object) -> str:
    return shortened(str(name), _LONGEST_NAME[language()])


def _line(score: float | None) -> str:
    return formats.decimal(score, 0 if score is None or score == int(score) else 1)


def _explaining(board: Serving, period: Period, pages: Pages) -> Iterator[Question]:
    standing = units.standing(board, units.quarter_of(period, board))
    explaining = with_consequence(standing.ranking, "explains")
    if explaining.empty or board.district.tiers.praise_only:
        return
    count = formats.integer(len(explaining))
    yield Question(
        _("Ask {count} units for a written explanation?").format(count=count),
        _("last of their ranking groups"),
        _on(pages, "consequences"),
        _("in writing, before the next meeting"),
        count,
        _("units (suffix)"),
        _("written explanation"),
    )


def _overdue(board: Serving, _period: Period, pages: Pages) -> Iterator[Question]:
    overdue = tasks.overdue(board, None)
    if not overdue.count:
        return
    yield Question(
        _("Clear the overdue tasks by a date?"),
        _("{count} open past their time, {long} of them over {days} days").format(
            count=formats.integer(overdue.count), long=formats.integer(overdue.long), days=tasks.LONG_OVERDUE
        ),
        _on(pages, "overdue"),
        _("reported one by one at the next meeting"),
        formats.integer(overdue.count),
        _("cases (suffix)"),
        _("overdue tasks"),
    )


def _old_wishes(board: Serving, _period: Period, pages: Pages) -> Iterator[Question]:
    waiting = overview.old_wishes(board, None)
    if waiting.empty:
        return
    total, top = int(waiting["wishes"].sum()), waiting.iloc[0]
    yield Question(
        _("Clear the old wishes together?"),
        _("open for over {days} days; {area} has {count}, the most").format(
            days=OLD_WISH_DAYS, area=_named(top["name"]), count=formats.integer(top["wishes"])
        )
        if int((waiting["wishes"] == top["wishes"]).sum()) == 1
        else _("open for over {days} days").format(days=OLD_WISH_DAYS),
        _on(pages, "wishes"),
        _("units are assigned within a month"),
        formats.integer(total),
        _("cases (suffix)"),
        _("old wishes"),
    )
