"""Uploads through the board: staged aside, tried together with everything else, taken in only by a good build.

A staged file lies in `<warehouse>/uploads/<batch>/inbox/`: the folder bears the name of the real inbox, so that every list
and message already calls the file what it will be called. It moves into `<warehouse>/inbox/` between the last check of a
build and its publishing, under the build's lock, and back out when the publishing fails.
"""

import secrets
import shutil
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.build import BuildResult, build
from pipelines.disk import full_disk_as_fault, refusals_as_faults, sync_file
from pipelines.dry_run import DryRun, check_inbox
from pipelines.faults import InboxUnknown, RefusedFile, RefusedUpload, UploadForgotten
from pipelines.inbox import SUFFIXES
from pipelines.opening import Progress, open_inbox, scratch, silent
from pipelines.state import current_user
from pipelines.upload_limits import MOST_BYTES
from pipelines.warehouse import Warehouse

# A name may take 255 bytes on most disks; what parts it from others of its name needs a few of them.
_LONGEST_NAME = 240
_FORGOTTEN_SECONDS = 86_400
_RESERVED = str.maketrans(dict.fromkeys('<>:"|?*', "_"))


@dataclass(frozen=True)
class Sources:
    """What the newest version was built from beside the uploads."""

    inbox: Path
    district_file: Path | None
    keep_going: bool


@dataclass(frozen=True)
class FileCheck:
    """What a build would do with one uploaded file; `refusal` says why it would take nothing of it."""

    file: str
    export: str = ""
    encoding: str = ""
    records: int = 0
    loaded: int = 0
    superseded: int = 0
    rejected: int = 0
    reasons: tuple[tuple[str, int], ...] = ()
    extra_columns: tuple[str, ...] = ()
    same_as: str = ""
    refusal: str = ""


@dataclass(frozen=True)
class Verdict:
    """The check of a batch: its files, and the sums that the whole warehouse would have with them.

    `loaded_before` is what the version that serves has loaded: a complete export may end records.
    """

    files: tuple[FileCheck, ...]
    records: int
    loaded: int
    loaded_before: int
    rejected: int
    data_until: str

    @property
    def accepted(self) -> tuple[FileCheck, ...]:
        """The files that a build would read."""
        return tuple(file for file in self.files if not file.refusal)


def sources_of(warehouse: Warehouse) -> Sources:
    """INBOX and district file of the newest version; raises InboxUnknown when no version tells them."""
    for version in warehouse.versions():
        inbox, district = version.summary.get("inbox"), version.summary.get("district_file")
        if isinstance(inbox, str):
            file = Path(district) if isinstance(district, str) else None
            return Sources(Path(inbox), file, version.summary.get("keep_going") is True)
    raise InboxUnknown(warehouse.root)


class Batch:
    """Files that somebody wants to add, lying aside until they are published or discarded."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.warehouse = warehouse
        self.folder = warehouse.root / "uploads" / secrets.token_hex(8) / warehouse.inbox.name
        self.refused: list[RefusedFile] = []

    def stage(self, uploads: Sequence[tuple[str, bytes]]) -> None:
        """Write files (name, content) aside; what cannot be an export is listed in `refused` instead."""
        with refusals_as_faults(self.folder), full_disk_as_fault(self.folder):
            _forget_old(self.folder.parents[1])
            self.folder.mkdir(parents=True, mode=0o700)
            taken = self._names_in_use()
            for name, content in uploads:
                try:
                    path = self.folder / free_name(checked_name(name, len(content)), taken)
                except RefusedFile as refused:
                    self.refused.append(refused)
                    continue
                taken.add(path.name)
                path.write_bytes(content)
                sync_file(path)

    def check(self) -> Verdict:
        """What a build with these files would do; refused files leave the batch. Changes nothing else.

        Raises InboxUnknown, MissingInbox and what the loading of the other files raises.
        """
        warehouse = self.warehouse
        inbox = sources_of(warehouse).inbox
        opened = open_inbox([inbox, warehouse.inbox, self.folder], but=warehouse.root, keep_going=True)
        with scratch(self.folder.parent) as workdir:
            tried = check_inbox(opened, workdir)
        for refused in tried.refused:
            path = self.folder.parent / refused.file
            if path.is_file():
                path.unlink()
                self.refused.append(refused)
        until, before = opened.named_until, warehouse.current().summary.get("loaded")
        return Verdict(
            (*_file_checks(tried, self.folder), *(FileCheck(one.file, refusal=str(one)) for one in self.refused)),
            records=sum(balance.file.records for balance in tried.loaded.balances),
            loaded=sum(balance.loaded for balance in tried.loaded.balances),
            loaded_before=before if isinstance(before, int) else 0,
            rejected=sum(balance.rejected for balance in tried.loaded.balances),
            data_until=until.isoformat() if until else "",
        )  # fmt: skip

    def publish(self, who: str, progress: Progress = silent) -> BuildResult:
        """Build a version with these files and enter in the audit trail who uploaded them.

        Raises what `build` raises; then the inbox is as it was and the last good version serves.
        """
        if not self.folder.is_dir():
            raise UploadForgotten
        names = sorted(path.name for path in self.folder.iterdir())
        known = sources_of(self.warehouse)
        result = build(
            known.inbox, self.warehouse, known.district_file, keep_going=known.keep_going, uploads=self.folder,
            progress=progress,
        )  # fmt: skip
        detail = {"files": names, "account": current_user()}
        self.warehouse.state.record("upload", result.version, detail, who=who)
        self.discard()
        return result

    def discard(self) -> None:
        """Remove what still lies aside."""
        shutil.rmtree(self.folder.parent, ignore_errors=True)

    def _names_in_use(self) -> set[str]:
        """Names of all files that a build would read: of two files of one name and date the order would be chance."""
        roots = [sources_of(self.warehouse).inbox, self.warehouse.inbox]
        return {path.name for root in roots if root.is_dir() for path in root.rglob("*")}


def checked_name(name: str, size: int) -> str:
    """The name under which an upload may lie in a folder; raises RefusedUpload for what can be no export."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = "".join(character for character in last if unicodedata.category(character)[0] != "C")
    plain = plain.translate(_RESERVED).strip().lstrip(".~$ ")
    shown = plain if len(plain) <= 40 else plain[:40] + "…"
    suffix = Path(plain).suffix.lower()
    if suffix in (".xlsx", ".xls", ".et", ".ods"):
        raise RefusedUpload(
            shown, "是电子表格，看板只读文本格式的导出文件", "在表格软件里另存为“CSV UTF-8”后再上传"
        )
    if suffix not in SUFFIXES:
        raise RefusedUpload(shown or "（无名）", "不是 csv、tsv 或 txt 文件", "上传系统导出的 CSV 文件")
    if len(plain.encode()) > _LONGEST_NAME:
        raise RefusedUpload(shown, "文件名太长", "把文件名改到 80 个字以内，保留其中的导出日期")
    if size > MOST_BYTES:
        raise RefusedUpload(shown, f"超过 {MOST_BYTES // 1_000_000} MB", "按月份拆成几个文件再上传")
    return plain


def free_name(name: str, taken: Iterable[str]) -> str:
    """The name itself, or with a number that sorts behind all others of that name: the later upload wins."""
    # （ sorts behind the dot, and two digits sort as numbers do.
    stem, dot, suffix = name.rpartition(".")
    used = {one.casefold() for one in taken}
    candidates = (name, *(f"{stem}（{number:02d}）{dot}{suffix}" for number in range(2, 100)))
    for candidate in candidates:
        if candidate.casefold() not in used:
            return candidate
    raise RefusedUpload(name, "同名文件已经有 99 个", "换一个文件名再上传")


def _file_checks(tried: DryRun, folder: Path) -> list[FileCheck]:
    reasons: dict[str, Counter[str]] = {}
    for reject in tried.loaded.rejects:
        reasons.setdefault(reject.file, Counter())[reject.reason.value] += 1
    first: dict[str, str] = {}
    found = []
    for balance in tried.loaded.balances:
        file = balance.file
        earlier = first.setdefault(file.sha256, file.name)
        if file.inbox.path.parent != folder:
            continue
        found.append(
            FileCheck(
                file=file.name, export=file.export.name, encoding=file.encoding, records=file.records,
                loaded=balance.loaded, superseded=balance.superseded, rejected=balance.rejected,
                reasons=tuple(reasons.get(file.name, Counter()).most_common()),
                extra_columns=tuple(file.header.extra), same_as=earlier if earlier != file.name else "",
            )
        )  # fmt: skip
    return found


def _forget_old(uploads: Path) -> None:
    """Remove batches of sessions that ended without publishing or discarding theirs."""
    for batch in uploads.glob("*"):
        if time.time() - batch.stat().st_mtime > _FORGOTTEN_SECONDS:
            shutil.rmtree(batch, ignore_errors=True)
