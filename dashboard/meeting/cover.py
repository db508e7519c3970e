"""Cover 封面: what this is, which period, until when the data reach, and what every sheet finds."""

from collections.abc import Sequence

from dashboard import formats
from dashboard.board.areas import community_count
from dashboard.board.door import Serving
from dashboard.board.figures import one_value
from dashboard.components.sheet_cover import MOST_LINES, Entry, cover_body
from dashboard.meeting.sheet import Sheet, Span
from dashboard.translations import _
from dashboard.wording.figures import running_note
from pipelines.periods import Period

KIND = "cover"


def sheet(
    board: Serving, period: Period, others: Sequence[tuple[int, Sheet]], left_out: Sequence[str]
) -> Sheet:
    """The cover over the other sheets with their page numbers; it names the sheets that had nothing to show."""
    entries = [Entry(page, one.agenda_line or one.title_text) for page, one in others]
    if len(entries) > MOST_LINES:
        more = len(entries) - MOST_LINES + 1
        entries = [*entries[: MOST_LINES - 1], Entry(0, _("and {count} more sheets").format(count=more))]
    name = (_("Red Steward"), _("progress report"))
    body = cover_body(
        board.district.name,
        name,
        formats.period_label(period),
        _facts(board, period),
        _("This meeting: {count} sheets").format(count=len(others) + 1),
        entries,
    )
    return Sheet(KIND, "", (Span(" ".join(name)),), body, _note(board, left_out), full=True)


def _facts(board: Serving, period: Period) -> list[str]:
    facts = [_("Data until {day}").format(day=formats.day(board.data_until))]
    communities, stewards = community_count(board), one_value(board, "stewards", period, None).value
    if communities and stewards:
        facts.append(
            _("{communities} communities · {stewards} stewards").format(
                communities=formats.integer(communities), stewards=formats.integer(stewards)
            )
        )
    if period.is_running(board.last_day):
        facts.append(running_note(period, board.last_day))
    return facts


def _note(board: Serving, left_out: Sequence[str]) -> str:
    masked = _("Names are masked") if board.district.privacy.mask_names else ""
    if not left_out:
        return masked
    return "　".join(
        part
        for part in (masked, _("without data: {sheets}").format(sheets=_(" and ").join(left_out)))
        if part
    )
