"""A real Chromium against the real server over a small warehouse.

Every test that asks for `page` is also a test that the page asked no other host for anything, wrote no error to the
console, and that the server logged no traceback meanwhile.
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
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "sample_data"
FAILED = HERE / "failed"
STEWARD = str(Path(sys.executable).with_name("steward"))
START_SECONDS = 60

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
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """So that `pytest -m "not browser"` leaves them all out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Keeps a picture of the page of a failed test."""
    report = yield
    page = getattr(item, "funcargs", {}).get("page")
    if report.when == "call" and report.failed and page is not None:
        FAILED.mkdir(exist_ok=True)
        name = re.sub(r"[^\w.-]+", "_", item.name)
        page.screenshot(path=FAILED / f"{name}.png")
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


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A desk-sized page in Chinese that must behave; see the head of this file."""
    context = browser.new_context(
        viewport={"width": 1920, "height": 1080}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    page = context.new_page()
    strangers: list[str] = []
    complaints: list[str] = []
    known_faults = len(served.faults)
    ours = urlsplit(served.address).netloc

    def look(url: str) -> None:
        if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != ours:
            strangers.append(url)

    page.on("request", lambda request: look(request.url))
    page.on("websocket", lambda socket: look(socket.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    assert strangers == []
    assert complaints == []
    assert served.faults[known_faults:] == []
