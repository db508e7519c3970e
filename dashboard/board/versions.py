"""Versions: which are kept, who did what to the warehouse, and going back to an earlier one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dashboard.board.door import Serving
from pipelines.faults import Fault
from pipelines.state import AuditEntry
from pipelines.versions import Version
from pipelines.warehouse import Warehouse


@dataclass(frozen=True)
class KeptVersion:
    """A kept version, and what its build told about itself; one that does not fit this program cannot serve."""

    id: str
    built_at: datetime
    built_by: str
    data_until: str
    records: int
    rejected: int
    bytes: int
    current: bool
    fixed_for: tuple[str, ...]
    fits: bool = True


@dataclass(frozen=True)
class Trail:
    """The audit trail, newest entry first; `fault` says why it cannot be read."""

    entries: Sequence[AuditEntry]
    fault: str = ""


def kept_versions(serving: Serving) -> list[KeptVersion]:
    """All kept versions, newest first."""
    warehouse = Warehouse(Path(serving.root))
    try:
        fixed = warehouse.state.fixed_versions()
    except Fault:
        fixed = {}
    return [_kept(version, serving.version, fixed) for version in warehouse.versions()]


def _kept(version: Version, current: str, fixed: dict[str, str]) -> KeptVersion:
    told = version.summary
    return KeptVersion(
        version.id, version.built_at, version.built_by, str(told.get("data_until") or ""), _count(told.get("records")),
        _count(told.get("rejected")), version.public.bytes + version.private.bytes, version.id == current,
        tuple(quarter for quarter, source in fixed.items() if source == version.id), version.fits,
    )  # fmt: skip


def _count(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


def trail(serving: Serving) -> Trail:
    """Who built, uploaded, rolled back and published, and when."""
    try:
        return Trail(Warehouse(Path(serving.root)).state.audit()[::-1])
    except Fault as fault:
        return Trail((), str(fault))


def roll_back(serving: Serving, version: str, who: str) -> str:
    """Makes an earlier version current; gives a sentence when that failed, nothing when it did not."""
    try:
        Warehouse(Path(serving.root)).rollback(version, who)
    except Fault as fault:
        return str(fault)
    return ""
