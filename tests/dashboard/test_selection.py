"""What the address carries: codes in, codes out, fitted to what is offered."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.filters import distinct_labels
from dashboard.selection import fitting_period, grain_of, latest_finished, offered_periods

FIRST, UNTIL = date(2022, 1, 1), date(2023, 10, 5)
QUARTERS = offered_periods("quarter", FIRST, UNTIL)


def test_periods_are_offered_newest_first():
    assert [period.key for period in QUARTERS[:2]] == ["2023Q4", "2023Q3"]
    assert QUARTERS[-1].key == "2022Q1"


def test_the_default_is_the_newest_period_that_is_over():
    assert latest_finished(QUARTERS, UNTIL).key == "2023Q3"
    assert latest_finished(QUARTERS, date(2023, 12, 31)).key == "2023Q4"


def test_with_nothing_over_the_newest_is_taken():
    assert latest_finished(offered_periods("year", date(2023, 5, 1), UNTIL), UNTIL).key == "2023"


@pytest.mark.parametrize(
    ("key", "grain", "fitted"),
    [
        ("2023Q2", "quarter", "2023Q2"),
        ("2023-05", "quarter", "2023Q2"),
        ("2022", "quarter", "2022Q4"),
        ("2023Q2", "month", "2023-06"),
        ("2023Q4", "month", "2023-10"),
        ("2023-05", "year", "2023"),
        ("1999Q1", "quarter", "2023Q3"),
        ("nonsense", "quarter", "2023Q3"),
        (None, "quarter", "2023Q3"),
    ],
)
def test_a_period_of_another_grain_is_fitted(key, grain, fitted):
    offered = offered_periods(grain, FIRST, UNTIL)
    assert fitting_period(key, offered, latest_finished(offered, UNTIL)).key == fitted


def test_an_unknown_grain_means_quarters():
    assert [grain_of(text) for text in ("month", "decade", None)] == ["month", "quarter", "quarter"]


def _two_choices() -> None:
    import streamlit as st

    from dashboard.components.filters import choose
    from dashboard.selection import write_address

    chosen = choose("area", "区域", {"all": "全区", "Q1": "甲街道", "Q2": "甲街道"}, "all")
    st.text(chosen)
    write_address()


def test_the_address_decides_and_is_written_out_in_full():
    at = AppTest.from_function(_two_choices)
    at.query_params["area"] = "Q2"
    at.run()
    assert at.text[0].value == "Q2"
    at.selectbox[0].set_value("Q1").run()
    assert at.text[0].value == "Q1"
    assert at.query_params["area"] == "Q1"


def test_a_default_stands_in_the_address_too():
    at = AppTest.from_function(_two_choices).run()
    assert at.query_params["area"] == "all"


def test_a_code_that_is_not_offered_is_ignored():
    at = AppTest.from_function(_two_choices)
    at.query_params["area"] = "Q9"
    at.run()
    assert at.text[0].value == "all"
    assert not at.exception


def test_areas_of_one_name_can_be_told_apart():
    labels = distinct_labels({"Q1": "甲街道", "Q2": "甲街道", "Q3": "乙街道"})
    assert labels == {"Q1": "甲街道 (Q1)", "Q2": "甲街道 (Q2)", "Q3": "乙街道"}


def test_long_names_are_cut_and_stay_distinct():
    labels = distinct_labels({"u1": "长" * 200, "u2": "长" * 200})
    assert len(set(labels.values())) == 2
    assert max(map(len, labels.values())) < 60
