"""On which line each key of a TOML text stands: tomllib gives values without their places.

Only for texts that tomllib has accepted: nothing is validated a second time.
"""

import re
import tomllib
from bisect import bisect_right
from typing import Any

KeyPath = tuple[str | int, ...]

_STRING = (
    r'"""(?:\\.|[^\\])*?"{3,5}'  # up to two quotes may belong to the text
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
)
_KEY_PART = r"(?:\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'|[A-Za-z0-9_-]+)"
_KEY = re.compile(rf"{_KEY_PART}(?:[ \t]*\.[ \t]*{_KEY_PART})*")
_VALUE = re.compile(rf"(?:{_STRING})|[^,\]}}#\n]+", re.DOTALL)
_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")


def toml_lines(text: str) -> dict[KeyPath, int]:
    """Physical line, counted from 1, of every table, key and array item, by its path.

    A path names tables and keys as in the document tomllib returns, with positions for the items of
    arrays and of arrays of tables: `("score_lines", 1, "good")`. A table written in several places
    has the line of the first.
    """
    return _Walk(text).lines


class _Walk:
    def __init__(self, text: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._text = text
        self._at = 0
        self._breaks = [match.start() for match in re.finditer("\n", text)]
        self._tables_in: dict[KeyPath, int] = {}
        self._document()

    def _document(self) -> None:
        table: KeyPath = ()
        while self._skip_gap():
            if self._take("[["):
                table = self._open_table(is_item=True)
            elif self._take("["):
                table = self._open_table(is_item=False)
            else:
                self._pair(table)

    def _open_table(self, is_item: bool) -> KeyPath:
        self._skip_gap()
        start = self._at
        *parents, last = self._key()
        path: KeyPath = ()
        for name in parents:
            path = self._newest_item((*path, name))
            self._note(path, start)
        path = (*path, last)
        if is_item:
            self._note(path, start)
            position = self._tables_in.get(path, 0)
            self._tables_in[path] = position + 1
            path = (*path, position)
        self._note(path, start)
        self._skip_gap()
        self._take("]]" if is_item else "]")
        return path

    def _newest_item(self, path: KeyPath) -> KeyPath:
        """A name that stands for an array of tables means its last item so far."""
        return (*path, self._tables_in[path] - 1) if path in self._tables_in else path

    def _pair(self, table: KeyPath) -> None:
        start = self._at
        path = table
        for name in self._key():
            path = (*path, name)
            self._note(path, start)
        self._skip_gap()
        self._take("=")
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        self._skip_gap()
        if self._take("["):
            position = 0
            while self._skip_gap() and not self._take("]"):
                self._note((*path, position), self._at)
                self._value((*path, position))
                position += 1
                self._skip_gap()
                self._take(",")
        elif self._take("{"):
            while self._skip_gap() and not self._take("}"):
                self._pair(path)
                self._skip_gap()
                self._take(",")
        else:
            self._take_match(_VALUE)

    def _key(self) -> list[str]:
        # tomllib knows how to read quoted and dotted keys: let it read this one alone.
        table: Any = tomllib.loads(f"{self._take_match(_KEY)} = 0")
        names = []
        while isinstance(table, dict):
            name, table = next(iter(table.items()))
            names.append(name)
        return names

    def _note(self, path: KeyPath, position: int) -> None:
        self.lines.setdefault(path, bisect_right(self._breaks, position) + 1)

    def _skip_gap(self) -> bool:
        """Skips blanks and comments; False at the end of the text."""
        self._take_match(_GAP)
        return self._at < len(self._text)

    def _take(self, mark: str) -> bool:
        found = self._text.startswith(mark, self._at)
        self._at += len(mark) if found else 0
        return found

    def _take_match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        if match is None:
            raise ValueError(f"not TOML that tomllib accepts, at character {self._at}")
        self._at = match.end()
        return match.group()
