"""What was an element for each day or area is drawn as few boxes: every day and every area is still in them."""

import re
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest


def _bodies(script: str) -> str:
    at = AppTest.from_string(script).run()
    assert not at.exception
    return "".join(str(element.proto.body) for element in at.get("html"))


def test_a_week_of_the_calendar_tells_each_of_its_days() -> None:
    drawn = _bodies(
        """
from datetime import date
from dashboard.components.day_calendar import CalendarWords, day_calendar
days = {date(2023, 10, 3): 0, date(2023, 10, 9): 4}
words = CalendarWords([""] * 7, {}, {day: f"{day}: <b>" for day in days})
day_calendar(("a", "b"), date(2023, 10, 2), date(2023, 10, 10), days, words, ["0", "1"])
"""
    )
    weeks = re.findall(
        r'<i title="([^"]*)" style="grid-column:(\d+);background:linear-gradient\(([^"]*)\)">', drawn
    )
    assert [(hover, column) for hover, column, _ in weeks] == [
        ("2023-10-03: &lt;b&gt;", "2"),
        ("2023-10-09: &lt;b&gt;", "3"),
    ]
    full, short = (stripes for _, _, stripes in weeks)
    assert re.findall(r"var\(--(\w+)\) 0 (\d+)px", full) == [
        ("s0" if n == 1 else "rule", str(14 + 16 * n)) for n in range(7)
    ]
    assert re.findall(r"var\(--(\w+)\)", short) == ["s4", "rule"]


def test_days_of_one_week_stand_below_each_other() -> None:
    days = [date(2023, 10, 2) + timedelta(days=n) for n in range(2)]
    drawn = _bodies(
        """
from datetime import date
from dashboard.components.day_calendar import CalendarWords, day_calendar
days = {date(2023, 10, 2): 0, date(2023, 10, 3): 0}
words = CalendarWords([""] * 7, {}, {day: str(day) for day in days})
day_calendar(("a", "b"), date(2023, 10, 2), date(2023, 10, 3), days, words, ["0"])
"""
    )
    assert f'title="{days[0]}&#10;{days[1]}"' in drawn


@pytest.mark.parametrize(
    ("count", "boxes"), [(0, []), (3, [(3, 1)]), (5, [(5, 1)]), (52, [(5, 10), (2, 1)]), (10, [(5, 2)])]
)
def test_the_legend_has_a_square_for_each_area(count: int, boxes: list[tuple[int, int]]) -> None:
    drawn = _bodies(
        f"""
from dashboard.components.district_map import map_legend
map_legend(("a", "b"), [("x", {count})] + [("y", 0)] * 4, ("none", 2), diverging=False)
"""
    )
    found = [(int(n), int(rows)) for n, rows in re.findall(r"--n:(\d+);--rows:(\d+)", drawn)]
    assert found == boxes
    assert sum(n * rows for n, rows in found) == count
    assert drawn.count("<i></i>") == 2


def test_the_pointer_is_told_of_each_place_as_text() -> None:
    drawn = _bodies(
        """
import streamlit as st
from dashboard.components.plot import Plot, PlotLine, plot
line = PlotLine([1.0, 2.0], "teal", 2.4)
st.html(plot(Plot([line], (0, 2), [], [], [["一月", '"><b>1'], ["二月"]]), 100))
"""
    )
    assert 'data-tip="一月&#10;&quot;&gt;&lt;b&gt;1"' in drawn
    assert 'data-tip="二月"' in drawn
