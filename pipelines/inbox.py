"""Find the exports in a folder: regular CSV files, oldest export first."""

import re
import stat
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.faults import GrowingFile, MissingInbox, UnreadableFile

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
    """Everything found: exports in order of precedence, and what is ignored."""

    files: list[InboxFile]
    ignored: list[str]


def export_date(name: str) -> date | None:
    """The last valid date in a file name: 20231005, 2023-10-05, 2023年10月5日."""
    found = _COMPACT_DATE.findall(name) or _DATE.findall(name)
    for year, month, day in reversed(found):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def find_exports(*roots: Path) -> Inbox:
    """Search folders recursively for csv, tsv and txt files.

    The first root is the user's INBOX and must exist; names are relative to it. Later roots (the
    uploads) may be missing; their names begin with the root's own name. Links to folders are not followed.

    Raises MissingInbox, UnreadableFile (a link, a pipe, no permission), GrowingFile.
    """
    if not roots[0].is_dir():
        raise MissingInbox(roots[0])
    files: list[InboxFile] = []
    ignored: list[str] = []
    for number, root in enumerate(roots):
        prefix = "" if number == 0 else f"{root.name}/"
        if root.is_dir():
            _search(root, prefix, files, ignored)
    fresh = [file for file in files if time.time() - file.modified_ns / 1e9 < _FRESH_SECONDS]
    if fresh:
        time.sleep(_WAIT_SECONDS)
        for file in fresh:
            file.check_unchanged()
    return Inbox(sorted(files, key=lambda file: file.precedence), sorted(ignored))


def _search(root: Path, prefix: str, files: list[InboxFile], ignored: list[str]) -> None:
    pending = [root]
    while pending:
        folder = pending.pop()
        try:
            entries = sorted(folder.iterdir())
        except OSError as error:
            raise UnreadableFile(
                f"{prefix}{folder.relative_to(root)}", error.strerror or str(error)
            ) from error
        for path in entries:
            name = prefix + path.relative_to(root).as_posix()
            status = path.lstat()
            if stat.S_ISDIR(status.st_mode):
                pending.append(path)
            elif path.name == BOUNDARIES:
                continue
            elif path.suffix.lower() not in SUFFIXES or path.name.startswith((".", "~$")):
                ignored.append(name)
            elif stat.S_ISREG(status.st_mode):
                files.append(InboxFile(path, name, status.st_size, status.st_mtime_ns))
            elif stat.S_ISLNK(status.st_mode):
                raise UnreadableFile(name, "它是链接，不是文件本身")
            else:
                raise UnreadableFile(name, "它是管道或设备，不是普通文件")
