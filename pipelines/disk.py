"""What must reach the disk before the next step, and refusals of the system as faults."""

import errno
import hashlib
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from pipelines.faults import DiskFull, SurroundingsFault, WarehouseUnusable

# A file that hits the size limit of its process is full for that process, whatever the disk has left.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_IN_DUCKDB = ("no space left", "file too large", "disk quota exceeded")
_WINDOWS_PATIENCE_SECONDS = 2.0
_PIECE_BYTES = 16 * 1024 * 1024
# So large that a thread beside busy ones seldom asks for its turn, for which Python may let it wait 5 ms.
_READ_BYTES = 4 * 1024 * 1024
_HASHED_AT_ONCE = 4

_REFUSALS = {
    errno.EACCES: ("没有读写权限", "调整该路径的权限，或换一个文件夹"),
    errno.EPERM: ("没有读写权限", "调整该路径的权限，或换一个文件夹"),
    errno.EROFS: ("所在的磁盘是只读的", "换一个可写的文件夹"),
    errno.ELOOP: ("符号链接绕成了圈", "删除这些链接，或换一个文件夹"),
    errno.ENOTDIR: ("路径中有一段是文件，不是文件夹", "换一个文件夹"),
    errno.EEXIST: ("那里是一个文件或失效的链接，不是文件夹", "移走它，或换一个文件夹"),
    errno.EISDIR: ("那里应当是文件，却是一个文件夹", "移走这个文件夹"),
    errno.ENAMETOOLONG: ("路径太长", "换一个较短的路径"),
    errno.ENOLCK: ("该文件系统不支持文件锁", "换到本机磁盘上的文件夹"),
    errno.EOPNOTSUPP: ("该文件系统不支持文件锁", "换到本机磁盘上的文件夹"),
}


def fault_of(error: OSError, path: Path) -> SurroundingsFault:
    """The fault that says what the system refused; `path` where the error names none."""
    place = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else path
    if error.errno in _FULL:
        return DiskFull(place)
    _, remedy = _REFUSALS.get(error.errno or 0, ("", "检查该路径，或换一个文件夹"))
    return WarehouseUnusable(place, refusal(error), remedy)


def refusal(error: OSError) -> str:
    """What the system refused, in Chinese where it is one of the usual refusals."""
    wrong, _ = _REFUSALS.get(error.errno or 0, (f"系统报错“{error.strerror or error}”", ""))
    return wrong


@contextmanager
def refusals_as_faults(path: Path) -> Iterator[None]:
    """Turn every OSError of the block into a fault about the warehouse."""
    try:
        yield
    except OSError as error:
        raise fault_of(error, path) from error


@contextmanager
def full_disk_as_fault(path: Path) -> Iterator[None]:
    """Turn a full disk into DiskFull and leave every other error as it is.

    DuckDB reports a full disk as an IOException without an error number, hence by its text.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise fault_of(error, path) from error
        raise
    except duckdb.Error as error:
        if any(text in str(error).lower() for text in _FULL_IN_DUCKDB):
            raise DiskFull(path) from error
        raise


def sync_file(path: Path) -> None:
    """Wait until the contents of a file are on the disk."""
    # Windows flushes only through a handle that may write.
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Wait until names made, changed or removed in a folder are on the disk."""
    if os.name == "nt":  # Windows cannot open a folder; NTFS journals its names.
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_durably(path: Path, text: str) -> None:
    """Replace a small file at one blow: a reader sees the old text or the new, never a part.

    Afterwards the folder still has to be synced for the new name to survive a power cut.
    """
    draft = path.with_name(path.name + ".tmp")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        _replace(draft, path)
    except OSError:
        with suppress(OSError):  # the first error is the one to tell; the next build clears the rest
            draft.unlink(missing_ok=True)
        raise


def _replace(source: Path, target: Path) -> None:
    give_up = time.monotonic() + _WINDOWS_PATIENCE_SECONDS
    while True:
        try:
            source.replace(target)
            return
        except PermissionError:
            # Windows refuses for as long as somebody has the target open; readers do so for a blink.
            if os.name != "nt" or time.monotonic() > give_up:
                raise
            time.sleep(0.02)


def sha256(path: Path) -> str:
    """The SHA-256 of the SHA-256s of a file's pieces of 16 MiB, in 64 hexadecimal digits.

    By pieces, since several cores can tell those at once: a processor without instructions of its own for SHA-256 reads
    0.3 GB/s, two seconds for a district of ten times the usual size.
    """
    starts = range(0, path.stat().st_size, _PIECE_BYTES)
    with ThreadPoolExecutor(_HASHED_AT_ONCE, "checksum") as aside:
        pieces = aside.map(lambda start: _piece_sha256(path, start), starts)
        return hashlib.sha256(b"".join(pieces)).hexdigest()


def _piece_sha256(path: Path, start: int) -> bytes:
    digest, left = hashlib.sha256(), _PIECE_BYTES
    with path.open("rb", buffering=0) as file:
        file.seek(start)
        while left and (read := file.read(min(left, _READ_BYTES))):
            digest.update(read)
            left -= len(read)
    return digest.digest()
