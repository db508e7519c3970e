"""Masking of names and phones, suppression of small groups."""

import pytest

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
