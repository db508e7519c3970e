"""Components draw small records; names from data never become markup, links or formulas."""

import pytest
from hostile_names import HOSTILE_NAMES
from streamlit.testing.v1 import AppTest
from test_markup import read

from dashboard.components.funnel import Step, step_losses
from dashboard.components.ranking_table import RankedUnit, _kept
from dashboard.components.small_multiples import share_ticks
from dashboard.components.unit_card import _bins
from dashboard.components.unit_strip import Mark, _lanes

ALLOWED = {
    "div",
    "span",
    "p",
    "h1",
    "h2",
    "b",
    "i",
    "u",
    "em",
    "small",
    "img",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "code",
    "br",
}


def _drawn_everything() -> None:
    from hostile_names import HOSTILE_NAMES

    from dashboard.components.area_card import CardChart, Standing, card_line, standing_table
    from dashboard.components.decision_list import Decision, decision_list
    from dashboard.components.footnote import empty_state, footnote
    from dashboard.components.funnel import Step, funnel
    from dashboard.components.headline import headline
    from dashboard.components.interval_charts import Estimate, WaveChart, interval_rows, wave_charts
    from dashboard.components.kpi_strip import Change, Kpi, kpi_strip
    from dashboard.components.plain_table import Bar, Column, plain_table
    from dashboard.components.ranking_table import RankedUnit, ranking_table
    from dashboard.components.small_multiples import Panel, small_multiples
    from dashboard.components.stacked_bars import stacked_bars
    from dashboard.components.tier_bars import tier_bars
    from dashboard.components.trend_chart import Line, trend_chart
    from dashboard.components.unit_card import Source, fact_rows, score_card, source_table, spread_chart
    from dashboard.components.unit_strip import Mark, unit_strip
    from pipelines.periods import Period

    words = ("优秀", "良好", "合格", "不合格")
    lines = [100.0, 80.0, 60.0]
    for name in HOSTILE_NAMES:
        head = (name, name)
        headline([name, name], name, name)
        kpi_strip([Kpi(name, "1", name, [Change(name, name, "bad")], [1.0, None, 3.0])])
        decision_list(head, [Decision("1", name, name, name, bad=True)])
        small_multiples(head, [Panel(name, [0.5, None, 0.7], name, lags=True)], [0.6, 0.6, 0.6], ("a", "b"))
        tier_bars(head, words, [(name, [1, 2, 3, 0])])
        unit_strip(head, [Mark(name, 101.0, 0, True), Mark(name, 40.0, 3, False)], words, lines)
        unit = RankedUnit(name, name, 1, True, 101.0, 0, 1.0, 0, 5, 2, [1.0, 2.0], [(name, "red")])
        ranking_table([unit], words, lines, name, folded=True)
        score_card(name, (0, name), name, 505.0, 5)
        source_table([Source(name, 10.0), Source(name, -2.0)], 5)
        spread_chart(name, name, [0.0, 12.0, 30.0], 1)
        fact_rows([(name, name)])
        funnel(head, [Step(name, 10), Step(name, 7, 1.0, 0.5, 2.0)])
        stacked_bars(head, [name, name], [(name, [1.0, 3.0])])
        estimate = Estimate(name, 0.9, 0.8, 0.95, 100, name)
        wave_charts([WaveChart(head, [estimate, estimate])])
        interval_rows(head, 0.9, [estimate])
        plain_table(name, name, [Column(name), Column(name, "r")], [[name, Bar(1.0, name, "bad")]], name, 0)
        card_line(head, CardChart([0.5, 0.6], [0.5, 0.5], ("a", "b"), name, True, True))
        months = [Period.parse("2023-01"), Period.parse("2023-02")]
        trend_chart(head, months, [Line(name, [10.0, 20.0]), Line(name, [5.0, 7.0])], name)
        standing_table([Standing(name, name, name, 1.0, 2.0, (0.0, 3.0))], 3)
        footnote([name])
        empty_state(name, name, name)


@pytest.fixture(scope="module")
def drawn() -> AppTest:
    return AppTest.from_function(_drawn_everything, default_timeout=60).run()


def test_hostile_names_pass_through_every_component(drawn):
    assert not drawn.exception
    bodies = [element.proto.body for element in drawn.get("html")]
    assert len(bodies) > 18 * len(HOSTILE_NAMES)
    for body in bodies:
        assert set(read(body).tags) <= ALLOWED


def test_no_component_speaks_markdown(drawn):
    assert len(drawn.markdown) == 0


def test_pictures_are_data_and_nothing_links_out(drawn):
    for element in drawn.get("html"):
        for attributes in read(element.proto.body).attributes:
            assert not {"href", "onerror", "onload"} & set(attributes)
            assert attributes.get("src", "data:").startswith("data:")


def test_an_optional_step_loses_nobody():
    steps = [Step("受理", 100), Step("分流", 98), Step("督办", 60), Step("反馈", 95), Step("办结", 90)]
    assert step_losses(steps) == [0, 2, 0, 3, 5]


def test_a_last_step_loses_what_is_missing():
    assert step_losses([Step("a", 10), Step("b", 10), Step("c", 4)]) == [0, 0, 6]


def test_marks_of_equal_scores_do_not_cover_each_other():
    marks = [Mark(str(n), 80.0, 1, False) for n in range(5)]
    assert len(set(_lanes(marks, 1.0))) == 5


def test_marks_far_apart_share_the_middle_lane():
    assert _lanes([Mark("a", 10.0, 3, False), Mark("b", 90.0, 1, False)], 5.0) == [0, 0]


def _unit(n: int, tier: int, flags: list[tuple[str, str]] | None = None) -> RankedUnit:
    return RankedUnit(f"u{n}", f"单位{n}", n + 1, False, 100.0 - n, tier, 0.0, 0, 5, None, (), flags or [])


def test_folding_keeps_ends_lines_flags_and_the_open_unit():
    units = [_unit(n, 0 if n < 20 else 1) for n in range(40)]
    units[10] = _unit(10, 0, [("临界", "red")])
    kept = _kept(units, "u30")
    assert {0, 10, 19, 20, 21, 22, 30, 39} == kept


@pytest.mark.parametrize(
    ("values", "first", "last"),
    [([0.77, 0.95], 0.7, 1.0), ([1.0, 0.999], 0.995, 1.0), ([0.2, 0.9], 0.0, 1.0), ([None], 0.0, 1.0)],
)
def test_ticks_surround_the_shares_and_never_pass_the_whole(values, first, last):
    ticks = share_ticks(values)
    assert ticks[0][0] == pytest.approx(first)
    assert ticks[-1][0] == pytest.approx(last)
    assert 2 <= len(ticks) <= 6


def test_people_are_counted_into_one_class_each():
    width, bins = _bins([1.0, 9.9, 10.0, 55.0, -3.0])
    assert width == 5
    assert sum(bins.values()) == 5
    assert bins[-1] == 1
    assert bins[2] == 1
