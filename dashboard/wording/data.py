"""Sentences and records of the data screen: files and their balance."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.board.door import Serving
from dashboard.components.plain_table import Column
from dashboard.table_rows import rows_of
from dashboard.translations import _
from dashboard.wording.data_findings import finding_labels
from dashboard.wording.data_rejects import reason_label
from dashboard.wording.exports import export_labels

FILES, REJECTS, FINDINGS = "files", "rejects", "findings"
EVERY = "all"
# So many rows fit a screen beside their headline.
SHOWN = 20
_BALANCED = ["records", "loaded", "superseded", "rejected"]

Table = tuple[str, str, list[Column], list[list[str]], str]


def parts() -> dict[str, str]:
    """The three parts of the screen."""
    return {FILES: _("Files"), REJECTS: _("Rejects"), FINDINGS: _("Findings")}


def export_choice(exports: pd.Series) -> dict[str, str]:
    """Every export, and each that occurs."""
    names = export_labels()
    return {EVERY: _("Every export")} | {name: names[name] for name in names if name in set(exports)}


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


def _balance_columns() -> list[Column]:
    return [
        Column(_("Records"), "r strong"),
        Column(_("Loaded"), "r"),
        Column(_("Superseded"), "r mute"),
        Column(_("Rejected"), "r"),
    ]


def _balance(row: Mapping[Any, Any]) -> list[str]:
    return [formats.integer(row[name]) for name in _BALANCED]


def export_table(files: pd.DataFrame) -> Table:
    """Files by export, summed, most records first, and the sum of all."""
    by_export = files.groupby("export", sort=True)
    sums = by_export[_BALANCED].sum()
    sums = sums.assign(files=by_export.size(), latest=by_export["export_date"].max()).reset_index()
    names = export_labels()
    rows = [
        [
            names.get(str(row["export"]), str(row["export"])),
            formats.integer(row["files"]),
            *_balance(row),
            formats.day(row["latest"]),
        ]
        for row in rows_of(sums.sort_values("records", ascending=False, kind="stable"))
    ]
    whole = files[_BALANCED].sum().to_dict()
    rows.append(
        [_("Sum"), formats.integer(len(files)), *_balance(whole), formats.day(files["export_date"].max())]
    )
    columns = [Column(_("Export")), Column(_("Files"), "r mute"), *_balance_columns()]
    return (
        _("Every file balances: records = loaded + superseded + rejected"), _("Records by export"),
        [*columns, Column(_("Latest export"), "r mute wide")], rows, "",
    )  # fmt: skip


def file_table(files: pd.DataFrame, export: str) -> Table:
    """The files of an export, newest first; of every export those with the most rejects."""
    if export == EVERY:
        chosen = files[files["rejected"] > 0].sort_values(["rejected", "file"], ascending=[False, True])
        heading = _("{count} files have rejects").format(count=formats.integer(len(chosen)))
        reading = _("Most rejects first; choose an export above for all of its files")
    else:
        chosen = files[files["export"] == export].iloc[::-1]
        names = {"export": export_labels().get(export, export), "count": formats.integer(len(chosen))}
        heading = _("{export}: {count} files").format(**names)
        reading = _("Newest first; a later file counts where two have the same record")
    rows = [
        [str(row["file"]), str(row["encoding"]).upper(), *_balance(row)]
        for row in rows_of(chosen.head(SHOWN))
    ]
    columns = [Column(_("File")), Column(_("Encoding"), "mute mid"), *_balance_columns()]
    return heading, reading, columns, rows, more(len(chosen))


def more(count: int) -> str:
    """How many rows a table leaves out, and where they are."""
    if count <= SHOWN:
        return ""
    return _("{count} more: narrow the choice above, or download all").format(
        count=formats.integer(count - SHOWN)
    )


def download(
    part: str,
    files: pd.DataFrame,
    rejects: Callable[[], pd.DataFrame],
    findings: Callable[[], pd.DataFrame],
) -> Callable[[], dict[str, pd.DataFrame]]:
    """The sheets of the download, looked up and made when somebody asks for them."""
    return lambda: _sheets(part, files, rejects(), findings())


def _sheets(
    part: str, files: pd.DataFrame, rejects: pd.DataFrame, findings: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The chosen rows of all three parts; those of the part on screen come first and are the CSV."""
    headers = {
        "file": _("File"), "line": _("Line"), "export": _("Export"), "reason": _("Reason"), "column_name": _("Column"),
        "check": _("Finding"), "severity": _("Severity"), "key": _("Key"), "message": _("What"), "encoding": _("Encoding"),
        "bytes": _("Bytes"), "export_date": _("Export date"), "records": _("Records"), "loaded": _("Loaded"),
        "superseded": _("Superseded"), "rejected": _("Rejected"), "state": _("State"),
    }  # fmt: skip
    names, checks = export_labels(), finding_labels()
    frames = {
        REJECTS: rejects.assign(reason=rejects["reason"].map(reason_label)),
        FINDINGS: findings.assign(check=findings["check"].map(lambda check: checks.get(check, check))),
        FILES: files,
    }
    order = [part, *(name for name in frames if name != part)]
    named = {name: frames[name].assign(export=frames[name]["export"].map(names)) for name in order}
    return {parts()[name]: frame.rename(columns=headers) for name, frame in named.items()}
