"""Row D13 counted in the CSV files: scores of all units, tiers, ties, who is commended and who explains."""

from collections import Counter, defaultdict
from fractions import Fraction
from typing import Any

import pytest

LINES = (250, 200, 150)

pytestmark = pytest.mark.xdist_group("sample at full size")


@pytest.mark.parametrize("quarter", range(4))
def test_d13_ten_units_commended_and_seven_explain_in_every_quarter_of_2022(rows: Any, quarter: int) -> None:
    commended, explaining = _consequences(_scores(rows, 2022, quarter))
    assert (len(commended), len(explaining)) == (10, 7)


@pytest.mark.parametrize("year", [2022, 2023])
@pytest.mark.parametrize("quarter", range(4))
def test_d13_units_in_all_tiers_on_every_line(rows: Any, year: int, quarter: int) -> None:
    units = _scores(rows, year, quarter)
    assert len(units) == 80
    tiers = Counter(sum(score >= line for line in LINES) for _, score, _ in units.values())
    assert tiers[3] in range(12, 22)
    assert tiers[2] in range(20, 38)
    assert tiers[1] in range(20, 36)
    assert tiers[0] in range(4, 13)
    assert {score for _, score, _ in units.values()} >= {Fraction(line) for line in LINES}
    assert sum(idle for _, _, idle in units.values()) >= 15


def test_d13_ties(rows: Any) -> None:
    by_score = Counter(_scores(rows, 2023, 3).values())
    top = max((score for group, score, _ in _scores(rows, 2023, 3).values() if group == "区直单位"))
    assert sum(n for (group, score, _), n in by_score.items() if group == "区直单位" and score == top) == 2
    assert len(_consequences(_scores(rows, 2023, 1))[0]) == 11
    assert len(_consequences(_scores(rows, 2023, 3))[1]) == 6


def test_d13_transfers_joiners_and_leavers_within_a_quarter(one: Any) -> None:
    moved = "FROM 红管家 a JOIN 红管家 b USING (红管家编号) WHERE a.加入日期 < b.加入日期 AND a.单位编码 <> b.单位编码"
    assert one(f"SELECT count(*) {moved} AND a.退出日期 = b.加入日期") == 7
    assert one(f"SELECT count(*) {moved} AND a.退出日期 < b.加入日期") == 2
    cadres = "FROM 红管家 WHERE 单位编码 IS NOT NULL"
    assert one(f"SELECT count(*) {cadres} AND 加入日期 > '2022-01-31' AND 加入日期[9:] <> '01'") > 50
    assert one(f"SELECT count(*) {cadres} AND 退出日期 > '2022-01-31'") > 20


def _scores(rows: Any, year: int, quarter: int) -> dict[str, tuple[str, Fraction, int]]:
    """Unit → ranking group, exact score, people without points, by the rules of counting."""
    months = [f"{year}-{3 * quarter + month:02d}" for month in (1, 2, 3)]
    end = f"{months[2]}-{30 if quarter in (1, 2) else 31}"
    found = rows(
        f"""WITH people AS (
            SELECT DISTINCT 红管家编号, 单位编码 FROM 红管家 WHERE 单位编码 IS NOT NULL
            AND 加入日期 <= '{end}' AND (退出日期 IS NULL OR 退出日期 > '{end}')
        ), earned AS (
            SELECT 红管家编号, sum(CASE 积分类型 WHEN '扣减' THEN -abs(分值::INT) ELSE 分值::INT END) AS points
            FROM 积分 WHERE 积分类型 NOT IN ('兑换', '抽奖') AND 记账时间[:7] IN {tuple(months)} GROUP BY 1
        )
        SELECT 单位编码, any_value(排名分组), sum(coalesce(points, 0))::INT, count(*), count(*) FILTER (points IS NULL)
        FROM people LEFT JOIN earned USING (红管家编号) JOIN 单位 USING (单位编码) GROUP BY 1"""
    )
    return {unit: (group, Fraction(points, people), idle) for unit, group, points, people, idle in found}


def _consequences(units: dict[str, tuple[str, Fraction, int]]) -> tuple[list[str], list[str]]:
    """Who is commended and who explains: shares by group size, ties included, nobody good explains."""
    groups = defaultdict(list)
    for group, score, _ in units.values():
        groups[group].append(score)
    first, last = ({g: _share(n, groups, g) for g in groups} for n in (10, 7))
    commended = [
        u for u, (g, score, _) in units.items() if sum(other > score for other in groups[g]) < first[g]
    ]
    explaining = [
        u
        for u, (g, score, _) in units.items()
        if sum(other < score for other in groups[g]) < last[g] and score < LINES[1]
    ]
    return commended, explaining


def _share(total: int, groups: dict[str, list[Fraction]], group: str) -> int:
    """Largest remainder by group size."""
    exact = {
        g: Fraction(total * len(members), sum(map(len, groups.values()))) for g, members in groups.items()
    }
    left = total - sum(int(value) for value in exact.values())
    order = sorted(exact, key=lambda g: exact[g] - int(exact[g]), reverse=True)
    return int(exact[group]) + (group in order[:left])
