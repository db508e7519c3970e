"""The analyst's query: runs on the button, answers or refuses in Chinese, never because a link says so."""

import re

from boards import words
from process_checks import opened, says_something, stays_text


def _run(at, statement):
    at.text_area[0].set_value(statement)
    next(one for one in at.button if one.label == "运行").click()
    at.run()
    assert not at.exception
    return words(at)


def test_a_query_gives_its_rows(small_board, serve):
    serve(small_board)
    at = opened("query")
    says_something(at)
    said = _run(at, "SELECT name, level FROM facts.areas WHERE level = 'district'")
    assert "查到 1 行" in said
    assert "district" in said


def test_refusals_are_chinese_sentences(small_board, serve):
    serve(small_board)
    at = opened("query")
    for statement in (
        "DROP TABLE facts.areas",
        "SELECT 1; SELECT 2",
        "SELECT * FROM read_csv('/etc/passwd')",
        "",
    ):
        said = _run(at, statement)
        assert "查询没有运行" in said
        assert re.search(r"只能运行|一次只能|只读看板|只能读|还没有写", said), said


def test_a_link_never_runs_by_itself(small_board, serve):
    serve(small_board)
    at = opened("query", {"sql": "SELECT 42 AS answer"})
    assert at.text_area[0].value == "SELECT 42 AS answer"
    assert "查到" not in words(at)


def test_the_schema_is_shown(small_board, serve):
    serve(small_board)
    said = words(opened("query", {"table": "facts.wishes"}))
    assert "collected_at" in said
    assert "private" not in said


def test_burden_relief_closes_it(relieved_board, serve):
    serve(relieved_board)
    at = opened("query")
    assert not at.exception
    assert "减负模式" in words(at)
    assert len(at.text_area) == 0


def test_hostile_names_stay_text(hostile_board, serve):
    serve(hostile_board)
    at = opened("query")
    _run(at, "SELECT area_code, name FROM facts.areas")
    stays_text("query")


def test_without_a_warehouse_it_says_what_to_do(tmp_path, serve):
    serve(tmp_path / "nowhere")
    assert "steward build" in words(opened("query"))
