"""The declarations of the exports: one file `sources/<export>.toml` each, read and validated here.

Everything that is particular to an export (columns, headers, types, ranges, key, order, references)
is declared there; the code treats all exports alike.
"""

import tomllib
from collections.abc import Mapping
from functools import cache, cached_property
from graphlib import CycleError, TopologicalSorter
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import product
from typing import Literal, Self

from pydantic import ConfigDict, TypeAdapter, model_validator
from pydantic.dataclasses import dataclass

ColumnType = Literal[
    "code",
    "text",
    "choice",
    "integer",
    "number",
    "date",
    "datetime",
    "deadline",
    "boolean",
    "longitude",
    "latitude",
]

_STRICT = ConfigDict(extra="forbid")
_NUMERIC = ("integer", "number", "longitude", "latitude")
_DATED = ("date", "datetime", "deadline")


class DeclarationError(ValueError):
    """A declaration that contradicts itself or another one; a fault of the program, not of its user."""


@dataclass(frozen=True, config=_STRICT)
class Choice:
    """A stored value of a choice column, its English name where it is Chinese, and other spellings that mean it."""

    value: str
    label_en: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, config=_STRICT)
class Column:
    """One column of an export.

    `references` names the export whose key the column holds; `minimum` and `maximum` are inclusive;
    `event` marks a time that must not lie after data until; `personal` columns go to the private file.
    """

    name: str
    header: str
    type: ColumnType
    description: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    personal: bool = False
    references: str | None = None
    choices: tuple[Choice, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    event: bool = False

    @model_validator(mode="after")
    def _agrees_with_its_type(self) -> Self:
        if (self.type == "choice") != bool(self.choices):
            raise ValueError(f"{self.name}: choices belong to columns of type choice, and to all of them")
        if self.type not in _NUMERIC and (self.minimum is not None or self.maximum is not None):
            raise ValueError(f"{self.name}: only numbers have a range")
        if self.type not in _DATED and self.event:
            raise ValueError(f"{self.name}: only dates are events")
        if self.type == "deadline" and self.event:
            raise ValueError(f"{self.name}: a deadline may lie ahead, so it is no event")
        spellings = [text for choice in self.choices for text in (choice.value, *choice.aliases)]
        if len(spellings) != len(set(spellings)):
            raise ValueError(f"{self.name}: one spelling for two choices")
        return self

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header that means this column, the declared ones first: Chinese, English, aliases."""
        return self.header, self.name, *self.aliases

    @property
    def surrogate(self) -> str:
        """Name of the integer column that replaces a reference or a referenced key: task_id → task_no."""
        for ending in ("_id", "_code", "_with"):
            if self.name.endswith(ending):
                return self.name.removesuffix(ending) + "_no"
        raise DeclarationError(f"{self.name}: a reference ends in _id, _code or _with")


# Every export may withdraw its own records.
VOIDED = Column(
    name="voided",
    header="作废",
    aliases=("是否作废", "已作废"),
    type="boolean",
    description="是 = 撤回同一主键的记录",
)


@dataclass(frozen=True, config=_STRICT)
class Export:
    """One kind of CSV that comes in; `key` names the columns that identify a record.

    `order` holds pairs (earlier, later) of columns, as declared; `voided` is not among `columns`.
    """

    name: str
    label: str
    label_en: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    order: tuple[tuple[str, str], ...] = ()

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        names = [column.name for column in self.accepted]
        if len(names) != len(set(names)):
            raise ValueError(f"{self.name}: two columns of one name")
        by_name = {column.name: column for column in self.columns}
        for name in self.key:
            if name not in by_name or not by_name[name].required:
                raise ValueError(f"{self.name}: key column {name} is not a required column")
        for name in (name for pair in self.order for name in pair):
            if name not in by_name or by_name[name].type not in _DATED:
                raise ValueError(f"{self.name}: order names {name}, which is no date of this export")
        if any(earlier == later for earlier, later in self.order_pairs):
            raise ValueError(f"{self.name}: the order runs in a circle")
        return self

    @property
    def accepted(self) -> tuple[Column, ...]:
        """The declared columns and `voided`."""
        return *self.columns, VOIDED

    @cached_property
    def required(self) -> tuple[Column, ...]:
        """The columns without which a file is refused and a record rejected."""
        return tuple(column for column in self.columns if column.required)

    @cached_property
    def references(self) -> tuple[Column, ...]:
        """The columns that hold keys of another export, or of this one."""
        return tuple(column for column in self.columns if column.references is not None)

    @cached_property
    def outward_references(self) -> tuple[Column, ...]:
        """The references to other exports; those of an export to itself are resolved when it is complete."""
        return tuple(column for column in self.references if column.references != self.name)

    @cached_property
    def order_pairs(self) -> tuple[tuple[str, str], ...]:
        """Every pair (earlier, later), with those that follow: a ≤ b and b ≤ c also say a ≤ c, b absent."""
        pairs = dict.fromkeys(self.order)
        while True:
            implied = {(a, d): None for (a, b), (c, d) in product(pairs, pairs) if b == c}
            if implied.keys() <= pairs.keys():
                return tuple(pairs)
            pairs |= implied

    @property
    def surrogate(self) -> str:
        """Name of the integer key of a referenced export: tasks → task_no."""
        return self.column(self.key[0]).surrogate

    def column(self, name: str) -> Column:
        """The accepted column of that name; KeyError when there is none."""
        for column in self.accepted:
            if column.name == name:
                return column
        raise KeyError(name)


_EXPORT = TypeAdapter(Export)


@cache
def load_exports() -> Mapping[str, Export]:
    """All declared exports by name, in the order in which references can be resolved.

    Raises DeclarationError when a declaration is not valid.
    """
    return read_declarations(files("pipelines") / "sources")


def load_order() -> tuple[str, ...]:
    """Names of all exports, every one after those that it refers to."""
    return tuple(load_exports())


@cache
def referenced_exports() -> frozenset[str]:
    """Names of the exports that others (or they themselves) refer to: those with a surrogate key."""
    return frozenset(
        column.references
        for export in load_exports().values()
        for column in export.references
        if column.references is not None
    )


def read_declarations(folder: Traversable) -> dict[str, Export]:
    """Reads and validates every `.toml` of a folder; see `load_exports`."""
    paths = sorted(
        (path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name
    )
    exports = {export.name: export for export in map(_read, paths)}
    targets: dict[str, list[str]] = {}
    for export in exports.values():
        named = [column.references for column in export.references if column.references is not None]
        for target in named:
            if target not in exports:
                raise DeclarationError(f"{export.name}: refers to {target}, which is not declared")
        targets[export.name] = [target for target in named if target != export.name]
    try:
        return {name: exports[name] for name in TopologicalSorter(targets).static_order()}
    except CycleError as error:
        raise DeclarationError(f"exports refer to each other in a circle: {error.args[1]}") from error


def _read(path: Traversable) -> Export:
    """One declaration; its file is named as the export."""
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
        declared["columns"] = declared.pop("column", [])
        export = _EXPORT.validate_python(declared)
    except ValueError as error:
        raise DeclarationError(f"{path.name}: {error}") from error
    if path.name != f"{export.name}.toml":
        raise DeclarationError(f"{path.name}: declares {export.name}")
    return export
