"""Two figures that stand side by side and differ: the screen says why, before somebody asks."""

from dataclasses import replace

from boards import opened, words

from dashboard.board import overview, units
from dashboard.board.door import serving
from dashboard.wording.decisions import listed
from pipelines.periods import Period

QUARTER = {"grain": "quarter", "period": "2023Q3"}


def test_stars_and_vouchers_count_by_different_days(small_board, serve):
    serve(small_board)
    said = words(opened("points", QUARTER))
    assert "抽奖券按核查日期计，五星率按领取日期计" in said


def test_times_of_the_loop_say_from_where_they_count(small_board, serve):
    serve(small_board)
    said = words(opened("tasks", QUARTER | {"process": "loop"}))
    assert "督办从受理起算，反馈从分流起算" in said
    assert "督办从受理起算" not in words(opened("tasks", QUARTER | {"process": "service"}))


def test_findings_to_look_into_and_remarks_make_up_all_findings(small_board, serve):
    serve(small_board)
    board, quarter = serving(), Period.parse("2023Q3")
    pending, ranking = overview.pending(board, None), units.ranking(board, quarter)
    warnings = int(pending.findings["findings"].sum())
    assert 0 < warnings == board.findings
    assert "只作提示" not in listed(board, ranking, pending)[-1].evidence
    last = listed(replace(board, findings=warnings + 3), ranking, pending)[-1]
    assert last.count == str(warnings)
    assert last.evidence.endswith("；另有 3 条只作提示")


def test_sites_without_dates_say_why_an_earlier_period_has_none(small_board, serve):
    serve(small_board)
    because = "无日期，仅最新期有数"
    assert because in words(opened("communities", {"grain": "month", "period": "2023-07"}))
    assert because not in words(opened("communities", {"grain": "month", "period": "2023-09"}))
