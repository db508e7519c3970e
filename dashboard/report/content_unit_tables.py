"""The annex tables of units: tiers by ranking group, who fails or explains, and every unit of the quarter."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from dashboard import formats
from dashboard.report.content_facts import Facts, Rows, has_result, is_told
from dashboard.report.model import Cell, Column, Table
from dashboard.table_rows import Row

_NUMBER = Column("序号", "integer")
_CONSEQUENCES = {"commended": "表扬", "explains": "书面说明", "ineligible": "取消评先"}
NO_GROUP = "（未分组）"


def unit_tables(facts: Facts) -> Iterable[Table]:
    """Nothing where no unit has a score."""
    scored = facts.scored
    if not scored:
        return
    quarter = facts.quarter.label_zh
    note = (
        ""
        if facts.quarter_over
        else f"季度未结束，名次和档次为暂定，人员按{formats.day(facts.board.data_until)}名册计。"
    )
    yield _groups(facts, scored, quarter, note)
    yield _told(facts, scored, quarter, note)
    yield _units(facts, scored, quarter, note)


def group_name(value: Any) -> str:
    """The name of a ranking group, or that there is none."""
    return NO_GROUP if formats.is_missing(value) or value == "" else str(value)


def _groups(facts: Facts, scored: Rows, quarter: str, note: str) -> Table:
    tiers = facts.standing.tiers if facts.standing.lines else ()
    columns = (
        _NUMBER, Column("排名分组"), Column("单位数", "integer"), *(Column(tier, "integer") for tier in tiers),
        Column("表扬", "integer"), Column("书面说明", "integer"), Column("人数", "integer"), Column("积分", "integer"), Column("得分", "decimal"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (number, name, *_group_row(units, tiers))
        for number, (name, units) in enumerate(by_group(scored), start=1)
    ]
    if len(rows) > 1:
        rows.append(("", "合计", *_group_row(scored, tiers)))
    return Table("groups", f"{quarter}各排名分组单位档次", columns, tuple(rows), note=note)


def by_group(units: Rows) -> list[tuple[str, Rows]]:
    """The units of each ranking group, in the order of its name."""
    groups: dict[str, list[Row]] = {}
    for row in units:
        groups.setdefault(group_name(row["ranking_group"]), []).append(row)
    return sorted(groups.items())


def sum_of(units: Rows, column: str) -> float:
    """All people or all points, added as a table adds them: of fractions another order gives another last digit."""
    return float(np.array([row[column] for row in units], dtype=float).sum())


def _group_row(units: Rows, tiers: tuple[str, ...]) -> tuple[Cell, ...]:
    """The score of a group is all points over all people, never a mean of scores."""
    people, points = int(sum_of(units, "headcount")), sum_of(units, "points")
    counts = tuple(sum(row["tier"] == tier for row in units) for tier in tiers)
    listed = tuple(sum(has_result(row, word) for row in units) for word in ("commended", "explains"))
    return (len(units), *counts, *listed, people, points, points / people if people else None)


def _told(facts: Facts, scored: Rows, quarter: str, note: str) -> Table:
    columns = (
        _NUMBER, Column("单位"), Column("排名分组"), Column("人数", "integer"), Column("零积分人数", "integer"),
        Column("得分", "decimal"), Column("档次"), Column("距分值线", "decimal"), Column("结果"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            number, str(row["unit"]), group_name(row["ranking_group"]), int(row["headcount"]),
            facts.zero.get(str(row["unit_id"])), float(row["score"]), tier_of(row), formats.number(row["margin"]), result(row),
        )
        for number, row in enumerate(told(scored), start=1)
    ]  # fmt: skip
    return without_empty(
        Table("explaining", f"{quarter}不合格和需作书面说明的单位", columns, tuple(rows), note=note)
    )


def without_empty(table: Table) -> Table:
    """The table without the columns that have no value in any row."""
    kept = [place for place in range(len(table.columns)) if any(row[place] is not None for row in table.rows)]
    columns = tuple(table.columns[place] for place in kept)
    return replace(
        table, columns=columns, rows=tuple(tuple(row[place] for place in kept) for row in table.rows)
    )


def told(units: Rows) -> Rows:
    """Units that explain or lose the award, lowest score first."""
    return lowest_score_first(row for row in units if is_told(row))


def lowest_score_first(units: Iterable[Row]) -> Rows:
    """Lowest score first, equal ones in the order of their unit; those without a score at the end."""

    def place(row: Row) -> tuple[bool, float, str]:
        missing = formats.is_missing(row["score"])
        return missing, 0.0 if missing else float(row["score"]), str(row["unit_id"])

    return sorted(units, key=place)


def _units(facts: Facts, scored: Rows, quarter: str, note: str) -> Table:
    columns = (
        _NUMBER, Column("单位"), Column("排名分组"), Column("人数", "integer"), Column("积分", "integer"),
        Column("得分", "decimal"), Column("档次"), Column("名次", "integer"), Column("结果"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            number, str(row["unit"]), group_name(row["ranking_group"]), int(row["headcount"]), float(row["points"]),
            float(row["score"]), tier_of(row), int(row["rank"]), result(row),
        )
        for number, row in enumerate(scored, start=1)
    ]  # fmt: skip
    fails = frozenset(place for place, row in enumerate(scored) if has_result(row, "ineligible"))
    official = "已公布" if facts.standing.fixed else "未公布"
    return Table("units", f"{quarter}单位积分和档次（{official}）", columns, tuple(rows), fails, note)


def tier_of(row: Any) -> str | None:
    """The tier's name; nothing where no lines were in force."""
    return None if formats.is_missing(row["tier"]) or row["tier"] == "" else str(row["tier"])


def result(row: Any) -> str:
    """表扬, 书面说明、取消评先资格 …"""
    value = row["consequence"]
    words = [] if formats.is_missing(value) or not value else str(value).split("+")
    return "、".join(_CONSEQUENCES[word] for word in words)
