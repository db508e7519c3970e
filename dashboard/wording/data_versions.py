"""Sentences and records of the kept versions and the audit trail."""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from dashboard import formats
from dashboard.board.door import Serving
from dashboard.board.versions import KeptVersion, Trail
from dashboard.components.named_step import StepWords
from dashboard.components.plain_table import Column
from dashboard.translations import _
from pipelines.state import AuditEntry

_SHOWN = 8
_MEGABYTE = 1_000_000


def title(serving: Serving, versions: Sequence[KeptVersion]) -> str:
    """What serves, and how fresh it is."""
    newer = [one for one in versions if one.id > serving.version]
    if newer:
        return _("An earlier version serves, data until {day}; {count} newer ones are kept").format(
            day=formats.day(serving.data_until), count=len(newer)
        )
    return _("The newest version serves, data until {day}; {count} versions are kept").format(
        day=formats.day(serving.data_until), count=len(versions)
    )


def standfirst(serving: Serving) -> str:
    """The version and where uploads go."""
    return _(
        "Version {version}, built {built}. Uploads lie in the folder inbox of the warehouse; every later build reads them again."
    ).format(version=serving.version, built=_moment(serving.built_at))


def version_table(
    versions: Sequence[KeptVersion],
) -> tuple[str, str, list[Column], list[list[str]], str, int | None]:
    """The kept versions, the one that serves marked."""
    columns = [
        Column(_("Version"), "nw"), Column(_("Built"), "nw wide"), Column(_("Data until"), "nw"), Column(_("Records"), "r"),
        Column(_("Rejected"), "r mute"), Column(_("Size"), "r mute wide"),
    ]  # fmt: skip
    rows = [
        [
            f"{one.id.partition('-')[0].lstrip('0')} {_note(one)}".strip(), _moment(one.built_at), one.data_until[:10],
            formats.integer(one.records), formats.integer(one.rejected),
            f"{formats.decimal(one.bytes / _MEGABYTE)} MB",
        ]
        for one in versions
    ]  # fmt: skip
    serving = next((number for number, one in enumerate(versions) if one.current), None)
    return (
        _("{count} versions are kept").format(count=len(versions)),
        _("Newest first; the marked one serves; those of published quarters stay for good"), columns, rows, "", serving,
    )  # fmt: skip


def _note(version: KeptVersion) -> str:
    notes = [_("(serves)")] if version.current else []
    if version.fixed_for:
        notes.append(_("(published: {quarters})").format(quarters=" ".join(version.fixed_for)))
    if not version.fits:
        notes.append(_("(built by another version of the program)"))
    return " ".join(notes)


def others(versions: Sequence[KeptVersion]) -> dict[str, str]:
    """The versions to which one can go."""
    return {
        one.id: _("Version {number}, data until {day}, built {built}").format(
            number=one.id.partition("-")[0].lstrip("0"), day=one.data_until[:10], built=_moment(one.built_at)
        )
        for one in versions
        if not one.current and one.fits
    }


def rollback_words(version: KeptVersion, serving: Serving) -> StepWords:
    """What is read before going back."""
    sentence = _(
        "Let version {version} serve (data until {day}, {records} records) in place of {current}? Everybody sees its figures at once. Files stay in the inbox: the next build reads them again."
    ).format(
        version=version.id, day=version.data_until[:10], records=formats.integer(version.records),
        current=serving.version,
    )  # fmt: skip
    return StepWords(
        _("Your name, for the record"), _("Go to this version"), sentence, _("Go to this version, really"), _("Back"),
        _("Please give your name first: it goes into the record."),
    )  # fmt: skip


def trail_table(trail: Trail) -> tuple[str, str, list[Column], list[list[str]], str]:
    """Who did what and when, newest first."""
    columns = [
        Column(_("When"), "nw"), Column(_("Who"), "nw"), Column(_("Did"), "nw"), Column(_("What"), "mute long"),
    ]  # fmt: skip
    rows = [[_moment(one.at), _who(one), _action(one), _detail(one)] for one in trail.entries[:_SHOWN]]
    rest = len(trail.entries) - _SHOWN
    note = trail.fault or (
        _("{count} earlier entries in the download").format(count=rest) if rest > 0 else ""
    )
    return (
        _("{count} entries in the record").format(count=len(trail.entries)),
        _("Names are as given; the account of the machine stands behind"), columns, rows, note,
    )  # fmt: skip


def _who(entry: AuditEntry) -> str:
    account = entry.detail.get("account")
    return f"{entry.who} ({account})" if account else entry.who


def _action(entry: AuditEntry) -> str:
    return {
        "build": _("built"), "rollback": _("went back"), "upload": _("uploaded"), "fix": _("published a quarter"),
        "passage": _("rewrote a passage of the report"),
    }.get(entry.action, entry.action)  # fmt: skip


def _detail(entry: AuditEntry) -> str:
    number = (entry.version or "").partition("-")[0].lstrip("0") or formats.NOTHING
    detail = entry.detail
    if entry.action == "build" and "records" in detail:
        return _("version {number}: {records} records, {rejected} rejected").format(
            number=number, records=formats.integer(detail["records"]), rejected=formats.integer(detail.get("rejected")),
        )  # fmt: skip
    if entry.action == "upload":
        files = [str(file) for file in detail.get("files", [])]
        shown = _(" and ").join(files[:2]) + (" …" if len(files) > 2 else "")
        return _("version {number}: {files}").format(number=number, files=shown)
    if entry.action == "rollback":
        before = str(detail.get("from") or "").partition("-")[0].lstrip("0") or formats.NOTHING
        return _("version {before} → {number}").format(before=before, number=number)
    if entry.action == "fix":
        return _("{quarter}, from version {number}").format(quarter=detail.get("quarter", ""), number=number)
    if entry.action == "passage":
        return f"{detail.get('period', '')} {detail.get('passage', '')}"
    return _("version {number}").format(number=number)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def download(trail: Trail, versions: Sequence[KeptVersion]) -> dict[str, pd.DataFrame]:
    """The whole audit trail, and the versions."""
    entries = [
        [
            _moment(one.at),
            one.who,
            one.detail.get("account", ""),
            _action(one),
            one.version or "",
            _detail(one),
        ]
        for one in trail.entries
    ]
    kept = [
        [
            one.id,
            _moment(one.built_at),
            one.built_by,
            one.data_until[:10],
            one.records,
            one.rejected,
            one.bytes,
        ]
        for one in versions
    ]
    return {
        _("Record"): pd.DataFrame(
            entries, columns=[_("When"), _("Who"), _("Account"), _("Did"), _("Version"), _("What")]
        ),
        _("Versions"): pd.DataFrame(
            kept,
            columns=[
                _("Version"), _("Built"), _("Account"), _("Data until (column)"), _("Records"), _("Rejected"), _("Bytes"),
            ],
        ),
    }  # fmt: skip
