"""Sentences and records of an upload: what the check found, what was published."""

from dashboard import formats
from dashboard.board.door import Serving
from dashboard.board.uploads import MOST_MEGABYTES, Looked, Run
from dashboard.components.decision_list import Decision
from dashboard.components.drop_zone import DropWords
from dashboard.components.headline import Head
from dashboard.components.named_step import StepWords
from dashboard.components.plain_table import Column
from dashboard.translations import _
from dashboard.wording.data_rejects import reason_label
from dashboard.wording.exports import export_labels
from pipelines.uploads import FileCheck

_SHOWN = 12


def drop_words() -> DropWords:
    """What the drop zone says."""
    return DropWords(
        _("Drop exports here; nothing changes before you publish"),
        _("CSV, TSV or TXT, up to {size} MB each, several at once; first comes a trial reading").format(
            size=MOST_MEGABYTES
        ),
        _("Choose files"),
        _("Larger than {size} MB: split it by month").format(size=MOST_MEGABYTES),
        _("Upload"),
    )


def how_head() -> Head:
    """The head of the steps that lead from a file to new figures."""
    return _("From a file to new figures in four steps"), _(
        "Mistakes cost nothing: every version can be taken back"
    )


def how_steps() -> list[Decision]:
    """What to do, one step after the other."""
    steps = (
        (_("Drop the exports as they came"), _("Headers tell what a file is; the date in its name tells which one is later")),
        (_("Read what the trial says"), _("What is each file, how many records load, which are rejected and why")),
        (_("Publish"), _("All files or none: when the build fails, the present version goes on serving")),
        (_("Mend what was rejected"), _("Fetch the correction sheet under Data, mend it, drop it here")),
    )  # fmt: skip
    return [Decision(str(number), "", *words) for number, words in enumerate(steps, start=1)]


def not_allowed() -> tuple[str, str, str]:
    """Why nobody may change anything here, and how it can be allowed."""
    return (
        _("Uploading and going back are switched off here"),
        _("Other computers can open this board and it has no log-in yet. Use it on this machine, or allow it at the start:"),
        "steward serve --warehouse DIR --open --changes",
    )  # fmt: skip


def checking() -> str:
    """While the trial reading runs."""
    return _("Trial reading, together with everything that is there already …")


def check_table(looked: Looked) -> tuple[str, str, list[Column], list[list[str]], str]:
    """One row a file: what it is and what would become of its records."""
    verdict = looked.verdict
    files = verdict.files if verdict else ()
    columns = [
        Column(_("File")), Column(_("Export"), "nw"), Column(_("Encoding"), "mute mid"), Column(_("Records"), "r strong"),
        Column(_("Loads"), "r"), Column(_("Superseded"), "r mute"), Column(_("Rejected"), "r"),
    ]  # fmt: skip
    rest = len(files) - _SHOWN
    note = _("and {count} more files").format(count=rest) if rest > 0 else ""
    heading = _("Trial reading: {count} files can be published").format(
        count=len(verdict.accepted) if verdict else 0
    )
    return (
        heading, _("Nothing has changed yet; records = loads + superseded + rejected"), columns,
        [_check_row(file) for file in files[:_SHOWN]], note,
    )  # fmt: skip


def _check_row(file: FileCheck) -> list[str]:
    name = file.file.rpartition("/")[2]
    if file.refusal:
        return [name, _("refused"), *[formats.NOTHING] * 5]
    counts = (file.records, file.loaded, file.superseded, file.rejected)
    return [
        name,
        export_labels()[file.export],
        file.encoding.upper(),
        *(formats.integer(count) for count in counts),
    ]


def publishable(looked: Looked) -> bool:
    """Whether the check left anything to publish."""
    return looked.verdict is not None and len(looked.verdict.accepted) > 0


def check_notes(looked: Looked) -> list[tuple[str, bool]]:
    """Refusals (True) and what else is to be known of the files, one sentence each."""
    refusals = [*_refusals(looked), *_losses(looked)]
    notes = [_file_note(file) for file in looked.verdict.accepted] if looked.verdict else []
    return [(one, True) for one in refusals[:_SHOWN]] + [(one, False) for one in notes if one][:_SHOWN]


def _losses(looked: Looked) -> list[str]:
    """A warning when fewer records would count than now."""
    verdict = looked.verdict
    fewer = verdict.loaded_before - verdict.loaded if verdict else 0
    if fewer <= 0:
        return []
    return [
        _(
            "{count} records fewer would count than now: a complete export ends what it lacks; please check."
        ).format(count=formats.integer(fewer))
    ]


def _refusals(looked: Looked) -> list[str]:
    if looked.too_many:
        return [
            _("More than {count} files at once: upload them in several goes.").format(count=looked.too_many)
        ]
    if looked.fault or looked.verdict is None:
        return [looked.fault]
    # There is no folder here out of which the reader could move a file.
    plain = [
        file.refusal.replace("inbox/", "").replace("，或把它移出文件夹", "") for file in looked.verdict.files
    ]
    return [sentence for sentence in plain if sentence]


def _file_note(file: FileCheck) -> str:
    name = file.file.rpartition("/")[2]
    if file.same_as:
        return _("{file}: the same bytes as {other}; they count once.").format(file=name, other=file.same_as)
    parts = []
    if file.reasons:
        reasons = _(" and ").join(
            _("{reason} ×{count}").format(reason=reason_label(reason), count=count)
            for reason, count in file.reasons[:4]
        )
        parts.append(_("rejected: {reasons}").format(reasons=reasons))
    if file.extra_columns:
        extra = _(" and ").join(column[:20] for column in file.extra_columns[:5])
        parts.append(_("columns passed over: {columns}").format(columns=extra))
    return _("{file}: {what}.").format(file=name, what=_("; ").join(parts)) if parts else ""


def publish_words(looked: Looked, serving: Serving) -> StepWords:
    """What is read before publishing: the sums of the warehouse before and after."""
    verdict = looked.verdict
    count = len(verdict.accepted) if verdict else 0
    sentence = ""
    if verdict:
        until, before = verdict.data_until[:10], formats.day(serving.data_until)
        sentence = _(
            "Publish {count} files? Records {before} → {after}, of them loaded {loaded_before} → {loaded}, rejected {rejected_before} → {rejected}; data until {until}. Everybody sees the new figures at once; you can go back."
        ).format(
            count=count, before=formats.integer(serving.records), after=formats.integer(verdict.records),
            loaded_before=formats.integer(verdict.loaded_before), loaded=formats.integer(verdict.loaded),
            rejected_before=formats.integer(serving.rejected), rejected=formats.integer(verdict.rejected),
            until=before if until in ("", before) else f"{before} → {until}",
        )  # fmt: skip
    return StepWords(
        _("Your name, for the record"), _("Publish {count} files").format(count=count), sentence, _("Publish, really"),
        _("Back"), _("Please give your name first: it goes into the record."),
    )  # fmt: skip


def step(name: str) -> str:
    """A step of the build in words."""
    return {
        "": _("Preparing …"), "读取文件、汇总指标": _("Reading files, summing up …"), "写入磁盘": _("Writing to disk …"),
        "完成": _("Published"),
    }.get(name, name)  # fmt: skip


def outcome(run: Run | None) -> tuple[str, bool]:
    """What became of the last publishing of this session, and whether that is bad."""
    if run is None:
        return "", False
    result = run.result
    if result is None:
        return run.fault, True
    balances = result.loaded.balances
    said = _(
        "Published: {count} files, version {version}; {records} records, {rejected} rejected; took {seconds} s."
    ).format(
        count=run.files, version=result.version, records=formats.integer(sum(one.file.records for one in balances)),
        rejected=formats.integer(sum(one.rejected for one in balances)), seconds=formats.decimal(result.seconds),
    )  # fmt: skip
    return " ".join([said, *result.notices]), False
