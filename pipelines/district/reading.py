"""Reads `district.toml` and says in one sentence, with the line, why it cannot be used."""

import tomllib
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pydantic import ValidationError

from pipelines.district.sentences import settings_fault, syntax_fault
from pipelines.district.settings import District
from pipelines.faults import DistrictFault

_LARGEST_BYTES = 1_000_000


def load_district(path: Path | None) -> District:
    """The settings in the file, or the defaults for None; DistrictFault when it cannot be used."""
    if path is None:
        return District()
    text = _read(path)
    try:
        document = tomllib.loads(text, parse_float=_exact)
    except (ValueError, RecursionError) as error:
        raise syntax_fault(path, text, error) from error
    try:
        return District.model_validate(document)
    except ValidationError as error:
        raise settings_fault(path, text, error, District) from error


def _read(path: Path) -> str:
    try:
        if not path.exists():
            raise DistrictFault(path, None, "找不到这个文件", "检查 --district 后面的路径")
        if not path.is_file():
            raise DistrictFault(path, None, "这不是普通文件", "给出 district.toml 文件本身的路径")
        if path.stat().st_size > _LARGEST_BYTES:
            raise DistrictFault(path, None, "文件超过 1 MB，不像设置文件", "检查 --district 后面的路径")
        content = path.read_bytes()
    except OSError as error:
        raise DistrictFault(path, None, f"无法读取（{error.strerror}）", "检查文件的权限") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise DistrictFault(path, line, "文字不是 UTF-8 编码", "用编辑器另存为 UTF-8") from error


def _exact(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except InvalidOperation:
        # Beyond any exponent that Decimal knows; refused with its line like every other NaN.
        return Decimal("NaN")
