"""The footnote of every screen: definition, data until, records, rejects, findings."""

from dashboard import formats
from dashboard.board.door import Serving
from dashboard.translations import _
from dashboard.wording.exports import export_labels


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
        _missing(serving),
        serving.warning,
    ]


def _missing(serving: Serving) -> str:
    if not serving.missing:
        return ""
    names = _(" and ").join(export_labels()[export] for export in serving.missing)
    return _("Not delivered: {exports}; put them into the inbox and build again").format(exports=names)
