"""The footnote of every screen: definition, data until, records, rejects, findings."""

from dashboard import formats
from dashboard.board.door import Serving
from dashboard.translations import _


def footnotes(serving: Serving, *definitions: str) -> list[str]:
    """Definitions first, then what the version holds."""
    return [
        *definitions,
        _("Data until {day}").format(day=formats.day(serving.data_until)),
        _("{records} records, {rejected} rejected, {findings} findings").format(
            records=formats.integer(serving.records),
            rejected=formats.integer(serving.rejected),
            findings=formats.integer(serving.findings),
        ),
        serving.warning,
    ]
