"""Is a version still what was published, and one that this program can read?"""

import threading
from pathlib import Path

from pipelines.disk import refusal, sha256
from pipelines.faults import VersionDamaged, VersionOfOtherLayout
from pipelines.versions import LAYOUT, FileSeal, Version

# (size, modification time, inode) → digest. Hashing takes 0.05 to 0.3 s for the 75 MB of a district: once per process and
# state of a file is affordable, once per question is not.
_FileState = tuple[int, int, int]
_digests: dict[Path, tuple[_FileState, str]] = {}
_guard = threading.Lock()


def damage(version: Version, *, private: bool = False) -> str | None:
    """Why a version must not be used, in Chinese; None when it is as published and its tables are those of this program.

    `private`: the file of personal data is looked at, too.
    """
    if not version.fits:
        return f"由另一版看板程序构建，表结构为第 {version.layout} 号，本程序用第 {LAYOUT} 号"
    files = [(version.public_path, version.public)]
    if private:
        files.append((version.private_path, version.private))
    for path, seal in files:
        reason = _file_damage(path, seal)
        if reason:
            return reason
    return None


def assure(version: Version, *, private: bool = False) -> None:
    """Raise VersionOfOtherLayout or VersionDamaged for a version that must not be used."""
    reason = damage(version, private=private)
    if reason and not version.fits:
        raise VersionOfOtherLayout(version.id, version.root, reason)
    if reason:
        raise VersionDamaged(version.id, reason)


def _file_damage(path: Path, seal: FileSeal) -> str | None:
    try:
        size = path.stat().st_size
        if size != seal.bytes:
            return f"{path.name} 应为 {seal.bytes} 字节，实为 {size} 字节"
        # DuckDB would replay a write-ahead log on top of the published file.
        if path.with_name(path.name + ".wal").exists():
            return f"{path.name} 旁边有别的程序留下的 .wal 文件"
        if _digest(path) != seal.sha256:
            return f"{path.name} 的校验值不符"
    except FileNotFoundError:
        return f"缺少 {path.name}"
    except OSError as error:
        return f"{path.name} {refusal(error)}"
    return None


def _digest(path: Path) -> str:
    with _guard:  # threads that open the same version together hash it once
        found = path.stat()
        state = (found.st_size, found.st_mtime_ns, found.st_ino)
        known = _digests.get(path)
        if known is None or known[0] != state:
            known = _digests[path] = (state, sha256(path))
        return known[1]
