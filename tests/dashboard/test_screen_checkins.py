"""Check-ins: figures as the command gives them, the line, units without an area, burden relief."""

import pytest
from boards import words
from process_checks import answer, fraction, opened, says_something, stays_text

from dashboard import formats
from dashboard.board import checkins
from dashboard.board.checkins import Distances, Target
from dashboard.board.door import serving
from dashboard.wording.checkin_distances import distance_classes, line_at
from pipelines.periods import Period

QUARTER = {"grain": "quarter", "period": "2023Q3"}


def test_figures_equal_the_commands(small_board, serve):
    serve(small_board)
    said = says_something(opened("checkins", QUARTER | {"rows": "all"}))
    for metric in ("checkin_valid_rate", "checkins_per_person"):
        assert fraction(answer(small_board, metric, "quarter", period="2023Q3")) in said
    for row in answer(small_board, "checkins", "quarter", period="2023Q3", by="distance").to_dict("records"):
        assert formats.integer(row["value"]) in said


def test_an_area_never_changes_a_unit(small_board, serve):
    serve(small_board)
    period = Period.parse("2023Q3")
    units = checkins.units(serving(), period).set_index("unit")
    asked = answer(small_board, "checkins_per_person", "quarter", period="2023Q3", by="unit").set_index(
        "unit"
    )
    assert len(units) == len(asked) > 1
    assert units["numerator"].to_dict() == asked["numerator"].to_dict()
    assert units["denominator"].to_dict() == asked["denominator"].to_dict()
    area = answer(small_board, "checkins", "quarter", by="community")["community"].iloc[0]
    said = words(opened("checkins", QUARTER | {"rows": "all", "area": area}))
    shown = units[units["ranking_group"] == units["ranking_group"].value_counts().index[0]]
    for row in shown.to_dict("records"):
        assert f"{row['numerator']:,} / {row['denominator']:,}" in said


def test_people_on_target_are_counted_by_hand_too(small_board, serve):
    serve(small_board)
    period = Period.parse("2023Q3")
    board = serving()
    units, people = checkins.units(board, period), checkins.on_target(board, period, None)
    assert people.numerator == units["reached"].sum()
    assert people.denominator == units["denominator"].sum()


def test_the_rule_of_a_running_period_counts_its_days(small_board, serve):
    serve(small_board)
    board = serving()
    assert checkins.target(board, Period.parse("2023Q3")) == Target(3.0, 3.0)
    year = checkins.target(board, Period.parse("2023"))
    assert year.whole == 12
    assert year.to_date == pytest.approx(12 * 273 / 365)
    assert year.is_running


def test_the_line_parts_valid_from_invalid():
    found = Distances([(40, 50), (50, 60), (1000, None)], ["a", "b", "c"], [5, 3, 1], 0, 50.0)
    assert [one.inside for one in distance_classes(found)] == [True, False, False]
    assert line_at(found) == 1.0
    across = Distances([(40, 50), (50, 60), (60, 80)], ["a", "b", "c"], [5, 3, 1], 0, 55.0)
    assert [one.inside for one in distance_classes(across)] == [True, None, False]
    assert line_at(across) == 1.5


def test_burden_relief_hides_every_count(relieved_board, serve):
    serve(relieved_board)
    at = opened("checkins", QUARTER)
    assert not at.exception
    said = words(at)
    assert "减负模式" in said
    total = answer(relieved_board, "checkins", "quarter", period="2023Q3")["value"].iloc[0]
    assert formats.integer(total) not in said.replace(formats.integer(serving().records), "")


def test_without_checkins_it_says_what_to_do(few_board, serve):
    serve(few_board)
    at = opened("checkins")
    assert not at.exception
    assert "放入收件目录" in words(at)


def test_hostile_names_stay_text(hostile_board, serve):
    serve(hostile_board)
    stays_text("checkins", QUARTER)


def test_without_a_warehouse_it_says_what_to_do(tmp_path, serve):
    serve(tmp_path / "nowhere")
    assert "steward build" in words(opened("checkins"))
