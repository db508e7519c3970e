"""What the report asks of the board beside the metrics: late and overdue tasks, people without points."""

from datetime import timedelta
from pathlib import Path

import pytest
from reports import board_of

from dashboard.board import areas
from dashboard.board.door import Serving, connection
from dashboard.board.report import due_and_open, most_late, without_points
from dashboard.board.tasks import LONG_OVERDUE
from dashboard.board.units import explain_unit, ranking
from dashboard.table_rows import rows_of
from pipelines.measure import Question, measure
from pipelines.periods import Period


@pytest.fixture
def board(small_board: Path) -> Serving:
    return board_of(small_board)


@pytest.mark.parametrize("month", ["2023-07", "2023-08", "2023-09"])
def test_the_kind_of_most_late_tasks_is_that_of_the_catalogue(board: Serving, month: str) -> None:
    con = connection(board.root, board.version).cursor()
    found = rows_of(areas.subdistricts_and_communities(board))
    codes = [str(area["area_code"]) for area in found if area["level"] == "community"]
    known = []
    for code in codes:
        rows = rows_of(measure(con, Question("in_time_rate", period=month, by="kind", area=code)))
        late = {row["kind_name"]: row["denominator"] - row["numerator"] for row in rows}
        most = max(late.values(), default=0)
        kinds = [kind for kind, count in late.items() if count == most]
        known.append((kinds[0], most) if most and len(kinds) == 1 else ("", 0))
    assert most_late(board, Period.parse(month), codes) == known
    assert any(kind for kind, _count in known)
    assert most_late(board, Period.parse(month), []) == []


@pytest.mark.parametrize("month", ["2023-07", "2023-08", "2023-09"])
def test_open_tasks_that_were_due_are_those_of_the_ledger(board: Serving, month: str) -> None:
    last_day = min(Period.parse(month).end, board.last_day)
    tasks = (
        connection(board.root, board.version)
        .cursor()
        .execute(
            "SELECT task_id, due_at FROM facts.tasks WHERE closed_at IS NULL AND due_at < ? AND due_at < ? "
            "ORDER BY due_at, task_id",
            [board.data_until, last_day + timedelta(days=1)],
        )
        .fetchall()
    )
    found = due_and_open(board, last_day, 12)
    long = sum((board.last_day - due.date()).days > LONG_OVERDUE for _task, due in tasks)
    assert (found.count, found.long) == (len(tasks), long)
    assert [row["task_id"] for row in found.listed] == [task for task, _due in tasks[:12]]
    assert sum(place["tasks"] for place in found.places) == found.count
    assert found.count


def test_people_without_points_are_those_of_each_unit(board: Serving) -> None:
    quarter = Period.parse("2023Q3")
    found = without_points(board, quarter)
    for unit in map(str, ranking(board, quarter)["unit_id"]):
        assert found.get(unit, 0) == explain_unit(board, quarter, unit).zero
    assert found
