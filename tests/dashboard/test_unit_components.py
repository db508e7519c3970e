"""The parts of the unit screens: labels that keep apart, lists of changes, what an address means for a trial."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.board.unit_trials import attempt
from dashboard.components.unit_changes import UnitChange, UnitState, _cells
from dashboard.components.unit_strip import Mark, _names, spaced

TIERS = ("优秀", "良好", "合格", "不合格")
WIDTHS = st.lists(st.floats(1, 12), min_size=1, max_size=7)


@given(WIDTHS.flatmap(lambda widths: st.tuples(st.just(widths), st.lists(st.floats(0, 100), min_size=len(widths), max_size=len(widths)))))  # fmt: skip
def test_labels_never_cover_each_other(drawn: tuple[list[float], list[float]]) -> None:
    widths, places = drawn[0], sorted(drawn[1])
    found = spaced(places, widths)
    for n in range(1, len(found)):
        assert found[n] - found[n - 1] >= (widths[n] + widths[n - 1]) / 2 - 1e-9
    if sum(widths) <= 100:
        assert found[0] - widths[0] / 2 >= -1e-9
        assert found[-1] + widths[-1] / 2 <= 100 + 1e-9


def test_labels_with_room_stay_where_they_are() -> None:
    assert spaced([20.0, 50.0, 80.0], [10.0, 10.0, 10.0]) == [20.0, 50.0, 80.0]


def test_a_small_group_has_labels_apart() -> None:
    # Three lines within a tenth of the axis, as in a group where one unit leads far ahead.
    marks = [Mark("甲", 60.0, 3, False), Mark("乙", 96.0, 2, False), Mark("丙", 103.0, 1, True), Mark("丁", 400.0, 0, False)]  # fmt: skip
    tiers, lines = _names(marks, TIERS, [110.0, 100.0, 95.0], (50.0, 420.0))
    for row, count in ((tiers, 4), (lines, 3)):
        places = [float(place) for place in re.findall(r"left:([\d.]+)%", row)]
        assert len(places) == count
        assert all(after - before > 10 for before, after in pairwise(places))


def test_a_change_says_both_tiers_with_shape_and_word() -> None:
    before, after = UnitState(1, 3, False, 233.8, 4, 935), UnitState(0, 2, True, 251.25, 4, 1005)
    drawn = _cells(UnitChange("区政府办公室", "区直单位", before, after, "积分 +70"), TIERS)
    assert (
        re.sub(r"</?span[^>]*?(?:nw\">|>)", "", drawn[2])
        == '<td class="nw tiers">良好<i class="to">→</i>优秀</td>'
    )
    assert drawn[2].index('class="shape s2"') < drawn[2].index("→") < drawn[2].index('class="shape s1"')
    assert "233.8" in drawn[3]
    assert "251.3" in drawn[3]
    assert "并列 2" in drawn[4]
    assert "→" not in drawn[6]
    gone = _cells(UnitChange("<b>甲", "", before, None, ""), TIERS)
    assert "&lt;b&gt;甲" in gone[0]
    assert gone[2].endswith("→</i>—</td>")


@pytest.mark.parametrize(
    ("asked", "lines", "changed"),
    [
        (None, (30, 20, 10), False),
        ("30,20,10", (30, 20, 10), False),
        ("30.5, 20,10", (30.5, 20, 10), True),
        ("10,20,30", None, True),
        ("20,20,10", None, True),
        ("30,20", (30, 20, 10), False),
        ("'; DROP TABLE,1,0", (30, 20, 10), False),
        ("inf,2,1", (30, 20, 10), False),
    ],
)
def test_an_address_is_read_with_care(
    asked: str | None, lines: tuple[float, ...] | None, changed: bool
) -> None:
    found = attempt([30.0, 20.0, 10.0], asked, "no such rule")
    assert found.headcount == "period_end"
    assert found.changed is changed
    drawn = None if found.lines is None else tuple(float(line) for line in found.lines.descending)
    assert drawn == lines


def test_without_official_lines_a_trial_waits_for_some() -> None:
    assert attempt([], None, "everyone").lines is None
    assert attempt([], "3,2,1", "everyone").lines is not None
