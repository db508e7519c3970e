"""Page mode as the server makes it: nothing to press, choices in words, sizes of print; the desk stays as it is."""

import re

import pytest
from boards import APP, bodies, opened, words
from streamlit.testing.v1 import AppTest

from dashboard.components.markup import grown
from dashboard.components.page_sheet import sheet_styles
from dashboard.pictures.every_screen import SCREENS

PERIOD = {"grain": "quarter", "period": "2023Q3"}
PAGE = {**PERIOD, "mode": "page"}
WIDGETS = (
    "button", "button_group", "checkbox", "download_button", "file_uploader", "multiselect", "number_input", "page_link",
    "popover", "radio", "segmented_control", "selectbox", "slider", "text_area", "text_input", "toggle",
)  # fmt: skip
FILES = {"": "overview", "map": "district_map"}


@pytest.fixture(autouse=True)
def served(small_board, serve) -> None:
    serve(small_board)


def sheet(screen: str, **choices: str):
    """A screen as a sheet; mode and choices stay in the address while the screen changes."""
    at = opened("overview", {**PAGE, **choices})
    if screen != "overview":
        for name, value in {**PAGE, **choices}.items():
            at.query_params[name] = value
        at.switch_page(f"screens/{screen}.py").run()
    assert not at.exception
    return at


@pytest.mark.parametrize("path", SCREENS.values())
def test_a_sheet_has_nothing_to_press(path) -> None:
    at = sheet(FILES.get(path, path.replace("-", "_")))
    assert {kind: len(at.get(kind)) for kind in WIDGETS if len(at.get(kind))} == {}
    drawn = bodies(at)
    assert sum('class="masthead"' in body for body in drawn) == 1
    assert "sheet-end" in drawn[-1], drawn[-1]
    assert "红管家看板" in words(at)
    assert "数据截至 2023-09-30" in words(at)


def test_the_desk_has_choices_and_no_sheet() -> None:
    at = opened("tasks", PERIOD)
    assert len(at.selectbox) >= 2
    assert "masthead" not in "".join(bodies(at))
    assert "sheet-end" not in "".join(bodies(at))


def test_choices_are_stated_in_words() -> None:
    area = next(iter(code for code in opened("tasks", PERIOD).selectbox(key="choice_area").options[1:2]))
    code = opened("tasks", PERIOD).selectbox(key="choice_area")
    assert area in code.options
    headline = next(body for body in bodies(sheet("tasks")) if "<h1>" in body)
    assert re.search(r"2023年第三季度.*全区（\d+个社区）.*五步闭环", headline)
    assert "2023年第三季度" in headline.split("<h1>")[0]


def test_units_are_all_listed_by_group_and_one_group_on_request() -> None:
    at = opened("units", PERIOD)
    groups = at.selectbox(key="choice_group").options
    assert len(groups) > 1
    whole = words(sheet("units"))
    assert "全部排名分组" in whole
    assert "结果运用" in whole
    listed = [body for body in bodies(sheet("units")) if 'class="lists' in body]
    assert len(listed) == 1
    assert listed[0].count("<table>") == len(groups)
    first = re.sub(r"（\d+个）$", "", groups[0])
    alone = words(sheet("units", group=first))
    assert "全部排名分组" not in alone
    assert first in alone


def test_a_sheet_speaks_english_too() -> None:
    said = words(sheet("overview", lang="en"))
    assert "Red Steward Board" in said
    assert "Data until 2023-09-30" in said


@pytest.mark.parametrize(
    ("district", "title"), [("红管家看板", "红管家看板"), ("云岭区", "云岭区红管家看板")]
)
def test_a_sheet_is_titled_by_the_district_if_it_has_a_name(district: str, title: str) -> None:
    at = AppTest.from_string(
        f"""
import streamlit as st
from datetime import date
from dashboard.components.page_sheet import entitle, masthead
entitle("{district}", date(2023, 9, 30))
st.html(masthead())
"""
    )
    at.query_params["mode"] = "page"
    assert f"<span>{title}</span><span>数据截至 2023-09-30</span>" in "".join(bodies(at.run()))


def test_measures_grow_with_the_type() -> None:
    assert grown("a{width:12px;margin:-.5px;b:1px 2.5px}") == "a{width:18px;margin:-0.75px;b:1.5px 3.75px}"
    assert grown("a{b:url(#3px)}") == "a{b:url(#3px)}"
    drawn = "".join(bodies(sheet("overview")))
    desk = "".join(bodies(opened("overview", PERIOD)))
    assert 'style="margin-right:21px"' in drawn
    assert 'style="margin-right:14px"' in desk


def test_the_styles_of_a_sheet_know_no_window() -> None:
    desk = (APP.parent / "stylesheet.css").read_text("utf-8")
    assert "@media" in desk
    styles = sheet_styles(desk)
    assert "@media" not in styles
    assert "@container (max-width:720px)" in styles
    assert not re.search(r"font-size:(?:\d|1[0-7])(?:\.\d+)?px", styles)


@pytest.mark.parametrize(
    ("screen", "title", "missing", "remedy"),
    [
        ("surveys", "满意度·安全感", "还没有调查数据", "放入收件目录"),
        ("wishes", "微心愿", "还没有微心愿数据", "放入收件目录"),
        ("safety", "三零", "还没有三零事件数据", "放入收件目录"),
        ("units", "单位排名", "没有可排名的单位", "导"),
    ],
)
def test_a_sheet_without_data_names_its_screen(
    few_board, monkeypatch, screen, title, missing, remedy
) -> None:
    monkeypatch.setenv("STEWARD_WAREHOUSE", str(few_board))
    drawn = bodies(sheet(screen))
    head = next(body for body in drawn if "<h1>" in body)
    masthead, kicker, finding, standfirst = (
        head.index(part) for part in ('class="masthead"', f">{title}<", f"<h1>{missing}", remedy)
    )
    assert masthead < kicker < finding < standfirst
    assert "sheet-end" in drawn[-1]
    desk = bodies(opened(screen, PERIOD))
    assert any(f"<h2>{missing}" in body for body in desk)
    assert not any("<h1>" in body for body in desk)


def test_a_sheet_without_warehouse_names_its_screen(monkeypatch) -> None:
    monkeypatch.delenv("STEWARD_WAREHOUSE")
    head = next(body for body in bodies(opened("overview", PAGE)) if "<h1>" in body)
    assert ">总览<" in head
    assert "没有" in head
