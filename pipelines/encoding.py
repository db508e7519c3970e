"""Find the encoding of an export and turn it into UTF-8: BOM, strict UTF-8, strict GB18030, refuse."""

import codecs

from pipelines.faults import UnknownEncoding

UTF8 = "utf-8"
UTF8_BOM = "utf-8-sig"
GB18030 = "gb18030"
UTF16 = "utf-16"


def detect_encoding(data: bytes, name: str) -> tuple[str, bool]:
    """Name the encoding of a whole file, and tell whether every byte of the file fits it.

    A file of which most lines beyond ASCII are UTF-8 is UTF-8 although single lines are damaged (those
    become rejects); Chinese GB18030 text is practically never valid UTF-8, the reverse happens.

    Raises UnknownEncoding when no encoding fits.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if not _decodes(data, UTF16):
            raise UnknownEncoding(name)
        return UTF16, True
    sound = data.isascii() or _decodes(data, UTF8)
    if data.startswith(codecs.BOM_UTF8):
        return UTF8_BOM, sound
    if sound or _mostly_utf8(data):
        return UTF8, sound
    if _decodes(data, GB18030):
        return GB18030, True
    raise UnknownEncoding(name)


def to_utf8(data: bytes, encoding: str) -> bytes:
    """The same text as UTF-8 without BOM; damaged UTF-8 passes unchanged, line by line rejected later."""
    if encoding == UTF8:
        return data
    if encoding == UTF8_BOM:
        return data[len(codecs.BOM_UTF8) :]
    return data.decode(encoding).encode()


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(data: bytes) -> bool:
    beyond_ascii = [line for line in data.split(b"\n") if not line.isascii()]
    valid = sum(_decodes(line, UTF8) for line in beyond_ascii)
    return valid * 2 > len(beyond_ascii)
