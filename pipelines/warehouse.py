"""The warehouse folder: builders publish whole versions, readers always find the last good one.

::

    versions/<id>.duckdb           facts, marts, meta; no personal data
    versions/<id>.private.duckdb   names, phones, raw rejected text
    versions/<id>.json             sidecar: checksums of both and what the build told about itself
    CURRENT                        the id of the version that serves
    inbox/                         uploads, read by every build
    uploads/                       uploads that are looked at and not published yet
    state.sqlite                   audit trail and fixed rankings
    LOCK                           held by the one builder
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
from pydantic import JsonValue

from pipelines.connect import connect
from pipelines.disk import full_disk_as_fault, refusals_as_faults, sync_folder
from pipelines.draft import Draft, sweep
from pipelines.faults import (
    NoEarlierVersion,
    NoGoodVersion,
    PointerDamaged,
    StateUnusable,
    VersionDamaged,
    VersionUnknown,
    VersionUnreadable,
)
from pipelines.integrity import assure, damage
from pipelines.lock import builder_lock
from pipelines.state import State, current_user
from pipelines.versions import Version, VersionFolder, sequence_of

KEEP = 5


class Warehouse:
    """The warehouse in a folder; `keep` newest versions survive a publish.

    Readers need no lock and no right to write. All methods raise SurroundingsFault when the folder
    is missing, empty, damaged beyond its last good version, or refused by the system.
    """

    def __init__(self, root: Path, keep: int = KEEP) -> None:
        self.root = root.absolute()
        self.keep = keep
        self.folder = VersionFolder(self.root)
        self.state = State(self.root / "state.sqlite")

    @property
    def inbox(self) -> Path:
        """Uploads through the board; every build reads them beside its own inbox."""
        return self.folder.inbox

    def current(self) -> Version:
        """The version that serves: the one CURRENT names, else the last good one with a reason."""
        self.folder.check()
        while True:
            pointed, reason = self._pointed()
            version, damaged = self._examine(pointed) if pointed else (None, "")
            if version and not damaged:
                return version
            # Between the two looks a publish may have moved CURRENT and deleted what it named.
            if self._pointed() == (pointed, reason):
                break
        return self._fall_back(pointed, reason or f"当前版本 {pointed} 不能使用（{damaged}）")

    def version(self, version: str) -> Version:
        """A kept version by its id; raises VersionUnknown, VersionDamaged when its sidecar is."""
        self.folder.check()
        kept = self.folder.ids()
        if version not in kept:
            raise VersionUnknown(version, kept)
        return self.folder.read(version)

    def versions(self) -> list[Version]:
        """All kept versions with a readable sidecar, newest first; their files are not examined."""
        self.folder.check()
        versions = []
        for name in self.folder.ids():
            try:
                versions.append(self.folder.read(name))
            except VersionDamaged:
                continue  # `status` names it with its damage
        return versions

    def open(
        self, version: Version | str | None = None, *, private: bool = False
    ) -> duckdb.DuckDBPyConnection:
        """Connect read-only to a version (default: the current one), its checksum verified.

        With `private` the personal data stands beside it in the catalog `private`; such a connection
        shares nothing with the others of this process, which therefore never see it.
        """
        if version is None:
            while True:
                current = self.current()
                try:
                    return connect(current, private=private)
                except (VersionDamaged, VersionUnreadable):
                    if self.current().id == current.id:  # else it was deleted under our hands
                        raise
        if isinstance(version, str):
            version = self.version(version)
        return connect(version, private=private)

    @contextmanager
    def building(self) -> Iterator[Draft]:
        """Hold the lock and give a draft to fill and publish; unpublished, it leaves no trace.

        Raises BuildRunning at once when another process or thread builds, rolls back or fixes.
        """
        self.folder.make()
        with self._locked():
            with refusals_as_faults(self.root):
                draft = Draft(self.folder, self.state, self.keep)  # looks at all names before some go
                sweep(self.folder, self.state)
            try:
                with full_disk_as_fault(self.root):
                    yield draft
            finally:
                draft.discard()

    def rollback(self, version: str | None = None, who: str | None = None) -> Version:
        """Make an earlier version current; None takes the newest good one before the current.

        `who` is the name that somebody gave; it is entered in the audit trail beside the account.
        """
        self.folder.check()
        with self._locked():
            chosen = self.version(version) if version else self._earlier()
            assure(chosen, private=True)
            before, _ = self._pointed()
            # Entered first: a trail that tells of a rollback that a kill prevented can be mended by
            # rolling back again, one that conceals a rollback cannot.
            account = {} if who is None else {"account": current_user()}
            self.state.record("rollback", chosen.id, {"from": before} | account, who=who)
            with refusals_as_faults(self.root):
                self.folder.point_at(chosen.id)
                sync_folder(self.root)
        return chosen

    def fix_ranking(
        self,
        quarter: str,
        version: str,
        rules: Mapping[str, Any],
        rows: list[dict[str, Any]],
        who: str | None = None,
    ) -> None:
        """Keep the ranking of a quarter for good, and with it the version it came from; `who` is a name that was given."""
        self.folder.check()
        with self._locked():
            self.state.fix_ranking(quarter, self.version(version).id, rules, rows, who)

    def status(self) -> dict[str, JsonValue]:
        """What `steward status` tells, in JSON values; `versions_kept` begins with the newest."""
        current = self.current()
        try:
            fixed, state_reason = self.state.fixed_versions(), None
        except StateUnusable as fault:
            fixed, state_reason = {}, str(fault)
        return {
            "warehouse": str(self.root),
            "version": current.id,
            "built_at": current.built_at.isoformat(),
            "built_by": current.built_by,
            "data_until": current.summary.get("data_until"),
            "records": current.summary.get("records"),
            "rejected": current.summary.get("rejected"),
            "fallback_reason": current.fallback_reason,
            "private_reason": damage(current, private=True),
            "state_reason": state_reason,
            "versions_kept": [
                self._kept(name, name == current.id, [q for q, v in fixed.items() if v == name])
                for name in self.folder.ids()
            ],
        }

    def _kept(self, name: str, current: bool, quarters: list[str]) -> dict[str, JsonValue]:
        entry: dict[str, JsonValue] = {"version": name, "current": current, "fixed_for": list(quarters)}
        try:
            version = self.folder.read(name)
        except VersionDamaged as fault:
            return {**entry, "built_at": None, "data_until": None, "damage": fault.reason}
        return {
            **entry,
            "built_at": version.built_at.isoformat(),
            "data_until": version.summary.get("data_until"),
            "damage": damage(version, private=True),
        }

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with builder_lock(self.root / "LOCK"):
            builds = [(version.id, version.built_at, version.built_by) for version in self.versions()]
            self.state.record_missing_builds(reversed(builds))
            yield

    def _pointed(self) -> tuple[str | None, str]:
        try:
            return self.folder.pointed(), ""
        except PointerDamaged as fault:
            return None, f"{self.folder.pointer} {fault.wrong}"

    def _examine(self, name: str) -> tuple[Version | None, str]:
        try:
            version = self.folder.read(name)
        except VersionDamaged as fault:
            return None, fault.reason
        return version, damage(version) or ""

    def _fall_back(self, pointed: str | None, reason: str) -> Version:
        """The nearest good version before the one named; newer ones, left by a rollback, come last."""
        names = [name for name in self.folder.ids() if name != pointed]
        if pointed:
            older = [name for name in names if sequence_of(name) < sequence_of(pointed)]
            names = older + [name for name in reversed(names) if name not in older]
        reasons = [reason]
        for name in names:
            version, damaged = self._examine(name)
            if version and not damaged:
                warning = f"{reason}，暂用版本 {name}；请重新构建，或运行 steward rollback 选定一个版本。"
                return replace(version, fallback_reason=warning)
            reasons.append(f"版本 {name}：{damaged}")
        version = self._examine(pointed)[0] if pointed else None
        if version and not version.fits:
            assure(version)
        raise NoGoodVersion(self.root, reasons)

    def _earlier(self) -> Version:
        pointed, _ = self._pointed()
        for version in self.versions():
            if (pointed is None or version.sequence < sequence_of(pointed)) and not damage(
                version, private=True
            ):
                return version
        raise NoEarlierVersion(self.root, self.folder.ids())
