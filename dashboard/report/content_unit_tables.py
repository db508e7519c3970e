"""The annex tables of units: tiers by ranking group, who fails or explains, and every unit of the quarter."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.report.content_facts import Facts
from dashboard.report.model import Cell, Column, Table
from dashboard.table_rows import rows_of

_NUMBER = Column("序号", "integer")
_CONSEQUENCES = {"commended": "表扬", "explains": "书面说明", "ineligible": "取消评先"}
NO_GROUP = "（未分组）"


def unit_tables(facts: Facts) -> Iterable[Table]:
    """Nothing where no unit has a score."""
    ranking = facts.standing.ranking
    ranking = ranking[ranking["score"].notna()]
    if ranking.empty:
        return
    quarter = facts.quarter.label_zh
    note = (
        ""
        if facts.quarter_over
        else f"季度未结束，名次和档次为暂定，人员按{formats.day(facts.board.data_until)}名册计。"
    )
    yield _groups(facts, ranking, quarter, note)
    yield _told(facts, ranking, quarter, note)
    yield _units(facts, ranking, quarter, note)


def group_name(value: Any) -> str:
    """The name of a ranking group, or that there is none."""
    return NO_GROUP if formats.is_missing(value) or value == "" else str(value)


def _groups(facts: Facts, ranking: pd.DataFrame, quarter: str, note: str) -> Table:
    tiers = facts.standing.tiers if facts.standing.lines else ()
    columns = (
        _NUMBER, Column("排名分组"), Column("单位数", "integer"), *(Column(tier, "integer") for tier in tiers),
        Column("表扬", "integer"), Column("书面说明", "integer"), Column("人数", "integer"), Column("积分", "integer"), Column("得分", "decimal"),
    )  # fmt: skip
    groups = ranking["ranking_group"].map(group_name)
    rows: list[tuple[Cell, ...]] = [
        (number, str(name), *_group_row(frame, tiers))
        for number, (name, frame) in enumerate(ranking.groupby(groups, sort=True), start=1)
    ]
    if len(rows) > 1:
        rows.append(("", "合计", *_group_row(ranking, tiers)))
    return Table("groups", f"{quarter}各排名分组单位档次", columns, tuple(rows), note=note)


def _group_row(frame: pd.DataFrame, tiers: tuple[str, ...]) -> tuple[Cell, ...]:
    """The score of a group is all points over all people, never a mean of scores."""
    people, points = int(frame["headcount"].sum()), float(frame["points"].sum())
    counts = tuple(int((frame["tier"] == tier).sum()) for tier in tiers)
    words = frame["consequence"].fillna("").astype(str)
    listed = tuple(int(words.str.contains(word).sum()) for word in ("commended", "explains"))
    return (len(frame), *counts, *listed, people, points, points / people if people else None)


def _told(facts: Facts, ranking: pd.DataFrame, quarter: str, note: str) -> Table:
    columns = (
        _NUMBER, Column("单位"), Column("排名分组"), Column("人数", "integer"), Column("零积分人数", "integer"),
        Column("得分", "decimal"), Column("档次"), Column("距分值线", "decimal"), Column("结果"),
    )  # fmt: skip
    found = told(ranking)
    rows: list[tuple[Cell, ...]] = [
        (
            number, str(row["unit"]), group_name(row["ranking_group"]), int(row["headcount"]),
            facts.zero.get(str(row["unit_id"])), float(row["score"]), tier_of(row), formats.number(row["margin"]), result(row),
        )
        for number, row in enumerate(rows_of(found), start=1)
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


def told(ranking: pd.DataFrame) -> pd.DataFrame:
    """Units that explain or lose the award, lowest score first."""
    words = ranking["consequence"].fillna("").astype(str)
    return ranking[words.str.contains("explains|ineligible")].sort_values(["score", "unit_id"])


def _units(facts: Facts, ranking: pd.DataFrame, quarter: str, note: str) -> Table:
    columns = (
        _NUMBER, Column("单位"), Column("排名分组"), Column("人数", "integer"), Column("积分", "integer"),
        Column("得分", "decimal"), Column("档次"), Column("名次", "integer"), Column("结果"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            number, str(row["unit"]), group_name(row["ranking_group"]), int(row["headcount"]), float(row["points"]),
            float(row["score"]), tier_of(row), int(row["rank"]), result(row),
        )
        for number, row in enumerate(rows_of(ranking), start=1)
    ]  # fmt: skip
    fails = frozenset(
        place for place, word in enumerate(ranking["consequence"].fillna("")) if "ineligible" in str(word)
    )
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
