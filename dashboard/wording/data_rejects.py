"""Sentences and records of rejected records and their correction sheets."""

import pandas as pd

from dashboard import formats
from dashboard.board import corrections
from dashboard.board.door import Serving
from dashboard.components.correction_sheet import Corrections
from dashboard.components.decision_list import Decision
from dashboard.components.headline import Head
from dashboard.components.plain_table import Column
from dashboard.table_rows import rows_of
from dashboard.translations import _, language
from dashboard.wording.exports import export_labels
from pipelines.reasons import Reason
from pipelines.rejected_records import ANSWERED, NOTHING_TO_MEND, OPEN
from pipelines.sources import load_exports

EVERY = "all"
_SHOWN = 20
_REASONS = {reason.value: reason for reason in Reason}


def reason_label(reason: str) -> str:
    """A reject reason in words."""
    return {
        "ragged_row": _("wrong number of columns"), "bad_quote": _("broken quotes"), "bad_encoding": _("unreadable characters"),
        "missing_value": _("required value missing"), "bad_number": _("not a number"), "bad_date": _("not a date"),
        "bad_choice": _("not one of the choices"), "out_of_range": _("out of range"), "wrong_order": _("times in wrong order"),
        "future_date": _("after data until"), "unknown_reference": _("refers to an unknown key"), "total_row": _("total row"),
        "repeated_header": _("header repeated"), "too_long": _("too long"),
    }.get(reason, reason)  # fmt: skip


def reason_choice(rejects: pd.DataFrame) -> dict[str, str]:
    """Every reason, and each that occurs, most frequent first."""
    counted = rejects["reason"].value_counts()
    return {EVERY: _("Every reason")} | {str(reason): reason_label(str(reason)) for reason in counted.index}


def file_choice(rejects: pd.DataFrame) -> dict[str, str]:
    """Every file, and each with rejects."""
    return {EVERY: _("Every file")} | {name: name for name in sorted(rejects["file"].unique())}


def state_choice() -> dict[str, str]:
    """Those that are still to be mended, or all."""
    return {OPEN: _("To be mended"), EVERY: _("All")}


def _column_label(export: object, column: object) -> str:
    known = load_exports().get(str(export))
    if not column or known is None:
        return formats.NOTHING
    found = next((one for one in known.columns if one.name == column), None)
    if found is None or language() != "zh_CN":
        return str(column)
    return found.header


def _remedy(reason: str) -> str:
    """What is wrong with such a record, as the loader explains it; it does so in Chinese only."""
    return _REASONS[reason].explanation if language() == "zh_CN" else ""


def reject_table(rejects: pd.DataFrame) -> tuple[str, str, list[Column], list[list[str]], str]:
    """Where each rejected record stands, and why; what it says is personal and stands in the correction sheet only."""
    records = len(rejects[["file", "line"]].drop_duplicates())
    # Two pairs of times of one record may be in wrong order, and both end in the same column.
    rejects = rejects.drop_duplicates(["file", "line", "reason", "column_name"])
    names = export_labels()
    rows = [
        [
            names.get(str(row["export"]), str(row["export"])), str(row["file"]), formats.integer(row["line"]),
            reason_label(str(row["reason"])), _column_label(row["export"], row["column_name"]),
        ]
        for row in rows_of(rejects.head(_SHOWN))
    ]  # fmt: skip
    columns = [
        Column(_("Export"), "nw"), Column(_("File"), "mute"), Column(_("Line"), "r"), Column(_("Reason"), "nw"),
        Column(_("Column"), "nw mid"),
    ]  # fmt: skip
    rest = len(rejects) - _SHOWN
    note = _("{count} more: narrow the choice above, or download all").format(count=formats.integer(rest))
    heading = (
        _("{count} rejected records").format(count=formats.integer(records))
        if records
        else _("Nothing rejected here")
    )
    reading = _(
        "File and physical line on which the record starts; a record with several reasons has several rows"
    )
    return heading, reading, columns, rows, note if rest > 0 else ""


def rejects_head(rejects: pd.DataFrame) -> Head:
    """Most frequent reason, and how to read the list."""
    return _rejects_title(rejects), _("Rejected records by reason, and what to do about each")


def _rejects_title(rejects: pd.DataFrame) -> str:
    if rejects.empty:
        return _("Nothing was rejected")
    top = _records_by_reason(rejects)["reason"].value_counts()
    return _("Rejected most often: {reason}, {count} records").format(
        reason=reason_label(str(top.index[0])), count=formats.integer(top.iloc[0])
    )


def _records_by_reason(rejects: pd.DataFrame) -> pd.DataFrame:
    """Each rejected record once for each of its reasons, however many columns share it."""
    return rejects.drop_duplicates(["file", "line", "reason"])


def reject_decisions(rejects: pd.DataFrame) -> list[Decision]:
    """The most frequent reasons with their count, the export they hit most, and what to do."""
    records, names = _records_by_reason(rejects), export_labels()
    found = []
    for reason, count in records["reason"].value_counts().head(6).items():
        exports = records.loc[records["reason"] == reason, "export"]
        label, export = reason_label(str(reason)), str(exports.mode().iloc[0])
        if records["export"].nunique() > 1:
            label = _("{reason}, mostly in {export}").format(reason=label, export=names.get(export, export))
        found.append(Decision(formats.integer(count), _("rows (suffix)"), label, _remedy(str(reason))))
    return found


def sheets_of(
    serving: Serving, rejects: pd.DataFrame, export: str, *, allowed: bool
) -> tuple[Head, list[str], Corrections | None]:
    """The correction sheet of an export, or of all: head, notes and what can be downloaded."""
    offer = _sheet_offer(serving, rejects, export) if allowed else None
    return _sheet_head(rejects), _sheet_notes(rejects, export, allowed=allowed), offer


def _sheet_head(rejects: pd.DataFrame) -> Head:
    """How many records a correction sheet would hold."""
    count = len(rejects.loc[rejects["state"] == OPEN, ["file", "line"]].drop_duplicates())
    heading = _("Correction sheet: {count} records to be mended") if count else _("Nothing to be mended")
    return heading.format(count=formats.integer(count)), _(
        "The rejected rows under their own headers, with the reason; mend them, save as CSV UTF-8, upload"
    )


def _sheet_notes(rejects: pd.DataFrame, export: str, *, allowed: bool) -> list[str]:
    """Why there is no sheet, what it leaves out, and that CSV is for one export."""
    if not allowed:
        return [
            _(
                "The rows hold personal data: they are given out on this machine alone, or where the board was started to be changed by its readers."
            )
        ]
    if not rejects["state"].any():
        return [_("This version keeps no headers of its files; build once more to get the sheets.")]
    records = rejects.drop_duplicates(["file", "line"])["state"].value_counts()
    notes = []
    if records.get(ANSWERED):
        notes.append(
            _("{count} need nothing any more: a record of the same key has loaded.").format(
                count=formats.integer(records[ANSWERED])
            )
        )
    if records.get(NOTHING_TO_MEND):
        notes.append(
            _("{count} are left out: total rows, repeated headers, rows too long to keep.").format(
                count=formats.integer(records[NOTHING_TO_MEND])
            )
        )
    if export == EVERY and records.get(OPEN):
        notes.append(_("One sheet an export; choose an export above to get it as CSV, too."))
    return notes


def _sheet_offer(serving: Serving, rejects: pd.DataFrame, export: str) -> Corrections | None:
    to_mend = rejects[rejects["state"] == OPEN]
    if to_mend.empty:
        return None
    names = export_labels()
    single = None if export == EVERY else export

    def asked() -> dict[str, pd.DataFrame]:
        return {names[sheet.export]: sheet.rows for sheet in corrections.sheets(serving, single)}

    latest = to_mend["export_date"].dropna()
    day = "" if latest.empty else f"_{max(latest):%Y%m%d}"
    # The bracket sorts behind the dot: the sheet counts after the file that it mends.
    what = _("All exports") if single is None else names[single]
    return Corrections(f"{what}{day}（更正）", asked, single is not None)
