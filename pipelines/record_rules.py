"""The rules that reject a record, as SQL over its typed columns (`name`) and their spelling (`clean_name`)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipelines.casting import has_time
from pipelines.reasons import Reason
from pipelines.sources import Column, Export

# Bytes; the cell limit of spreadsheets. Longer text is an unclosed quote or a pasted document.
MAX_TEXT = 32_767
_UNREADABLE = {
    "integer": Reason.BAD_NUMBER,
    "number": Reason.BAD_NUMBER,
    "longitude": Reason.BAD_NUMBER,
    "latitude": Reason.BAD_NUMBER,
    "date": Reason.BAD_DATE,
    "datetime": Reason.BAD_DATE,
    "deadline": Reason.BAD_DATE,
    "choice": Reason.BAD_CHOICE,
    "boolean": Reason.BAD_CHOICE,
}


@dataclass(frozen=True)
class Rule:
    """A condition that rejects a record."""

    reason: Reason
    column: Column
    condition: str


def late_references(export: Export, unchecked: frozenset[str]) -> tuple[Column, ...]:
    """The references that are resolved after reading: all but keys and those that nothing can check."""
    return tuple(
        column
        for column in export.outward_references
        if column.references not in unchecked and column.name not in export.key
    )


def reading_rules(export: Export, data_until: datetime | None, unchecked: frozenset[str]) -> list[Rule]:
    """Every reason for which a record is rejected on its own, apart from its references."""
    late = late_references(export, unchecked)
    found: list[Rule] = []
    for column in export.accepted:
        if column not in late:
            found += _column_rules(column, data_until)
    for earlier, later in export.order_pairs:
        condition = _out_of_order(export.column(earlier), export.column(later))
        found.append(Rule(Reason.WRONG_ORDER, export.column(later), condition))
    return found


def resolving_rules(export: Export, unchecked: frozenset[str]) -> list[Rule]:
    """Every reason that shows when references are resolved; `unchecked` are the absent exports, which nothing is
    judged by."""
    found: list[Rule] = []
    for column in late_references(export, unchecked):
        if column.required:
            found.append(Rule(Reason.MISSING_VALUE, column, f"{column.name} IS NULL"))
        found.append(Rule(Reason.TOO_LONG, column, f"strlen({column.name}) > {MAX_TEXT}"))
    return found + [
        Rule(Reason.UNKNOWN_REFERENCE, column, f"{column.name} IS NOT NULL AND {column.surrogate} IS NULL")
        for column in export.outward_references
        if column.references not in unchecked
    ]


def _column_rules(column: Column, data_until: datetime | None) -> Iterator[Rule]:
    name, cleaned = column.name, f"clean_{column.name}"
    if column.required:
        yield Rule(Reason.MISSING_VALUE, column, f"{cleaned} IS NULL")
    if column.type in _UNREADABLE:
        yield Rule(_UNREADABLE[column.type], column, f"{name} IS NULL AND {cleaned} IS NOT NULL")
    else:
        yield Rule(Reason.TOO_LONG, column, f"strlen({name}) > {MAX_TEXT}")
    if column.minimum is not None:
        yield Rule(Reason.OUT_OF_RANGE, column, f"{name} < {column.minimum}")
    if column.maximum is not None:
        yield Rule(Reason.OUT_OF_RANGE, column, f"{name} > {column.maximum}")
    if column.event and data_until is not None:
        yield Rule(Reason.FUTURE_DATE, column, f"{name} > TIMESTAMP '{data_until}'")


def _out_of_order(earlier: Column, later: Column) -> str:
    """Compared at the coarser of the two precisions: a bare date is neither before nor after its own hours."""
    reverse = f"{earlier.name} > {later.name}"
    if earlier.type == later.type == "date":
        return reverse
    same_day = f"CAST({earlier.name} AS DATE) = CAST({later.name} AS DATE)"
    timed = has_time(f"clean_{later.name}")
    return f"CASE WHEN {reverse} THEN {timed} OR NOT {same_day} ELSE FALSE END"


def broken(rules: Sequence[Rule]) -> str:
    """SQL: whether a record breaks any of these rules."""
    # Unknown OR true is true, so one coalesce around them all suffices.
    return f"coalesce({' OR '.join(f'({rule.condition})' for rule in rules)}, FALSE)" if rules else "FALSE"


def verdicts(rules: Sequence[Rule]) -> str:
    """SQL: for each of these rules whether a record breaks it, as a list; NULL counts as no."""
    return f"[{', '.join(rule.condition for rule in rules)}]::BOOLEAN[]"
