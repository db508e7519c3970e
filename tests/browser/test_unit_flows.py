"""Units in a browser: accounts add up, a trial moves nothing official, a published quarter stays."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page

from pipelines.ranking_tables import rank_units
from pipelines.warehouse import Warehouse
from tests.browser.conftest import SAMPLE, STEWARD, Served, running
from tests.browser.readiness import ready

QUARTER = "2023Q3"
OFFICIAL, TRIED = (250.0, 200.0, 150.0), (240.0, 190.0, 140.0)
TIERS = ("优秀", "良好", "合格", "不合格")
LATE = "流水编号,红管家编号,记账时间,分值,积分类型\nLATE1,{steward},2023-09-20 09:00:00,900,奖励\n"


@pytest.fixture(scope="module")
def own_warehouse(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, for it is published in."""
    return copytree(warehouse, tmp_path_factory.mktemp("units") / "warehouse")


@pytest.fixture(scope="module")
def served(own_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The board over the copy; the pages of this file are of it."""
    with running(own_warehouse, tmp_path_factory.mktemp("units-elsewhere")) as board:
        yield board


def ranked(root: Path) -> pd.DataFrame:
    with Warehouse(root).open() as con:
        return rank_units(con, QUARTER)


def opened(page: Page, served: Served, path: str) -> Page:
    page.goto(served.url(path))
    return ready(page)


def cells(rows: Locator) -> list[list[str]]:
    """The texts of the cells of table rows, as they stand on the page."""
    return [[cell.inner_text().strip() for cell in row.locator("td").all()] for row in rows.all()]


def table(page: Page, header: str) -> list[list[str]]:
    """The rows of the table that has a header."""
    found = page.locator("table").filter(has=page.locator("th", has_text=header))
    return [row for row in cells(found.first.locator("tbody tr")) if len(row) > 2]


def number(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def tier(score: float, lines: tuple[float, ...]) -> str:
    return next((name for name, line in zip(TIERS, lines, strict=False) if score >= line), TIERS[3])


def test_an_account_adds_up_to_the_shown_score(page: Page, served: Served, own_warehouse: Path) -> None:
    units = ranked(own_warehouse).set_index("unit_id")
    unit = str(units["headcount"].idxmax())
    group = units.loc[unit, "ranking_group"]
    opened(page, served, f"/units?period={QUARTER}&group={group}&unit={unit}&rows=all")
    (selected,) = cells(page.locator("tr.sel"))
    points, people, score = (number(text) for text in page.locator(".rs .sum b").all_inner_texts())
    assert points / people == pytest.approx(score, abs=0.005)
    assert float(selected[3]) == pytest.approx(score, abs=0.05)

    page.get_by_role("link", name="得分来源").first.click()
    ready(page)
    parts = [row for row in table(page, "折合") if row[0] != "合计"]
    assert len(parts) == people
    assert sum(number(row[2]) for row in parts) == points
    assert sum(number(row[2]) for row in parts) / people == pytest.approx(score, abs=0.005)
    for cut in ("按类型", "按月"):
        page.get_by_role("radio", name=cut).or_(page.get_by_role("button", name=cut)).first.click()
        ready(page)
        parts = [row for row in table(page, "折合") if row[0] != "合计"]
        assert sum(number(row[1]) for row in parts) / people == pytest.approx(score, abs=0.005)


def test_single_rows_add_up_to_their_kind(page: Page, served: Served, own_warehouse: Path) -> None:
    unit = str(ranked(own_warehouse).set_index("unit_id")["headcount"].idxmin())
    opened(page, served, f"/unit-accounts?period={QUARTER}&unit={unit}&cut=kind")
    kinds = {row[0]: row for row in table(page, "折合")}
    kind = min((name for name in kinds if name != "合计"), key=lambda name: number(kinds[name][1]))
    opened(page, served, f"/unit-accounts?period={QUARTER}&unit={unit}&cut=kind&pick={kind}")
    entries = table(page, "流水编号")
    assert entries
    assert sum(number(row[-1]) for row in entries) == number(kinds[kind][1])


def test_a_trial_names_the_changers_and_leaves_the_ranking(
    page: Page, served: Served, own_warehouse: Path
) -> None:
    units = f"/units?period={QUARTER}&rows=all"
    official = opened(page, served, units).locator('[data-testid="stMain"]').inner_text()
    moved = {
        row["unit"]: f"{tier(row['score'], OFFICIAL)}→{tier(row['score'], TRIED)}"
        for row in ranked(own_warehouse).to_dict("records")
        if row["headcount"] and tier(row["score"], OFFICIAL) != tier(row["score"], TRIED)
    }
    assert moved
    opened(page, served, f"/what-if?period={QUARTER}")
    for n, line in enumerate(TRIED, start=1):
        field = page.locator(f".st-key-trial_line_{n} input")
        field.fill(f"{line:g}")
        field.press("Enter")
        ready(page)
    assert "lines=240%2C190%2C140" in page.url
    drawn = {row[0]: re.sub(r"\s", "", row[2]) for row in table(page, "档次：正式")}
    assert drawn == moved
    shown = page.locator('[data-testid="stMain"]').inner_text()
    assert "试算，不改变正式结果" in shown
    page.reload()
    assert ready(page).locator('[data-testid="stMain"]').inner_text() == shown

    assert opened(page, served, units).locator('[data-testid="stMain"]').inner_text() == official
    opened(page, served, f"/what-if?period={QUARTER}&lines=240,190,140")
    page.get_by_role("button", name="恢复现行规则").click()
    assert "改动分值线或人数口径" in ready(page).locator("h1").inner_text()
    assert "lines=" not in page.url


def test_a_published_quarter_stays_and_late_data_are_revisions(
    page: Page, served: Served, own_warehouse: Path
) -> None:
    opened(page, served, f"/publication?period={QUARTER}")
    page.get_by_label("公布人姓名").fill("王主任")
    page.get_by_role("button", name="下一步：核对").click()
    ready(page)
    assert Warehouse(own_warehouse).state.fixed_versions() == {}
    page.get_by_role("button", name="确认公布").click()
    assert "已公布" in ready(page).locator("h1").inner_text()
    fixed = Warehouse(own_warehouse).state.fixed_ranking(QUARTER)
    assert fixed is not None
    assert fixed.fixed_by == "王主任"

    units = f"/units?period={QUARTER}&rows=all"
    opened(page, served, units)
    before = table(page, "距线")
    name, steward = with_late_data(own_warehouse, before[-1][1])
    opened(page, served, units)
    assert table(page, "距线") == before
    assert "由 王主任 公布" in page.locator(".kicker").inner_text()
    (revised,) = [row for row in table(page, "档次：公布") if row[0].startswith(name)]
    assert "积分 +900" in revised[-1]
    assert re.fullmatch(r"[\d.]+ ?→ ?[\d.]+", revised[3])
    assert "修订差异" in page.locator('[data-testid="stMain"]').inner_text()
    opened(page, served, f"/publication?period={QUARTER}")
    assert "按后来的数据" in page.locator("h1").inner_text()
    assert not page.get_by_role("button", name="下一步：核对").count()
    assert steward


def with_late_data(root: Path, unit: str) -> tuple[str, str]:
    """Nine hundred points for somebody of a unit that arrive after its quarter was published, built by the command."""
    warehouse = Warehouse(root)
    with warehouse.open() as con:
        steward = con.execute(
            "SELECT s.steward_id FROM facts.stewards AS s JOIN facts.units AS u USING (unit_no) "
            "WHERE u.name = ? AND s.left_on IS NULL ORDER BY 1",
            [unit],
        ).fetchall()[0][0]
    (warehouse.inbox / "积分_20230930_补报.csv").write_text(LATE.format(steward=steward), "utf-8")
    settings = str(SAMPLE / "district.toml")
    command = [STEWARD, "build", str(SAMPLE), "--warehouse", str(root), "--district", settings]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return unit, steward
