"""Back and forward: one step for one choice, not one for each word of the address."""

from playwright.sync_api import Page

from tests.browser.conftest import Served
from tests.browser.readiness import ready
from tests.browser.test_every_screen import open_box

PERIOD = '[data-testid="stMain"] [class*="st-key-choice_period"]'


def kicker(page: Page) -> str:
    """Screen and period, as the screen says them."""
    return page.locator(".kicker").inner_text()


def choose_period(page: Page, label: str) -> None:
    open_box(page, page.locator(PERIOD))
    page.locator('[role="option"]').filter(has_text=label).click()
    page.wait_for_function("label => document.querySelector('.kicker').innerText.includes(label)", arg=label)
    ready(page)


def test_a_choice_is_one_step_of_the_history(first_visit: Page, served: Served) -> None:
    first_visit.goto(served.url("/tasks?grain=month&period=2023-09"))
    ready(first_visit)
    # On a page of its own: a browser counts no more than fifty steps.
    steps = first_visit.evaluate("history.length")
    choose_period(first_visit, "2023年8月")
    assert first_visit.evaluate("history.length") == steps + 1
    first_visit.go_back()
    first_visit.wait_for_function("() => document.querySelector('.kicker').innerText.includes('2023年9月')")
    first_visit.go_forward()
    first_visit.wait_for_function("() => document.querySelector('.kicker').innerText.includes('2023年8月')")


def test_the_screen_before_is_near(page: Page, served: Served) -> None:
    page.goto(served.url("/?grain=month&period=2023-08"))
    ready(page)
    page.get_by_role("link", name="任务闭环").click()
    page.wait_for_function("() => document.querySelector('.kicker')?.innerText.includes('任务闭环')")
    ready(page)
    for _step in range(2):  # the screen's bare address is a step of its own
        page.go_back()
        ready(page)
    assert "任务闭环" not in kicker(page)
    assert "2023年8月" in kicker(page)
