"""A meeting of a district whose areas and units have names of 200 characters, in a real browser."""

import re
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SAMPLE, STEWARD, Served, running
from tests.browser.stage_look import CONTRAST, CONTRAST_TITLE, SMALLEST, STAGE_LOOK
from tests.browser.test_meeting import SIZES, opened
from tests.dashboard.hard_districts import long_names

TOO_WIDE = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.innerText)"


@pytest.fixture(scope="module")
def served(made_once: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample with such names."""
    inbox = made_once("long-names-inbox", partial(long_names, SAMPLE))
    settings = str(inbox / "district.toml")

    def build(folder: Path) -> None:
        command = [STEWARD, "build", str(inbox), "--warehouse", str(folder), "--district", settings]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    with running(made_once("long-names-warehouse", build), tmp_path_factory.mktemp("elsewhere")) as board:
        yield board


def test_the_lowest_area_keeps_its_rate(page: Page, served: Served) -> None:
    opened(page, served, "&sheet=9")
    sheet = page.locator(".leaf.shown[data-kind=wishes]")
    expect(sheet.locator(".cut", has_text="镇街最低")).to_have_text(re.compile(r"….*0%（0 / \d+）$"))
    assert page.evaluate(STAGE_LOOK, [SMALLEST, CONTRAST, CONTRAST_TITLE]) == []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_decision_is_whole(page: Page, served: Served, language: str) -> None:
    opened(page, served, f"&lang={language}")
    page.keyboard.press("End")
    sheet = page.locator(".leaf.shown[data-kind=decisions]")
    expect(sheet.locator(".question")).to_have_count(3)
    # A name is cut inside its sentence; what is said of it and the pages are still there.
    expect(sheet.locator(".question").first).to_have_text(re.compile(r"….*(督办|share\?)$"))
    expect(sheet.locator(".cut", has_text="WWW")).to_have_text(re.compile(r"W… [\d.]+ .*4.*5"))
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(150)
        assert page.evaluate(STAGE_LOOK, [SMALLEST, CONTRAST, CONTRAST_TITLE]) == []
        assert sheet.locator(".cut").evaluate_all(TOO_WIDE) == []
