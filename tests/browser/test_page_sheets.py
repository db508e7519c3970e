"""Page mode in a real browser: a white sheet 1600 px wide, readable in print, with nothing to press; and its pictures."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from dashboard.pictures.drawn import wait_until_drawn
from dashboard.pictures.every_screen import SCREENS
from tests.browser.conftest import STEWARD, Served
from tests.browser.readiness import ready
from tests.browser.test_map_flows import pixels

PERIOD = "2023Q3"
CONTROLS = "button, input, textarea, select, a[href], [role=button], [role=combobox], [role=radio], [role=slider], .modebar"

# What spoils a sheet in print: letters below 18 px, words that leave the sheet or are cut off, dark ground, a scroll bar.
SPOILT = """() => {
  const found = [];
  const sheet = document.querySelector('.stMainBlockContainer');
  const edge = sheet.getBoundingClientRect();
  if (edge.width !== 1600) found.push(`the sheet is ${edge.width} px wide`);
  if (document.documentElement.scrollWidth > 1600) found.push(`needs ${document.documentElement.scrollWidth} px`);
  for (const box of [sheet, document.querySelector('.stApp')]) {
    const ground = getComputedStyle(box).backgroundColor;
    if (ground !== 'rgb(255, 255, 255)') found.push(`ground ${ground}`);
  }
  const body = document.querySelector('[data-testid="stMain"]');
  if (body.scrollHeight > body.clientHeight + 1) found.push('scrolls');
  for (const node of sheet.querySelectorAll('*')) {
    const words = [...node.childNodes].filter((one) => one.nodeType === 3).map((one) => one.data).join('').trim();
    if (!words || !node.getClientRects().length || ['STYLE', 'SCRIPT'].includes(node.tagName)) continue;
    const style = getComputedStyle(node);
    if (style.visibility === 'hidden') continue;
    const name = `"${words.slice(0, 24)}" (${node.className.baseVal ?? node.className})`;
    let size = parseFloat(style.fontSize);
    if (node.ownerSVGElement) size *= node.getScreenCTM().a;
    if (size < 17.9) found.push(`${name}: ${size} px`);
    const range = document.createRange();
    range.selectNodeContents(node);
    const drawn = range.getBoundingClientRect();
    if (drawn.left < 0 || drawn.right > 1600.5) found.push(`${name} leaves the sheet`);
    for (let one = node; one !== sheet; one = one.parentElement) {
      const cut = getComputedStyle(one);
      const held = one.getBoundingClientRect();
      if (!one.ownerSVGElement && cut.overflow !== 'visible' && drawn.right > held.right + 1.5) found.push(`${name} is cut off`);
    }
  }
  return [...new Set(found)];
}"""


@pytest.fixture(scope="module")
def sheet(browser: Browser, served: Served) -> Iterator[Page]:
    """A small window of a reader who likes the dark."""
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, locale="zh-CN", color_scheme="dark"
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_a_sheet_can_be_printed(screen: str, sheet: Page, served: Served) -> None:
    sheet.goto(served.url(f"/{SCREENS[screen]}?grain=quarter&period={PERIOD}&mode=page"))
    wait_until_drawn(sheet)
    assert sheet.locator('[data-testid="stException"]').count() == 0
    assert sheet.evaluate(SPOILT) == []
    assert sheet.locator(CONTROLS).locator("visible=true").count() == 0
    words = sheet.locator(".stMainBlockContainer").inner_text()
    assert "红管家看板" in words
    assert "数据截至 2023-09-30" in words
    assert sheet.locator(".rs h1").count() == 1


def test_the_desk_is_as_before_after_a_sheet(sheet: Page, served: Served) -> None:
    sheet.goto(served.url(f"/tasks?grain=quarter&period={PERIOD}"))
    ready(sheet)
    assert sheet.locator('[data-testid="stSelectbox"]').count() > 0
    assert sheet.locator(".masthead").count() == 0
    ground = sheet.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert ground != "rgb(255, 255, 255)"


def test_the_whole_screen_is_painted_in_the_browser(page: Page, served: Served, tmp_path: Path) -> None:
    page.goto(served.url(f"/map?grain=quarter&period={PERIOD}"))
    ready(page)
    page.locator(".st-key-downloads button").first.click()
    button = page.locator(".st-key-pictures button").first
    assert button.inner_text() == "图片：整页"
    assert "mode=page" in (page.locator(".st-key-pictures a").get_attribute("href") or "")
    with page.expect_download() as waited:
        button.click()
    waited.value.save_as(tmp_path / "sheet.png")
    width, height, packed = pixels(tmp_path / "sheet.png")
    assert width == 2 * 1600
    assert height > 2 * 900
    assert packed > 50_000


def test_two_runs_give_equal_pictures(warehouse: Path, chromium: str, tmp_path: Path) -> None:
    surroundings = {**os.environ, "STEWARD_CHROMIUM": chromium}
    told = subprocess.run(
        [STEWARD, "shots", PERIOD, "--warehouse", str(warehouse), "--out", str(tmp_path / "all")],
        env=surroundings, check=True, capture_output=True, text=True,
    ).stdout.split()  # fmt: skip
    names = [f"{number:02}-{name}.png" for number, name in enumerate(SCREENS, start=1)]
    assert [Path(line).name for line in told] == names
    assert sorted(file.name for file in (tmp_path / "all").iterdir()) == names
    for file in map(Path, told):
        width, height, packed = pixels(file)
        assert width == 1600, file.name
        assert height > 500, file.name
        assert packed > 10_000, file.name

    # Once more, in another order, and the map alone.
    again = (
        "from pathlib import Path; import sys; from pipelines.periods import Period;"
        "from dashboard.pictures.every_screen import every_screen; from dashboard.pictures.shots import Shot, take;"
        "warehouse, out = map(Path, sys.argv[1:]); shots = every_screen(Period.parse('2023Q3'));"
        "take(warehouse, [shots[3], shots[1], shots[0], Shot('map', shots[1].path, '.rs.map')], out)"
    )
    subprocess.run(
        [sys.executable, "-c", again, str(warehouse), str(tmp_path / "again")], env=surroundings, check=True
    )
    for name in ("01-overview.png", "02-map.png", "04-tasks.png"):
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "all" / name).read_bytes(), name
    width, height, packed = pixels(tmp_path / "again" / "map.png")
    assert 500 < width < 1472
    assert height > 500
    assert packed > 10_000
