"""What the tests of the four ranking screens share: table rows as drawn, and the boards that only they need."""

import csv
import re
from html import unescape
from io import StringIO
from pathlib import Path

from boards import bodies, built
from hostile_names import HOSTILE_NAMES
from streamlit.testing.v1 import AppTest


def rows_of(at: AppTest) -> list[list[str]]:
    """The cells of every table row that a screen drew."""
    found = []
    for body in bodies(at):
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL):
            cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
            if cells:
                found.append([unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in cells])
    return found


def hostile_people(inbox: Path, root: Path) -> Path:
    """The small sample with hostile names of persons, communities and sites, built."""
    out = root.with_name(f"{root.name}-inbox")
    out.mkdir(exist_ok=True)
    for path in inbox.iterdir():
        content = path.read_bytes()
        if path.suffix == ".csv" and path.name.startswith(("红管家", "区划", "阵地")):
            content = _renamed(content, "姓名" if path.name.startswith("红管家") else "名称")
        (out / path.name).write_bytes(content)
    return built(out, root)


def running(inbox: Path, root: Path) -> Path:
    """The small sample as it stood on 31 August: the third quarter is not over, built."""
    out = root.with_name(f"{root.name}-inbox")
    out.mkdir(exist_ok=True)
    for path in inbox.iterdir():
        if "202309" not in path.name:
            (out / path.name).write_bytes(path.read_bytes())
    return built(out, root)


def with_settings(inbox: Path, root: Path, *changes: tuple[str, str]) -> Path:
    """The small sample under other settings of the district, each (before, after), built."""
    out = root.with_name(f"{root.name}-inbox")
    out.mkdir(exist_ok=True)
    for path in inbox.iterdir():
        (out / path.name).write_bytes(path.read_bytes())
    file = out / "district.toml"
    text = file.read_text("utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    file.write_text(text, "utf-8")
    return built(out, root)


def _renamed(content: bytes, column: str) -> bytes:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    rows = list(csv.reader(StringIO(text)))
    header = next(n for n, row in enumerate(rows) if column in row)
    place = rows[header].index(column)
    for n, row in enumerate(rows[header + 1 :]):
        if len(row) == len(rows[header]):
            row[place] = HOSTILE_NAMES[n % len(HOSTILE_NAMES)]
    out = StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()
