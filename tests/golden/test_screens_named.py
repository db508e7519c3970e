"""Both READMEs say for each row of the programme on which screens it stands: those that the figures are read from."""

import ast
import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from dashboard.translations import catalogue

ROOT = Path(__file__).parents[2]


def navigation() -> dict[str, str]:
    """Screen → its English title, from the calls of st.Page in app.py."""
    found = {}
    for node in ast.walk(ast.parse((ROOT / "dashboard" / "app.py").read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "st.Page":
            (title,) = (word.value for word in node.keywords if word.arg == "title")
            found[Path(ast.literal_eval(node.args[0])).stem] = ast.literal_eval(title.args[0])
    assert len(found) >= 15
    return found


def read_from() -> dict[str, set[str]]:
    """Row → screens, from screens.csv."""
    screens = defaultdict[str, set[str]](set)
    with Path(__file__).with_name("screens.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            screens[row["id"]].add(row["screen"])
    return screens


@pytest.mark.parametrize(("readme", "language"), [("README.md", "en"), ("README.zh-CN.md", "zh_CN")])
def test_the_readme_names_the_screens_that_the_figures_are_read_from(readme: str, language: str) -> None:
    words = catalogue(language)
    titles = {screen: words.get(title, title) for screen, title in navigation().items()}
    rows = re.findall(r"^\| (D\d+) \|[^|]*\| ([^|]+) \|$", (ROOT / readme).read_text("utf-8"), re.MULTILINE)
    named = {row: set(re.split(r"、|, ", screens.strip())) for row, screens in rows}
    assert named == {row: {titles[screen] for screen in screens} for row, screens in read_from().items()}
