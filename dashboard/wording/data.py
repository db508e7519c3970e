"""Sentences and records of the data screen."""

from collections.abc import Iterable

import pandas as pd

from dashboard import formats
from dashboard.board.door import Serving
from dashboard.components.decision_list import Decision
from dashboard.components.headline import Head
from dashboard.components.plain_table import Column
from dashboard.translations import _
from dashboard.wording.checks import check_labels
from dashboard.wording.exports import export_labels
from dashboard.wording.figures import metric_definition, metric_label
from pipelines.metrics import Metric


def title(files: pd.DataFrame) -> str:
    """Did every file balance, and how many records were refused?"""
    records, rejected = int(files["records"].sum()), int(files["rejected"].sum())
    if not rejected:
        return _("{files} files, {records} records, none rejected").format(
            files=len(files), records=formats.integer(records)
        )
    return _("{files} files, {records} records, {rejected} rejected ({share})").format(
        files=len(files),
        records=formats.integer(records),
        rejected=formats.integer(rejected),
        share=formats.percent(rejected / records),
    )


def standfirst(serving: Serving, files: pd.DataFrame) -> str:
    """The balance and the version."""
    return _("{loaded} loaded + {superseded} superseded + {rejected} rejected = {records} records. Version {version}, built {built}.").format(
        loaded=formats.integer(files["loaded"].sum()), superseded=formats.integer(files["superseded"].sum()),
        rejected=formats.integer(files["rejected"].sum()), records=formats.integer(files["records"].sum()),
        version=serving.version, built=f"{serving.built_at.astimezone():%Y-%m-%d %H:%M}",
    )  # fmt: skip


def file_columns() -> list[Column]:
    """Columns of the list of exports."""
    return [
        Column(_("Export")),
        Column(_("Files"), "r mute"),
        Column(_("Records"), "r strong"),
        Column(_("Loaded"), "r"),
        Column(_("Superseded"), "r mute"),
        Column(_("Rejected"), "r"),
        Column(_("Latest export"), "r mute wide"),
    ]


def definition_columns() -> list[Column]:
    """Columns of the list of definitions."""
    return [Column(_("Metric"), "nw"), Column(_("Definition"), "mute long")]


def file_rows(files: pd.DataFrame) -> list[list[str]]:
    """Files by export, summed, most records first."""
    sums = files.groupby("export", as_index=False).agg(
        files=("file", "count"), records=("records", "sum"), loaded=("loaded", "sum"), superseded=("superseded", "sum"),
        rejected=("rejected", "sum"), latest=("export_date", "max"),
    )  # fmt: skip
    names = export_labels()
    return [
        [
            names.get(str(row["export"]), str(row["export"])), formats.integer(row["files"]), formats.integer(row["records"]),
            formats.integer(row["loaded"]), formats.integer(row["superseded"]), formats.integer(row["rejected"]), formats.day(row["latest"]),
        ]
        for row in sums.sort_values("records", ascending=False).to_dict("records")
    ]  # fmt: skip


def reason_label(reason: str) -> str:
    """A reject reason in words."""
    return {
        "ragged_row": _("wrong number of columns"), "bad_quote": _("broken quotes"), "bad_encoding": _("unreadable characters"),
        "missing_value": _("required value missing"), "bad_number": _("not a number"), "bad_date": _("not a date"),
        "bad_choice": _("not one of the choices"), "out_of_range": _("out of range"), "wrong_order": _("times in wrong order"),
        "future_date": _("after data until"), "unknown_reference": _("refers to an unknown key"), "total_row": _("total row"),
        "repeated_header": _("header repeated"), "too_long": _("too long"),
    }.get(reason, reason)  # fmt: skip


def rejects_head(rejects: pd.DataFrame) -> Head:
    """Most frequent reason, and where the rows are listed."""
    return _rejects_title(rejects), _(
        "Rejected records by reason; the download lists file, line and column of each"
    )


def _rejects_title(rejects: pd.DataFrame) -> str:
    if rejects.empty:
        return _("Nothing was rejected")
    top = rejects["reason"].value_counts()
    return _("Rejected most often: {reason}, {count} times").format(
        reason=reason_label(str(top.index[0])), count=formats.integer(top.iloc[0])
    )


def reject_decisions(rejects: pd.DataFrame) -> list[Decision]:
    """Reasons with their count and the export they hit most."""
    names = export_labels()
    found = []
    for reason, group in sorted(rejects.groupby("reason"), key=lambda pair: -len(pair[1])):
        export, first = str(group["export"].mode().iloc[0]), group.iloc[0]
        evidence = _("mostly {export}; first: {file}, line {line}").format(
            export=names.get(export, export), file=first["file"], line=formats.integer(first["line"])
        )
        found.append(
            Decision(formats.integer(len(group)), _("rows (suffix)"), reason_label(str(reason)), evidence)
        )
    return found


def finding_decisions(findings: pd.DataFrame) -> list[Decision]:
    """Checks with their count and an example."""
    found, labels = [], check_labels()
    for check, group in sorted(findings.groupby("check"), key=lambda pair: -len(pair[1])):
        bad = bool((group["severity"] == "warning").any())
        found.append(
            Decision(
                formats.integer(len(group)),
                _("rows (suffix)"),
                labels.get(str(check), str(check)),
                str(group.iloc[0]["message"]),
                bad,
            )
        )
    return found


def findings_head(findings: pd.DataFrame) -> Head:
    """How many rows look wrong, and what that means."""
    return _findings_title(findings), _("Findings: loaded and counted, but worth a look; violet = warning")


def _findings_title(findings: pd.DataFrame) -> str:
    if findings.empty:
        return _("No finding")
    return _("{count} rows loaded but look wrong").format(count=formats.integer(len(findings)))


def definition_rows(catalogue: Iterable[Metric]) -> list[list[str]]:
    """Every metric with its definition."""
    return [[metric_label(metric), metric_definition(metric)] for metric in catalogue]


def download(files: pd.DataFrame, rejects: pd.DataFrame, findings: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Rejects first, for they are what gets mended; findings and files in the workbook."""
    headers = {
        "file": _("File"), "line": _("Line"), "export": _("Export"), "reason": _("Reason"), "column_name": _("Column"),
        "check": _("Finding"), "severity": _("Severity"), "key": _("Key"), "message": _("What"), "encoding": _("Encoding"),
        "bytes": _("Bytes"), "export_date": _("Export date"), "records": _("Records"), "loaded": _("Loaded"),
        "superseded": _("Superseded"), "rejected": _("Rejected"),
    }  # fmt: skip
    named = rejects.assign(reason=rejects["reason"].map(reason_label))
    return {
        _("Rejects"): named.rename(columns=headers),
        _("Findings"): findings.rename(columns=headers),
        _("Files"): files.rename(columns=headers),
    }
