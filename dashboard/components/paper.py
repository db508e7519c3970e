"""The monthly report as it is printed: red masthead, rule, title, indented text, annex tables with three rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.components.markup import cell, name, show, table, text

# How much of a report is shown: its text with the names of the annex tables, or everything.
TEXT, WHOLE = "text", "whole"
# Cells that most reports have: names of areas and units, tiers, small numbers.
_REMEMBERED = 2048


@dataclass(frozen=True)
class Passage:
    """A paragraph with its heading; `own` is one that the district wrote itself."""

    heading: str
    words: str
    own: bool = False


@dataclass(frozen=True)
class Chapter:
    """一、… and its paragraphs."""

    heading: str
    passages: Sequence[Passage]


@dataclass(frozen=True)
class Annex:
    """A table as it is written: caption, (header, whether numbers stand below it), rows, marked rows, note."""

    caption: str
    heads: Sequence[tuple[str, bool]]
    rows: Sequence[Sequence[str]]
    marked: frozenset[int]
    note: str


@dataclass(frozen=True)
class Paper:
    """Everything that a printed report says, in the order of the paper."""

    masthead: str
    issue_line: str
    issuer: str
    day: str
    title: str
    chapters: Sequence[Chapter]
    closing: str
    annexes: Sequence[Annex]


def paper(page: Paper, whole: bool) -> None:
    """Draw the report on a white sheet, below it the annex tables, or unless it is to be the `whole` their captions.

    They are nine tenths of what a browser would have to draw, ten screens high.
    """
    head = (
        f'<div class="mast">{text(page.masthead)}</div><div class="issue">{text(page.issue_line)}</div>'
        f'<div class="line"><span>{text(page.issuer)}</span><span>{text(page.day)}</span></div>'
        f'<div class="name">{text(page.title)}</div>'
    )
    body = "".join(_chapter(chapter) for chapter in page.chapters)
    closing = f'<p class="closing">{text(page.closing)}</p>' if page.closing else ""
    annexes = "".join(_annex(annex) for annex in page.annexes) if whole else _captions(page.annexes)
    show(f'<div class="paper">{head}{body}{closing}{annexes}</div>')


def _chapter(chapter: Chapter) -> str:
    return f'<p class="c1">{text(chapter.heading)}</p>' + "".join(_passage(one) for one in chapter.passages)


def _passage(passage: Passage) -> str:
    heading = f'<p class="c2">{text(passage.heading)}</p>' if passage.heading else ""
    own = ' class="own"' if passage.own else ""
    return heading + "".join(
        f"<p{own}>{text(line)}</p>" for line in passage.words.split("\n") if line.strip()
    )


def _captions(annexes: Sequence[Annex]) -> str:
    return '<div class="caps">' + "".join(f"<p>{text(annex.caption)}</p>" for annex in annexes) + "</div>"


def _annex(annex: Annex) -> str:
    rows = []
    for n, row in enumerate(annex.rows):
        marked = n in annex.marked
        cells = (
            _cell(value, number, marked) for value, (_head, number) in zip(row, annex.heads, strict=True)
        )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    heads = [(head, "r" if number else "") for head, number in annex.heads]
    note = f'<p class="note">{text(annex.note)}</p>' if annex.note else ""
    grid = f'<div class="grid" style="--rows:{len(rows) + 1}">{table(heads, rows)}</div>'
    return f'<p class="cap">{text(annex.caption)}</p>{grid}{note}'


@lru_cache(_REMEMBERED)
def _cell(value: str, number: bool, marked: bool) -> str:
    return cell(name(value), " ".join(filter(None, ("r" if number else "", "bad" if marked else ""))))
