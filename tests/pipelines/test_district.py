"""The settings of the district: defaults, and every setting that a file can make."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from district_files import FULL, settings_file
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pipelines.district import District, load_district


def test_the_defaults_are_those_of_the_contract() -> None:
    district = load_district(None)
    assert district == District()
    assert district.score_lines == ()
    assert district.tiers.names == ("优秀", "良好", "合格", "不合格")
    assert district.tiers.praise_only is False
    assert (district.ranking.headcount, district.ranking.communities) == ("period_end", "per_steward")
    assert (district.ranking.commend, district.ranking.explain) == (10, 7)
    assert district.ranking.near_line == Decimal("0.9")
    assert (district.points.assigned, district.points.urgent) == ((5, 20), (5, 40))
    assert district.points.annual_target == 1000
    assert (district.checkins.radius_m, district.checkins.per_year, district.checkins.datum) == (
        50,
        12,
        "gcj02",
    )
    assert district.surveys.satisfied == ("很满意", "满意", "基本满意")
    assert district.surveys.safe == ("很安全", "安全", "基本安全")
    assert (district.surveys.best, district.surveys.unknown, district.surveys.minimum_n) == (
        5,
        ("不了解",),
        30,
    )
    assert (district.privacy.mask_names, district.privacy.minimum_group) == (True, 5)
    assert district.burden_relief is False
    assert district.stewards.code_pattern is None
    assert district.stewards.code_groups == {}


def test_an_empty_file_has_the_defaults(tmp_path: Path) -> None:
    assert (
        load_district(settings_file(tmp_path, ""))
        == load_district(settings_file(tmp_path, "# nothing\n"))
        == District()
    )


def test_every_setting_is_read(tmp_path: Path) -> None:
    district = load_district(settings_file(tmp_path, FULL))
    assert (district.name, district.programmes, district.burden_relief) == (
        "示例区红管家看板",
        ("D", "W"),
        True,
    )
    assert [lines.effective_from for lines in district.score_lines] == [date(2022, 1, 1), date(2023, 7, 1)]
    assert district.tiers.names == ("甲", "乙", "丙", "丁")
    assert district.tiers.praise_only
    assert (district.ranking.communities, district.ranking.commend, district.ranking.explain) == (
        "total",
        3,
        0,
    )
    assert district.ranking.near_line == Decimal("0.95")
    assert (district.points.assigned, district.points.urgent) == ((1, 10), (Decimal("2.5"), 30))
    assert (district.checkins.radius_m, district.checkins.per_year, district.checkins.datum) == (
        80.5,
        24,
        "wgs84",
    )
    assert (district.surveys.satisfied, district.surveys.unknown) == (("很满意", "满意"), ())
    assert (district.surveys.best, district.surveys.minimum_n) == (1, 50)
    assert (district.horns.service_h, district.horns.push_h, district.horns.emergency_h) == (72, 48.5, 2)
    assert (district.privacy.mask_names, district.privacy.minimum_group) == (False, 10)
    assert [(one.sheet, one.period, one.metric, one.group, one.area) for one in district.agenda] == [
        ("overview", "year", None, None, "Q1"),
        ("weakest_map", None, "in_time_rate", None, None),
        ("unit_list", None, None, "机关", None),
    ]


def test_the_full_file_touches_every_setting(tmp_path: Path) -> None:
    """So that a new setting is added to FULL, and with it to the tests of wrong types below."""
    full, default = load_district(settings_file(tmp_path, FULL)).model_dump(), District().model_dump()
    for name, section in default.items():
        settings = section.items() if isinstance(section, dict) else [(None, section)]
        for key, value in settings:
            if key != "headcount":
                assert (full[name][key] if key else full[name]) != value, (name, key)


def test_class_targets_go_by_steward_number_with_the_common_one_for_the_rest(tmp_path: Path) -> None:
    points = load_district(settings_file(tmp_path, FULL)).points
    assert [points.target(number) for number in range(1, 7)] == [400, 800, 800, 800, 800, Decimal("1200.5")]
    assert District().points.target(3) == 1000


@pytest.mark.parametrize(
    ("day", "pass_line"),
    [
        (date(2021, 12, 31), None),
        (date(2022, 1, 1), Fraction(10)),
        (date(2023, 6, 30), Fraction(10)),
        (date(2023, 7, 1), Fraction(121, 2)),
        (date(2030, 1, 1), Fraction(121, 2)),
    ],
)
def test_score_lines_hold_from_their_day_until_the_next(
    tmp_path: Path, day: date, pass_line: Fraction | None
) -> None:
    lines = load_district(settings_file(tmp_path, FULL)).score_lines_on(day)
    assert (lines.passing if lines else None) == pass_line


def test_score_lines_are_the_digits_of_the_file_not_binary_fractions(tmp_path: Path) -> None:
    lines = load_district(settings_file(tmp_path, FULL)).score_lines_on(date(2022, 1, 1))
    assert lines is not None
    assert lines.descending == (Fraction(363, 10), Fraction(121, 10), 10)


def test_without_score_lines_there_are_none() -> None:
    assert District().score_lines_on(date(2023, 7, 1)) is None


@pytest.mark.parametrize("text", ["", FULL])
def test_json_gives_the_same_settings_back(tmp_path: Path, text: str) -> None:
    district = load_district(settings_file(tmp_path, text))
    again = District.from_json(district.to_json())
    assert again == district
    assert again.to_json() == district.to_json()
    assert again.score_lines_on(date(2022, 5, 1)) == district.score_lines_on(date(2022, 5, 1))


@given(
    st.lists(st.decimals(0, 1000, places=4), min_size=3, max_size=3, unique=True).map(sorted),
    st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), unique=True, max_size=6).map(sorted),
)
def test_json_keeps_any_score_lines_exactly(lines: list[Decimal], days: list[date]) -> None:
    passing, good, excellent = lines
    district = District.model_validate(
        {
            "score_lines": [
                {"effective_from": day, "excellent": excellent, "good": good, "pass": passing} for day in days
            ]
        }
    )
    again = District.from_json(district.to_json())
    assert again == district
    for day in days:
        found = again.score_lines_on(day + timedelta(days=1))
        assert found is not None
        assert found.descending == (Fraction(excellent), Fraction(good), Fraction(passing))


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        District().ranking.commend = 5


@pytest.mark.parametrize(
    ("pattern", "groups"),
    [
        (r"(?P<unit>\w+)-(?P<number>\d)", {"unit": 1, "number": 2}),
        (r"(\d)(\d\d)", {"number": 1, "unit": 2}),
        (r"(\d)(\d\d)(\d\d)(\d+)", {"number": 1, "unit": 2, "grid": 3, "building": 4}),
        (r"(A|B)(?P<grid>\d+)", {"grid": 2}),
    ],
)
def test_code_groups_are_named_or_stand_in_order(
    tmp_path: Path, pattern: str, groups: dict[str, int]
) -> None:
    assert (
        load_district(settings_file(tmp_path, f"[stewards]\ncode_pattern = '{pattern}'")).stewards.code_groups
        == groups
    )


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    expected = load_district(settings_file(tmp_path, FULL))
    assert (
        load_district(settings_file(tmp_path, b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode()))
        == expected
    )
