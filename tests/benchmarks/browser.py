"""The board in a real Chromium, beside a hello-world page on the same machine in the same minutes.

A round starts every server anew, so that the first visit of a screen asks questions that nobody has asked before; then
it visits the screens in turn, the hello-world page in between. Loads, choices and starts of one round are divided by
the medians of the hello-world page in that round.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import TimeoutError as TakesTooLong

from tests.benchmarks import servers
from tests.benchmarks.children import ROOT
from tests.benchmarks.painting import ScreenRaised, WatchedPage
from tests.benchmarks.servers import Server
from tests.browser.conftest import FLAGS

HELLO = "hello"
# What scripts draw where a reader asks for it.
_DRAWINGS = {"map_raised": "/map?drawing=raised", "explore_zoom": "/explore?chart=zoom"}
# Whoever watches a page has the browser note the lines of script that ask for each file. Scripts are compiled without their
# lines, so a large one is parsed once more for each file it asks for: Plotly's twice, for a second that no reader waits.
_WITH_LINES = "--js-flags=--no-enable-lazy-source-positions"
# So many screens between two visits of the hello-world page.
_BETWEEN = 4


def measure(warehouses: list[str], rounds: int) -> dict[str, Any]:
    """Visit every screen of every warehouse; one warehouse for each scale.

    `visits`: round, place of the warehouse (None: hello), screen, kind, load in seconds, bytes, and, where there is a
    choice, `fresh` and `known`: seconds to painted and CPU seconds of the server for a choice never made before and
    for going back. `starts`: round, place, seconds from the start of the process to painted. `memory` and `peaks`:
    bytes that the server of each warehouse holds when all is visited, and the most that it ever held. `broken`: what screens raised.
    """
    told: dict[str, Any] = {"visits": [], "starts": [], "memory": [0.0] * len(warehouses)}
    told |= {"peaks": [0.0] * len(warehouses), "broken": {}}
    with _chromium() as browser:
        for number in range(rounds):
            with ExitStack() as stack:
                _round(browser, stack, warehouses, number, told)
    return told


def _round(
    browser: Browser, stack: ExitStack, warehouses: list[str], number: int, told: dict[str, Any]
) -> None:
    started = {None: servers.hello()} | {
        place: servers.board(warehouse) for place, warehouse in enumerate(warehouses)
    }
    running: dict[int | None, Server] = {}
    for place, starting in started.items():
        running[place] = server = stack.enter_context(starting)
        with WatchedPage(browser) as watched:
            seconds = watched.load(server.address + "/").painted - server.started
        told["starts"].append({"round": number, "place": place, "seconds": seconds})
    for turn, (screen, path) in enumerate({**screens(), **_DRAWINGS}.items()):
        for place, server in running.items():
            if place is None and turn % _BETWEEN:
                continue
            name, where = (HELLO, "/") if place is None else (screen, path)
            try:
                visited = _visit(browser, server, name, where)
            except (ScreenRaised, TakesTooLong) as raised:
                told["broken"][name] = str(raised).splitlines()[0]
                continue
            told["visits"].append({"round": number, "place": place, **visited})
    for place in range(len(warehouses)):
        told["memory"][place] = max(told["memory"][place], running[place].memory)
        told["peaks"][place] = max(told["peaks"][place], running[place].peak)


def screens() -> dict[str, str]:
    """Name and path of every screen that the navigation lists; the first answers at /."""
    listed = (ROOT / "dashboard" / "app.py").read_text("utf-8")
    found = re.findall(r'st\.Page\("screens/(\w+)\.py"(?:.*url_path="([\w-]+)")?', listed)
    if not found:
        raise ValueError("app.py lists no screen")
    return {name: f"/{path}" for name, path in found}


def _visit(browser: Browser, server: Server, screen: str, path: str) -> dict[str, Any]:
    with WatchedPage(browser) as watched:
        load = watched.load(server.address + path)
        told = {"screen": screen, "kind": watched.kind(), "load": load.seconds, "bytes": load.bytes}
        if not watched.can_choose():
            return told
        before_fresh = server.cpu
        first, fresh = watched.choose()
        before_known = server.cpu
        _, known = watched.choose(first)
        return told | {
            "fresh": [fresh, before_known - before_fresh],
            "known": [known, server.cpu - before_known],
        }


@contextmanager
def _chromium() -> Iterator[Browser]:
    path = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    if path is None:
        raise FileNotFoundError("no Chromium; name one: CHROMIUM=/path/to/chrome make bench")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, _WITH_LINES])
        yield browser
        browser.close()
