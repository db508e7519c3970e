"""The golden figures of programme D, counted in the CSV files themselves, without the loader."""

from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.district import load_district
from pipelines.geo import distances_m

ON_ROSTER = "加入日期 <= '2023-12-31' AND (退出日期 IS NULL OR 退出日期 > '2023-12-31')"

pytestmark = pytest.mark.xdist_group("sample at full size")


def test_d1_headcount_by_class(one: Any, rows: Any) -> None:
    assert one("SELECT count(*) FROM 区划 WHERE 层级 IN ('社区', '村')") == 108
    assert one("SELECT count(*) FROM 区划 WHERE 层级 IN ('街道', '镇')") == 6
    numbers = dict(rows(f"SELECT 号段, count(*) FROM 红管家 WHERE {ON_ROSTER} GROUP BY ALL"))
    assert set(numbers) == set("123456")
    assert sum(numbers.values()) == 21_536
    assert one(f"SELECT count(DISTINCT 红管家编号) FROM 红管家 WHERE {ON_ROSTER}") == 21_536
    residents = (numbers["4"] + numbers["5"] + numbers["6"]) / 21_536
    assert 0.69 <= residents < 0.70


def test_d1_every_community_has_stewards_of_each_class(one: Any) -> None:
    assert (
        one(
            f"SELECT count(*) FROM (SELECT 社区编码 FROM 红管家 WHERE {ON_ROSTER} GROUP BY 1 HAVING count(DISTINCT 号段) >= 5)"
        )
        == 108
    )


def test_d4_places_and_activities(rows: Any, one: Any) -> None:
    kinds = dict(rows("SELECT 类型, count(*) FROM 阵地 GROUP BY ALL"))
    assert kinds["驿站"] == 538
    assert kinds["工作室"] == one("SELECT count(DISTINCT 社区编码) FROM 阵地 WHERE 类型 = '工作室'") == 108
    assert one("SELECT count(*) FROM 活动 WHERE 日期 LIKE '2023%'") > 20_000
    without = one(
        "SELECT count(*) FROM 区划 WHERE 层级 IN ('社区', '村') AND 区划编码 NOT IN (SELECT 社区编码 FROM 阵地 WHERE 类型 = '驿站')"
    )
    assert 1 <= without <= 10


def test_d5_wishes(rows: Any) -> None:
    assert rows("SELECT count(*), count(达成时间) FROM 微心愿 WHERE 收集时间 LIKE '2023%'") == [
        (2_968, 2_559)
    ]
    assert rows("SELECT count(*) FROM 微心愿 WHERE 达成时间 LIKE '2023%'") == [(2_559,)]
    rates = dict(
        rows(
            "SELECT 社区编码[:2], count(达成时间) / count(*) FROM 微心愿 WHERE 收集时间 LIKE '2023%' GROUP BY 1"
        )
    )
    assert min(rates, key=lambda code: rates[code]) == "Q5"
    assert rates["Q5"] < 0.8 < sorted(rates.values())[1]


def test_d6_publish_claim_verify(one: Any) -> None:
    assert one("SELECT count(*) FROM 任务 WHERE 发布时间 LIKE '2023%'") == 96_000
    assert one("SELECT count(*) FROM 任务 WHERE coalesce(受理时间, 发布时间) LIKE '2023%'") == 96_000
    assert one("SELECT count(*) FROM 领取 WHERE 领取时间 LIKE '2023%'") == 500_000
    assert one("SELECT count(*) FROM 领取 WHERE 核查时间 LIKE '2023%'") == 150_000
    assert one("SELECT count(核查时间) FROM 领取 WHERE 领取时间 LIKE '2023%'") == 150_000


def test_d6_unclaimed_tasks_and_verifiers_who_claimed(one: Any) -> None:
    unclaimed = one(
        "SELECT count(*) FROM 任务 WHERE 发布时间 LIKE '2023%' AND 任务编号 NOT IN (SELECT 任务编号 FROM 领取)"
    )
    assert 1_000 < unclaimed < 15_000
    own = one("SELECT count(*) FROM 领取 WHERE 核查人编号 = 红管家编号 AND 领取时间 LIKE '2023%'")
    assert 75 <= own <= 300


def test_every_step_follows_the_one_before(one: Any) -> None:
    assert (
        one(
            "SELECT count(*) FROM 任务 WHERE 受理时间 > 分流时间 OR 分流时间 > 反馈时间 OR 反馈时间 > 办结时间 OR 办结时间 > 考核时间 OR 受理时间 > 督办时间 OR 发布时间 > 办结时间"
        )
        == 0
    )
    assert (
        one(
            "SELECT count(*) FROM 领取 JOIN 任务 USING (任务编号) WHERE 领取时间 < 发布时间 OR 领取时间 > 完成时间 OR 完成时间 > 核查时间"
        )
        == 0
    )
    assert one("SELECT count(*) FROM 微心愿 WHERE 收集时间 > 认领时间 OR 认领时间 > 达成时间") == 0
    assert one("SELECT count(*) FROM 领取 WHERE 任务编号 NOT IN (SELECT 任务编号 FROM 任务)") == 0


def test_d8_cadres_check_in_at_least_twelve_times(rows: Any, one: Any) -> None:
    cadres = {
        code for (code,) in rows(f"SELECT 红管家编号 FROM 红管家 WHERE 单位编码 IS NOT NULL AND {ON_ROSTER}")
    }
    assert len(cadres) == 1_700
    assert one("SELECT count(*) FROM 打卡 WHERE 打卡时间 LIKE '2023%'") >= 20_400
    found = rows(
        "SELECT 红管家编号, p.经度::DOUBLE, p.纬度::DOUBLE, a.经度::DOUBLE, a.纬度::DOUBLE FROM 打卡 p "
        "JOIN 区划 a ON a.区划编码 = p.社区编码 WHERE 打卡时间 LIKE '2023%'"
    )
    codes, *degrees = zip(*found, strict=True)
    distances = distances_m(*degrees, "gcj02")
    valid = Counter(code for code, distance in zip(codes, distances, strict=True) if distance <= 50)
    assert min(valid[code] for code in cadres) >= 12
    assert sum((distances > 49.85) & (distances < 49.95)) >= 12
    assert sum((distances > 50.05) & (distances < 50.15)) >= 12
    assert 0.9 < (distances <= 50).mean() < 0.97


def test_d9_points_follow_the_rules_but_for_a_few(rows: Any, one: Any) -> None:
    for kind, low, high in (("派单任务", 5, 20), ("突发任务", 5, 40)):
        inside, outside = rows(
            f"SELECT count(*) FILTER (分值::INT BETWEEN {low} AND {high}), count(*) FILTER (分值::INT NOT BETWEEN {low} AND {high}) FROM 积分 WHERE 积分类型 = '{kind}'"
        )[0]
        assert 0 < outside < inside / 500
    kinds = {kind for (kind,) in rows("SELECT DISTINCT 积分类型 FROM 积分")}
    assert kinds == {"派单任务", "突发任务", "日常任务", "打卡", "志愿服务", "奖励", "兑换", "抽奖", "扣减"}
    assert one("SELECT count(*) FROM 积分 WHERE 任务编号 NOT IN (SELECT 任务编号 FROM 任务)") == 0


def test_d11_stars_and_medals(rows: Any, one: Any) -> None:
    kinds = dict(rows("SELECT 类型, count(*) FROM 荣誉 WHERE 日期 LIKE '2023%' GROUP BY 1"))
    assert kinds.pop("红管家之星") == 2_152
    assert sum(kinds.values()) == 300
    assert set(kinds) == {"金质", "银质", "铜质"}
    assert (
        one("SELECT count(DISTINCT 红管家编号) FROM 荣誉 WHERE 类型 = '红管家之星' AND 日期 LIKE '2023%'")
        == 2_152
    )
    assert (
        one(
            "SELECT count(*) FROM 荣誉 WHERE 类型 <> '红管家之星' AND 日期 LIKE '2023%' AND 红管家编号 NOT IN (SELECT 红管家编号 FROM 荣誉 WHERE 类型 = '红管家之星' AND 日期 LIKE '2023%')"
        )
        == 0
    )
    assert (
        one("SELECT count(DISTINCT 日期[:7]) FROM 荣誉 WHERE 类型 = '红管家之星' AND 日期 LIKE '2023%'") == 12
    )


def test_d12_merchants_and_meetings(one: Any) -> None:
    assert one("SELECT count(*) FROM 阵地 WHERE 类型 = '商户'") == 235
    assert one("SELECT count(*) FROM 议事 WHERE 类型 = '积分奖励大会' AND 日期 LIKE '2023%'") == 200
    assert one("SELECT count(DISTINCT 商户编号) FROM 积分 WHERE 积分类型 = '兑换'") == 235
    assert one("SELECT count(*) FROM 领取 WHERE 星级 = '5'") > 10_000


def test_nobody_works_while_not_on_the_roster(one: Any) -> None:
    for export, who, when in (
        ("领取", "红管家编号", "领取时间"),
        ("打卡", "红管家编号", "打卡时间"),
        ("微心愿", "认领人编号", "收集时间"),
    ):
        terms = f"r.红管家编号 = e.{who} AND r.加入日期 <= e.{when}[:10] AND coalesce(r.退出日期, '9999') > e.{when}[:10]"
        absent = f"SELECT count(*) FROM {export} e ANTI JOIN 红管家 r ON {terms}"
        assert one(f"{absent} WHERE e.{who} IS NOT NULL") == 0, export


def test_findings_that_the_board_is_to_show(one: Any) -> None:
    shared = "SELECT max(n) FROM (SELECT count(*) AS n, count(DISTINCT 社区编码) AS c FROM 任务 WHERE 经度 IS NOT NULL GROUP BY 经度, 纬度) WHERE c > 1"
    assert one(shared) > 50
    assert (
        one(
            "SELECT count(*) FROM (SELECT 姓名, 手机号 FROM 红管家 GROUP BY ALL HAVING count(DISTINCT 红管家编号) > 1)"
        )
        == 3
    )


def test_d14_safety_and_provincial_rank(rows: Any, one: Any) -> None:
    safe = one(
        "SELECT count(*) FILTER (评价 IN ('很安全', '安全', '基本安全')) / count(*) FROM 安全感 WHERE 期次 = '2023下半年' AND 评价 <> '不了解'"
    )
    assert 0.9887 <= safe <= 0.9893
    ranks = dict(rows("SELECT 期次, 排名::INT FROM 上级通报 WHERE 指标 = '安全感'"))
    assert ranks["2023上半年"] - ranks["2023下半年"] == 7
    assert ranks["2022下半年"] - ranks["2023下半年"] == 7


def test_d15_party_members_and_satisfaction(rows: Any, one: Any) -> None:
    assert one(f"SELECT count(*) FROM 红管家 WHERE 党员 = '是' AND {ON_ROSTER}") == 6_764
    waves = rows(
        "SELECT 期次, sum(权重::DOUBLE) FILTER (评价 IN ('很满意', '满意', '基本满意')) / sum(权重::DOUBLE) FROM 满意度 WHERE 项目 = '领办实事项目' AND 评价 <> '不了解' GROUP BY 1"
    )
    assert all(rate > 0.95 for wave, rate in waves if wave.startswith("2023"))
    assert len(waves) == 4
    few = one(
        "SELECT count(*) FROM (SELECT 社区编码 FROM 满意度 WHERE 期次 = '2023下半年' AND 项目 = '领办实事项目' GROUP BY 1 HAVING count(*) < 30)"
    )
    assert 3 <= few < 100


def test_d16_outcomes(rows: Any) -> None:
    sums = {
        (kind, suffix): float(total)
        for kind, suffix, total in rows(
            "SELECT 类型, 计量单位, sum(数量::DECIMAL(12, 2)) FROM 实事项目 WHERE 完成日期 LIKE '2023%' GROUP BY ALL"
        )
    }
    assert sums["违建拆除", "平方米"] == 2_300
    assert sums["污水管网", "公里"] == 9.8
    assert sums["背街小巷", "平方米"] == 21_500
    assert sums["绿化", "平方米"] == 30_000
    assert sums["幸福食堂", "个"] == 3
    assert sums["食堂日供餐", "人次/日"] == 1_000


def test_the_spring_festival_is_quiet_and_the_year_grows(rows: Any, one: Any) -> None:
    published = dict(rows("SELECT 发布时间[:7], count(*) FROM 任务 GROUP BY 1"))
    assert published["2023-01"] < published["2022-12"] < published["2023-03"]
    assert published["2023-11"] > published["2022-11"] * 1.3
    festival = one("SELECT count(*) FROM 任务 WHERE 发布时间[:10] BETWEEN '2023-01-22' AND '2023-01-26'")
    assert festival < published["2023-01"] / 31 * 5 / 3


def test_one_community_falls_behind_and_one_catches_up(rows: Any) -> None:
    found = rows(
        "SELECT 社区编码, 领取时间[:4], count(核查时间) / count(*) FROM 领取 JOIN 任务 USING (任务编号) GROUP BY ALL"
    )
    rate = {(code, year): value for code, year, value in found}
    change = {code: rate[code, "2023"] - rate[code, "2022"] for code, year in rate if year == "2023"}
    assert min(change.values()) < -0.05
    assert max(change.values()) > 0.05


def test_steward_codes_tell_class_unit_grid_and_building(
    full_sample: Path, district: duckdb.DuckDBPyConnection
) -> None:
    """But for a few mistakes, which a check finds."""
    pattern = load_district(full_sample / "district.toml").stewards.code_pattern
    codes = district.execute(
        "SELECT count(*), count(*) FILTER (NOT regexp_full_match(红管家编号, $1)), count(*) FILTER ("
        "regexp_extract(红管家编号, $1, 1) <> 号段 OR "
        "regexp_extract(红管家编号, $1, 2) <> coalesce(单位编码, '') OR "
        "regexp_extract(红管家编号, $1, 3) <> coalesce(网格编码, '') OR "
        "regexp_extract(红管家编号, $1, 4) <> coalesce(楼栋, '')) FROM 红管家",
        [pattern],
    ).fetchall()[0]
    assert codes[0] > 20_000
    assert codes[1] == 0
    assert 5 <= codes[2] <= 20
