"""Every screen in both languages: English holds no Chinese but data, Chinese no English of the interface."""

import getpass
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from boards import bodies, opened
from screen_texts import SCREENS, WITH_A_WORKBOOK, texts, workbooks

from pipelines.metrics import load_metrics
from pipelines.sources import load_exports
from pipelines.warehouse import Warehouse

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
QUARTER = {"grain": "quarter", "period": "2023Q3"}

# What stays in Latin letters in Chinese: formats of files, settings and tools by their own names, the other language.
LATIN = {
    "English", "CSV", "XLSX", "PNG", "Excel", "Wilson", "SQL", "SELECT", "DuckDB", "MB", "KB", "UTF", "SIG", "BOM", "GB18030",
    "district", "toml", "burden_relief", "steward", "build", "csv", "tsv", "txt", "facts", "marts", "meta", "wgs84", "gcj02",
    "bd09",
    "DOCX", "PPTX", "PDF", "ZIP",
}  # fmt: skip


@cache
def data_words(root: Path) -> re.Pattern[str]:
    """What the exports and the settings of a district say in Chinese; values of closed lists are none of it."""
    closed = {
        choice.value
        for export in load_exports().values()
        for column in export.columns
        for choice in column.choices
        if len(choice.value) > 1
    }
    said: set[str] = set()
    with Warehouse(root).open(private=True) as con:
        columns = con.execute(
            "SELECT table_catalog, table_schema, table_name, column_name FROM information_schema.columns "
            "WHERE data_type = 'VARCHAR' AND (table_schema = 'facts' OR table_name IN ('files', 'findings'))"
        ).fetchall()
        for catalog, schema, table, column in columns:
            place = f'"{catalog}"."{schema}"."{table}"'
            said |= {
                row[0] for row in con.execute(f'SELECT DISTINCT "{column}" FROM {place}').fetchall() if row[0]
            }
        (settings,) = con.execute("SELECT district_json FROM meta.settings").fetchall()
    said |= set(re.findall(r'"([^"]*[\u4e00-\u9fff][^"]*)"', settings[0]))
    known = sorted((word for word in said - closed if CHINESE.search(word)), key=len, reverse=True)
    assert len(known) > 100
    return re.compile("|".join(map(re.escape, known)) + r"|[\u4e00-\u9fff]\*+")


def chinese_in(lines: Iterator[str], root: Path) -> list[str]:
    return [line for line in lines if line != "中文" and CHINESE.search(data_words(root).sub("", line))]


@pytest.mark.parametrize("screen", SCREENS)
def test_english_holds_no_chinese_but_data(screen, small_board, serve):
    serve(small_board)
    at = opened(screen, QUARTER | {"lang": "en"})
    assert not at.exception
    # The report itself is a Chinese paper in every language of the screen around it.
    papers = "".join(body for body in bodies(at) if 'class="paper"' in body)
    assert chinese_in((line for line in texts(at) if line not in papers), small_board) == []


@pytest.mark.parametrize("screen", sorted(set(WITH_A_WORKBOOK) - {"query"}))
def test_an_english_download_holds_no_chinese_but_data(screen, small_board, serve, monkeypatch):
    serve(small_board)
    for frames, _content in workbooks(screen, monkeypatch, QUARTER | {"lang": "en"}):
        for name, frame in frames.items():
            lines = [name, *map(str, frame.columns), *map(str, frame.to_numpy().ravel())]
            assert chinese_in(iter(lines), small_board) == []


@pytest.mark.parametrize("screen", sorted(set(SCREENS) - {"query"}))
def test_chinese_holds_no_english_of_the_interface(screen, small_board, serve):
    """Codes of the data hold letters and digits; a word of the interface does not."""
    serve(small_board)
    at = opened(screen, QUARTER)
    assert not at.exception
    found = {
        (word, line)
        for line in texts(at)
        for word in ENGLISH.findall(
            re.sub(r"\S*[A-Za-z]\S*\d\S*|\S*\d\S*[A-Za-z]\S*|:material/\w+:|steward [\w -]+|--\w+", "", line)
        )
        if word not in LATIN | {getpass.getuser()}
    }
    assert found == set()


@pytest.mark.parametrize("screen", ["overview", "units", "points"])
def test_an_empty_screen_speaks_english_too(screen, few_board, serve):
    serve(few_board)
    at = opened(screen, {"lang": "en"})
    assert not at.exception
    assert chinese_in(texts(at), few_board) == []


def test_the_switch_keeps_the_choice_and_returns(small_board, serve):
    serve(small_board)
    at = opened("overview", QUARTER)
    (switch,) = [button for button in at.button if button.label == "English"]
    switch.click().run()
    assert "".join(at.query_params["lang"]) == "en"
    assert "".join(at.query_params["period"]) == "2023Q3"
    assert "Tasks published" in list(texts(at))
    (back,) = [button for button in at.button if button.label == "中文"]
    back.click().run()
    assert "发布任务" in list(texts(at))
    at.switch_page("screens/wishes.py").run()
    assert "收集微心愿" in list(texts(at))


def test_sessions_do_not_share_a_language(small_board, serve):
    """One after the other in one process, over the same kept answers."""
    serve(small_board)
    english = opened("wishes", QUARTER | {"lang": "en"})
    chinese = opened("wishes", QUARTER)
    assert "Micro-wishes collected" in list(texts(english))
    assert "收集微心愿" in list(texts(chinese))
    english.run()
    assert "Micro-wishes collected" in list(texts(english))
    assert not [line for line in texts(chinese) if line == "Micro-wishes collected"]


def test_every_metric_is_named_and_defined_in_english():
    for metric in load_metrics().values():
        assert metric.label_en, metric.name
        assert not CHINESE.search(metric.label_en + metric.definition_en), metric.name


def test_every_value_of_a_closed_list_has_an_english_name():
    for name, export in load_exports().items():
        for column in export.columns:
            for choice in column.choices:
                assert choice.label_en or not CHINESE.search(choice.value), (name, column.name, choice.value)
                assert not CHINESE.search(choice.label_en)
