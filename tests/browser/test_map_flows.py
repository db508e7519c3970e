"""The map in a real browser: click, picker, slider, layers, zoom, pictures; and all of it without WebGL."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.conftest import FLAGS, WEBGL, Served
from tests.browser.readiness import ready

START = "/map?grain=quarter&period=2023Q3&metric=in_time_rate"
# What a machine behind a remote desktop leaves of the browser.
WITHOUT_3D = [*FLAGS, "--disable-3d-apis"]
WITH_3D = [*(flag for flag in FLAGS if flag != "--disable-gpu"), *WEBGL]


def area(page: Page, place: int = 0) -> Locator:
    return page.locator(".map .areas [data-code]").nth(place)


def query(page: Page, name: str) -> str | None:
    found = re.search(rf"[?&]{name}=([^&]*)", page.url)
    return found[1] if found else None


def click_inside(page: Page, shape: Locator) -> None:
    """A click on a point that the shape itself covers: the middle of its box may lie outside of it."""
    x, y = shape.evaluate(
        """(shape) => {
            const box = shape.getBoundingClientRect();
            for (let i = 1; i < 20; i++) for (let j = 1; j < 20; j++) {
                const [x, y] = [box.left + box.width * i / 20, box.top + box.height * j / 20];
                if (document.elementFromPoint(x, y) === shape) return [x, y];
            }
            throw new Error('nothing of the shape can be clicked');
        }"""
    )
    page.mouse.click(x, y)


def opened(page: Page, served: Served, more: str = "") -> Page:
    page.goto(served.url(START + more))
    ready(page)
    page.locator(".map svg.mapsvg").wait_for()
    return page


def test_a_click_opens_the_card_and_the_picker_does_the_same(page: Page, served: Served) -> None:
    opened(page, served)
    before = query(page, "community")
    other = page.locator(f'.map .areas [data-code]:not([data-code="{before}"])').first
    code, name = (
        other.get_attribute("data-code"),
        (other.get_attribute("data-t") or "").split("\n")[0].split(" · ")[1],
    )
    click_inside(page, other)
    page.wait_for_function("code => location.search.includes('community=' + code)", arg=code)
    ready(page)
    assert page.locator(".rs h2", has_text=re.compile(f"^{name}　")).count() == 1
    chosen = page.locator(".map .chosen path").get_attribute("d")
    assert chosen == page.locator(f'.map .areas [data-code="{code}"]').get_attribute("d")
    page.locator(".st-key-choice_community input").click()
    page.locator('[role="option"][aria-selected="false"]').first.click()
    page.wait_for_function("code => !location.search.includes('community=' + code)", arg=code)
    ready(page)
    assert page.locator(".map .chosen path").get_attribute("d") != chosen


def test_a_click_on_a_mark_opens_the_area_below_it(page: Page, served: Served) -> None:
    opened(page, served, "&layer=tasks&task_state=all")
    before = query(page, "community")
    found = page.evaluate(
        """(before) => {
            for (const mark of document.querySelectorAll('.map .marks circle')) {
                const box = mark.getBoundingClientRect();
                const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
                const below = document.elementsFromPoint(x, y);
                const area = below.find((one) => one.dataset?.code);
                if (below[0].tagName === 'circle' && area && area.dataset.code !== before) return [x, y, area.dataset.code];
            }
        }""",
        before,
    )
    page.mouse.click(found[0], found[1])
    page.wait_for_function("code => location.search.includes('community=' + code)", arg=found[2])
    ready(page)


def test_the_pointer_is_told_name_value_numerator_and_denominator(page: Page, served: Served) -> None:
    opened(page, served)
    area(page).hover()
    tip = page.locator(".maptip")
    tip.wait_for()
    assert re.search(r" · .+\n按时办结率 [\d.]+%（[\d,]+ / [\d,]+）", tip.inner_text())


def test_the_slider_repaints_at_once_and_then_becomes_the_period(page: Page, served: Served) -> None:
    opened(page, served)
    fills = "() => [...document.querySelectorAll('.map .areas [data-code]')].map((one) => one.getAttribute('fill'))"
    slider = page.locator('.map .months input[type="range"]')
    assert slider.get_attribute("max") == "2"
    slider.evaluate("(one) => { one.value = 0; one.dispatchEvent(new Event('input')); }")
    painted = page.evaluate(fills)
    assert query(page, "period") == "2023Q3"
    assert "2023年7月" in page.locator(".map .months output").inner_text()
    slider.evaluate("(one) => one.dispatchEvent(new Event('change'))")
    page.wait_for_function("() => location.search.includes('period=2023-07')")
    ready(page)
    assert query(page, "grain") == "month"
    assert "2023年7月" in page.locator(".rs .kicker").inner_text()
    assert page.evaluate(fills) == painted


def test_the_months_play_and_stop(page: Page, served: Served) -> None:
    opened(page, served, "&layer=none")
    play = page.locator(".map .months button")
    assert play.get_attribute("aria-label") == "逐月播放"
    play.click()
    assert play.get_attribute("aria-label") == "停止"
    page.wait_for_function("() => location.search.includes('period=2023-09')", timeout=10_000)
    ready(page)


def test_subdistricts_are_drawn_and_opened(page: Page, served: Served) -> None:
    opened(page, served, "&level=subdistrict")
    code = area(page).get_attribute("data-code")
    click_inside(page, area(page))
    page.wait_for_function("code => location.search.includes('subdistrict=' + code)", arg=code)
    ready(page)
    assert "镇街" in page.locator(".rs .sub").first.inner_text()


@pytest.mark.parametrize(
    ("layer", "marks", "key"),
    [
        ("tasks&task_state=all", "circle", "任务"),
        ("tasks&task_state=all&marks=density", "rect", "任务"),
        ("sites", "use", "阵地"),
        ("checkins", "rect", "打卡"),
    ],
)
def test_a_layer_is_drawn_told_and_kept_in_the_address(
    layer: str, marks: str, key: str, page: Page, served: Served
) -> None:
    opened(page, served, f"&layer={layer}")
    drawn = page.locator(f".map .marks {marks}[data-t]")
    assert drawn.count() > 0
    assert key in page.locator(".map .mapkey b").inner_text()
    drawn.last.hover(force=True)
    page.locator(".maptip").wait_for()
    assert (query(page, "layer") or "") == layer.split("&")[0]


def test_tasks_are_followed_down_to_a_building(page: Page, served: Served) -> None:
    opened(page, served, "&layer=tasks&task_state=all")
    chosen = page.locator(".map .chosen path")
    far = chosen.evaluate("(one) => one.getBoundingClientRect().width")
    page.get_by_role("radio", name="地点").click()
    page.wait_for_function("() => location.search.includes('marks=places')")
    ready(page)
    assert chosen.evaluate("(one) => one.getBoundingClientRect().width") > 3 * far
    stage = page.locator(".map .stage").bounding_box()
    labels = page.locator(".map .labels text")
    assert stage
    assert labels.count() >= 3
    for place in range(labels.count()):
        box = labels.nth(place).bounding_box()
        assert box
        assert stage["x"] <= box["x"]
        assert box["x"] + box["width"] <= stage["x"] + stage["width"] + 1
    page.get_by_role("button", name="看全图").click()
    assert chosen.evaluate("(one) => one.getBoundingClientRect().width") == pytest.approx(far, rel=0.02)
    link = page.locator(".rs td a").first
    place, count = link.inner_text(), int(link.locator("xpath=../following-sibling::td[1]").inner_text())
    page.evaluate("() => { window.loadedOnce = true }")
    link.click()
    page.wait_for_function("() => location.pathname.endsWith('/tasks')")
    title = page.locator(".rs h2", has_text=f"“{place}”")
    title.wait_for()
    ready(page)
    assert page.evaluate("() => window.loadedOnce")
    # The list holds those without coordinates, too.
    found = re.search(r"[\d,]+", title.inner_text().replace(place, ""))
    assert found
    assert int(found[0].replace(",", "")) >= count > 0


def test_another_area_is_brought_near_by_a_click(page: Page, served: Served) -> None:
    opened(page, served, "&layer=tasks&task_state=all&marks=places")
    svg = page.locator(".map svg.mapsvg")
    before, view = query(page, "community"), svg.get_attribute("viewBox")
    page.get_by_role("button", name="看全图").click()
    other = page.locator(f'.map .areas [data-code]:not([data-code="{before}"])').first
    code = other.get_attribute("data-code")
    click_inside(page, other)
    page.wait_for_function("code => location.search.includes('community=' + code)", arg=code)
    ready(page)
    assert svg.get_attribute("viewBox") != view
    left, top, wide, tall = (float(one) for one in (svg.get_attribute("viewBox") or "").split())
    chosen = page.locator(".map .chosen path").evaluate(
        "(one) => { const b = one.getBBox(); return [b.x, b.y, b.width, b.height] }"
    )
    assert left <= chosen[0]
    assert chosen[0] + chosen[2] <= left + wide
    assert top <= chosen[1]
    assert chosen[1] + chosen[3] <= top + tall


def test_the_layer_is_chosen_in_the_row_of_choices(page: Page, served: Served) -> None:
    opened(page, served)
    page.locator(".st-key-choice_layer input").click()
    page.get_by_role("option", name="阵地").click()
    page.wait_for_function("() => location.search.includes('layer=sites')")
    ready(page)
    assert page.locator(".map .marks use").count() > 0


def test_zoom_keeps_type_and_marks_at_their_size(page: Page, served: Served) -> None:
    opened(page, served, "&layer=sites")
    mark, name = page.locator(".map .marks use").first, page.locator(".map svg.mapsvg text").first
    width = area(page).evaluate("(one) => one.getBoundingClientRect().width")
    sizes = [one.evaluate("(one) => one.getBoundingClientRect().height") for one in (mark, name)]
    page.get_by_role("button", name="放大").click()
    page.get_by_role("button", name="放大").click()
    assert area(page).evaluate("(one) => one.getBoundingClientRect().width") > 2 * width
    after = [one.evaluate("(one) => one.getBoundingClientRect().height") for one in (mark, name)]
    assert after == pytest.approx(sizes, rel=0.1)
    page.get_by_role("button", name="看全图").click()
    assert area(page).evaluate("(one) => one.getBoundingClientRect().width") == pytest.approx(width, rel=0.02)


def test_links_lead_to_the_area_on_the_other_screens(page: Page, served: Served) -> None:
    opened(page, served)
    code = query(page, "community")
    page.evaluate("() => { window.loadedOnce = true }")
    page.locator("nav.places a", has_text="任务闭环").click()
    page.wait_for_function("() => location.pathname.endsWith('/tasks')")
    page.locator("h1", has_text="走到").wait_for()
    ready(page)
    assert query(page, "area") == code
    assert query(page, "period") == "2023Q3"
    page.go_back()
    page.wait_for_function("() => location.pathname.endsWith('/map')")
    page.locator("nav.places").wait_for()
    ready(page)
    assert query(page, "community") == code
    assert page.evaluate("() => window.loadedOnce")


def test_a_link_opens_in_a_tab_of_its_own(page: Page, served: Served) -> None:
    opened(page, served)
    page.get_by_role("button", name="English").click()
    page.wait_for_url("**lang=en**")
    ready(page)
    with page.context.expect_page() as tab:
        page.locator("nav.places a", has_text="Overview").click(modifiers=["Control"])
    ready(tab.value)
    assert query(tab.value, "lang") == "en"
    assert query(tab.value, "area") == query(page, "community")
    assert page.url.split("?")[0].endswith("/map")


def pixels(path: Path) -> tuple[int, int, int]:
    """Width, height and how many bytes the packed rows of a PNG hold: a blank picture packs to next to nothing."""
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    at, packed = 8, b""
    while at < len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        packed += data[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    assert len(set(zlib.decompress(packed))) > 20
    return width, height, len(packed)


@pytest.mark.parametrize(
    ("path", "pictures"),
    [
        (f"{START}&layer=sites", 4),
        ("/explore?metric=wish_fulfilled_rate&by=subdistrict&chart=line", 2),
        ("/explore?metric=wish_fulfilled_rate&by=subdistrict&chart=zoom", 2),
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_titled_picture_can_be_saved(
    path: str, pictures: int, scheme: str, page: Page, served: Served, tmp_path: Path
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(served.url(path))
    ready(page)
    page.locator(".st-key-downloads button").first.click()
    buttons = page.locator(".st-key-pictures button")
    buttons.first.wait_for()
    assert buttons.count() >= pictures
    for place in range(pictures):
        title = buttons.nth(place).inner_text()
        assert title.startswith("图片：")
        with page.expect_download() as waited:
            buttons.nth(place).click()
        waited.value.save_as(tmp_path / "picture.png")
        assert waited.value.suggested_filename.endswith(".png")
        width, height, packed = pixels(tmp_path / "picture.png")
        assert width > 800
        assert height > 150
        assert packed > 5_000


@pytest.fixture
def browser_without_webgl(chromium: str, browser: Browser) -> Iterator[Browser]:
    """Another browser of the same driver, in which no page gets a WebGL context."""
    instance = browser.browser_type.launch(executable_path=chromium, args=WITHOUT_3D)
    yield instance
    instance.close()


def test_nothing_needs_webgl(browser_without_webgl: Browser, served: Served) -> None:
    with browser_without_webgl.new_context(
        viewport={"width": 1366, "height": 768}, locale="zh-CN"
    ) as context:
        page = context.new_page()
        opened(page, served, "&layer=tasks")
        assert page.evaluate("document.createElement('canvas').getContext('webgl') === null")
        assert area(page).bounding_box() is not None
        assert page.locator(".map .marks circle").count() > 0
        assert page.locator(".legend").count() == 1
        code = area(page, 1).get_attribute("data-code")
        page.goto(served.url(f"{START}&community={code}"))
        ready(page)
        assert page.locator(".map .chosen path").count() == 1
        page.goto(served.url("/explore?metric=in_time_rate&by=community&grain=quarter&chart=map"))
        ready(page)
        assert page.locator(".map .areas [data-code]").count() > 3


@pytest.fixture
def page_with_webgl(chromium: str, browser: Browser) -> Iterator[Page]:
    instance = browser.browser_type.launch(executable_path=chromium, args=WITH_3D)
    yield instance.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    instance.close()


def raised_canvas(page: Page, served: Served) -> Locator:
    page.goto(served.url(START + "&drawing=raised"))
    ready(page)
    canvas = page.locator('[data-testid="stDeckGlJsonChart"] canvas').first
    canvas.wait_for()
    return canvas


def test_the_raised_map_is_drawn_with_webgl_and_asks_nobody_else(
    page_with_webgl: Page, served: Served
) -> None:
    hosts = set()
    page_with_webgl.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    canvas = raised_canvas(page_with_webgl, served)
    assert len(set(canvas.screenshot())) > 100
    assert hosts - {""} == {urlsplit(served.address).netloc}


def test_the_raised_map_answers_clicks_and_outlives_another_period(
    page_with_webgl: Page, served: Served
) -> None:
    page = page_with_webgl
    canvas = raised_canvas(page, served)
    before = query(page, "community")
    box = canvas.bounding_box()
    assert box
    places = [(across / 8, down / 8) for down in (4, 5, 3, 6) for across in (4, 3, 5, 2)]
    for across, down in places:
        page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
        page.wait_for_timeout(1_000)
        if query(page, "community") != before:
            break
    chosen = query(page, "community")
    assert chosen != before
    ready(page)
    canvas.evaluate("(canvas) => { window.drawnOn = canvas }")
    page.get_by_role("radio", name="月", exact=True).click()
    page.wait_for_url(re.compile("grain=month"))
    ready(page)
    assert query(page, "community") == chosen
    assert canvas.evaluate("(canvas) => canvas === window.drawnOn")


def test_without_webgl_the_raised_map_becomes_the_flat_one(
    browser_without_webgl: Browser, served: Served
) -> None:
    with browser_without_webgl.new_context(viewport={"width": 1366, "height": 768}) as context:
        page = context.new_page()
        page.goto(served.url(START + "&drawing=raised"))
        page.locator(".map svg.mapsvg").wait_for(timeout=60_000)
        ready(page)
        assert query(page, "drawing") in (None, "flat")
        assert page.locator('[data-testid="stDeckGlJsonChart"]').count() == 0
