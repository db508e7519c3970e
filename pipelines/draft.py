"""A version in the making: written under draft names, published by moving one pointer.

The order makes every moment safe: contents of both files on the disk, then their names, then the
sidecar, then CURRENT. Killed before CURRENT moved, the previous version is current and untouched;
killed after, the new one is complete. Only what comes behind that point (audit, old versions) may
fail without undoing the publish: it is told in `Version.notices` and made good by the next build.
"""

import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from pydantic import JsonValue

from pipelines.disk import refusals_as_faults, sha256, sync_file, sync_folder, write_durably
from pipelines.faults import PointerDamaged, SurroundingsFault, WarehouseEmpty
from pipelines.state import State, current_user
from pipelines.versions import (
    FileSeal,
    Sidecar,
    Version,
    VersionFolder,
    sequence_of,
    version_id,
    with_layout,
)

# Folders that a build makes beside its draft for clean copies and spilt data begin like this.
SCRATCH_PREFIX = "building-"
_AUDITED = ("records", "loaded", "superseded", "rejected", "data_until")


class Draft:
    """Two files for the caller to write with DuckDB, close, and `publish`."""

    def __init__(self, folder: VersionFolder, state: State, keep: int) -> None:
        self.folder, self.state, self.keep = folder, state, keep
        self.started = datetime.now(UTC)
        self.id = version_id(state.next_sequence(_highest_sequence(folder, state)), self.started)
        self.public_path = _building(folder.public_path(self.id))
        self.private_path = _building(folder.private_path(self.id))
        self._published = self._pointing = False

    def publish(self, summary: Mapping[str, JsonValue]) -> Version:
        """Make the draft the current version; both files must be closed.

        `summary`: what the build tells about itself, JSON values only (`data_until` as ISO text,
        `records`, `loaded`, `superseded`, `rejected` …). Raises SurroundingsFault, and then the
        previous version is still current.
        """
        if self._published:
            raise RuntimeError(f"draft {self.id} was published already")
        self._check_closed()
        with refusals_as_faults(self.folder.root):
            self._shelve(summary)
            self._pointing = True
            self.folder.point_at(self.id)
        self._published = True
        return replace(self.folder.read(self.id), notices=self._finish(summary))

    def discard(self) -> None:
        """Remove whatever this draft has left on the disk, unless it became the current version."""
        if self._published or self._may_be_current():
            return
        # What resists now is removed by the next build; the fault that led here matters more.
        with suppress(SurroundingsFault), refusals_as_faults(self.folder.root):
            # The sidecar first, as always: a version without its files must not look whole.
            _remove(self.folder.sidecar_path(self.id))
            for version, rest in self.folder.files():
                if version == self.id:
                    _remove(self.folder.versions / f"{version}.{rest}")

    def _may_be_current(self) -> bool:
        try:
            return self._pointing and self.folder.pointer.read_text() == f"{self.id}\n"
        except FileNotFoundError:
            return False
        except (OSError, UnicodeDecodeError):
            return True

    def _check_closed(self) -> None:
        for path in (self.public_path, self.private_path):
            if not path.is_file():
                raise RuntimeError(f"draft file {path.name} was not written")
            try:
                # DuckDB refuses a second configuration for a file that this process has open.
                duckdb.connect(str(path), read_only=True).close()
            except duckdb.ConnectionException as error:
                raise RuntimeError(f"draft file {path.name} is still open") from error
            if path.with_name(path.name + ".wal").exists():
                # Closing swallows the error of a checkpoint that found no room; asking again tells it.
                with duckdb.connect(str(path)) as connection:
                    connection.execute("FORCE CHECKPOINT")

    def _shelve(self, summary: Mapping[str, JsonValue]) -> None:
        sidecar = Sidecar(
            version=self.id,
            built_at=datetime.now(UTC).replace(microsecond=0),
            built_by=current_user(),
            public=_seal(self.public_path),
            private=_seal(self.private_path),
            summary=with_layout(summary),
        )
        # Published files never change: without the right to write, a client that opens one carelessly
        # can neither alter it nor lock the board out. Names and phones are not for other users.
        if os.name != "nt":  # Windows would refuse to delete them later
            self.public_path.chmod(self.public_path.stat().st_mode & 0o444)
            self.private_path.chmod(self.private_path.stat().st_mode & 0o440)
        self.private_path.rename(self.folder.private_path(self.id))
        self.public_path.rename(self.folder.public_path(self.id))
        sync_folder(self.folder.versions)
        write_durably(self.folder.sidecar_path(self.id), sidecar.model_dump_json(indent=1) + "\n")
        sync_folder(self.folder.versions)

    def _finish(self, summary: Mapping[str, JsonValue]) -> tuple[str, ...]:
        detail = {name: summary[name] for name in _AUDITED if name in summary}
        steps: list[tuple[str, Callable[[], None]]] = [
            ("指针文件可能要在下次构建后才抗断电", lambda: sync_folder(self.folder.root)),
            ("这次构建将在下次构建时补记入操作记录", lambda: self.state.record("build", self.id, detail)),
            ("旧版本将在下次构建时清理", lambda: prune(self.folder, self.state, self.keep)),
        ]
        notices = []
        for consequence, step in steps:
            try:
                with refusals_as_faults(self.folder.root):
                    step()
            except SurroundingsFault as fault:
                notices.append(f"版本 {self.id} 已发布并在使用，但{consequence}：{fault}")
        return tuple(notices)


def sweep(folder: VersionFolder, state: State) -> None:
    """Remove what killed builds left: drafts, scratch folders, files whose sidecar was never written.

    Files of the current version and of fixed rankings stay even without a sidecar, as evidence.
    """
    whole = set(folder.ids())
    precious = {_pointed(folder), *state.fixed_versions().values()}
    for version, rest in folder.files():
        unfinished = ".building" in rest or rest == "json.tmp"
        if unfinished or (version not in whole and version not in precious):
            _remove_if_free(folder.versions / f"{version}.{rest}")
    for scratch in folder.versions.glob(f"{SCRATCH_PREFIX}*"):
        _remove_if_free(scratch)
    _remove_if_free(folder.pointer.with_name("CURRENT.tmp"))


def prune(folder: VersionFolder, state: State, keep: int) -> None:
    """Delete all versions but the newest `keep`, the current one and those of fixed rankings."""
    protected = {_pointed(folder), *state.fixed_versions().values()}
    for version in folder.ids()[keep:]:
        if version in protected:
            continue
        # First the sidecar: from then on nobody takes the version for a whole one.
        _remove(folder.sidecar_path(version))
        for path in (folder.private_path(version), folder.public_path(version)):
            _remove_if_free(path)


def _highest_sequence(folder: VersionFolder, state: State) -> int:
    """The highest number in sight, should the counter in the state file have been lost."""
    names = {version for version, _ in folder.files()} | {*state.fixed_versions().values()}
    names |= {_pointed(folder)} - {""}
    return max(map(sequence_of, names), default=0)


def _pointed(folder: VersionFolder) -> str:
    try:
        return folder.pointed()
    except (PointerDamaged, WarehouseEmpty):
        return ""


def _building(path: Path) -> Path:
    return path.with_name(path.name + ".building")


def _seal(path: Path) -> FileSeal:
    sync_file(path)
    return FileSeal(sha256=sha256(path), bytes=path.stat().st_size)


def _remove_if_free(path: Path) -> None:
    try:
        _remove(path)
    except PermissionError:
        # Windows keeps a file that somebody has open; without sidecar the next build removes it.
        if os.name != "nt":
            raise


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)  # DuckDB's folder for what did not fit into memory
    else:
        path.unlink(missing_ok=True)
