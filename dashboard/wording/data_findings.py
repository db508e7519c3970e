"""Sentences and records of findings: rows that loaded but look wrong."""

import pandas as pd

from dashboard import formats
from dashboard.components.decision_list import Decision
from dashboard.components.headline import Head
from dashboard.components.plain_table import Column
from dashboard.table_rows import rows_of
from dashboard.translations import _
from dashboard.wording.checks import check_labels
from dashboard.wording.exports import export_labels

EVERY = "all"
_SHOWN = 20


def finding_labels() -> dict[str, str]:
    """Check → what it found."""
    return check_labels()


def check_choice(findings: pd.DataFrame) -> dict[str, str]:
    """Every check, and each that found something."""
    labels = check_labels()
    found = findings["check"].value_counts().index
    return {EVERY: _("Every check")} | {str(check): labels.get(str(check), str(check)) for check in found}


def severity_label(severity: object) -> str:
    """Warning or remark."""
    return {"warning": _("Warning"), "info": _("Remark")}.get(str(severity), str(severity))


def finding_table(findings: pd.DataFrame) -> tuple[str, str, list[Column], list[list[str]], str]:
    """Each finding with the key of its record."""
    labels, names = check_labels(), export_labels()
    rows = [
        [
            labels.get(str(row["check"]), str(row["check"])), severity_label(row["severity"]),
            names.get(str(row["export"]), str(row["export"])), str(row["key"]), str(row["message"]),
        ]
        for row in rows_of(findings.head(_SHOWN))
    ]  # fmt: skip
    columns = [
        Column(_("Finding")), Column(_("Severity"), "mute nw mid"), Column(_("Export"), "mute nw wide"),
        Column(_("Key"), "nw"), Column(_("What"), "mute long"),
    ]  # fmt: skip
    rest = len(findings) - _SHOWN
    note = _("{count} more: narrow the choice above, or download all").format(count=formats.integer(rest))
    return (
        _findings_title(findings), _("Loaded and counted: the figures rest on these rows, too"), columns, rows,
        note if rest > 0 else "",
    )  # fmt: skip


def findings_head(findings: pd.DataFrame) -> Head:
    """Which check found most, and what violet means."""
    if findings.empty:
        return _("No finding"), _("Every check is without complaint")
    top = findings["check"].value_counts()
    label = check_labels().get(str(top.index[0]), str(top.index[0]))
    heading = _("Found most often: {check}, {count} rows").format(
        check=label, count=formats.integer(top.iloc[0])
    )
    return heading, _("By check, with an example; violet = warning")


def finding_decisions(findings: pd.DataFrame) -> list[Decision]:
    """Checks with their count and an example."""
    labels = check_labels()
    found = []
    for check, group in sorted(findings.groupby("check"), key=lambda pair: -len(pair[1])):
        bad = bool((group["severity"] == "warning").any())
        found.append(
            Decision(
                formats.integer(len(group)), _("rows (suffix)"), labels.get(str(check), str(check)),
                str(group.iloc[0]["message"]), bad,
            )
        )  # fmt: skip
    return found


def _findings_title(findings: pd.DataFrame) -> str:
    if findings.empty:
        return _("No finding")
    return _("{count} rows loaded but look wrong").format(count=formats.integer(len(findings)))
