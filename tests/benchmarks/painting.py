"""When a page is painted: at its last frame that looks different from the one before.

Chromium sends a frame whenever it drew one (`Page.screencastFrame`), with the time at which it was drawn. Frames of
equal bytes show nothing new: a blinking caret is made invisible beforehand, and what is drawn again without a change
does not count. A page has settled once its script has ended, everything is in its place and nothing changed for a
while; the time of the last change is taken then, however long that while was. The clock starts in the browser as well:
with the navigation for a load, with the press of the mouse for a choice.
"""

import hashlib
import time
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.readiness import APP, DRAWN

DESK = {"width": 1920, "height": 1080}
# Half size is enough to see every change of a letter, and cheap enough not to slow what is measured.
_FRAMES = {"format": "jpeg", "quality": 60, "maxWidth": 960, "maxHeight": 540}
_QUIET, _QUIET_BEFORE = 0.6, 0.3
_PROMPT = 0.1
_TOO_LONG = 60
_POLL_MS = 50
_BOXES = '[data-testid="stMain"] [data-testid="stSelectbox"] input'
_PRESSED = "addEventListener('pointerdown', () => { window.pressed = performance.timeOrigin + performance.now() }, true)"
# The option after the chosen one, the first where that is out of view.
_NEIGHBOUR = """() => {
  const options = [...document.querySelectorAll('[role="option"]')];
  const chosen = options.findIndex((option) => option.getAttribute('aria-selected') === 'true');
  return chosen + 1 < options.length ? chosen + 1 : chosen - 1;
}"""
_KINDS = (
    ("map", '[data-testid="stDeckGlJsonChart"]'),
    ("plotly", '.js-plotly-plot, [data-testid="stDataFrame"]'),
)


@dataclass(frozen=True)
class Load:
    """A visit with an empty cache: when it began (seconds of the epoch), seconds to painted, bytes received."""

    began: float
    seconds: float
    bytes: int

    @property
    def painted(self) -> float:
        """When it was painted, seconds of the epoch."""
        return self.began + self.seconds


class ScreenRaised(Exception):
    """A screen showed an exception instead of itself."""


class WatchedPage:
    """A new page with an empty cache whose frames and bytes are watched."""

    def __init__(self, browser: Browser) -> None:
        self._context = browser.new_context(viewport=DESK, locale="zh-CN", timezone_id="Asia/Shanghai")
        self.page: Page = self._context.new_page()
        self._bytes, self._messages, self._picture, self._changed = 0, 0, "", 0.0
        self._wire = self._context.new_cdp_session(self.page)
        self._wire.on("Page.screencastFrame", self._look)
        self._wire.on("Network.loadingFinished", lambda told: self._count(told["encodedDataLength"]))
        self._wire.on("Network.webSocketFrameReceived", lambda told: self._count_frame(told["response"]))
        self._wire.send("Network.enable")
        self._wire.send("Page.startScreencast", _FRAMES)

    def __enter__(self) -> "WatchedPage":
        return self

    def __exit__(self, *_: object) -> None:
        # A frame that arrives while the page closes could not be acknowledged any more.
        self._wire.remove_listener("Page.screencastFrame", self._look)
        self._wire.send("Page.stopScreencast")
        self._context.close()

    def load(self, url: str) -> Load:
        """Open an address and wait until it is painted."""
        self.page.goto(url, wait_until="commit")
        began = self.page.evaluate("performance.timeOrigin") / 1000
        self.page.wait_for_selector(APP, timeout=_TOO_LONG * 1000)
        self._settle()
        return Load(began, self._changed - began, self._bytes)

    def kind(self) -> str:
        """What draws the largest part: `map`, `plotly` (or a data grid, which weighs as much), or `plain`."""
        return next((name for name, selector in _KINDS if self.page.locator(selector).count()), "plain")

    def can_choose(self) -> bool:
        """Whether there is a select box to choose from."""
        return self.page.locator(_BOXES).count() > 0

    def choose(self, option: str | None = None) -> tuple[str, float]:
        """Choose in the first select box: an option by its text, or the neighbour of the chosen one.

        Gives the text of what was chosen before, and the seconds from the press of the mouse to painted.
        """
        self.page.add_style_tag(content="* { caret-color: transparent !important }")
        self.page.evaluate(_PRESSED)
        box = self.page.locator(_BOXES).first
        before = box.input_value()
        box.click()
        self.page.locator('[role="option"]').first.wait_for()
        self._settle(_QUIET_BEFORE)
        if option is None:
            wanted = self.page.locator('[role="option"]').nth(self.page.evaluate(_NEIGHBOUR))
        else:
            wanted = self.page.get_by_role("option", name=option, exact=True)
            if not wanted.count():
                # A long list holds only the options in view; it is searched by typing.
                self.page.keyboard.type(option)
                self._settle(_QUIET_BEFORE)
        heard = self._messages
        wanted.click()
        pressed = self.page.evaluate("window.pressed") / 1000
        # The click comes back before the script has begun to run; its first message says that it has.
        self._changed = pressed
        while self._messages == heard and time.time() < pressed + _TOO_LONG:
            self.page.wait_for_timeout(_POLL_MS)
        self._settle()
        if box.input_value() == before or self._changed == pressed:
            raise ScreenRaised(f"nothing but {before} could be chosen")
        return before, self._changed - pressed

    def _settle(self, quiet: float = _QUIET) -> None:
        end, busy = time.time() + _TOO_LONG, 0.0
        while time.time() < end:
            self.page.wait_for_timeout(_POLL_MS)
            asked = time.time()
            if asked - max(self._changed, busy) <= quiet:
                continue
            drawn = self.page.locator(APP).count() and self.page.evaluate(DRAWN)
            if time.time() - asked > _PROMPT:
                # A page that was long in answering was at work: what came of it has yet to be seen.
                busy = time.time()
            elif drawn:
                if self.page.locator('[data-testid="stException"]').count():
                    raise ScreenRaised("an exception is shown")
                return
        raise ScreenRaised(f"does not come to rest within {_TOO_LONG} s")

    def _look(self, frame: dict[str, Any]) -> None:
        self._wire.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})
        picture = hashlib.sha256(frame["data"].encode()).hexdigest()
        if picture != self._picture:
            # Frames may arrive late: one from before a key says nothing of what the key did.
            self._picture, self._changed = picture, max(self._changed, frame["metadata"]["timestamp"])

    def _count(self, received: float) -> None:
        self._bytes += int(received)

    def _count_frame(self, frame: dict[str, Any]) -> None:
        binary = frame["opcode"] == 2
        self._messages += 1
        self._count(len(frame["payloadData"]) * (3 / 4 if binary else 1))
