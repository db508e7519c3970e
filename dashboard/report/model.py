"""What a monthly report consists of, before anybody writes a file: text, tables, charts, pictures, definitions.

Every file of the pack (DOCX, PPTX, XLSX) is written from one `Report`, so that no two of them can disagree.
"""

from dataclasses import dataclass
from typing import Literal

Cell = str | int | float | None
Kind = Literal["text", "integer", "decimal", "percent", "change", "points"]


@dataclass(frozen=True)
class Column:
    """A column of an annex table. Nothing is rounded, and `shown.shown` writes every cell.

    Shares stand between 0 and 1 under `percent`; so do relative changes of counts (`change`, +6.8%) and differences of
    shares (`points`, +2.4, the title says 百分点).
    """

    title: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Table:
    """An annex table (附表). `marked` are the row numbers that need attention."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    marked: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True)
class Series:
    """One line or set of bars of a chart; None where there is no value."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """A chart as data: the title states the finding, `note` gives definition, numerator, denominator and source."""

    name: str
    title: str
    kind: Literal["line", "bar", "column", "stacked"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    percent: bool = False
    marked: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture that a browser paints (a map): the screen and choices that show it, and its caption."""

    name: str
    caption: str
    path: str
    block: str
    note: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `heading` stands before it with its number: （一）….

    A free one is in the district's hands: `free` is the name under which its own text is kept for the period. An empty
    text is left out of the files.
    """

    text: str
    heading: str = ""
    free: str = ""


@dataclass(frozen=True)
class Section:
    """Paragraphs under a heading with its number (一、…), and the names of what stands behind them."""

    heading: str
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Definition:
    """A metric as the definitions sheet lists it."""

    label: str
    definition: str
    suffix: str


@dataclass(frozen=True)
class Report:
    """The whole report of one month."""

    district: str
    issuer: str
    period: str
    period_label: str
    data_until: str
    version: str
    masthead: str
    issue_line: str
    title: str
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...]
    pictures: tuple[Picture, ...]
    definitions: tuple[Definition, ...]
    closing_note: str

    def table(self, name: str) -> Table:
        """The annex table of that name."""
        return next(table for table in self.tables if table.name == name)

    def chart(self, name: str) -> Chart:
        """The chart of that name."""
        return next(chart for chart in self.charts if chart.name == name)
