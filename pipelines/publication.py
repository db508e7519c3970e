"""Publishing the ranking of a quarter 公布: it is fixed once, with its data version, rules, time and publisher."""

from typing import Any

import pandas as pd

from pipelines.district import District
from pipelines.faults import (
    NobodyNamed,
    NoFixedRanking,
    NothingRanked,
    ProvisionalRanking,
    StateUnusable,
    VersionReplaced,
)
from pipelines.periods import Period
from pipelines.ranking_tables import UNIT_COLUMNS, Connection, rank_units
from pipelines.state import FixedRanking, State
from pipelines.warehouse import Warehouse

LONGEST_NAME = 40


def publish_ranking(warehouse: Warehouse, quarter: Period, version: str, who: str) -> None:
    """Fix the ranking of a finished quarter as the version gives it, which must still be the one that serves.

    `version` is what the publisher has looked at. Raises NobodyNamed, VersionReplaced, ProvisionalRanking,
    NothingRanked, QuarterFixed, and BuildRunning while another build holds the lock.
    """
    name = who.strip()
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise NobodyNamed(LONGEST_NAME)
    current = warehouse.current().id
    if current != version:
        raise VersionReplaced(version, current)
    con = warehouse.open(version)
    try:
        ranking, _ = live_table(con, quarter, warehouse.state)
        settings, data_until = con.execute(
            "SELECT s.district_json, r.data_until FROM meta.settings AS s CROSS JOIN meta.rules AS r"
        ).fetchall()[0]
    finally:
        con.close()
    if quarter.is_running(data_until):
        raise ProvisionalRanking(quarter.key, f"{data_until:%Y-%m-%d}")
    if ranking["rank"].isna().all():
        raise NothingRanked(quarter.key)
    rules = _rules(District.from_json(settings), quarter) | {"data_until": f"{data_until:%Y-%m-%d}"}
    warehouse.fix_ranking(quarter.key, version, rules, _records(ranking), name)


def published_table(state: State, quarter: str) -> pd.DataFrame:
    """What `steward rank units --published` prints; raises NoFixedRanking."""
    fixed = state.fixed_ranking(quarter)
    if fixed is None:
        raise NoFixedRanking(quarter)
    return published_ranking(fixed)


def live_table(con: Connection, period: Period | str, state: State) -> tuple[pd.DataFrame, str]:
    """The live ranking, its movement counted against what was published; and why that could not be looked up."""
    quarter = Period.parse(period) if isinstance(period, str) else period
    ranking = rank_units(con, quarter)
    try:
        before = state.fixed_ranking(quarter.previous().key)
    except StateUnusable as fault:
        return ranking, str(fault)
    return (ranking if before is None else against_published(ranking, published_ranking(before))), ""


def published_ranking(fixed: FixedRanking) -> pd.DataFrame:
    """A fixed ranking with the columns and types of the live one, in the order in which it was published."""
    table = pd.DataFrame(fixed.rows, columns=list(UNIT_COLUMNS))
    whole = {name: "Int64" for name in UNIT_COLUMNS if name.endswith("rank")}
    numbers = dict.fromkeys(("points", "score", "margin"), "float64")
    truths = dict.fromkeys(("tied", "near_line", "provisional"), "bool")
    return table.astype(whole | numbers | truths | {"headcount": "int64"})


def against_published(ranking: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """A live ranking whose movement is counted against the published ranking of the quarter before.

    What was published stays the earlier place of a unit, whatever later data make of that quarter.
    """
    earlier = before.set_index("unit_id")
    tiers = ranking["unit_id"].map(earlier["tier"]).fillna("")
    ranks = ranking["unit_id"].map(earlier["rank"]).astype("Int64")
    return ranking.assign(previous_rank=ranks, previous_tier=tiers)


def published_lines(fixed: FixedRanking) -> list[float]:
    """Excellent, good and pass line by which a fixed ranking was made; empty when there was none."""
    return [float(line) for line in fixed.rules.get("lines", [])]


def _rules(district: District, quarter: Period) -> dict[str, Any]:
    """The settings that decided: lines in force (exact, as text), names of the tiers, rules of the ranking."""
    lines = district.score_lines_on(quarter.start)
    chosen = [line for line in district.score_lines if lines is not None and line.lines == lines][-1:]
    drawn = [str(value) for one in chosen for value in (one.excellent, one.good, one.passing)]
    kept = district.model_dump(mode="json", include={"tiers", "ranking"})
    return {"lines": drawn, **kept}


def _records(ranking: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows for JSON: what is missing is null."""
    plain = ranking.astype(object).where(ranking.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]
