"""Every fault that a user can meet, one small class each.

The tree (exit codes as in the command's contract)::

    Fault                        str(fault) is one Chinese sentence: what, where, what to do
    ├── InputFault         2     the user's input or options are wrong, nothing changed
    │   ├── DistrictFault        district.toml
    │   └── PeriodFault          a period that is not one
    ├── LockFault          3     another build holds the lock
    └── SurroundingsFault  4     disk full, damaged or missing warehouse; the last good version serves on

A module that needs a fault of its own adds a class to its block below, so that all sentences a
user can see stand in one file.
"""

from pathlib import Path
from typing import ClassVar


class Fault(Exception):
    """A fault with one clear Chinese sentence; `exit_code` is what the command leaves with."""

    exit_code: ClassVar[int]

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


class InputFault(Fault):
    """The user's input or options are wrong; nothing was changed."""

    exit_code = 2


class LockFault(Fault):
    """Another build holds the lock of the warehouse."""

    exit_code = 3


class SurroundingsFault(Fault):
    """The surroundings failed (disk, warehouse); the last good version goes on serving."""

    exit_code = 4


# --- district -------------------------------------------------------------------------------------


class DistrictFault(InputFault):
    """The settings file of the district cannot be used as it is.

    `line` is the physical line at fault, counted from 1; None only when the file could not be read.
    """

    def __init__(self, path: Path, line: int | None, wrong: str, remedy: str) -> None:
        where = f"设置文件 {path}" + (f" 第 {line} 行" if line is not None else "")
        super().__init__(f"{where}:{wrong};请{remedy}。")
        self.path = path
        self.line = line


# --- periods --------------------------------------------------------------------------------------


class PeriodFault(InputFault):
    """A text that names no period."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{text}”不是有效的时段;请写成月份 2023-09、季度 2023Q3 或年份 2023(年份 1000 至 9998)。"
        )
        self.text = text
