"""The report of a month as the board's readers see it, and changing a free passage of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.board.door import Serving, answer
from dashboard.board.monthly_report import keep_own, own_passages
from dashboard.board.units import publications
from dashboard.report.content import make_report
from dashboard.report.model import Paragraph, Report
from pipelines.faults import Fault
from pipelines.periods import Period


@dataclass(frozen=True)
class Kept:
    """What a report follows from beside the version: its month, the district's own passages, what was published."""

    month: str
    passages: tuple[tuple[str, str], ...]
    published: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Reading:
    """A month's report and the district's own passages in it; `fault` says why it cannot be made, or not with them."""

    report: Report | None
    own: Mapping[str, str]
    kept: Kept
    fault: str = ""

    @property
    def free(self) -> list[Paragraph]:
        """The paragraphs that may be rewritten, in their order."""
        sections = self.report.sections if self.report else ()
        return [paragraph for section in sections for paragraph in section.paragraphs if paragraph.free]

    @property
    def texts(self) -> tuple[str, ...]:
        """The own passages as one value: with another text a pack is another pack."""
        return tuple(f"{name}={words}" for name, words in sorted(self.own.items()))

    def text_of(self, passage: str) -> str:
        """What a free passage says now."""
        return next((one.text for one in self.free if one.free == passage), "")


def read(serving: Serving, month: Period) -> Reading:
    """The report with the passages that are kept; without them when one of them does not stand up to the figures."""
    own = own_passages(serving, month)
    kept = Kept(month.key, tuple(sorted(own.items())), publications(serving))
    try:
        return Reading(made(serving, kept), own, kept)
    except Fault as fault:
        refused = str(fault)
    without = replace(kept, passages=())
    try:
        return Reading(made(serving, without), {}, without, refused if own else "")
    except Fault as fault:
        return Reading(None, own, without, str(fault))


def rewrite(serving: Serving, month: Period, passage: str, words: str, who: str) -> str:
    """Keeps a passage with which the report can still be made; gives a sentence when it was not kept.

    A number that no annex table has would stop every file of the pack, so it is told before anything is kept.
    """
    passages = own_passages(serving, month) | {passage: words}
    if not words:
        del passages[passage]
    try:
        made(serving, Kept(month.key, tuple(sorted(passages.items())), publications(serving)))
    except Fault as fault:
        return str(fault)
    return keep_own(serving, month, passage, words, who)


@answer
def made(serving: Serving, kept: Kept) -> Report:
    """The report with these passages; a fault of `make_report` when it cannot be made with them."""
    return make_report(serving, kept.month, dict(kept.passages))
