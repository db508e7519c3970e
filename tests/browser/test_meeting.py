"""A meeting walked through in a real browser: every sheet at every size, keys, rotation, reload, publishing meanwhile."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from pipelines.warehouse import Warehouse
from tests.browser.conftest import SAMPLE, STEWARD, Served, running
from tests.browser.readiness import ready
from tests.browser.stage_look import CONTRAST, CONTRAST_TITLE, SMALLEST, STAGE_LOOK

SIZES = ((1920, 1080), (1366, 768), (1280, 720))
FONT_SIZE = "(one) => parseFloat(getComputedStyle(one).fontSize)"
FONT_SIZES = "(all) => all.map((one) => getComputedStyle(one).fontSize)"
MEETING = "/?mode=meeting&grain=quarter&period=2023Q3"


@pytest.fixture(scope="module")
def own_warehouse(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy that may be published into."""
    return Path(shutil.copytree(warehouse, tmp_path_factory.mktemp("meeting") / "warehouse"))


@pytest.fixture(scope="module")
def served(own_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all tests of this file."""
    with running(own_warehouse, tmp_path_factory.mktemp("elsewhere")) as board:
        yield board


def opened(page: Page, served: Served, more: str = "") -> Page:
    page.goto(served.url(MEETING + more))
    page.locator(".meeting .leaf.shown").wait_for()
    return page


def mark(page: Page) -> Locator:
    return page.locator(".meeting .foot .at")


def state(page: Page) -> Locator:
    return page.locator(".meeting .foot .state")


def sheets(page: Page) -> int:
    return page.locator(".meeting .leaf").count()


def expect_sheet(page: Page, number: int) -> None:
    expect(mark(page)).to_have_text(f"{number} / {sheets(page)}")
    assert re.search(rf"[?&]sheet={number}(&|$)", page.url)


def test_every_sheet_fits_and_can_be_read_at_every_size(page: Page, served: Served) -> None:
    opened(page, served)
    count, complaints = sheets(page), []
    assert count >= 8
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(150)
            page.keyboard.press("Home")
            for number in range(1, count + 1):
                found = page.evaluate(STAGE_LOOK, [SMALLEST, CONTRAST, CONTRAST_TITLE])
                kind = page.locator(".leaf.shown").get_attribute("data-kind")
                complaints += [f"{scheme} {width}×{height} {number} {kind}: {one}" for one in found]
                sizes = page.locator(".leaf.shown h1").evaluate_all(FONT_SIZES)
                assert sizes in ([], ["74px"]), "a title that had to be made smaller"
                page.keyboard.press("PageDown")
    assert complaints == [], "\n".join(complaints)


def test_the_look_finds_what_is_wrong(page: Page, served: Served) -> None:
    opened(page, served, "&sheet=2")
    page.add_style_tag(content=".meeting h1{color:#888!important}.meeting .note{font-size:20px!important}")
    page.add_style_tag(
        content=".meeting .sb .hero{width:40px!important}.meeting .section{top:120px!important}"
    )
    page.add_style_tag(content=".meeting .where{right:-300px!important}")
    found = " ".join(page.evaluate(STAGE_LOOK, [SMALLEST, CONTRAST, CONTRAST_TITLE]))
    for fault in ("has a contrast of", "% high", "is cut", "lies over", "leaves the stage"):
        assert fault in found


def test_a_line_too_wide_by_a_hair_is_made_smaller(page: Page, served: Served) -> None:
    opened(page, served, "&sheet=2")
    line = page.locator(".leaf.shown .cut.hero").first
    usual = float(line.evaluate(FONT_SIZE))
    narrowed = """(line) => {
      const range = document.createRange();
      range.selectNodeContents(line);
      line.style.width = `${range.getBoundingClientRect().width - 0.4}px`;
    }"""
    line.evaluate(narrowed)
    page.keyboard.press("PageDown")
    page.keyboard.press("PageUp")
    expect_sheet(page, 2)
    assert usual - 3 < float(line.evaluate(FONT_SIZE)) < usual


def test_keys_edges_and_swipes_page_without_asking_the_server(page: Page, served: Served) -> None:
    asked: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: asked.append("frame")))
    opened(page, served)
    page.wait_for_timeout(300)
    before, last = len(asked), sheets(page)
    page.on("request", lambda request: asked.append(request.url))
    expect_sheet(page, 1)
    forward = [
        (number, key) for number, key in enumerate(("PageDown", "ArrowRight", " ", "ArrowDown"), start=2)
    ]
    back = [(4, "PageUp"), (3, "ArrowLeft"), (last, "End"), (last, "PageDown"), (1, "Home"), (1, "PageUp")]
    for number, key in (*forward, *back):
        page.keyboard.press(key)
        expect_sheet(page, number)
    assert page.locator(".meeting .bar i.now").count() == 1
    assert page.locator(".meeting .bar i").count() == last
    page.mouse.click(1900, 500)
    expect_sheet(page, 2)
    page.mouse.click(960, 500)
    expect_sheet(page, 2)
    page.mouse.move(1200, 500)
    page.mouse.down()
    page.mouse.move(800, 500)
    page.mouse.up()
    expect_sheet(page, 3)
    page.mouse.click(20, 500)
    expect_sheet(page, 2)
    assert asked[before:] == []


def test_f_fills_the_screen_and_f_again_leaves_it(page: Page, served: Served) -> None:
    opened(page, served)
    expect(page.locator(".meeting .foot .hint")).to_have_text("F 键全屏")
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement?.classList.contains('meeting')")
    expect(page.locator(".meeting .foot .hint")).to_have_text("")
    page.keyboard.press("F")
    page.wait_for_function("() => !document.fullscreenElement")


def test_rotation_counts_down_and_pauses_on_input(page: Page, served: Served) -> None:
    page.clock.install()
    opened(page, served, "&rotate=12")
    expect(state(page)).to_have_text(re.compile(r"^1[12] 秒后翻页$"))
    page.clock.fast_forward(12_500)
    expect_sheet(page, 2)
    page.clock.fast_forward(12_500)
    expect_sheet(page, 3)
    page.keyboard.press("PageUp")
    expect_sheet(page, 2)
    expect(state(page)).to_have_text("手动翻页 · 按 R 恢复轮播")
    assert "rotate=" not in page.url
    page.clock.fast_forward(60_000)
    expect_sheet(page, 2)
    page.keyboard.press("r")
    expect(state(page)).to_have_text(re.compile(r"^1[12] 秒后翻页$"))
    assert "rotate=12" in page.url
    page.keyboard.press("End")
    page.keyboard.press("r")
    page.clock.fast_forward(12_500)
    expect_sheet(page, 1)


def test_no_rotation_is_slower_than_a_minute(page: Page, served: Served) -> None:
    opened(page, served, "&rotate=900")
    expect(state(page)).to_have_text(re.compile(r"^(60|59) 秒后翻页$"))


def test_the_button_opens_the_meeting_and_escape_leads_back(page: Page, served: Served) -> None:
    page.goto(served.url("/units?period=2023Q3"))
    page.get_by_role("button", name="会议模式").click()
    page.locator(".meeting .leaf.shown").wait_for()
    expect(page.locator(".meeting .where")).to_contain_text("2023年第三季度")
    page.keyboard.press("End")
    last = sheets(page)
    expect_sheet(page, last)
    page.reload()
    page.locator(".meeting .leaf.shown").wait_for()
    expect_sheet(page, last)
    page.keyboard.press("Escape")
    page.locator(".rs h1").first.wait_for()
    ready(page)
    assert page.locator(".meeting").count() == 0
    assert re.search(r"/units\?(?!.*(mode|sheet)=).*period=2023Q3", page.url)


def test_no_whole_name_and_no_phone_reaches_the_browser(
    page: Page, served: Served, own_warehouse: Path
) -> None:
    frames: list[bytes] = []

    def keep(frame: bytes | str) -> None:
        frames.append(frame.encode() if isinstance(frame, str) else frame)

    page.on("websocket", lambda socket: socket.on("framereceived", keep))
    opened(page, served)
    received = b"".join(frames).decode("utf-8", errors="replace") + page.content()
    assert "红管家" in received
    with Warehouse(own_warehouse).open(private=True) as con:
        people = con.execute("SELECT name, phone FROM private.stewards").fetchall()
    assert len(people) > 50
    phones = {phone for _name, phone in people if phone}
    # Two characters also stand side by side in ordinary words.
    names = {name for name, _phone in people if name and len(name) > 2}
    assert [word for word in phones | names if word in received] == []


def test_the_meeting_stays_on_its_version_when_another_is_published(
    page: Page, served: Served, own_warehouse: Path, tmp_path: Path
) -> None:
    page.clock.install()
    opened(page, served, "&sheet=2")
    begun = page.locator(".meeting").get_attribute("data-version")
    drawn = page.locator(".meeting .board").evaluate(
        "(board) => [...board.querySelectorAll('.leaf')].map((one) => one.innerHTML)"
    )
    settings = tmp_path / "district.toml"
    text = (SAMPLE / "district.toml").read_text("utf-8")
    settings.write_text(re.sub(r"(?m)^name = .*$", 'name = "另一个名称"', text), "utf-8")
    command = [STEWARD, "build", str(SAMPLE), "--warehouse", str(own_warehouse), "--district", str(settings)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    page.clock.fast_forward(20_000)
    said = "() => getComputedStyle(document.querySelector('.meeting .newer'), '::after').content"
    page.wait_for_function(f"{said}.includes('已有新版数据')")
    page.keyboard.press("PageDown")
    expect_sheet(page, 3)
    now = page.locator(".meeting .board").evaluate(
        "(board) => [...board.querySelectorAll('.leaf')].map((one) => one.innerHTML)"
    )
    assert now == drawn
    assert page.locator(".meeting").get_attribute("data-version") == begun
    page.reload()
    page.locator(".meeting .leaf.shown").wait_for()
    expect_sheet(page, 3)
    assert page.locator(".meeting").get_attribute("data-version") != begun
    expect(page.locator(".meeting .where")).to_contain_text("另一个名称")
