"""How much room words take on paper, estimated so that no font of the list needs more: nothing is to overflow a slide.

The reader's machine chooses the font (微软雅黑, Noto, …), so nothing can be measured; a full-width character is one em in
all of them, and the widths below lie at or above those of the widest font of the list.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

# Line pitch in ems; set exactly, because the natural pitch of the fonts differs by a tenth.
PITCH = 1.25
_POINTS = 72
# What some programs leave between full-width and Latin characters.
_BETWEEN = 0.25
_FULL, _CAPITAL, _OTHER = 1.0, 0.78, 0.64
# What does not begin a line, and what does not end one.
_CLOSING, _OPENING = "，。；：、）》”’！？,.;:)%％", "（《“‘("


def width_of(words: str, size: float) -> float:
    """Inches that one line takes at most, at a size in points; bold figures included."""
    return _ems(words) * size / _POINTS


def height_of(lines: int, size: float) -> float:
    """Inches that lines take at the exact pitch."""
    return lines * size * PITCH / _POINTS


def lines_of(words: str, size: float, width: float) -> int:
    """The most lines that words take in a column of a width in inches; line breaks count."""
    return sum(1 for part in words.split("\n") for _line in _wrapped(part, size, width)) or 1


def shortened(words: str, size: float, width: float, lines: int = 1) -> str:
    """The words, or as many of them as fit the lines with … behind them."""
    if lines_of(words, size, width) <= lines:
        return words
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        fits = lines_of(f"{words[:middle]}…", size, width) <= lines
        low, high = (middle, high) if fits else (low, middle - 1)
    return f"{words[:low].rstrip(_CLOSING)}…"


def fitting(words: str, sizes: Sequence[float], width: float, height: float) -> tuple[float, str]:
    """The largest of the sizes at which the words fit a box, and the words; at the smallest they are shortened."""
    for size in sizes:
        if height_of(lines_of(words, size, width), size) <= height:
            return size, words
    size = sizes[-1]
    most = max(1, int(height * _POINTS / (size * PITCH) + 1e-9))
    return size, shortened(words, size, width, most)


def _wrapped(words: str, size: float, width: float) -> Iterator[str]:
    """Lines of one paragraph; a run of Latin letters may be broken anywhere, which no program needs more room for."""
    room = width * _POINTS / size
    line = ""
    for part in _unbroken(words):
        for piece in [part] if _ems(part) <= room else list(part):
            if line and _ems(line + piece) > room:
                yield line
                line = ""
            line += piece
    yield line


def _unbroken(words: str) -> Iterator[str]:
    """Pieces that some program keeps on one line: a number or a Latin word with brackets and marks around it."""
    piece = ""
    for character in words:
        if piece and not _joined(piece[-1], character):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _joined(before: str, after: str) -> bool:
    if after in _CLOSING or before in _OPENING:
        return True
    return _narrow(before) and (_narrow(after) or after in _OPENING)


def _narrow(character: str) -> bool:
    return not character.isspace() and _em(character) < _FULL


def _ems(words: str) -> float:
    changes = sum(_narrow(one) != _narrow(other) for one, other in pairwise(words))
    return sum(_em(character) for character in words) + changes * _BETWEEN


def _em(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WFA":
        return _FULL
    return _CAPITAL if character.isupper() or character in "@%&—" else _OTHER
