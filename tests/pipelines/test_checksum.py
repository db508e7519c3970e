"""The checksum of a file: of all its pieces, in their order, whatever its size."""

import hashlib
from pathlib import Path

import pytest

from pipelines.disk import sha256

PIECE = 16 * 1024 * 1024


def expected(content: bytes) -> str:
    pieces = [content[start : start + PIECE] for start in range(0, len(content), PIECE)]
    return hashlib.sha256(b"".join(hashlib.sha256(piece).digest() for piece in pieces)).hexdigest()


@pytest.fixture(scope="module")
def content() -> bytes:
    return b"".join(bytes([number]) * PIECE for number in range(5)) + b"the rest"


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 5 * PIECE + 8])
def test_it_is_that_of_the_pieces_in_their_order(size: int, content: bytes, tmp_path: Path) -> None:
    (path := tmp_path / "file").write_bytes(content[:size])
    assert sha256(path) == expected(content[:size])


def test_every_byte_and_the_order_of_the_pieces_count(content: bytes, tmp_path: Path) -> None:
    path, found = tmp_path / "file", set()
    changed = [content, content[PIECE : 2 * PIECE] + content[:PIECE] + content[2 * PIECE :], content[:-1]]
    places = (0, PIECE - 1, PIECE, 3 * PIECE + 5, len(content) - 1)
    changed += [content[:place] + b"\xff" + content[place + 1 :] for place in places]
    for one in changed:
        path.write_bytes(one)
        found.add(sha256(path))
    assert len(found) == len(changed)
