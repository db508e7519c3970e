"""Masking of names and phones, suppression of small groups."""

import pytest
from boards import opened, words

from dashboard.privacy import is_suppressed
from pipelines.privacy import mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"), [("王小明", "王**"), ("王", "王"), ("", ""), ("欧阳修文", "欧***")]
)
def test_names_keep_their_first_character(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"), [("13812341234", "138****1234"), ("1234567", "*******"), ("", "")]
)
def test_phones_keep_both_ends(phone, masked):
    assert mask_phone(phone) == masked


def test_small_groups_are_suppressed_but_nobody_is_not_a_group():
    assert [is_suppressed(people, 5) for people in (0, 1, 4, 5)] == [False, True, True, False]


@pytest.mark.parametrize(("screen", "choice"), [("stewards", {}), ("honours", {"list": "stars"})])
def test_names_are_called_masked_only_when_they_are(screen, choice, small_board, named_board, serve):
    query = {"grain": "quarter", "period": "2023Q3", **choice}
    serve(small_board)
    said = words(opened(screen, query))
    assert "姓名已遮盖" in said
    assert "**" in said
    serve(named_board)
    said = words(opened(screen, query))
    assert "遮盖" not in said
    assert "*" not in said
