"""The catalogue of metrics: one entry in `metrics/*.toml` each, read and validated here.

A metric is a sum over the rows of a mart, or the ratio of two sums; everything that answers a question
(screens, commands, reports) takes label, definition, grains and dimensions from here.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal, Self

from pydantic import ConfigDict, TypeAdapter, model_validator
from pydantic.dataclasses import dataclass

Kind = Literal["count", "rate", "mean", "stock", "survey"]
Grain = Literal["month", "quarter", "year", "wave", "all"]

GRAINS: tuple[Grain, ...] = ("month", "quarter", "year", "wave", "all")
AREA_DIMENSIONS = ("district", "subdistrict", "community")

# Marts whose rows stand for one period of one grain each: their people or sites cannot be added up over time.
OWN_PERIODS = frozenset({"people", "places", "progress"})
# Marts with rows of single days, from which the first days of a period can be asked.
DAILY = frozenset(
    {
        "activities",
        "checkins",
        "claims",
        "closings",
        "completions",
        "honours",
        "incidents",
        "meetings",
        "points",
        "projects",
        "publications",
        "tasks",
        "verifications",
        "wishes",
    }
)

_SUM = re.compile(r"[a-z_]+( [+-] [a-z_]+)*")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_STRICT = ConfigDict(extra="forbid")


class CatalogueError(ValueError):
    """An entry that contradicts itself or another one; a fault of the program, not of its user."""


@dataclass(frozen=True, config=_STRICT)
class Code:
    """A code of a dimension and what it is called."""

    code: str
    label: str
    label_en: str


@dataclass(frozen=True, config=_STRICT)
class Lookup:
    """Where the names of a dimension's codes stand: column `name` of `table`, found by column `code`."""

    table: str
    code: str


@dataclass(frozen=True, config=_STRICT)
class Dimension:
    """A way to break a metric down; `codes` are in the order in which they are shown."""

    name: str
    label: str
    label_en: str
    codes: tuple[Code, ...] = ()
    lookup: Lookup | None = None


@dataclass(frozen=True, config=_STRICT)
class Metric:
    """One metric. `numerator` and `denominator` are columns of `marts.<mart>`, or sums of some.

    `requires`: the dimension without which its quantities must not be added up; `name_suffix`: a column
    that goes with the name of each code; `cumulative`: everything up to the end of the period counts.
    """

    name: str
    label: str
    label_en: str
    definition: str
    definition_en: str
    mart: str
    numerator: str
    kind: Kind
    better: Literal["up", "down", "none"]
    format: Literal["integer", "decimal1", "percent1"]
    suffix: str
    grains: tuple[Grain, ...]
    dimensions: tuple[str, ...]
    denominator: str | None = None
    requires: str | None = None
    name_suffix: str | None = None
    cumulative: bool = False

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"{self.name}: a name is of small letters, digits and underscores")
        if (self.denominator is not None) != (self.kind in ("rate", "mean", "survey")):
            raise ValueError(f"{self.name}: rates, means and surveys have a denominator, and only they")
        for expression in (self.numerator, self.denominator or self.numerator):
            if not _SUM.fullmatch(expression):
                raise ValueError(f"{self.name}: '{expression}' is no sum of columns")
        if not self.grains or not self.dimensions:
            raise ValueError(f"{self.name}: no grain or no dimension")
        if self.requires is not None and self.requires not in self.dimensions:
            raise ValueError(f"{self.name}: requires {self.requires}, which is none of its dimensions")
        if (self.format == "percent1") != (self.kind in ("rate", "survey")):
            raise ValueError(f"{self.name}: rates and surveys are shown in per cent, and only they")
        return self

    @property
    def daily(self) -> bool:
        """Whether the first days of a period can be asked (like for like)."""
        return self.mart in DAILY and not self.cumulative


@dataclass(frozen=True, config=_STRICT)
class _File:
    metric: tuple[Metric, ...] = ()
    dimension: tuple[Dimension, ...] = ()


_FILE = TypeAdapter(_File)


def load_metrics() -> Mapping[str, Metric]:
    """All metrics by name, in the order of the files. Raises CatalogueError when an entry is not valid."""
    return _catalogue()[0]


def load_dimensions() -> Mapping[str, Dimension]:
    """All dimensions by name. Raises CatalogueError when an entry is not valid."""
    return _catalogue()[1]


@cache
def _catalogue() -> tuple[Mapping[str, Metric], Mapping[str, Dimension]]:
    return read_catalogue(files("pipelines") / "metrics")


def read_catalogue(folder: Traversable) -> tuple[Mapping[str, Metric], Mapping[str, Dimension]]:
    """The metrics and dimensions of a folder of TOML files, held against each other."""
    metrics: dict[str, Metric] = {}
    dimensions: dict[str, Dimension] = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            read = _validated(entry.name, tomllib.loads(entry.read_text("utf-8")))
            for metric in read.metric:
                if metrics.setdefault(metric.name, metric) is not metric:
                    raise CatalogueError(f"{entry.name}: {metric.name} is there twice")
            for dimension in read.dimension:
                if dimensions.setdefault(dimension.name, dimension) is not dimension:
                    raise CatalogueError(f"{entry.name}: dimension {dimension.name} is there twice")
    for metric in metrics.values():
        for name in metric.dimensions:
            if name not in dimensions:
                raise CatalogueError(f"{metric.name}: dimension {name} is not declared")
    return metrics, dimensions


def _validated(name: str, document: dict[str, Any]) -> _File:
    try:
        return _FILE.validate_python(document)
    except ValueError as error:
        raise CatalogueError(f"{name}: {error}") from error
