"""The report of one month: facts → tables → sentences, checked numeral by numeral."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from dashboard.board.door import Serving, metrics
from dashboard.report.content_charts import charts, pictures
from dashboard.report.content_facts import COUNTS, RATES, Facts, gathered, month_of
from dashboard.report.content_tables import tables
from dashboard.report.content_words import day_words, values
from dashboard.report.model import Definition, Paragraph, Report, Section, Table
from dashboard.report.numerals import checked
from dashboard.report.sentences import Sentences

# The annex tables that stand behind each section, in the order of the sections.
_BEHIND = (
    ("counts", "rates", "waves"),
    ("channels", "kinds", "subdistricts", "wishes", "groups"),
    ("lowest", "overdue", "longest", "explaining", "units", "safety_areas", "satisfaction_areas"),
    (),
)
_CHARTS = (("months", "wishes"), ("channels", "groups"), ("lowest",), ())
_PICTURES = ((), ("map",), ("strip",), ())


def make_report(board: Serving, period: str, passages: Mapping[str, str]) -> Report:
    """The report of the month named by `period` (2023-09), with the district's own free passages put in.

    Raises MonthOnly, PeriodFault or PeriodWithoutData for a period that cannot be reported on, TemplateFault for a
    template that cannot be used, NumeralUnfounded for a number in the text that no annex table has.
    """
    facts = gathered(board, month_of(board, period))
    annexes = tables(facts)
    drawn, shot = charts(facts), pictures(facts)
    names = values(facts, annexes, shot)
    sentences = Sentences(Path(board.root))
    head = sentences.head(names)
    sections = tuple(
        _with_behind(section, place, annexes, [one.name for one in drawn], [one.name for one in shot])
        for place, section in enumerate(_with_passages(sentences.sections(names), passages))
    )
    return checked(
        Report(
            district=board.district.name,
            issuer=head.issuer,
            period=facts.month.key,
            period_label=facts.month.label_zh,
            data_until=day_words(board.last_day),
            version=board.version,
            masthead=head.masthead,
            issue_line=head.issue_line,
            title=head.title,
            sections=sections,
            tables=annexes,
            charts=drawn,
            pictures=shot,
            definitions=_definitions(facts),
            closing_note=head.closing_note,
        )
    )


def _with_passages(sections: tuple[Section, ...], passages: Mapping[str, str]) -> tuple[Section, ...]:
    return tuple(
        replace(section, paragraphs=tuple(_own(paragraph, passages) for paragraph in section.paragraphs))
        for section in sections
    )


def _own(paragraph: Paragraph, passages: Mapping[str, str]) -> Paragraph:
    return replace(paragraph, text=passages[paragraph.free]) if paragraph.free in passages else paragraph


def _with_behind(
    section: Section, place: int, annexes: tuple[Table, ...], drawn: list[str], shot: list[str]
) -> Section:
    known = {table.name for table in annexes}
    return replace(
        section,
        tables=tuple(name for name in _BEHIND[place] if name in known),
        charts=tuple(name for name in _CHARTS[place] if name in drawn),
        pictures=tuple(name for name in _PICTURES[place] if name in shot),
    )


def _definitions(facts: Facts) -> tuple[Definition, ...]:
    """The metrics that the report uses, as the catalogue defines them."""
    known = metrics()
    names = [name for name in (*COUNTS, *RATES) if name in facts.items]
    names += ["safety_rate", "satisfaction_rate"] if facts.surveys else []
    return tuple(Definition(known[name].label, known[name].definition, known[name].suffix) for name in names)
