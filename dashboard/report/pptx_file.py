"""The report as slides: one message each, with the finding as its title; all charts native and editable."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.report.model import Chart, Picture, Report, Section, Table
from dashboard.report.slide import frame, new_slide
from dashboard.report.slide_charts import draw_chart
from dashboard.report.slide_names import cut_names
from dashboard.report.slide_tables import Part, draw_table, parts_of
from dashboard.report.slide_text import (
    COVER_TITLE,
    Point,
    cover_type,
    draw_cover,
    draw_picture,
    draw_points,
    pages_of,
    points_of,
)
from dashboard.report.slide_theme import new_presentation
from dashboard.translations import _

_NUMERAL = re.compile(r"^[一二三四五六七八九十]+、\s*")
_LONGEST_FINDING = 32
_MOST_ON_COVER = 9
_TIERS = 4


@dataclass(frozen=True)
class Plan:
    """A slide before it is drawn: kicker, title, foot line, notes, and what it shows."""

    kicker: str
    title: str
    foot: str
    notes: tuple[str, ...]
    shows: Chart | Picture | Part | Sequence[Point]
    leads: bool = False


def write_pptx(report: Report, pictures: dict[str, Path], out: Path) -> None:
    """Write the slides; `pictures` are the painted ones by name, what lacks is replaced by a note."""
    plans = list(_plans(report))
    deck = new_presentation(report)
    title = report.masthead or report.title
    cover = new_slide(deck, [report.title, *_source(report)], title, COVER_TITLE, cover_type(title))
    draw_cover(cover, report, _agenda(plans))
    for number, plan in enumerate(plans, start=2):
        slide = new_slide(deck, plan.notes, plan.title)
        frame(slide, number, plan.kicker, plan.foot)
        _draw(slide, plan, pictures, _tiers(report))
    deck.save(str(out))


def _agenda(plans: Sequence[Plan]) -> list[tuple[int, str]]:
    """Number and title of the slides that the cover names: those with a finding, the last one for certain."""
    found = [(number, plan.title) for number, plan in enumerate(plans, start=2) if plan.leads]
    return found if len(found) <= _MOST_ON_COVER else [*found[: _MOST_ON_COVER - 1], found[-1]]


def _tiers(report: Report) -> tuple[str, ...]:
    """The district's words for the four tiers, best first, from the chart that stacks them."""
    stacked = (chart for chart in report.charts if chart.kind == "stacked" and len(chart.series) == _TIERS)
    return next((tuple(series.name for series in chart.series) for chart in stacked), ())


def _draw(slide: Any, plan: Plan, pictures: dict[str, Path], tiers: tuple[str, ...]) -> None:
    shows = plan.shows
    if isinstance(shows, Chart):
        draw_chart(slide, shows)
    elif isinstance(shows, Picture):
        draw_picture(slide, shows, pictures.get(shows.name))
    elif isinstance(shows, Part):
        draw_table(slide, shows, tiers)
    else:
        draw_points(slide, shows)


def _plans(report: Report) -> Iterator[Plan]:
    """Section by section its words, charts, pictures and tables; what no section names comes before the last words."""
    for number, section in enumerate(report.sections, start=1):
        last = number == len(report.sections)
        shown = list(_shown(report, section))
        rest = list(_unnamed(report)) if last else []
        words = list(_words(report, section))
        yield from (*rest, *shown, *words) if last else (*words, *shown)


def _words(report: Report, section: Section) -> Iterator[Plan]:
    """The paragraphs of a section, on as many slides as they need."""
    points = points_of(section.paragraphs)
    if not points:
        return
    title = _finding(report, section)
    kicker = section.heading if title != _bare(section.heading) else report.period_label
    notes = _notes(report, *(point.words for point in points))
    closing = section is report.sections[-1]
    for number, page in enumerate(pages_of(points)):
        own = _joined([point.heading for point in page if point.heading]) if not closing else ""
        more = own or _("{title} (continued)").format(title=title)
        leads = number == 0 and (closing or not section.charts)
        yield Plan(kicker, more if number else title, _foot(report), notes, page, leads=leads)


def _shown(report: Report, section: Section) -> Iterator[Plan]:
    """Charts, pictures and tables of a section."""
    for name in section.charts:
        yield _chart(report, section.heading, report.chart(name))
    for picture in report.pictures:
        if picture.name in section.pictures:
            yield _picture(report, section.heading, picture)
    for name in section.tables:
        yield from _table(report, section.heading, report.table(name))


def _unnamed(report: Report) -> Iterator[Plan]:
    """What stands in the annex only."""
    sections, annex = report.sections, _("Annex")
    named = {name for one in sections for name in (*one.tables, *one.charts, *one.pictures)}
    yield from (_chart(report, annex, chart) for chart in report.charts if chart.name not in named)
    yield from (_picture(report, annex, picture) for picture in report.pictures if picture.name not in named)
    for table in report.tables:
        if table.name not in named:
            yield from _table(report, annex, table)


def _chart(report: Report, kicker: str, chart: Chart) -> Plan:
    names = [series.name for series in chart.series]
    notes = _notes(report, chart.title, chart.note, *names, own=(chart.note, *cut_names(chart)))
    return Plan(kicker, chart.title, _foot(report), notes, chart, leads=True)


def _picture(report: Report, kicker: str, picture: Picture) -> Plan:
    notes = _notes(report, picture.caption, picture.note, own=(picture.note,))
    return Plan(kicker, picture.caption, _foot(report), notes, picture)


def _table(report: Report, kicker: str, table: Table) -> Iterator[Plan]:
    parts = list(parts_of(table))
    notes = _notes(report, table.title, *(column.title for column in table.columns), own=(table.note,))
    for number, shown in enumerate(parts, start=1):
        annex = _("Annex table {number}").format(number=report.tables.index(table) + 1)
        part = "" if len(parts) == 1 else f"（{number}/{len(parts)}）"
        yield Plan(f"{kicker}　{annex}{part}", table.title, _foot(report), notes, shown)


def _finding(report: Report, section: Section) -> str:
    """What the charts of a section find, as far as it makes one line; without charts its heading without the numeral."""
    return _joined([report.chart(name).title for name in section.charts]) or _bare(section.heading)


def _joined(findings: Sequence[str]) -> str:
    """Findings in one line; the first alone where they are too long for it, nothing of none."""
    joined = "；".join(findings)
    return joined if len(joined) <= _LONGEST_FINDING else findings[0]


def _bare(heading: str) -> str:
    return _NUMERAL.sub("", heading)


def _foot(report: Report) -> str:
    return _("{period}; data until {day}").format(period=report.period_label, day=report.data_until)


def _notes(report: Report, *texts: str, own: Sequence[str] = ()) -> tuple[str, ...]:
    """What is said of the slide itself, the definitions of the figures that it names, and the source."""
    told = "".join(texts)
    defined = [
        _("{figure}: {definition}").format(figure=one.label, definition=one.definition)
        for one in report.definitions
        if one.label in told
    ]
    return (*(note for note in own if note), *defined, *_source(report))


def _source(report: Report) -> list[str]:
    return [
        _("Source: warehouse of {district}, data version {version}, data until {day}").format(
            district=report.district, version=report.version, day=report.data_until
        )
    ]
