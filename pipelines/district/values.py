"""The kinds of values in `district.toml`, each with the Chinese sentence for what can be wrong with it.

Numbers that scores and points are compared with are Decimals read from the digits in the file, so
that a line of 12.1 is 12.1 and not the nearest binary fraction.
"""

import re
import warnings
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Literal, TypeVar

import duckdb
from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from pipelines.faults import PeriodFault
from pipelines.metrics import load_metrics
from pipelines.periods import Period

Programme = Literal["D", "Y", "T", "Z", "W"]
NumberKey = Literal["1", "2", "3", "4", "5", "6"]
SatisfactionAnswer = Literal["很满意", "满意", "基本满意", "不满意", "很不满意", "不了解"]
SafetyAnswer = Literal["很安全", "安全", "基本安全", "不太安全", "不安全", "不了解"]
SheetKind = Literal[
    "cover", "overview", "weakest_map", "unit_tiers", "consequences", "unit_list", "movers", "overdue", "surveys",
    "wishes", "decisions",
]  # fmt: skip

# What can be chosen for a sheet of the agenda; a unit's figures have no area.
SHEET_CHOICES: dict[str, tuple[str, ...]] = {
    "cover": (),
    "overview": ("period", "area"),
    "weakest_map": ("period", "metric"),
    "unit_tiers": ("period",),
    "consequences": ("period",),
    "unit_list": ("period", "group"),
    "movers": ("period",),
    "overdue": ("area",),
    "surveys": ("period",),
    "wishes": ("period", "area"),
    "decisions": (),
}

GRAINS = ("month", "quarter", "year")
CODE_GROUPS = ("number", "unit", "grid", "building")

_Items = TypeVar("_Items", bound=tuple[object, ...])


def setting_error(wrong: str, remedy: str, *path: str | int) -> PydanticCustomError:
    """What a setting has wrong and what to do; `path` leads on from the place where it is raised."""
    return PydanticCustomError("setting", "{wrong}", {"wrong": wrong, "remedy": remedy, "path": path})


def _as_decimal(value: object, info: ValidationInfo) -> object:
    """Whole numbers of the file, and the digits that stand for a Decimal in JSON."""
    if isinstance(value, str) and info.mode == "json":
        return Decimal(value)
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _distinct(items: _Items) -> _Items:
    for item in items:
        if items.count(item) > 1:
            raise setting_error(f"“{item}”写了两次", "只留一次")
    return items


def _not_empty(items: _Items) -> _Items:
    if not items:
        raise setting_error("列表是空的", "至少写一项")
    return items


def _four(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(names) != 4:
        raise setting_error(f"应有 4 个档次名称，现有 {len(names)} 个", "从高到低写满 4 个")
    return names


def _one_line(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise setting_error("文字是空的，或含有换行等控制字符", "写成一行文字")
    if len(text) > 60:
        raise setting_error(f"文字有 {len(text)} 个字，太长", "写成 60 个字以内")
    return text


def _two_items(value: object) -> object:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise setting_error("应为两个数", "写成 [下限, 上限]")
    return value


def _ascending(bounds: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
    if bounds[0] > bounds[1]:
        raise setting_error(f"下限 {bounds[0]} 大于上限 {bounds[1]}", "写成 [下限, 上限]")
    return bounds


def _one_or_five(answer: int) -> int:
    # A Literal would let true pass for 1.
    if answer not in (1, 5):
        raise setting_error("只能是 1 或 5", "写出 1 至 5 中表示很满意的那个数")
    return answer


def _usable_pattern(pattern: str) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compiled = re.compile(pattern)
    except re.error as error:
        at = 1 if error.pos is None else error.pos + 1
        raise setting_error(f"正则表达式在第 {at} 个字符处有误", "改正表达式，并用英文单引号括起") from error
    except (OverflowError, RecursionError) as error:
        raise setting_error("正则表达式重复次数太大或嵌套太深", "改用更短的表达式") from error
    if not _database_knows(pattern):
        raise setting_error("正则表达式里有数据库不支持的写法（如前后查找、反向引用）", "改用普通分组")
    if not set(compiled.groupindex) <= set(CODE_GROUPS):
        raise setting_error("正则表达式里有不认识的组名", f"只用 {'、'.join(CODE_GROUPS)}")
    if not compiled.groupindex and not 1 <= compiled.groups <= len(CODE_GROUPS):
        raise setting_error(
            f"正则表达式应有 1 至 4 个分组，现有 {compiled.groups} 个",
            f"按 {'、'.join(CODE_GROUPS)} 的次序分组",
        )
    return pattern


def _known_metric(name: str) -> str:
    """A metric of the catalogue that can be asked for every community."""
    known = load_metrics()
    if name not in known:
        close = get_close_matches(name, known, n=1)
        raise setting_error(
            f"“{name}”不是指标", f"改成“{close[0]}”" if close else "从 steward metrics 列出的指标中选"
        )
    if "community" not in known[name].dimensions or known[name].kind != "rate":
        raise setting_error(f"“{name}”不是能按社区比较的比率", "换一个按社区统计的比率")
    return name


def _period_or_grain(text: str) -> str:
    if text in GRAINS:
        return text
    try:
        return Period.parse(text).key
    except PeriodFault as error:
        raise setting_error(
            f"“{text}”不是时段", "写成 month、quarter、year，或 2023-09、2023Q3、2023 这样的时段"
        ) from error


@cache
def _database_knows(pattern: str) -> bool:
    """Whether the database that will apply the pattern takes it; it knows less than Python."""
    try:
        with duckdb.connect() as database:
            database.execute("SELECT regexp_matches('', ?)", [pattern])
    except duckdb.Error:
        return False
    return True


# A list in the file is a tuple in memory: `strict=False` holds for the container, not for its items.
_AsTuple = Field(strict=False)

Count = Annotated[int, Field(ge=0, le=100_000)]
Positive = Annotated[float, Field(gt=0, le=1_000_000)]
Exact = Annotated[Decimal, BeforeValidator(_as_decimal), Field(ge=0, le=1_000_000, decimal_places=4)]
Share = Annotated[Decimal, BeforeValidator(_as_decimal), Field(ge=0, le=1, decimal_places=4)]
Range = Annotated[tuple[Exact, Exact], _AsTuple, BeforeValidator(_two_items), AfterValidator(_ascending)]
BestAnswer = Annotated[int, AfterValidator(_one_or_five)]
AgendaMetric = Annotated[str, AfterValidator(_known_metric)]
AgendaPeriod = Annotated[str, AfterValidator(_period_or_grain)]
Text = Annotated[str, AfterValidator(_one_line)]
CodePattern = Annotated[str, AfterValidator(_usable_pattern)]
Programmes = Annotated[tuple[Programme, ...], _AsTuple, AfterValidator(_distinct), AfterValidator(_not_empty)]
TierNames = Annotated[tuple[Text, ...], _AsTuple, AfterValidator(_distinct), AfterValidator(_four)]
Satisfied = Annotated[
    tuple[SatisfactionAnswer, ...],
    _AsTuple,
    AfterValidator(_distinct),
    AfterValidator(_not_empty),
]
Safe = Annotated[tuple[SafetyAnswer, ...], _AsTuple, AfterValidator(_distinct), AfterValidator(_not_empty)]
Unknown = Annotated[
    tuple[Literal[SatisfactionAnswer, SafetyAnswer], ...], _AsTuple, AfterValidator(_distinct)
]
