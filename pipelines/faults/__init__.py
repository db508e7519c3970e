"""Every fault that a user can meet, one small class each, in the file of its subject.

The tree (exit codes as in the command's contract)::

    Fault                        str(fault) is one Chinese sentence: what, where, what to do
    ├── InputFault         2     the user's input or options are wrong, nothing changed
    │   ├── DistrictFault        district.toml
    │   └── PeriodFault          a period that is not one
    ├── LockFault          3     another build holds the lock
    └── SurroundingsFault  4     disk full, damaged or missing warehouse; the last good version serves on

A module that needs a fault of its own adds a class to the file of its subject and the name below, so that all
sentences a user can see stand together. Everybody imports them from here.
"""

from pipelines.faults.analyst_sql import (
    SqlBusy,
    SqlEmpty,
    SqlFailed,
    SqlNoAccess,
    SqlNotReading,
    SqlSeveral,
    SqlTooLarge,
    SqlTooLong,
    SqlTooMuchMemory,
)
from pipelines.faults.district import BadBoundaries, DistrictFault, HiddenInRelief
from pipelines.faults.families import Fault, InputFault, LockFault, SurroundingsFault
from pipelines.faults.loading import (
    EmptyFile,
    GrowingFile,
    InboxUnknown,
    MissingInbox,
    NothingToLoad,
    RefusedFile,
    RefusedUpload,
    Unbalanced,
    UnknownEncoding,
    UnknownHeader,
    UnreadableFile,
    UploadForgotten,
)
from pipelines.faults.pictures import NoBrowserFault, PictureFolder, PicturesFailed
from pipelines.faults.questions import (
    AreaUnknown,
    MetricUnknown,
    NoFirstDays,
    NotByArea,
    NotByDimension,
    NotByGrain,
    PeriodFault,
    PeriodTooShort,
    PeriodWithoutData,
    RequiresDimension,
    ViewRefused,
)
from pipelines.faults.rankings import (
    NobodyNamed,
    NoFixedRanking,
    NotAQuarter,
    NothingRanked,
    ProvisionalRanking,
    QuarterFixed,
    VersionReplaced,
)
from pipelines.faults.report import (
    MonthOnly,
    NumeralUnfounded,
    OutFolderUnusable,
    PassageRefused,
    TemplateFault,
)
from pipelines.faults.sample import SampleFolderTaken, SampleOption
from pipelines.faults.serving import NotOpened, PortTaken, ServerFailed, UnknownHost
from pipelines.faults.warehouse import (
    BuildRunning,
    DiskFull,
    NoEarlierVersion,
    NoGoodVersion,
    PointerDamaged,
    StateUnusable,
    VersionDamaged,
    VersionHeld,
    VersionOfOtherLayout,
    VersionUnknown,
    VersionUnreadable,
    WarehouseEmpty,
    WarehouseMissing,
    WarehouseUnusable,
)

__all__ = [
    "AreaUnknown",
    "BadBoundaries",
    "BuildRunning",
    "DiskFull",
    "DistrictFault",
    "EmptyFile",
    "Fault",
    "GrowingFile",
    "HiddenInRelief",
    "InboxUnknown",
    "InputFault",
    "LockFault",
    "MetricUnknown",
    "MissingInbox",
    "MonthOnly",
    "NoBrowserFault",
    "NoEarlierVersion",
    "NoFirstDays",
    "NoFixedRanking",
    "NoGoodVersion",
    "NobodyNamed",
    "NotAQuarter",
    "NotByArea",
    "NotByDimension",
    "NotByGrain",
    "NotOpened",
    "NothingRanked",
    "NothingToLoad",
    "NumeralUnfounded",
    "OutFolderUnusable",
    "PassageRefused",
    "PeriodFault",
    "PeriodTooShort",
    "PeriodWithoutData",
    "PictureFolder",
    "PicturesFailed",
    "PointerDamaged",
    "PortTaken",
    "ProvisionalRanking",
    "QuarterFixed",
    "RefusedFile",
    "RefusedUpload",
    "RequiresDimension",
    "SampleFolderTaken",
    "SampleOption",
    "ServerFailed",
    "SqlBusy",
    "SqlEmpty",
    "SqlFailed",
    "SqlNoAccess",
    "SqlNotReading",
    "SqlSeveral",
    "SqlTooLarge",
    "SqlTooLong",
    "SqlTooMuchMemory",
    "StateUnusable",
    "SurroundingsFault",
    "TemplateFault",
    "Unbalanced",
    "UnknownEncoding",
    "UnknownHeader",
    "UnknownHost",
    "UnreadableFile",
    "UploadForgotten",
    "VersionDamaged",
    "VersionHeld",
    "VersionOfOtherLayout",
    "VersionReplaced",
    "VersionUnknown",
    "VersionUnreadable",
    "ViewRefused",
    "WarehouseEmpty",
    "WarehouseMissing",
    "WarehouseUnusable",
]
