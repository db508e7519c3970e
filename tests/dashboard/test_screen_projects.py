"""Projects: what was finished, how much of it, and how satisfied residents are; figures equal to the commands'."""

import re

from boards import opened, words
from process_checks import answer, stays_text

from dashboard import formats
from dashboard.wording.projects import quantity

YEAR = {"grain": "year", "period": "2023"}


def test_quantities_are_those_of_the_command(small_board, serve):
    serve(small_board)
    at = opened("projects", YEAR)
    assert not at.exception
    said = words(at)
    found = answer(small_board, "project_quantity", "year", period="2023", by="kind")
    assert len(found) >= 1
    for name, value in found[["kind_name", "value"]].to_numpy():
        row = re.search(re.escape(name) + r"\s+([\d.,]+)\s", said)
        assert row, f"{name}: {said}"
        assert row[1] == quantity(value), name


def test_the_title_says_how_many_are_finished(small_board, serve):
    serve(small_board)
    row = answer(small_board, "projects_finished_rate", "year", period="2023").iloc[0]
    said = words(opened("projects", YEAR))
    assert f"立项的 {row['denominator']} 个实事项目已完成 {row['numerator']} 个" in said
    assert formats.percent_number(row["value"]) in said


def test_satisfaction_stands_with_interval_and_n(small_board, serve):
    serve(small_board)
    topics = answer(small_board, "satisfaction_rate", "wave", by="topic")
    row = topics[topics["topic_name"] == "领办实事项目"].iloc[-1]
    said = words(opened("projects", YEAR))
    assert f"区间 {formats.interval(row['low'], row['high'])}，n = {formats.integer(row['n'])}" in said


def test_a_running_period_has_no_whole_year_beside_it(small_board, serve):
    """The year runs until December, the small sample until September."""
    serve(small_board)
    at = opened("projects", YEAR)
    table = next(body.proto.body for body in at.get("html") if "去年同期" in body.proto.body)
    assert table.count("—") >= 1


def test_without_projects_it_says_what_to_do(few_board, serve):
    serve(few_board)
    at = opened("projects")
    assert not at.exception
    assert "放入收件目录" in words(at)


def test_hostile_names_stay_text(hostile_board, serve):
    serve(hostile_board)
    stays_text("projects", YEAR)
