"""Long lists over several sheets: no page holds more than it may, and none is left nearly empty."""

from collections.abc import Sequence
from typing import TypeVar

Entry = TypeVar("Entry")


def paged(entries: Sequence[Entry], most: int) -> list[list[Entry]]:
    """As few pages as can be, as even as can be, in order."""
    pages = -(-len(entries) // most)
    if not pages:
        return []
    size, longer = divmod(len(entries), pages)
    found, start = [], 0
    for page in range(pages):
        end = start + size + (page < longer)
        found.append(list(entries[start:end]))
        start = end
    return found
