"""The installed Chromium: found, started, and set so that the same page gives the same pixels."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

from pipelines.faults import NoBrowserFault

VARIABLE = "STEWARD_CHROMIUM"
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
# Where the installers of Windows and macOS put a browser without naming it in the search path.
PLACES = (
    "{PROGRAMFILES}/Google/Chrome/Application/chrome.exe",
    "{PROGRAMFILES(X86)}/Google/Chrome/Application/chrome.exe",
    "{LOCALAPPDATA}/Google/Chrome/Application/chrome.exe",
    "{PROGRAMFILES}/Microsoft/Edge/Application/msedge.exe",
    "{PROGRAMFILES(X86)}/Microsoft/Edge/Application/msedge.exe",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
# Painted by the processor, in one colour space, without subpixels: the same pixels on every run.
FLAGS = (
    "--disable-gpu",
    "--disable-lcd-text",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--lang=zh-CN",
)


def find_chromium() -> str:
    """The browser's program: the one named by STEWARD_CHROMIUM, else the first that is installed; NoBrowserFault."""
    if named := os.environ.get(VARIABLE, "").strip():
        if found := shutil.which(named):
            return found
        raise NoBrowserFault(f"{VARIABLE} 指的 {named} 不是可以运行的浏览器")
    for command in COMMANDS:
        if found := shutil.which(command):
            return found
    surroundings = {name.upper(): value for name, value in os.environ.items()}
    for place in PLACES:
        root = place[1:].partition("}")[0] if place.startswith("{") else ""
        if root and root not in surroundings:
            continue
        path = Path(surroundings.get(root, "") + place.removeprefix(f"{{{root}}}"))
        if path.is_file():
            return str(path)
    raise NoBrowserFault("本机没有找到 Chromium、Chrome 或 Edge")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser without a window; NoBrowserFault when there is none or it does not start.

    It opens nothing but the board on this machine, so it does without a sandbox, which root and many containers
    cannot have.
    """
    program = find_chromium()
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        except Error as error:
            raise NoBrowserFault(f"浏览器 {program} 启动不了") from error
        try:
            yield browser
        finally:
            browser.close()
