"""Chinese is complete, nothing is left over, and a translation keeps the places of its figures."""

import ast
import re
from pathlib import Path

import pytest

from dashboard.translations import LANGUAGES, catalogue, language, use_language
from dashboard.translations import _ as translated
from dashboard.translations.singular import English

SOURCES = sorted((Path(__file__).parents[2] / "dashboard").rglob("*.py"))


def messages() -> set[str]:
    """Every message that the code asks for; read from the syntax tree, for `_()` also stands inside f-strings."""
    found = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                message = node.args[0]
                assert isinstance(message, ast.Constant), (
                    f"{source}:{node.lineno} translates what is not a literal"
                )
                found.add(message.value)
    assert len(found) > 200
    return found


def test_chinese_is_complete():
    assert sorted(messages() - set(catalogue("zh_CN"))) == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_no_translation_is_left_over(name):
    assert sorted(set(catalogue(name)) - messages()) == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_translations_keep_their_places(name):
    for message, translation in catalogue(name).items():
        places = set(re.findall(r"{(\w+)", message))
        assert set(re.findall(r"{(\w+)", translation)) <= places, message


def test_chinese_says_nothing_in_english():
    allowed = {
        "CSV",
        "TSV",
        "TXT",
        "UTF",
        "XLSX",
        "DOCX",
        "PPTX",
        "PDF",
        "ZIP",
        "PNG",
        "Wilson",
        "STEWARD_WAREHOUSE",
        "n",
        "changes",
        "district",
        "toml",
        "burden_relief",
        "SQL",
        "SELECT",
        "MB",
        "F",
        "R",
        "Esc",
        "facts",
        "marts",
        "meta",
    }
    for message, translation in catalogue("zh_CN").items():
        bare = re.sub(r"{[^}]*}", "", translation)
        assert set(re.findall(r"[A-Za-z_]+", bare)) <= allowed, message


def test_an_unknown_language_falls_back_to_chinese():
    assert use_language("xx") == "zh_CN"
    assert use_language("en") == "en"
    assert language() == "en"
    assert translated("Overview") == "Overview"
    use_language(None)
    assert translated("Overview") == "总览"


@pytest.mark.parametrize(
    ("message", "count", "said"),
    [
        ("{count} units stand near a score line", 1, "1 unit stands near a score line"),
        ("{count} units stand near a score line", 21, "21 units stand near a score line"),
        (
            "{count} people without points pull the score down",
            1,
            "1 person without points pulls the score down",
        ),
        ("up by {count} points", "0.1", "up by 0.1 points"),
        ("{count} tasks are overdue", "2,001", "2,001 tasks are overdue"),
        ("{count} communities, {count} people", 1, "1 community, 1 person"),
    ],
)
def test_english_agrees_with_the_number_one(message, count, said):
    use_language("en")
    try:
        assert English(message).format(count=count) == said
    finally:
        use_language(None)
