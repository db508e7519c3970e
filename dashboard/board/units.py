"""Units: which tier is each one in, why, how near the line, who is commended, who explains?

Nothing here takes an area: people and points of a unit are all of its people and all of their points.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd

from dashboard.board.door import Serving, connection, rows, serving_version
from dashboard.board.kept_answers import answer
from dashboard.formats import is_missing, number
from dashboard.table_rows import Row, rows_of
from pipelines.faults import Fault, PeriodWithoutData
from pipelines.periods import Period
from pipelines.publication import against_published, published_lines, published_ranking
from pipelines.ranking_inputs import UnitTables, unit_tables
from pipelines.ranking_tables import UNIT_COLUMNS, units_ranked
from pipelines.state import FixedRanking
from pipelines.unit_ledger import (
    Cut,
    EveryPerson,
    EverySource,
    Person,
    Source,
    kinds_of,
    points_of_people,
)
from pipelines.warehouse import Warehouse

# Stands for all ranking groups together; a group is never called so.
EVERY_GROUP = "every-group"
# Quarter → version, as pairs.
Published = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Standing:
    """The official ranking of a quarter: the published one where there is one, else what the data say now.

    `board` is the version that its figures come from, `lines` the score lines (best first, empty when there were
    none) and `tiers` the names it was made with. `fault` says why a publication cannot be told of, or not explained;
    `published` are all quarters that are published, each with the version that its ranking came from.
    """

    board: Serving
    ranking: pd.DataFrame
    lines: list[float]
    tiers: tuple[str, ...]
    fixed: FixedRanking | None = None
    fault: str = ""
    published: Published = ()

    @cached_property
    def rows(self) -> list[Row]:
        """The units of the ranking, one by one."""
        return rows_of(self.ranking)


@dataclass(frozen=True)
class UnitExplanation:
    """Where a unit's score comes from: one row per kind of points, one value per person."""

    points: float
    headcount: int
    kinds: Cut
    people: list[float]
    entries: int

    @property
    def zero(self) -> int:
        """People without any point."""
        return sum(points == 0 for points in self.people)


def quarter_of(period: Period, serving: Serving) -> Period:
    """The quarter in which the period ends, or the last one with data."""
    return Period.containing("quarter", min(period.end, serving.last_day))


def publications(serving: Serving) -> Published:
    """Each published quarter with the version that its ranking came from; none when nobody can tell."""
    try:
        return tuple(Warehouse(Path(serving.root)).state.fixed_versions().items())
    except Fault:
        return ()


def standing(serving: Serving, quarter: Period) -> Standing:
    """What is official in a quarter; looked up at every rerun, for a ranking may be published at any time."""
    try:
        versions = Warehouse(Path(serving.root)).state.fixed_versions()
        return standing_of(serving, quarter, tuple(versions.items()))
    except Fault as fault:
        return replace(standing_of(serving, quarter, ()), fault=str(fault))


@answer
def standing_of(serving: Serving, quarter: Period, published: Published) -> Standing:
    """What is official in a quarter where these quarters are published, each from its version."""
    versions = dict(published)
    if quarter.key in versions:
        return replace(_published(serving, quarter, versions[quarter.key]), published=published)
    live, before = live_ranking(serving, quarter), quarter.previous()
    if before.key in versions:
        live = against_published(live, _published(serving, before, versions[before.key]).ranking)
    lines, names = score_lines(serving, quarter), serving.district.tiers.names
    return Standing(serving, live, lines, names, published=published)


@answer
def _published(serving: Serving, quarter: Period, version: str) -> Standing:
    """The fixed ranking of a quarter, which never changes, with the version that explains it."""
    fixed = Warehouse(Path(serving.root)).state.fixed_ranking(quarter.key)
    if fixed is None:
        raise LookupError(f"{quarter.key} was published from {version} and is not there any more")
    board, trouble = serving, ""
    try:
        board = serving_version(serving.root, version)
        connection(board.root, board.version)
    except Fault as fault:
        board, trouble = serving, str(fault)
    names = tuple(fixed.rules["tiers"]["names"])
    return Standing(board, published_ranking(fixed), published_lines(fixed), names, fixed, trouble)


def ranking(serving: Serving, quarter: Period) -> pd.DataFrame:
    """The official ranking of a quarter, with the columns of `steward rank units`."""
    return standing(serving, quarter).ranking


@answer
def live_ranking(serving: Serving, quarter: Period) -> pd.DataFrame:
    """The ranking of a quarter as the data of the version give it, published or not."""
    try:
        return units_ranked(_tables(serving), quarter)
    except PeriodWithoutData:
        return pd.DataFrame(columns=list(UNIT_COLUMNS))


@answer
def _tables(serving: Serving) -> UnitTables:
    return unit_tables(connection(serving.root, serving.version).cursor())


def ranking_groups(frame: pd.DataFrame) -> dict[str, int]:
    """Ranking group → number of units, largest first."""
    return _sizes(frame["ranking_group"].tolist())


def groups_of(rows: Sequence[Row]) -> dict[str, int]:
    """The same of single rows."""
    return _sizes(row["ranking_group"] for row in rows)


def _sizes(groups: Iterable[object]) -> dict[str, int]:
    # Of equally large ones the first to come, as pandas' value_counts has it.
    return dict(Counter(map(_group, groups)).most_common())


def in_group(frame: pd.DataFrame, group: str) -> pd.DataFrame:
    """The units of one ranking group, or all of them for EVERY_GROUP."""
    if group == EVERY_GROUP:
        return frame
    return frame[frame["ranking_group"].fillna("") == group]


def rows_in(rows: Sequence[Row], group: str) -> list[Row]:
    """The same of single rows."""
    return [row for row in rows if group in (EVERY_GROUP, _group(row["ranking_group"]))]


def _group(name: object) -> str:
    if isinstance(name, str):
        return name
    return "" if is_missing(name) else str(name)


def score_lines(serving: Serving, quarter: Period) -> list[float]:
    """Excellent, good and pass line in force on the first day of the quarter; empty when there is none."""
    lines = serving.district.score_lines_on(quarter.start)
    return [float(line) for line in lines.descending] if lines else []


@answer
def score_trends(serving: Serving, quarter: Period, quarters: int = 8) -> dict[str, list[float | None]]:
    """Unit → scores of the quarters up to this one, oldest first; None where a unit had no people."""
    keys = [quarter]
    while len(keys) < quarters and keys[0].previous().end >= serving.first_day:
        keys.insert(0, keys[0].previous())
    every = _scores(serving)
    asked = [one.start for one in keys if one.start in every]
    units = sorted({unit for start in asked for unit in every[start]})
    return {unit: [every[start].get(unit) for start in asked] for unit in units}


@answer
def _scores(serving: Serving) -> dict[date, dict[str, float | None]]:
    """First day of a quarter → score of every unit, None where it had no people."""
    frame = rows(serving.root, serving.version, _SCORES)
    found: dict[date, dict[str, float | None]] = {}
    columns = (frame[name].tolist() for name in ("period_start", "unit_id", "score"))
    for start, unit, score in zip(*columns, strict=True):
        found.setdefault(start.date(), {})[unit] = number(score)
    return found


def sources_of(serving: Serving, quarter: Period, unit_id: str) -> list[Source]:
    """The points of a unit's quarter by month and kind."""
    return _sources(serving).of(unit_id, quarter)


@answer
def _sources(serving: Serving) -> EverySource:
    return EverySource(connection(serving.root, serving.version).cursor())


@answer
def explain_unit(serving: Serving, quarter: Period, unit_id: str) -> UnitExplanation:
    """Points of the people on the unit's roster at the quarter's end, by kind and by person."""
    people = points_of_people(people_of(serving, quarter, unit_id))
    kinds = kinds_of(sources_of(serving, quarter, unit_id))
    entries = sum(count for _kind, _points, count in kinds)
    return UnitExplanation(sum(people), len(people), kinds, people, entries)


def people_of(serving: Serving, quarter: Period, unit_id: str) -> list[Person]:
    """Everyone who counts in a unit's quarter."""
    return _people(serving, unit_id).of(quarter)


@answer
def _people(serving: Serving, unit_id: str) -> EveryPerson:
    return EveryPerson(connection(serving.root, serving.version).cursor(), number_of(serving, unit_id))


def number_of(serving: Serving, unit_id: str) -> int:
    """The number of a unit in the marts; -1 for an unknown one."""
    return _numbers(serving).get(unit_id, -1)


@answer
def _numbers(serving: Serving) -> dict[str, int]:
    return {unit_id: number for number, (unit_id, _group) in known_units(serving).items()}


@answer
def known_units(serving: Serving) -> dict[int, tuple[str, str]]:
    """Number of a unit in the marts → its id and its ranking group, so that questions to a mart need no join."""
    found = connection(serving.root, serving.version).cursor().execute(_UNITS).fetchall()
    return {number: (unit_id, group or "") for number, unit_id, group in found}


_UNITS = "SELECT unit_no, unit_id, ranking_group FROM facts.units"

_SCORES = """
SELECT u.unit_id, q.period_start, CAST(q.points AS DOUBLE) / nullif(q.headcount, 0) AS score
FROM marts.unit_quarters AS q
JOIN facts.units AS u ON u.unit_no = q.unit_no
"""
