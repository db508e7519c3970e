"""The languages in a real browser: no English word of a widget on a Chinese screen, one language a session."""

import re
from io import BytesIO
from pathlib import Path

import openpyxl
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Served
from tests.browser.readiness import ready
from tests.browser.test_every_screen import main_text

# Visible texts and what widgets say to the eye and to a screen reader; what the stylesheet replaces has no size.
SAID = """() => [...document.querySelectorAll('body *')].filter((element) =>
    !['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(element.tagName)
    && !['stIconMaterial', 'stHtml'].includes(element.closest('[data-testid]')?.dataset.testid)
    && element.checkVisibility({opacityProperty: true, visibilityProperty: true})
    && getComputedStyle(element).fontSize !== '0px'
  ).flatMap((element) => [
    ...[...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent.trim()),
    ...['placeholder', 'aria-label', 'title', 'alt'].map((name) => element.getAttribute(name) ?? '')
  ]).filter((text) => text)"""
# How often a hidden word changes within a third of a second.
CHANGED = """() => new Promise((done) => {
  let changes = 0;
  const watching = new MutationObserver((found) => { changes += found.length; });
  watching.observe(document.body, {subtree: true, attributes: true, attributeFilter: ['aria-label', 'alt']});
  setTimeout(() => { watching.disconnect(); done(changes); }, 300);
})"""
# The other language, kinds of files, and the user who would publish.
BY_THEIR_OWN_NAME = re.compile(r"English|CSV|XLSX|PNG|SQL|SELECT\b.*|root|\w*\d\w*")


def english(page: Page) -> list[str]:
    """English words that a screen says outside its own HTML."""
    said = set(page.evaluate(SAID))
    return sorted(text for text in said if re.search(r"[A-Za-z]{2,}", BY_THEIR_OWN_NAME.sub("", text)))


def speaks_chinese_alone(page: Page, screen: str) -> None:
    """What a screen says as it opens, and in its menu of downloads; `test_layout` has every screen open anyway."""
    words = main_text(page)
    assert len(words) > 200, words
    assert "数据截至" in words
    assert "Traceback" not in words
    for menu in page.locator(".st-key-downloads button").all()[:1]:
        menu.click()
        page.wait_for_timeout(300)
    # An analyst's SQL is English by nature.
    assert screen == "query" or english(page) == []


def test_a_search_without_a_match_says_so_in_chinese(page: Page, served: Served) -> None:
    page.goto(served.url())
    ready(page)
    box = page.locator('[data-testid="stSelectbox"]').nth(1).locator("input")
    box.click()
    box.fill("zzzz")
    page.get_by_role("listbox").wait_for()
    assert english(page) == []
    shown = page.locator("[role=listbox] [role=option] > span").evaluate(
        "span => getComputedStyle(span, '::after').content"
    )
    assert shown == '"没有匹配项"'


def test_hidden_words_follow_the_language_and_new_widgets(page: Page, served: Served) -> None:
    page.goto(served.url("/what-if"))
    ready(page)
    assert page.get_by_role("button", name="展开选项").count() > 1
    assert page.get_by_role("button", name="Increment").count() == 0
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="中文").wait_for()
    ready(page)
    assert page.get_by_role("button", name="展开选项").count() == 0
    assert page.get_by_role("button", name="Open", exact=True).count() > 1
    page.get_by_role("button", name="中文").click()
    page.get_by_role("button", name="English").wait_for()
    ready(page)
    assert english(page) == []
    # Said again in the same language, a word is not put back and forth.
    page.get_by_role("link", name="任务闭环").click()
    page.wait_for_url("**/tasks?**")
    ready(page)
    assert english(page) == []
    assert page.evaluate(CHANGED) == 0


def test_two_readers_at_once_keep_their_languages(page: Page, served: Served, browser: Browser) -> None:
    page.goto(served.url("/wishes?grain=quarter&period=2023Q3"))
    ready(page)
    with browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-GB") as context:
        other = context.new_page()
        other.goto(served.url("/wishes?grain=quarter&period=2023Q3"))
        ready(other)
        other.get_by_role("button", name="English").click()
        # The address is written at the end of a run, after its words.
        other.wait_for_url("**lang=en**")
        ready(other)
        assert "Micro-wishes collected" in main_text(other)
        assert "period=2023Q3" in other.url
        page.reload()
        ready(page)
        assert "收集微心愿" in main_text(page)
        assert "Micro-wishes" not in main_text(page)
        other.reload()
        ready(other)
        assert "Micro-wishes collected" in main_text(other)
        assert "收集微心愿" not in main_text(other)


def test_an_english_reader_downloads_an_english_workbook(page: Page, served: Served) -> None:
    page.goto(served.url("/wishes?grain=quarter&period=2023Q3&lang=en"))
    ready(page)
    page.locator(".st-key-downloads button").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Workbook (XLSX)").click()
    book = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    assert book.sheetnames[0] == "Communities"
    assert book.sheetnames[-1] == "Definitions"
    assert book.worksheets[0]["A1"].value == "Rank"


def test_the_navigation_keeps_the_language(page: Page, served: Served) -> None:
    page.goto(served.url("/?lang=en"))
    ready(page)
    page.get_by_role("link", name="Task loop").click()
    page.wait_for_url("**/tasks?**")
    ready(page)
    assert "lang=en" in page.url
    page.get_by_role("button", name="中文").click()
    page.get_by_role("link", name="任务闭环").wait_for()
    ready(page)
    assert "任务闭环" in main_text(page)
