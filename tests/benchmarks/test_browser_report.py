"""Ratios are to hello-world of the same round, limits are judged on the worst screen, what is missing is said."""

from typing import Any

import pytest

from tests.benchmarks.browser import screens
from tests.benchmarks.browser_report import (
    browser_section,
    browser_verdicts,
    session_section,
    session_verdicts,
)
from tests.benchmarks.measured import Browsed, Clicked
from tests.benchmarks.verdict import Verdict, each_within, within


def visit(
    number: int, place: int | None, screen: str, load: float, choice: float | None = 0.2
) -> dict[str, Any]:
    made = {"fresh": [choice, 0.05], "known": [choice, 0.03]} if choice is not None else {}
    return {
        "round": number,
        "place": place,
        "screen": screen,
        "kind": "plain",
        "load": load,
        "bytes": 2e6,
    } | made


@pytest.fixture
def browsed() -> Browsed:
    visits = [
        visit(0, None, "hello", 1.0, 0.1),
        visit(0, 0, "overview", 1.2),
        visit(0, 1, "overview", 1.2, 0.3),
        visit(0, 0, "upload", 1.0, None),
        visit(1, None, "hello", 2.0, 0.4),
        visit(1, 0, "overview", 2.8),
        visit(1, 1, "overview", 2.8, 0.6),
        visit(1, 0, "upload", 4.0, None),
    ]
    starts = [{"round": n, "place": place, "seconds": 2.0} for n in (0, 1) for place in (None, 0, 1)]
    return Browsed([1.0, 10.0], visits, starts, [250e6, 290e6], [260e6, 310e6], {})


def found(verdicts: list[Verdict], words: str) -> Verdict:
    return next(one for one in verdicts if words in one.what)


def test_a_round_is_divided_by_its_own_hello(browsed: Browsed) -> None:
    load, choice = browsed.ratio(0, "overview", "load"), browsed.ratio(0, "overview", "fresh")
    assert load is not None
    assert load.values == [1.2, 1.4]
    assert choice is not None
    assert choice.values == [2.0, 0.5]
    assert browsed.ratio(0, "upload", "fresh") is None
    assert browsed.cpu(0, "overview", "fresh") == pytest.approx(50)
    assert browsed.grown(1, "known") == [pytest.approx(1.8)]


def test_the_worst_screen_decides(browsed: Browsed) -> None:
    verdicts = browser_verdicts(browsed)
    loads = found(verdicts, "Load ÷ hello-world page, 2 screens")
    assert loads.holds  # medians 1.3 and 1.5
    assert loads.found.endswith("0 over")
    assert found(verdicts, "scale 10 ÷ scale 1").holds is False
    assert found(verdicts, "Cold start").holds
    assert found(verdicts, "Bytes").holds
    browsed.broken["map"] = "an exception is shown"
    assert found(browser_verdicts(browsed), "raised").holds is False


def test_what_cannot_be_measured_is_no_verdict() -> None:
    assert within("memory", 300, float("nan")).holds is None
    assert each_within("cpu", 60, [1.0, float("nan")]).holds is None
    assert each_within("choices", 2, []).holds is None
    assert each_within("choices", 2, [1.0, 2.1]).holds is False


def test_the_slowest_clicks_decide() -> None:
    quick = Clicked(1.0, [[0.1] * 25] * 4, [], 200e6)
    assert all(one.holds for one in session_verdicts(quick))
    slow = Clicked(1.0, [[0.1] * 23 + [1.5] * 2] * 4, ["units: broken"], 200e6)
    assert [one.holds for one in session_verdicts(slow)] == [False, False]
    assert "| scale 1 | 25 | 100 | 0.10 | 1.50 |" in "\n".join(session_section([slow]))


def test_the_section_names_every_screen(browsed: Browsed) -> None:
    lines = "\n".join(browser_section(browsed))
    assert "| overview | plain | 1.30 (1.20–1.40) | 2.00 |" in lines
    assert "| upload | plain |" in lines
    assert "Scale 10:" in lines


def test_every_screen_of_the_navigation_is_visited() -> None:
    assert screens()["overview"] == "/"
    assert screens()["district_map"] == "/map"
    assert len(screens()) >= 15
