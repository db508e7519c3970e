"""Masking of names and phones, suppression of small groups."""

import pytest
from boards import built, opened, words

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


@pytest.fixture(scope="module")
def open_board(made_once, small_inbox):
    """The small sample of a district that shows whole names."""

    def make(folder):
        inbox = folder / "inbox"
        inbox.mkdir(parents=True)
        for path in small_inbox.iterdir():
            (inbox / path.name).write_bytes(path.read_bytes())
        settings = inbox / "district.toml"
        settings.write_text(settings.read_text("utf-8") + "\n[privacy]\nmask_names = false\n", "utf-8")
        built(inbox, folder / "warehouse")

    return made_once("screen-open", make) / "warehouse"


@pytest.mark.parametrize(("screen", "choice"), [("stewards", {}), ("honours", {"list": "stars"})])
def test_names_are_called_masked_only_when_they_are(screen, choice, small_board, open_board, serve):
    query = {"grain": "quarter", "period": "2023Q3", **choice}
    serve(small_board)
    said = words(opened(screen, query))
    assert "姓名已遮盖" in said
    assert "**" in said
    serve(open_board)
    said = words(opened(screen, query))
    assert "遮盖" not in said
    assert "*" not in said
