"""The three zeros: days since the last, counts as the command gives them, calm kept apart from unknown."""

from boards import words
from process_checks import answer, opened, says_something, stays_text

from dashboard import formats
from dashboard.board import safety
from dashboard.board.door import serving
from pipelines.periods import Period
from pipelines.warehouse import Warehouse

QUARTER = {"grain": "quarter", "period": "2023Q3"}


def test_counts_equal_the_commands(small_board, serve):
    serve(small_board)
    said = says_something(opened("safety", QUARTER))
    total = answer(small_board, "incidents", "quarter", period="2023Q3")["value"].iloc[0]
    assert total > 0
    assert f"发生 {formats.integer(total)} 起" in said
    board, period = serving(), Period.parse("2023Q3")
    kinds = answer(small_board, "incidents", "quarter", period="2023Q3", by="kind")
    zeros = safety.zeros(board, period, None)
    assert {one.kind: one.now for one in zeros if one.now} == dict(
        zip(kinds["kind"], kinds["value"], strict=True)
    )
    areas = answer(small_board, "incidents", "quarter", period="2023Q3", by="subdistrict")
    found = safety.by_area(board, period)
    shown = found[found["incidents"] > 0]
    assert dict(zip(shown["subdistrict"], shown["incidents"], strict=True)) == dict(
        zip(areas["subdistrict"], areas["value"], strict=True)
    )


def test_days_count_from_the_last_one_to_data_until(small_board, serve):
    serve(small_board)
    with Warehouse(small_board).open() as con:
        last = dict(
            con.execute("SELECT kind, max(occurred_on) FROM facts.incidents GROUP BY kind").fetchall()
        )
    board = serving()
    zeros = safety.zeros(board, Period.parse("2023Q3"), None)
    assert [one.kind for one in zeros] == list(safety.KINDS)
    for one in zeros:
        assert one.last_on == last.get(one.kind)
        assert one.days == ((board.last_day - last[one.kind]).days if one.kind in last else None)


def test_no_export_is_not_zero(few_board, serve):
    serve(few_board)
    at = opened("safety")
    assert not at.exception
    said = words(at)
    assert "放入收件目录" in said
    assert "零信访" not in said


def test_a_quiet_period_is_zero(small_board, serve):
    serve(small_board)
    said = says_something(opened("safety", {"grain": "month", "period": "2023-09"}))
    now = answer(small_board, "incidents", "month", period="2023-09")
    assert ("三零全部为零" in said) == now.empty


def test_hostile_names_stay_text(hostile_board, serve):
    serve(hostile_board)
    stays_text("safety", QUARTER)


def test_without_a_warehouse_it_says_what_to_do(tmp_path, serve):
    serve(tmp_path / "nowhere")
    assert "steward build" in words(opened("safety"))
