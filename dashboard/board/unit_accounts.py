"""The account behind a unit's score: people, kinds, months and single rows of the ledger.

Who may be told apart: in burden relief nobody, and no single row is shown; in a unit of fewer people than the smallest
group, rows are shown without their person. Sums of the unit are always told, for a score must be explained.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.board.door import Serving, connection
from dashboard.board.kept_answers import answer
from dashboard.board.units import number_of, people_of, sources_of
from dashboard.privacy import is_suppressed
from pipelines.periods import Period
from pipelines.unit_ledger import (
    NEWEST,
    LedgerRow,
    LedgerRows,
    Pick,
    first_rows,
    kinds_of,
    months_of,
    newest_of,
    newest_rows,
    roster_of,
    told_apart,
)

SHOWN = NEWEST
EVERY = "all"


@dataclass(frozen=True)
class Part:
    """What a person, kind or month of a unit's quarter comes to; `steward_number` is the class of a person."""

    code: str
    points: float
    entries: int
    steward_number: int | None = None


@dataclass(frozen=True)
class Disclosure:
    """What may be shown of a unit's account: its people one by one, single rows."""

    people: bool
    rows: bool

    @property
    def cuts(self) -> list[str]:
        """The ways to part the points, best known first."""
        return ["person", "kind", "month"] if self.people else ["kind", "month"]


def disclosure(serving: Serving, headcount: int) -> Disclosure:
    """What the district's privacy lets through for a unit of so many people."""
    if serving.district.burden_relief:
        return Disclosure(people=False, rows=False)
    few = is_suppressed(headcount, serving.district.privacy.minimum_group)
    return Disclosure(people=not few, rows=True)


@answer
def cut(serving: Serving, quarter: Period, unit_id: str, by: str) -> list[Part]:
    """The parts of a unit's quarter by person, kind or month: most points first, months as they come."""
    if by == "person":
        people = told_apart(people_of(serving, quarter, unit_id), _roster(serving, unit_id))
        return [Part(code, points, entries, group) for code, group, points, entries in people]
    parts = sources_of(serving, quarter, unit_id)
    return [Part(*one) for one in (kinds_of(parts) if by == "kind" else months_of(parts))]


@answer
def _roster(serving: Serving, unit_id: str) -> dict[int, tuple[str, int | None]]:
    cursor = connection(serving.root, serving.version).cursor()
    return roster_of(cursor, number_of(serving, unit_id))


@answer
def picked(serving: Serving, quarter: Period, unit_id: str, by: str, code: str) -> LedgerRows:
    """The newest rows of a person, kind or month (EVERY: of the unit), and what all of them come to."""
    return _rows(serving, quarter, unit_id, _pick(by, code), SHOWN)


def whole(
    serving: Serving, quarter: Period, unit_id: str, shown: Disclosure
) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """For a download: all rows behind the score, and every cut that may be shown."""
    every = _rows(serving, quarter, unit_id, Pick(), None).rows
    return every, {by: _table(by, cut(serving, quarter, unit_id, by)) for by in shown.cuts}


def _table(by: str, parts: list[Part]) -> pd.DataFrame:
    """code, points, entries, by person also steward_number."""
    columns = ["code", *(["steward_number"] if by == "person" else []), "points", "entries"]
    return pd.DataFrame([[getattr(one, name) for name in columns] for one in parts], columns=columns)


def _rows(serving: Serving, quarter: Period, unit_id: str, pick: Pick, limit: int | None) -> LedgerRows:
    parts = sources_of(serving, quarter, unit_id)
    if pick == Pick() and limit == NEWEST:
        return first_rows(_newest(serving, unit_id).get(quarter.start, []), parts)
    cursor = connection(serving.root, serving.version).cursor()
    return newest_rows(cursor, number_of(serving, unit_id), quarter, pick, parts, limit)


@answer
def _newest(serving: Serving, unit_id: str) -> dict[date, list[LedgerRow]]:
    return newest_of(connection(serving.root, serving.version).cursor(), number_of(serving, unit_id))


def _pick(by: str, code: str) -> Pick:
    if code == EVERY:
        return Pick()
    return {"person": Pick(steward_id=code), "kind": Pick(kind=code), "month": Pick(month=code)}[by]
