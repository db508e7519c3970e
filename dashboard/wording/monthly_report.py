"""Sentences around the monthly report: what the screen says beside the paper."""

from collections.abc import Mapping, Sequence

from dashboard import formats
from dashboard.components.headline import Head
from dashboard.components.named_step import StepWords
from dashboard.components.paper import TEXT, WHOLE
from dashboard.translations import _
from pipelines.periods import Period

_LONGEST_LABEL = 24


def standfirst(tables: int, own: int) -> str:
    """What the report rests on."""
    written = (
        _("{count} passages in your own words").format(count=own)
        if own
        else _("all passages from the templates")
    )
    return _("Every number in the text stands in one of the {tables} annex tables; {written}").format(
        tables=tables, written=written
    )


def extents() -> tuple[str, dict[str, str]]:
    """How much of the report is shown."""
    return _("Shown"), {TEXT: _("Text"), WHOLE: _("Text and annex tables")}


def nothing_to_report(month: Period, fault: str) -> Head:
    """Why there is no report of a month."""
    return _("No report of {month}").format(month=formats.period_label(month)), fault


def refused(fault: str) -> str:
    """Own passages that no longer stand up to the figures."""
    return (
        _("Your own passages are left out, because the report cannot be made with them: {reason}").format(
            reason=fault
        )
        if fault
        else ""
    )


def pack_head() -> Head:
    """The head of the pack."""
    return _("The pack"), _("Text (DOCX), slides (PPTX), tables (XLSX), PDF and pictures in one ZIP file")


def make_label() -> str:
    """The button that makes the pack."""
    return _("Make the pack")


def fetch_label(size: int) -> str:
    """The button that fetches it."""
    return _("Download the pack ({size} MB)").format(size=formats.decimal(size / 1_000_000))


def step_words(step: int) -> str:
    """What is being done."""
    steps = (
        _("Waiting for another pack"), _("Counting, checking every number in the text"), _("Painting maps and pictures"),
        _("Setting text, slides and tables"), _("Converting to PDF"),
    )  # fmt: skip
    return steps[min(step, len(steps) - 1)]


def files_made(files: Sequence[str]) -> str:
    """What lies in the pack."""
    return _("{count} files: {names}").format(
        count=len(files), names=_(" and ").join(sorted({name.rsplit(".", 1)[-1].upper() for name in files}))
    )


def passages_head() -> Head:
    """The head of what may be rewritten."""
    return _("Passages in your own words"), _(
        "Kept for this month only; numbers must stand in the annex tables"
    )


def not_here() -> str:
    """Why nothing may be written here."""
    return _(
        "Passages are written on the machine where the board runs, or on a board that was started with --changes."
    )


def passage_labels(free: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Name of a free passage → what the box of choices says: its heading, else how it begins."""
    return {name: (heading or words)[:_LONGEST_LABEL] or name for name, (heading, words) in free.items()}


def passage_label() -> str:
    """The name of the choice."""
    return _("Passage")


def origin(label: str, own: bool) -> str:
    """Whose words stand in the box."""
    words = (
        _("“{passage}” now has your own words") if own else _("“{passage}” now has the words of the template")
    )
    return words.format(passage=label)


def keep_words(month: Period, words: str) -> StepWords:
    """Keeping a passage, or going back to the template's with an empty one."""
    name = formats.period_label(month)
    sentence = (
        _("This text replaces the passage in the report of {month} and in all files of the pack.")
        if words
        else _("The box is empty: the passage of {month} goes back to the words of the template.")
    )
    return StepWords(
        _("Your name, for the record"), _("Keep this text"), sentence.format(month=name), _("Keep it"), _("Back"),
        _("Please give your name: it is kept with the text."),
    )  # fmt: skip
