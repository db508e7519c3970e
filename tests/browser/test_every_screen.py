"""Every screen is reached, and reproduced by its own address."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, TimeoutError

from tests.browser.conftest import Served
from tests.browser.readiness import ready

DASHBOARD = Path(__file__).parents[2] / "dashboard"


def screens() -> Iterator[tuple[str, str]]:
    """File and path of every screen that app.py lists; the first answers at /."""
    for line in (DASHBOARD / "app.py").read_text(encoding="utf-8").splitlines():
        file = re.search(r'st\.Page\("screens/(\w+)\.py"', line)
        if file:
            path = re.search(r'url_path="([\w-]+)"', line)
            yield file[1], f"/{path[1]}" if path else "/"


SCREENS = dict(screens())


def main_text(page: Page) -> str:
    """What the screen says, choices included, pictures aside."""
    return page.locator('[data-testid="stMain"]').inner_text()


def test_app_lists_every_screen_once() -> None:
    files = {path.stem for path in (DASHBOARD / "screens").glob("*.py")} - {"__init__"}
    assert set(SCREENS) == files
    assert len(set(SCREENS.values())) == len(files) >= 6


def test_the_navigation_leads_to_every_screen(page: Page, served: Served) -> None:
    page.goto(served.url())
    ready(page)
    links = set()
    sections = page.locator('[data-testid="stTopNavSection"]')
    for section in [None, *sections.all()]:
        if section is not None:
            section.click()
            page.wait_for_timeout(300)
        shown = page.locator("a[href]").evaluate_all("all => all.map((link) => link.href)")
        links |= {urlsplit(link).path for link in shown}
    assert links >= set(SCREENS.values())


def test_a_link_written_by_hand_shows_what_it_says(page: Page, served: Served) -> None:
    page.goto(served.url("/?grain=month&period=2023-08"))
    ready(page)
    words = main_text(page)
    assert "2023年8月" in words
    assert "2023年第三季度" not in words


# Of an upload there is nothing to choose; the committed sample has one quarter alone to publish.
@pytest.mark.parametrize("screen", sorted(set(SCREENS) - {"upload", "publication"}))
def test_a_deep_link_shows_the_same_selection(
    screen: str, page: Page, served: Served, other_page: Page
) -> None:
    page.goto(served.url(SCREENS[screen]))
    ready(page)
    before, address = main_text(page), page.url
    choose_another(page, address)
    ready(page)
    chosen, words = page.url, main_text(page)
    assert words != before
    other_page.goto(chosen)
    ready(other_page)
    assert main_text(other_page) == words
    assert parse_qs(urlsplit(other_page.url).query) == parse_qs(urlsplit(chosen).query)


def open_box(page: Page, box: Locator) -> None:
    """A list closes again when the page moves below it, as while pictures find their height: then once more."""
    for patience in (3_000, 3_000, 30_000):
        box.locator("input").click()
        try:
            page.locator('[role="option"]').first.wait_for(timeout=patience)
            return
        except TimeoutError:
            page.keyboard.press("Escape")
    pytest.fail("the list does not open")


def choose_another(page: Page, address: str) -> None:
    """Chooses, as a reader would, another option of the last choice that offers one, until the address tells so.

    A long list lays its options out anew while it opens, and a click may then meet none: then once more.
    """
    for box in reversed(page.locator('[data-testid="stMain"] [data-testid="stSelectbox"]').all()):
        for patience in (5_000, 5_000, 30_000):
            open_box(page, box)
            others = page.locator('[role="option"][aria-selected="false"]')
            if not others.count():
                page.keyboard.press("Escape")
                break
            others.last.click()
            try:
                page.wait_for_function("before => location.href !== before", arg=address, timeout=patience)
                return
            except TimeoutError:
                page.keyboard.press("Escape")
    pytest.fail("the screen offers no choice that changes the address")
