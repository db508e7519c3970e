"""Find the exports in a folder: regular CSV files, oldest export first."""

import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipelines.faults import GrowingFile, MissingInbox, RefusedFile, RefusedUpload, UnreadableFile

SUFFIXES = {".csv", ".tsv", ".txt"}
# The shapes of the areas may lie beside the exports.
BOUNDARIES = "boundaries.geojson"
# A file written to a moment ago may still be growing: it is looked at twice, this far apart.
_FRESH_SECONDS = 2.0
_WAIT_SECONDS = 0.25

_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.年]?(\d{1,2})[-_.月]?(\d{1,2})日?(?!\d)")
_COMPACT_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
# "full" as a word of its own: it must not match inside "fulfilled".
_COMPLETE = re.compile(r"全量|(?<![a-z])full(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True)
class InboxFile:
    """One regular file of an inbox; `name` is how every list and message calls it."""

    path: Path
    name: str
    size: int
    modified_ns: int

    @property
    def export_date(self) -> date | None:
        """The last date written in the file name; None when there is none."""
        return export_date(self.path.name)

    @property
    def complete(self) -> bool:
        """Whether the file says that it is a complete export (全量, full)."""
        return _COMPLETE.search(self.path.stem) is not None

    @property
    def precedence(self) -> tuple[date, str, str]:
        """Later wins: by export date, without a date first, equal dates by name."""
        return (self.export_date or date.min, self.path.name, self.name)

    def check_unchanged(self) -> None:
        """Raise GrowingFile when size or time differ from what the search saw."""
        try:
            now = self.path.stat()
        except OSError as error:
            raise UnreadableFile(self.name, error.strerror or str(error)) from error
        if (now.st_size, now.st_mtime_ns) != (self.size, self.modified_ns):
            raise GrowingFile(self.name)


@dataclass(frozen=True)
class Inbox:
    """Everything found: exports in order of precedence, what is ignored, what cannot be read."""

    files: list[InboxFile] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    refused: list[RefusedFile] = field(default_factory=list)


def export_date(name: str) -> date | None:
    """The last valid date in a file name: 20231005, 2023-10-05, 2023年10月5日."""
    found = _COMPACT_DATE.findall(name) or _DATE.findall(name)
    for year, month, day in reversed(found):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def find_exports(*roots: Path, but: Path | None = None) -> Inbox:
    """Search folders recursively for csv, tsv and txt files.

    The first root is the user's INBOX and must exist; names are relative to it. Later roots (the
    uploads) may be missing; their names begin with the root's own name. Links to folders are not followed,
    and `but` is not searched: it is the warehouse, should INBOX contain it. Refused are links, pipes, what
    nobody may read, and files that grow. Raises MissingInbox.
    """
    if not roots[0].is_dir():
        raise MissingInbox(roots[0])
    found = Inbox()
    for number, root in enumerate(roots):
        prefix = "" if number == 0 else f"{root.name}/"
        if root.is_dir() and not any(root.samefile(earlier) for earlier in roots[:number]):
            _search(root, prefix, but, found)
    fresh = [file for file in found.files if time.time() - file.modified_ns / 1e9 < _FRESH_SECONDS]
    if fresh:
        time.sleep(_WAIT_SECONDS)
    for file in fresh:
        try:
            file.check_unchanged()
        except RefusedFile as refused:
            found.refused.append(refused)
            found.files.remove(file)
    found.files.sort(key=lambda file: file.precedence)
    found.ignored.sort()
    return found


@contextmanager
def moved_in(staged: Path | None, inbox: Path) -> Iterator[None]:
    """Move the files of a folder into the inbox for the block, and back when the block fails.

    Raises RefusedUpload when one of their names was taken meanwhile.
    """
    moved: list[tuple[Path, Path]] = []
    try:
        for path in sorted(staged.iterdir()) if staged else []:
            target = inbox / path.name
            if target.exists():
                raise RefusedUpload(path.name, "收件目录里刚刚有了同名文件", "重新上传")
            path.rename(target)
            moved.append((path, target))
        yield
    except BaseException:
        for path, target in reversed(moved):
            target.rename(path)
        raise


def _search(root: Path, prefix: str, but: Path | None, found: Inbox) -> None:
    pending = [root]
    while pending:
        folder = pending.pop()
        try:
            entries = sorted(folder.iterdir())
        except OSError as error:
            name = f"{prefix}{folder.relative_to(root)}"
            found.refused.append(UnreadableFile(name, error.strerror or str(error)))
            continue
        for path in entries:
            name = prefix + path.relative_to(root).as_posix()
            status = path.lstat()
            if stat.S_ISDIR(status.st_mode):
                if but is None or not but.exists() or not path.samefile(but):
                    pending.append(path)
            elif path.name == BOUNDARIES:
                continue
            elif path.suffix.lower() not in SUFFIXES or path.name.startswith((".", "~$")):
                found.ignored.append(name)
            elif stat.S_ISREG(status.st_mode):
                found.files.append(InboxFile(path, name, status.st_size, status.st_mtime_ns))
            else:
                kind = "它是链接" if stat.S_ISLNK(status.st_mode) else "它是管道或设备"
                found.refused.append(UnreadableFile(name, f"{kind}，不是普通文件"))
