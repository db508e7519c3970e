"""Boards for the screen tests: warehouses built from real files, and what a screen says over one."""

import csv
import re
from collections.abc import Mapping
from html import unescape
from io import StringIO
from pathlib import Path

from hostile_names import HOSTILE_NAMES
from streamlit.testing.v1 import AppTest

from pipelines.build import build
from pipelines.warehouse import Warehouse

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
SCREENS = tuple(sorted(path.stem for path in (APP.parent / "screens").glob("[a-z]*.py")))
_NAMES = {"名称", "单位名称", "标题", "区划名称", "任务标题"}


def built(inbox: Path, root: Path) -> Path:
    """A warehouse of everything in the inbox, with the inbox's own district.toml."""
    build(inbox, Warehouse(root), inbox / "district.toml")
    return root


def copied(inbox: Path, folder: Path, starts: tuple[str, ...] = ("",)) -> None:
    """The exports whose names begin so, in a folder of their own."""
    folder.mkdir()
    for path in inbox.iterdir():
        if path.name.startswith(starts):
            (folder / path.name).write_bytes(path.read_bytes())


def with_hostile_names(inbox: Path, out: Path) -> Path:
    """The same exports with hostile names of areas, units and tasks."""
    out.mkdir()
    for path in sorted(inbox.iterdir()):
        target = out / path.name
        if path.name.startswith(("区划", "单位", "任务")) and path.suffix == ".csv":
            target.write_bytes(_renamed(path.read_bytes()))
        else:
            target.write_bytes(path.read_bytes())
    return out


def _renamed(content: bytes) -> bytes:
    """Every name of a file replaced; dirty rows and titles above the header stay as they are."""
    rows = list(csv.reader(StringIO(_decoded(content))))
    header = next(n for n, row in enumerate(rows) if _NAMES & set(row))
    column = next(n for n, name in enumerate(rows[header]) if name in _NAMES)
    for n, row in enumerate(rows[header + 1 :]):
        if len(row) == len(rows[header]):
            row[column] = HOSTILE_NAMES[n % len(HOSTILE_NAMES)]
    out = StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8-sig", errors="replace")


def opened(screen: str, query: Mapping[str, str] | None = None) -> AppTest:
    """A screen of the board over the warehouse that the environment names."""
    at = AppTest.from_file(APP, default_timeout=60)
    for name, value in (query or {}).items():
        at.query_params[name] = value
    at.run()
    return at if screen == "overview" else at.switch_page(f"screens/{screen}.py").run()


def bodies(at: AppTest) -> list[str]:
    """The HTML that a screen drew, the stylesheet aside."""
    return [element.proto.body for element in at.get("html") if "<style" not in element.proto.body]


def words(at: AppTest) -> str:
    """What a screen says, tags taken out."""
    return unescape(re.sub(r"<[^>]+>", " ", " ".join(bodies(at))))
