"""Units: accounts add up to the score, trials move tiers and nothing else, a published quarter stays, privacy holds."""

import os
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from shutil import copytree
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from boards import bodies, opened, words
from ranking_checks import rows_of
from screen_texts import workbooks
from streamlit.testing.v1 import AppTest
from test_markup import read

from dashboard.board import overview
from dashboard.board.door import serving
from pipelines.build import build
from pipelines.periods import Period
from pipelines.publication import publish_ranking
from pipelines.ranking_tables import rank_units
from pipelines.warehouse import Warehouse

QUARTER = "2023Q3"
ALL = {"period": QUARTER, "rows": "all"}
SCREENS = ("units", "unit_accounts", "what_if", "publication")


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A board that its readers may change."""
    monkeypatch.setenv("STEWARD_CHANGES", "allowed")


@pytest.fixture
def own_board(small_board: Path, tmp_path: Path, serve: Callable[[Path], None]) -> Path:
    """A copy of the small board, to publish in."""
    copy = copytree(small_board, tmp_path / "board")
    serve(copy)
    return copy


def ranked(root: Path) -> pd.DataFrame:
    with Warehouse(root).open() as con:
        return rank_units(con, QUARTER)


def late_points(root: Path, inbox: Path, steward: str, points: int) -> None:
    """An entry of the published quarter that arrives after it, and the build that reads it."""
    header = "流水编号,红管家编号,记账时间,分值,积分类型"
    (Warehouse(root).inbox / "积分_20230930_补报.csv").write_text(
        f"{header}\nLATE1,{steward},2023-09-20 09:00:00,{points},奖励\n", "utf-8"
    )
    build(inbox, Warehouse(root), inbox / "district.toml")


def numbers(rows: list[list[str]], column: int) -> list[float]:
    return [float(row[column].replace("−", "-").replace(",", "")) for row in rows]


@pytest.mark.parametrize("screen", SCREENS)
def test_every_unit_screen_leads_to_the_others(screen: str, small_board: Path, serve) -> None:
    serve(small_board)
    at = opened(screen, ALL)
    assert not at.exception
    row = next(body for body in bodies(at) if 'class="screens tabs"' in body)
    links = re.findall(r'<a href="\./([\w-]+)(?:\?[^"]*)?"( aria-current="page")?>(\w+)</a>', row)
    assert [name for _path, _here, name in links] == ["排名", "得分来源", "试算", "公布"]
    assert [path for path, here, _name in links if here] == [screen.replace("_", "-")]
    assert "数据截至 2023-09-30" in words(at)


@pytest.mark.parametrize("screen", SCREENS)
def test_the_way_to_another_unit_screen_keeps_quarter_and_unit(screen: str, small_board: Path, serve) -> None:
    serve(small_board)
    unit = str(ranked(small_board)["unit_id"].iloc[-1])
    at = opened(screen, {"period": QUARTER, "unit": unit})
    row = next(body for body in bodies(at) if 'class="screens tabs"' in body)
    asked = [parse_qs(urlsplit(unescape(link)).query) for link in re.findall(r'href="([^"]+)"', row)]
    assert asked == [{"period": [QUARTER], "unit": [unit]}] * 4


@pytest.mark.parametrize("cut", ["person", "kind", "month"])
def test_an_account_adds_up_to_the_score(cut: str, small_board: Path, serve) -> None:
    serve(small_board)
    unit = ranked(small_board).set_index("unit_id")
    big = str(unit["headcount"].idxmax())
    at = opened("unit_accounts", {"period": QUARTER, "unit": big, "cut": cut})
    assert not at.exception
    people, points, score = (unit.loc[big, name] for name in ("headcount", "points", "score"))
    parts = [row for row in rows_of(at) if row[-1].endswith("%") or row[-1] == "零分"]
    places = {"person": (2, 3), "kind": (1, 2), "month": (1, 2)}[cut]
    assert sum(numbers(parts, places[0])) == pytest.approx(points)
    assert sum(numbers(parts, places[1])) == pytest.approx(score, abs=0.005 * len(parts))
    assert sum(numbers(parts, places[0])) / people == pytest.approx(score, abs=0.005)
    assert f"= {score:.2f}" in words(at)


def test_opening_a_kind_shows_its_rows_alone(small_board: Path, serve) -> None:
    serve(small_board)
    unit = str(ranked(small_board).set_index("unit_id")["headcount"].idxmax())
    at = opened("unit_accounts", {"period": QUARTER, "unit": unit, "cut": "kind", "pick": "打卡"})
    ledger = [row for row in rows_of(at) if re.fullmatch(r"\d\d-\d\d \d\d:\d\d", row[0])]
    assert ledger
    assert {row[1] for row in ledger} == {"打卡"}
    (total,) = re.findall(r"打卡：(\d+) 笔，([\d,]+) 分", words(at))
    assert len(ledger) == min(int(total[0]), 25)
    if int(total[0]) <= 25:
        assert sum(numbers(ledger, -1)) == float(total[1].replace(",", ""))


def test_names_are_masked_and_small_units_not_told_apart(small_board: Path, serve) -> None:
    serve(small_board)
    found = ranked(small_board)
    big, few = found[found["headcount"] >= 5].iloc[0], found[found["headcount"].between(1, 4)].iloc[0]
    at = opened("unit_accounts", {"period": QUARTER, "unit": big["unit_id"]})
    names = [row[0] for row in rows_of(at) if row[-1].endswith("%")]
    assert len(names) == big["headcount"]
    assert all(re.fullmatch(r".\*+", name) for name in names)
    at = opened("unit_accounts", {"period": QUARTER, "unit": few["unit_id"], "cut": "person"})
    assert "不分个人" in words(at)
    assert not re.search(r"[\u4e00-\u9fff]\*", words(at))
    assert "Q" not in "".join(row[2] for row in rows_of(at) if len(row) > 5)


def test_burden_relief_shows_sums_of_the_unit_alone(relieved_board: Path, serve) -> None:
    serve(relieved_board)
    at = opened("unit_accounts", {"period": QUARTER, "cut": "person"})
    said = words(at)
    assert "减负模式" in said
    assert "按人" not in said
    assert not re.search(r"[\u4e00-\u9fff]\*", said)
    assert not [row for row in rows_of(at) if re.fullmatch(r"\d\d-\d\d \d\d:\d\d", row[0])]
    assert [row for row in rows_of(at) if row[0] == "合计"]


def test_a_trial_says_who_changes_tier_and_its_link_tells_it_again(small_board: Path, serve) -> None:
    serve(small_board)
    before = ranked(small_board)
    lines = {"lines": "240,190,140"}
    at = opened("what_if", {"period": QUARTER} | lines)
    assert not at.exception
    moved = {
        row["unit"]: row
        for row in before.to_dict("records")
        if row["headcount"] and tier(row["score"], (250, 200, 150)) != tier(row["score"], (240, 190, 140))
    }
    assert moved
    said = words(at)
    assert "试算，不改变正式结果" in said
    assert f"{len(moved)} 个单位换档：{len(moved)} 个升档，0 个降档" in said
    drawn = {row[0]: row[2] for row in rows_of(at) if "→" in row[2]}
    assert set(drawn) == set(moved)
    for name, change in drawn.items():
        score = moved[name]["score"]
        assert change == f"{tier(score, (250, 200, 150))}→{tier(score, (240, 190, 140))}"
    assert words(opened("what_if", {name: str(code) for name, code in at.query_params.items()})) == said
    pd.testing.assert_frame_equal(ranked(small_board), before)
    assert at.query_params["lines"] == "240,190,140"


def tier(score: float, lines: tuple[int, int, int]) -> str:
    return next(
        (name for name, line in zip(("优秀", "良好", "合格"), lines, strict=True) if score >= line), "不合格"
    )


def test_a_line_is_moved_by_hand_and_reset(small_board: Path, serve) -> None:
    serve(small_board)
    at = opened("what_if", {"period": QUARTER})
    assert "改动分值线或人数口径" in words(at)
    assert "lines" not in at.query_params
    at.number_input(key="trial_line_1").set_value(300).run()
    assert at.query_params["lines"] == "300,200,150"
    assert "个单位换档：0 个升档" in words(at)
    at.button(key="trial_reset").click().run()
    assert "lines" not in at.query_params
    assert "改动分值线或人数口径" in words(at)


@pytest.mark.parametrize("lines", ["100,200,300", "1,2", "a,b,c", "NaN,2,1", "1e999,2,1", "-1,-2,-3"])
def test_what_are_no_score_lines_is_said_or_passed_over(lines: str, small_board: Path, serve) -> None:
    serve(small_board)
    at = opened("what_if", {"period": QUARTER, "lines": lines})
    assert not at.exception
    said = words(at)
    assert ("这不是一组分值线" in said) == (lines == "100,200,300")


@pytest.mark.parametrize("rule", ["month_ends", "everyone"])
def test_another_headcount_is_named_and_defined(rule: str, small_board: Path, serve) -> None:
    serve(small_board)
    at = opened("what_if", {"period": QUARTER, "headcount": rule})
    assert not at.exception
    assert {"month_ends": "各月末在册人数的平均", "everyone": "季度内在册过的所有人"}[rule] in words(at)


def steps(at: AppTest, who: str) -> AppTest:
    step = f"fix_{QUARTER}_{Warehouse(Path(os.environ['STEWARD_WAREHOUSE'])).current().id}"
    at.text_input(key=f"{step}_name").set_value(who)
    at.button(key=f"{step}_button").click().run()
    return at


def confirm(at: AppTest) -> AppTest:
    (button,) = [one for one in at.button if str(one.key).endswith("_confirm")]
    return button.click().run()


def test_publishing_takes_two_steps_and_stays(
    own_board: Path, small_inbox: Path, allowed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ranked(own_board)
    at = steps(opened("publication", ALL), "王主任")
    assert "公布2023年第三季度的排名：" in words(at)
    assert Warehouse(own_board).state.fixed_versions() == {}
    confirm(at)
    assert not at.exception
    assert "已公布" in words(at)
    version = Warehouse(own_board).current().id
    assert Warehouse(own_board).state.fixed_versions() == {QUARTER: version}
    entry = Warehouse(own_board).state.audit()[-1]
    assert (entry.action, entry.who) == ("fix", "王主任")

    official = words(opened("units", ALL))
    unit = before[(before["headcount"] >= 5) & (before["score"] < 200)].iloc[0]
    with Warehouse(own_board).open() as con:
        found = con.execute(
            "SELECT s.steward_id FROM facts.stewards AS s JOIN facts.units AS u USING (unit_no) "
            "WHERE u.unit_id = ? AND s.left_on IS NULL ORDER BY 1 LIMIT 1",
            [unit["unit_id"]],
        ).fetchone()
    assert found is not None
    late_points(own_board, small_inbox, found[0], 900)
    assert Warehouse(own_board).current().id != version
    after = words(opened("units", ALL))
    ranking = re.compile(r"名次.*?修订差异", re.DOTALL)
    assert ranking.findall(after) == ranking.findall(official)
    assert "由 王主任 公布" in after
    revised = [row for row in rows_of(opened("publication", ALL)) if row[0].startswith(unit["unit"])]
    assert revised
    assert "积分 +900" in revised[0][-1]
    assert "→" in revised[0][3]
    ((frames, _content),) = workbooks("publication", monkeypatch, ALL)
    late = frames["修订差异"].set_index("单位").loc[unit["unit"]]
    assert late["现在 积分合计"] == late["公布 积分合计"] + 900 == unit["points"] + 900
    assert frames["单位排名"]["积分合计"].sum() == before["points"].sum()


def test_the_overview_shows_the_tiers_that_were_published_also_after_a_rollback(
    own_board: Path, small_inbox: Path
) -> None:
    warehouse, quarter = Warehouse(own_board), Period.parse(QUARTER)
    before, first = ranked(own_board), warehouse.current().id
    failing = before[before["tier"] == "不合格"].iloc[0]
    with warehouse.open() as con:
        steward = con.execute(
            "SELECT s.steward_id FROM facts.stewards AS s JOIN facts.units AS u USING (unit_no) "
            "WHERE u.unit_id = ? AND s.left_on IS NULL ORDER BY 1 LIMIT 1",
            [failing["unit_id"]],
        ).fetchall()[0][0]

    def shown() -> dict[str, int]:
        return overview.tiers_by_quarter(serving(), quarter)[0][1]

    assert shown() == before["tier"].value_counts().to_dict()
    late_points(own_board, small_inbox, steward, 1000)
    after = ranked(own_board)["tier"].value_counts().to_dict()
    assert after != before["tier"].value_counts().to_dict()
    publish_ranking(warehouse, quarter, warehouse.current().id, "王主任")
    warehouse.rollback(first)
    assert shown() == after


def test_an_account_of_a_published_quarter_adds_up_to_what_was_published(
    own_board: Path, small_inbox: Path
) -> None:
    warehouse = Warehouse(own_board)
    before = ranked(own_board).set_index("unit_id")
    publish_ranking(warehouse, Period.parse(QUARTER), warehouse.current().id, "王主任")
    with warehouse.open() as con:
        steward, unit = con.execute(
            "SELECT s.steward_id, u.unit_id FROM facts.stewards AS s JOIN facts.units AS u USING (unit_no) "
            "WHERE s.left_on IS NULL ORDER BY 1 LIMIT 1"
        ).fetchall()[0]
    late_points(own_board, small_inbox, steward, 77)
    assert ranked(own_board).set_index("unit_id").loc[unit, "points"] == before.loc[unit, "points"] + 77
    at = opened("unit_accounts", {"period": QUARTER, "unit": unit, "cut": "kind"})
    (total,) = [row for row in rows_of(at) if row[0] == "合计"]
    assert float(total[1].replace(",", "")) == before.loc[unit, "points"]


def test_without_a_name_nothing_is_asked(own_board: Path, allowed: None) -> None:
    at = steps(opened("publication", ALL), "  ")
    assert "请填写公布人姓名" in words(at)
    assert Warehouse(own_board).state.fixed_versions() == {}


def test_a_board_that_others_reach_publishes_nothing(
    own_board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STEWARD_CHANGES", raising=False)
    at = opened("publication", ALL)
    assert "--changes" in words(at)
    assert not at.get("text_input")


def test_a_running_quarter_says_why_it_cannot_be_published(running_board: Path, serve, allowed: None) -> None:
    serve(running_board)
    at = opened("publication", ALL)
    assert "暂定排名不能公布" in words(at)
    assert "季度到 2023-09-30 结束" in words(at)
    assert not at.get("text_input")


@pytest.mark.parametrize("screen", SCREENS)
def test_the_tiny_district_is_shown_whole(screen: str, tiny_warehouse: Path, serve, allowed: None) -> None:
    serve(tiny_warehouse)
    for quarter in ("2023Q4", "2024Q1", "2024Q2"):
        at = opened(screen, {"period": quarter, "group": "机关", "rows": "all"})
        assert not at.exception
        assert "nan" not in words(at).lower()
        assert "None" not in words(at)


@pytest.mark.parametrize("screen", SCREENS)
def test_hostile_names_stay_text(screen: str, hostile_board: Path, serve) -> None:
    serve(hostile_board)
    at = opened(screen, ALL | {"lines": "240,190,140"})
    assert not at.exception
    assert not at.markdown
    for body in bodies(at):
        assert all(one.get("src", "data:").startswith("data:") for one in read(body).attributes)


@pytest.mark.parametrize("screen", SCREENS)
def test_without_units_the_screen_says_what_to_do(screen: str, few_board: Path, serve) -> None:
    serve(few_board)
    at = opened(screen, {"period": QUARTER})
    assert not at.exception
    assert "没有可排名的单位" in words(at) or "收件目录" in words(at)


def test_the_download_of_an_account_holds_every_row(
    small_board: Path, serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(small_board)
    unit = ranked(small_board).set_index("unit_id").loc[lambda units: units["headcount"] >= 5].iloc[0]
    ((frames, _content),) = workbooks("unit_accounts", monkeypatch, {"period": QUARTER, "unit": unit.name})
    assert frames["积分流水"]["积分"].sum() == pytest.approx(unit["points"])
    for cut in ("按人", "按类型", "按月"):
        assert frames[cut]["积分"].sum() == pytest.approx(unit["points"])
    assert len(frames["按人"]) == unit["headcount"]
    assert frames["积分流水"]["姓名"].str.fullmatch(r".\*+").all()


def test_downloads_of_trials_and_revisions_have_both_sides(
    small_board: Path, serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(small_board)
    ((frames, _content),) = workbooks("what_if", monkeypatch, {"period": QUARTER, "lines": "240,190,140"})
    sheet = frames["试算"]
    assert len(sheet) == len(ranked(small_board))
    assert {"正式 档次", "试算 档次", "正式 积分", "试算 积分", "正式 积分合计", "试算 积分合计"} <= set(
        sheet
    )
    assert (sheet["正式 档次"] != sheet["试算 档次"]).any()


def test_a_record_that_cannot_be_read_is_said(own_board: Path, allowed: None) -> None:
    (own_board / "state.sqlite").write_bytes(b"not a database at all" * 99)
    assert "无法使用记录库" in words(opened("units", ALL))
    at = opened("publication", ALL)
    assert "公布记录读不出来" in words(at)
    assert not at.get("text_input")


def test_a_published_ranking_outlives_the_loss_of_its_version(own_board: Path, small_inbox: Path) -> None:
    warehouse = Warehouse(own_board)
    before, version = ranked(own_board), warehouse.current()
    publish_ranking(warehouse, Period.parse(QUARTER), version.id, "王主任")
    late_points(own_board, small_inbox, "2D001Q40101-001", 1)
    version.public_path.unlink()
    at = opened("units", ALL)
    assert not at.exception
    said = words(at)
    assert f"版本 {version.id}" in said
    group = before[before["ranking_group"] == at.query_params["group"]]
    assert all(unit in said for unit in group["unit"])
