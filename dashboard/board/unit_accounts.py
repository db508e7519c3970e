"""The account behind a unit's score: people, kinds, months and single rows of the ledger.

Who may be told apart: in burden relief nobody, and no single row is shown; in a unit of fewer people than the smallest
group, rows are shown without their person. Sums of the unit are always told, for a score must be explained.
"""

from dataclasses import dataclass

import pandas as pd

from dashboard.board.door import Serving, connection
from dashboard.board.kept_answers import answer
from dashboard.board.units import sources_of
from dashboard.privacy import is_suppressed
from pipelines.periods import Period
from pipelines.unit_ledger import NEWEST, LedgerRows, Pick, by_kind, by_month, newest_rows, points_by_person

SHOWN = NEWEST
EVERY = "all"


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
def cut(serving: Serving, quarter: Period, unit_id: str, by: str) -> pd.DataFrame:
    """code, points, entries (by person also steward_number) of a unit's quarter by person, kind or month."""
    if by == "person":
        found = points_by_person(connection(serving.root, serving.version).cursor(), unit_id, quarter)
        return found.rename(columns={"steward_id": "code"})
    parts = sources_of(serving, quarter, unit_id)
    found = by_kind(parts) if by == "kind" else by_month(parts)
    return found.rename(columns={by: "code"})


@answer
def picked(serving: Serving, quarter: Period, unit_id: str, by: str, code: str) -> LedgerRows:
    """The newest rows of a person, kind or month (EVERY: of the unit), and what all of them come to."""
    return _rows(serving, quarter, unit_id, _pick(by, code), SHOWN)


def whole(
    serving: Serving, quarter: Period, unit_id: str, shown: Disclosure
) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """For a download: all rows behind the score, and every cut that may be shown."""
    every = _rows(serving, quarter, unit_id, Pick(), None).rows
    return every, {by: cut(serving, quarter, unit_id, by) for by in shown.cuts}


def _rows(serving: Serving, quarter: Period, unit_id: str, pick: Pick, limit: int | None) -> LedgerRows:
    cursor, parts = connection(serving.root, serving.version).cursor(), sources_of(serving, quarter, unit_id)
    return newest_rows(cursor, unit_id, quarter, pick, parts, limit)


def _pick(by: str, code: str) -> Pick:
    if code == EVERY:
        return Pick()
    return {"person": Pick(steward_id=code), "kind": Pick(kind=code), "month": Pick(month=code)}[by]
