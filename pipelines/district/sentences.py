"""Turns what tomllib and pydantic report into one Chinese sentence with the line at fault."""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pipelines.district.toml_lines import KeyPath, toml_lines
from pipelines.faults import DistrictFault

_Said = tuple[str, str]

# How tomllib begins its messages.
_SYNTAX: dict[str, _Said] = {
    "Cannot overwrite a value": ("同一项设置写了两次", "只留一处"),
    "Duplicate inline table key": ("同一项设置写了两次", "只留一处"),
    "Cannot declare": ("同一节写了两次，或与别的设置同名", "合并成一节"),
    "Cannot redefine namespace": ("同一节写了两次，或与别的设置同名", "合并成一节"),
    "Cannot mutate immutable namespace": ("同一节写了两次，或与别的设置同名", "合并成一节"),
    "Invalid date or datetime": ("日期不存在", "写成 2023-01-01 这样的日期"),
    "Unterminated string": ("引号没有成对", "补上英文引号"),
    "Unclosed array": ("方括号没有成对", "补上 ]"),
    "Unclosed inline table": ("花括号没有成对", "补上 }"),
}
_CHINESE_MARKS = frozenset("“”‘’\uff02\uff1d\uff0c\u3002\uff3b\uff3d\u3010\u3011")

# By pydantic's type of error: what is wrong and what to do, from the bounds that pydantic names.
_WRONG: dict[str, Callable[[Mapping[str, Any]], _Said]] = {
    "setting": lambda context: (context["wrong"], context["remedy"]),
    "int_type": lambda _: ("应为整数", "写成不带引号和小数点的整数"),
    "float_type": lambda _: ("应为数字", "写成不带引号的数字"),
    "is_instance_of": lambda _: ("应为数字", "写成不带引号的数字"),
    "finite_number": lambda _: ("应为有限的数字", "写成普通的数字"),
    "decimal_max_places": lambda _: ("小数位太多", "最多写四位小数"),
    "bool_type": lambda _: ("应为 true 或 false", "写成不带引号的 true 或 false"),
    "string_type": lambda _: ("应为文字", "加上英文双引号"),
    "date_type": lambda _: ("应为日期", "写成不带引号的 2023-01-01"),
    "tuple_type": lambda _: ("应为列表", "用方括号括起"),
    "dict_type": lambda _: ("应为一组设置", "写成 { 名称 = 值 }"),
    "model_type": lambda _: ("应为一节设置", "写成方括号括起的一节"),
    "greater_than": lambda context: (f"应大于 {context['gt']:g}", "改成更大的数"),
    "greater_than_equal": lambda context: (f"不能小于 {context['ge']:g}", "改成更大的数"),
    "less_than_equal": lambda context: (f"不能大于 {context['le']:g}", "改成更小的数"),
}


def syntax_fault(path: Path, text: str, error: Exception) -> DistrictFault:
    """The fault for a text that tomllib refuses."""
    place = re.search(r"\(at line (\d+), column \d+\)", str(error))
    line = int(place[1]) if place else text.rstrip().count("\n") + 1
    written = text.split("\n")[line - 1].strip()
    wrong, remedy = _syntax_said(str(error), written)
    shown = written if len(written) <= 40 else f"{written[:40]}…"
    return DistrictFault(path, line, f"{wrong}（{shown}）" if shown else wrong, remedy)


def _syntax_said(message: str, written: str) -> _Said:
    for beginning, said in _SYNTAX.items():
        if message.startswith(beginning):
            return said
    if _CHINESE_MARKS.intersection(written.partition("#")[0]):
        return "这一行有中文标点", "把引号、等号、逗号和括号改成英文的"
    if message.startswith("Invalid value"):
        return "等号后面的值写法有误", "给文字加英文双引号，日期写成 2023-01-01，列表加方括号"
    return "TOML 写法有误", "按“名称 = 值”一行一项改正"


def settings_fault(path: Path, text: str, error: ValidationError, model: type[BaseModel]) -> DistrictFault:
    """The fault for the first setting in the file that `model` refuses."""
    lines = toml_lines(text)
    details = min(error.errors(include_url=False), key=lambda one: _urgency(one, lines))
    wrong, remedy = _said(details, model)
    place = _place(details)
    return DistrictFault(path, _line(place, lines), wrong, remedy, setting=_name(place))


def _urgency(details: ErrorDetails, lines: Mapping[KeyPath, int]) -> tuple[bool, int]:
    """A missing setting comes last: an unknown one is often the same one misspelt."""
    return details["type"] == "missing", _line(_place(details), lines)


def _said(details: ErrorDetails, model: type[BaseModel]) -> _Said:
    place = _place(details)
    if details["type"] == "missing":
        return "没有写", "补上这一项"
    if details["type"] == "literal_error":
        return f"不能写“{details['input']!s:.30}”", f"从 {_choices(details['ctx']['expected'])} 中选"
    if details["type"] == "extra_forbidden":
        return "不是可用的设置", _known_instead(str(place[-1]), _settings_at(model, place[:-1]))
    if details["type"] == "tuple_type" and isinstance(details["input"], dict):
        return "应为可以重复的一节", f"把 [{place[-1]}] 写成 [[{place[-1]}]]"
    if details["type"] in _WRONG:
        return _WRONG[details["type"]](details.get("ctx", {}))
    return "的值不合要求", "对照设置说明改正"


def _place(details: ErrorDetails) -> KeyPath:
    location = tuple(part for part in details["loc"] if part != "[key]")
    return (*location, *details.get("ctx", {}).get("path", ()))


def _line(place: KeyPath, lines: Mapping[KeyPath, int]) -> int:
    """The line of the setting, or of what it is missing from."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _name(place: KeyPath) -> str:
    """The setting as the user knows it, without the position in a list."""
    names = [part for part in place if isinstance(part, str)]
    return ".".join(names)


def _settings_at(model: type[BaseModel], place: KeyPath) -> list[str]:
    """The names that the section at `place` knows."""
    for part in place:
        if isinstance(part, str):
            annotation: Any = model.model_fields[part].annotation
            model = next(iter(get_args(annotation)), annotation)
    return [field.alias or name for name, field in model.model_fields.items()]


def _known_instead(written: str, known: list[str]) -> str:
    close = get_close_matches(written, known, n=1)
    if close:
        return f"改成“{close[0]}”或删去"
    return f"删去它，这里可写 {'、'.join(known)}"


def _choices(expected: str) -> str:
    return expected.replace("'", "").replace(" or ", "、").replace(", ", "、")
