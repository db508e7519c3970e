"""The versions of a warehouse as they lie on the disk: names, sidecars and the pointer CURRENT."""

import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, ValidationError

from pipelines.disk import fault_of, refusal, refusals_as_faults, sync_folder, write_durably
from pipelines.faults import (
    PointerDamaged,
    VersionDamaged,
    WarehouseEmpty,
    WarehouseMissing,
    WarehouseUnusable,
)

# Sequence number, then the moment of the build for the human eye: the number alone decides the order,
# because clocks jump and two builds can share a second.
_ID = r"\d{6,12}-\d{8}T\d{6}Z"
VERSION_ID = re.compile(_ID)
_VERSION_FILE = re.compile(rf"({_ID})\.(.+)")
_LONGEST_POINTER = 100

# The number of the layout of all tables of a version, raised with every change of a table or of what one of its columns
# means: a version of another layout is refused by name, instead of failing at the first table that it lacks.
LAYOUT = 5
# Where the number stands in the sidecar: in the summary, which a program of before layouts had numbers reads as well.
_LAYOUT = "layout"


def version_id(sequence: int, moment: datetime) -> str:
    """Name of a version, such as 000042-20231005T081530Z; sorts by its sequence number."""
    return f"{sequence:06d}-{moment:%Y%m%dT%H%M%SZ}"


def sequence_of(version: str) -> int:
    """The sequence number inside the name of a version."""
    return int(version.partition("-")[0])


class FileSeal(BaseModel):
    """What a file of a version was when it was published."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    bytes: int = Field(ge=0)


class Sidecar(BaseModel):
    """`<id>.json`: the last file of a version to be written, so its presence says that all are there."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: str
    built_at: AwareDatetime
    built_by: str
    public: FileSeal
    private: FileSeal
    summary: dict[str, JsonValue]


@dataclass(frozen=True)
class Version:
    """One published version of the warehouse.

    `summary` is what the build told about itself (data_until, records, loaded, rejected …).
    `fallback_reason`: why this version serves although CURRENT names another; None when all is well.
    `notices`: what failed after this version had become current; it serves all the same.
    """

    id: str
    public_path: Path
    private_path: Path
    built_at: datetime
    built_by: str
    public: FileSeal
    private: FileSeal
    summary: Mapping[str, JsonValue]
    fallback_reason: str | None = None
    notices: tuple[str, ...] = ()

    @property
    def sequence(self) -> int:
        """Place in the order of builds; never repeated within a warehouse."""
        return sequence_of(self.id)

    @property
    def root(self) -> Path:
        """The folder of the warehouse."""
        return self.public_path.parent.parent

    @property
    def layout(self) -> int:
        """The layout of its tables; 0 where it was built before layouts had numbers."""
        told = self.summary.get(_LAYOUT)
        return told if isinstance(told, int) else 0

    @property
    def fits(self) -> bool:
        """Whether this program knows its tables."""
        return self.layout == LAYOUT


def with_layout(summary: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """What a build tells about itself, with the layout of the tables that it writes."""
    return {**summary, _LAYOUT: LAYOUT}


@dataclass(frozen=True)
class VersionFolder:
    """The folder of a warehouse, seen as a set of versions and a pointer to one of them."""

    root: Path

    @property
    def versions(self) -> Path:
        return self.root / "versions"

    @property
    def pointer(self) -> Path:
        return self.root / "CURRENT"

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    def public_path(self, version: str) -> Path:
        return self.versions / f"{version}.duckdb"

    def private_path(self, version: str) -> Path:
        return self.versions / f"{version}.private.duckdb"

    def sidecar_path(self, version: str) -> Path:
        return self.versions / f"{version}.json"

    def check(self) -> None:
        """Raise WarehouseMissing, or WarehouseUnusable when the root is no folder."""
        try:
            mode = self.root.stat().st_mode
        except FileNotFoundError as error:
            raise WarehouseMissing(self.root) from error
        except OSError as error:
            raise fault_of(error, self.root) from error
        if not stat.S_ISDIR(mode):
            raise WarehouseUnusable(self.root, "那里是一个文件，不是文件夹", "移走它，或换一个文件夹")

    def make(self) -> None:
        """Make the folders that are not there yet."""
        try:
            self.check()
        except WarehouseMissing:
            with refusals_as_faults(self.root):
                self.root.mkdir(parents=True, exist_ok=True)
        with refusals_as_faults(self.root):
            self.versions.mkdir(exist_ok=True)
            self.inbox.mkdir(exist_ok=True)
            sync_folder(self.root)

    def ids(self) -> list[str]:
        """Versions that were published completely, newest first."""
        found = [version for version, rest in self.files() if rest == "json"]
        return sorted(found, key=sequence_of, reverse=True)

    def files(self) -> list[tuple[str, str]]:
        """All files of versions, whole or not: (version, rest of the name); other files are not ours."""
        with refusals_as_faults(self.versions):
            if not self.versions.exists():
                return []
            names = sorted(path.name for path in self.versions.iterdir())
        matches = (_VERSION_FILE.fullmatch(name) for name in names)
        return [(match[1], match[2]) for match in matches if match]

    def read(self, version: str) -> Version:
        """What the sidecar tells; raises VersionDamaged when it cannot be read."""
        try:
            sidecar = Sidecar.model_validate_json(self.sidecar_path(version).read_bytes())
        except FileNotFoundError as error:
            raise VersionDamaged(version, f"缺少说明文件 {version}.json") from error
        except OSError as error:
            raise VersionDamaged(version, f"说明文件 {version}.json {refusal(error)}") from error
        except ValidationError as error:
            raise VersionDamaged(version, f"说明文件 {version}.json 内容有误") from error
        if sidecar.version != version:
            raise VersionDamaged(version, f"说明文件 {version}.json 写的是另一个版本")
        return Version(
            id=version,
            public_path=self.public_path(version),
            private_path=self.private_path(version),
            built_at=sidecar.built_at,
            built_by=sidecar.built_by,
            public=sidecar.public,
            private=sidecar.private,
            summary=sidecar.summary,
        )

    def pointed(self) -> str:
        """The version that CURRENT names; raises PointerDamaged, or WarehouseEmpty before the first."""
        try:
            with self.pointer.open("rb") as file:
                content = file.read(_LONGEST_POINTER)
        except FileNotFoundError as error:
            if not self.ids():
                raise WarehouseEmpty(self.root) from error
            raise PointerDamaged(self.pointer, "不见了") from error
        except OSError as error:
            raise PointerDamaged(self.pointer, refusal(error)) from error
        text = content.decode("ascii", "replace").strip()
        if not VERSION_ID.fullmatch(text):
            raise PointerDamaged(self.pointer, "内容损坏" if text else "是空的")
        return text

    def point_at(self, version: str) -> None:
        """Make a version the current one: from here on every new reader gets it."""
        write_durably(self.pointer, version + "\n")
