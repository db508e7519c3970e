"""The families of faults; a family decides what the command leaves with."""

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
