"""Every screen over real warehouses: whole, nearly empty, hostile, missing; and figures equal to the commands'."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from boards import APP, SCREENS, bodies, built, copied, opened, words
from process_checks import only_our_tags

from dashboard import formats
from pipelines.measure import Question, measure
from pipelines.periods import Period
from pipelines.ranking_tables import rank_units
from pipelines.warehouse import Warehouse

QUARTER = "2023Q3"


@pytest.fixture(scope="session")
def areas_and_tasks(made_once: Callable[..., Path], small_inbox: Path) -> Path:
    """A warehouse of areas, with their outlines, and tasks alone."""
    few = made_once(
        "screens-few-inbox",
        lambda folder: copied(small_inbox, folder, ("区划", "任务", "district", "boundaries")),
    )
    return made_once("screens-few", lambda folder: built(few, folder))


@cache
def first_look(screen, _root):
    """A screen as it opens, opened once for all that is said of it."""
    return opened(screen)


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_says_something_in_chinese(screen, small_board, serve):
    serve(small_board)
    at = first_look(screen, small_board)
    assert not at.exception
    said = words(at)
    assert len(said) > 200
    assert "数据截至 2023-09-30" in said
    assert len(at.markdown) == 0
    assert "nan" not in said.lower().replace("nanjing", "")
    assert "None" not in said


@pytest.mark.parametrize("screen", SCREENS)
def test_labels_of_widgets_are_chinese(screen, small_board, serve):
    serve(small_board)
    at = first_look(screen, small_board)
    labels = [widget.label for kind in ("selectbox", "button_group", "button") for widget in at.get(kind)]
    labels = [
        label for label in labels if label != "English"
    ]  # the language switch speaks the other language
    assert all(re.search(r"[\u4e00-\u9fff]", label) for label in labels), labels


@pytest.mark.parametrize("screen", SCREENS)
def test_hostile_names_stay_text(screen, hostile_board, serve):
    serve(hostile_board)
    at = opened(screen)
    assert not at.exception
    assert len(at.markdown) == 0
    for body in bodies(at):
        only_our_tags(body)


@pytest.mark.parametrize("screen", SCREENS)
def test_missing_exports_are_named(screen, areas_and_tasks, serve):
    serve(areas_and_tasks)
    at = opened(screen)
    assert not at.exception
    said = words(at)
    assert "缺少导出" in said or "放入收件目录" in said


@pytest.mark.parametrize("screen", SCREENS)
def test_without_a_warehouse_the_screen_says_what_to_do(screen, tmp_path, serve):
    serve(tmp_path / "nowhere")
    at = opened(screen)
    assert not at.exception
    assert "steward build" in words(at)


def test_without_a_named_warehouse_the_variable_is_named(monkeypatch):
    monkeypatch.delenv("STEWARD_WAREHOUSE", raising=False)
    at = opened("overview")
    assert not at.exception
    assert "STEWARD_WAREHOUSE" in words(at)


def test_a_published_version_is_used_at_the_next_rerun(small_inbox, tmp_path, serve):
    first = tmp_path / "first"
    first.mkdir()
    for path in small_inbox.iterdir():
        if not path.name.startswith("微心愿"):
            (first / path.name).write_bytes(path.read_bytes())
    serve(built(first, tmp_path / "warehouse"))
    at = opened("overview")
    assert "微心愿" in words(at).split("缺少导出")[1]
    built(small_inbox, tmp_path / "warehouse")
    at.run()
    assert "缺少导出" not in words(at)


def value(root: Path, metric: str, **question: str | None) -> float:
    frame = measure(
        Warehouse(root).open().cursor(), Question(metric, grain="quarter", period=QUARTER, **question)
    )
    return float(frame["value"].iloc[0])


def test_the_strip_shows_what_measure_gives(small_board, serve):
    serve(small_board)
    said = words(opened("overview", {"period": QUARTER}))
    for metric in ("in_time_rate", "wish_fulfilled_rate", "checkin_valid_rate"):
        assert f" {formats.percent_number(value(small_board, metric))} " in said
    assert formats.integer(value(small_board, "tasks_published")) in said


def test_the_strip_follows_the_area(small_board, serve):
    serve(small_board)
    area = "Q401"
    communities = measure(
        Warehouse(small_board).open().cursor(),
        Question("tasks_published", "quarter", QUARTER, by="community"),
    )
    area = str(communities["community"].iloc[0])
    said = words(opened("overview", {"period": QUARTER, "area": area}))
    assert formats.integer(value(small_board, "tasks_published", area=area)) in said


def test_the_ranking_shows_what_rank_gives(small_board, serve):
    serve(small_board)
    ranked = rank_units(Warehouse(small_board).open().cursor(), Period.parse(QUARTER))
    at = opened("units", {"period": QUARTER, "rows": "all"})
    group = at.query_params["group"]
    said = words(at)
    expected = ranked[ranked["ranking_group"] == group]
    assert len(expected) > 2
    for unit, score in zip(expected["unit"], expected["score"], strict=True):
        assert unit in said
        assert formats.decimal(score) in said


def test_the_explanation_adds_up_to_the_score(small_board, serve):
    from dashboard.board.door import serving
    from dashboard.board.units import explain_unit

    serve(small_board)
    ranked = rank_units(Warehouse(small_board).open().cursor(), Period.parse(QUARTER))
    for unit_id, points, headcount in ranked[["unit_id", "points", "headcount"]].to_numpy():
        why = explain_unit(serving(), Period.parse(QUARTER), unit_id)
        assert why.headcount == headcount
        assert why.points == pytest.approx(points, abs=0.005)
        assert sum(earned for _kind, earned, _entries in why.kinds) == pytest.approx(points, abs=0.005)


def test_an_area_in_the_address_changes_no_unit(small_board, serve):
    serve(small_board)
    plain = words(opened("units", {"period": QUARTER, "rows": "all"}))
    filtered = words(opened("units", {"period": QUARTER, "rows": "all", "area": "Q401"}))
    assert plain == filtered


def test_a_link_reproduces_the_screen(small_board, serve):
    serve(small_board)
    at = opened("district_map", {"period": QUARTER})
    at.selectbox(key="choice_metric").set_value("checkin_valid_rate").run()
    again = opened("district_map", {name: str(code) for name, code in at.query_params.items()})
    assert at.query_params["metric"] == "checkin_valid_rate"
    assert words(again) == words(at)


def test_a_running_period_is_marked(running_board, serve):
    serve(running_board)
    said = words(opened("overview", {"period": QUARTER}))
    assert re.search("未结束，截至 2023-0[789]-", said)
    assert "暂定" in words(opened("units", {"period": QUARTER}))


def test_english_is_a_switch(small_board, serve):
    serve(small_board)
    said = words(opened("overview", {"lang": "en"}))
    assert "Data until 2023-09-30" in said
    assert "数据截至" not in said


def test_the_app_stays_small():
    assert len(APP.read_text("utf-8").splitlines()) <= 70
    screens = sorted((APP.parent / "screens").glob("*.py"))
    assert len(screens) > 6
    for screen in screens:
        lines = len(screen.read_text("utf-8").splitlines())
        assert screen.name == "__init__.py" or 25 <= lines <= 60, f"{screen.name}: {lines}"


def test_no_screen_holds_functions_sql_or_styles():
    for screen in sorted((APP.parent / "screens").glob("[a-z]*.py")):
        source = screen.read_text("utf-8")
        assert not re.search(
            r"^\s*def |\bSELECT\b[^\"]*\bFROM\b|style=|import pandas", source, re.MULTILINE
        ), screen.name


def test_the_folder_is_never_called_pages():
    assert not (APP.parent / "pages").exists()
    assert (APP.parent / "screens").is_dir()
