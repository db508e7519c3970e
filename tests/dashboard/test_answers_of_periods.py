"""Answers that hold many periods: a period taken out of them is what it is when it is asked for alone."""

import pandas as pd
import pytest

from dashboard.board import area_tree, month_sums, tasks
from dashboard.board.door import ask, ask_within, connection, serving
from dashboard.table_rows import rows_of
from pipelines.periods import Period

PERIODS = ("2023-08", "2023Q3", "2023", "2019Q1")


@pytest.mark.parametrize("key", PERIODS)
@pytest.mark.parametrize(
    ("metric", "by"),
    [("in_time_rate", "community"), ("stewards", "steward_number"), ("tasks_published", "subdistrict")],
)
def test_a_period_of_many_is_the_period_alone(small_board, serve, key, metric, by):
    serve(small_board)
    board, period = serving(), Period.parse(key)
    alone = ask(board.root, board.version, metric, period.grain, period.key, by)
    found = ask_within(board, metric, period, by)
    assert len(alone) or key == "2019Q1"
    pd.testing.assert_frame_equal(found, alone, check_dtype=bool(len(alone)))


def test_who_sets_a_column_of_a_period_changes_nobody_elses(small_board, serve):
    serve(small_board)
    period = Period.parse("2023Q3")
    first = ask_within(serving(), "in_time_rate", period, "community")
    first["value"] = -1.0
    assert (ask_within(serving(), "in_time_rate", period, "community")["value"] >= 0).all()


@pytest.mark.parametrize("key", PERIODS)
def test_months_add_up_to_what_one_statement_counts(small_board, serve, key):
    serve(small_board)
    board, period = serving(), Period.parse(key)
    counted = (
        connection(board.root, board.version)
        .execute(
            "SELECT code, sum(tasks) FROM marts.tasks WHERE grain = 'month' AND dimension = 'category' "
            "AND period_start BETWEEN ? AND ? GROUP BY code ORDER BY 2 DESC, 1",
            [period.start, period.end],
        )
        .fetchall()
    )
    found = tasks.by_category(board, period, None)
    assert [(row["category"], row["tasks"]) for row in found] == counted
    whole = month_sums.summed(board, tasks._LOOP.format(inside="TRUE"), period)
    assert whole["accepted"] == sum(row["accepted"] for row in found)


def test_an_unknown_area_has_no_months(small_board, serve):
    serve(small_board)
    nowhere = area_tree.inside(serving(), "nowhere")
    found = month_sums.summed_by(
        serving(), tasks._CATEGORIES.format(inside=nowhere), Period.parse("2023"), "category"
    )
    assert found.empty
    assert "tasks" in found


def test_rows_are_those_of_pandas():
    frame = pd.DataFrame(
        {
            "text": ["一", None],
            "whole": [1, 2],
            "broken": [0.5, float("nan")],
            "day": pd.to_datetime(["2023-01-01", "2023-01-02"]),
            "rank": pd.array([3, None], dtype="Int64"),
        }
    )
    assert str(rows_of(frame)) == str(frame.to_dict("records"))
    assert rows_of(frame.iloc[:0]) == []
