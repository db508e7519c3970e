"""A real Chromium against the real server over a small warehouse.

Every test that asks for `page` is also a test that the page asked no other host for anything, wrote no error to the
console, and that the server logged no traceback meanwhile. The page is the same for all tests of a worker, left without a
screen and without memory in between: a page that has compiled the scripts loads a screen at a third of the cost. A test
that needs a first visit asks for `first_visit`, a second reader is `other_page`.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "sample_data"
FAILED = HERE / "failed"
STEWARD = str(Path(sys.executable).with_name("steward"))
START_SECONDS = 60
DESK: ViewportSize = {"width": 1920, "height": 1080}

# Without a graphics card pages are painted directly; only the raised map needs WebGL, computed by the processor.
WEBGL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--lang=zh-CN",
    "--font-render-hinting=none",
    "--hide-scrollbars",
    "--process-per-site",
]
# A word of the server alone, without script or session. Behind a blank page the browser begins a new process for the
# next screen, which compiles all scripts again.
HALL = "/_stcore/health"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """So that `pytest -m "not browser"` leaves them all out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Keeps a picture of the page of a failed test, and the page from the tests that follow."""
    report = yield
    page = getattr(item, "funcargs", {}).get("page")
    if report.when == "call" and report.failed and page is not None:
        FAILED.mkdir(exist_ok=True)
        name = re.sub(r"[^\w.-]+", "_", item.name)
        page.screenshot(path=FAILED / f"{name}.png")
        page.context.close()
    return report


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser to drive. A machine without one fails here: a skipped test proves nothing."""
    wanted = os.environ.get("CHROMIUM", "chromium")
    path = shutil.which(wanted)
    if path is None:
        pytest.fail(
            f"No browser: {wanted} was not found. Debian as root: apt-get install chromium fonts-noto-cjk; "
            "elsewhere name a Chrome or Chromium: CHROMIUM=/path/to/chrome make test",
            pytrace=False,
        )
    return path


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests; each page gets a context of its own."""
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield instance
        instance.close()


@pytest.fixture(scope="session")
def warehouse(made_once: Callable[..., Path]) -> Path:
    """A warehouse built from the committed sample by the command itself."""

    def build(folder: Path) -> None:
        settings = str(SAMPLE / "district.toml")
        command = [STEWARD, "build", str(SAMPLE), "--warehouse", str(folder), "--district", settings]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    return made_once("sample-warehouse", build)


@dataclass(frozen=True)
class Served:
    """A running board: its address without trailing slash, and where its log goes."""

    address: str
    log: Path

    def url(self, path: str = "/") -> str:
        return self.address + path

    @property
    def faults(self) -> list[str]:
        """What the log holds against us."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if re.search(r"Traceback|Error\b|ERROR|Uncaught", line)]


@pytest.fixture(scope="session")
def served(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The board over the committed sample."""
    with running(warehouse, tmp_path_factory.mktemp("elsewhere")) as board:
        yield board


@contextmanager
def running(warehouse: Path, elsewhere: Path) -> Iterator[Served]:
    """The board, served by `steward serve` from a folder that has nothing to do with the project."""
    log = elsewhere / "server.log"
    command = [STEWARD, "serve", "--warehouse", str(warehouse), "--port", "0"]
    with (
        log.open("w", encoding="utf-8") as stderr,
        subprocess.Popen(command, cwd=elsewhere, stdout=subprocess.PIPE, stderr=stderr, text=True) as process,
    ):
        assert process.stdout is not None
        announced = re.search(r"http://[\w.:]+", process.stdout.readline())
        if announced is None:
            process.wait(START_SECONDS)
            pytest.fail(f"the board did not start: {log.read_text(encoding='utf-8')}", pytrace=False)
        yield Served(announced[0], log)
        process.terminate()
        process.wait(START_SECONDS)


class Desk:
    """A desk-sized page in Chinese that readers use one after the other; in between it waits in the hall."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._page: Page | None = None

    def sit_down(self) -> Page:
        """The page as a new reader finds it."""
        if self._page is None or self._page.is_closed():
            context = self._browser.new_context(
                viewport=DESK, locale="zh-CN", timezone_id="Asia/Shanghai", color_scheme="light"
            )
            self._page = context.new_page()
        return self._page

    def leave(self, board: Served) -> None:
        """Nothing is left of a reader: no session, memory, size, colours, or second page."""
        page = self._page
        if page is None or page.is_closed():
            return
        for other in page.context.pages:
            if other is not page:
                other.close()
        if page.url.startswith("http"):
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.context.clear_cookies()
        page.unroute_all()
        page.goto(board.url(HALL))
        page.emulate_media(media="null", color_scheme="light", reduced_motion="null", forced_colors="null")
        page.set_viewport_size(DESK)

    def remove(self) -> None:
        if self._page is not None and not self._page.is_closed():
            self._page.context.close()


@pytest.fixture(scope="session")
def desk(browser: Browser) -> Iterator[Desk]:
    desk = Desk(browser)
    yield desk
    desk.remove()


@pytest.fixture(scope="session")
def other_desk(browser: Browser) -> Iterator[Desk]:
    desk = Desk(browser)
    yield desk
    desk.remove()


@contextmanager
def behaving(page: Page, served: Served, leave: Callable[[], None]) -> Iterator[Page]:
    """A page that must behave until it is left; see the head of this file."""
    strangers: list[str] = []
    complaints: list[str] = []
    known_faults = len(served.faults)
    ours = urlsplit(served.address).netloc

    def look(url: str) -> None:
        if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != ours:
            strangers.append(url)

    listeners: dict[str, Callable[..., None]] = {
        "request": lambda request: look(request.url),
        "websocket": lambda socket: look(socket.url),
        "pageerror": lambda error: complaints.append(str(error)),
        "console": lambda line: complaints.append(line.text) if line.type == "error" else None,
    }
    for event, listener in listeners.items():
        page.on(event, listener)  # type: ignore[call-overload]  # it knows each name only by itself
    try:
        yield page
    finally:
        for event, listener in listeners.items():
            page.remove_listener(event, listener)
        leave()
    assert strangers == []
    assert complaints == []
    assert served.faults[known_faults:] == []


@pytest.fixture
def page(desk: Desk, served: Served) -> Iterator[Page]:
    """A desk-sized page in Chinese that must behave."""
    with behaving(desk.sit_down(), served, lambda: desk.leave(served)) as page:
        yield page


@pytest.fixture
def first_visit(browser: Browser, served: Served) -> Iterator[Page]:
    """The same in a browser that has never seen the board."""
    desk = Desk(browser)
    with behaving(desk.sit_down(), served, desk.remove) as page:
        yield page


@pytest.fixture
def other_page(other_desk: Desk, served: Served) -> Iterator[Page]:
    """The page of a second reader, who shares nothing with the first."""
    yield other_desk.sit_down()
    other_desk.leave(served)
