"""Revisions: which units stand differently, and why."""

import pandas as pd
import pytest

from pipelines.revisions import revisions

BASE = {
    "unit_id": "U1", "unit": "甲", "ranking_group": "机关", "headcount": 2, "points": 60.0, "score": 30.0, "tier": "优秀",
    "rank": 1, "tied": False, "consequence": "commended",
}  # fmt: skip


def ranking(*changes: dict[str, object]) -> pd.DataFrame:
    """Units that differ from the base one in what is named."""
    return pd.DataFrame([BASE | change for change in changes])


@pytest.mark.parametrize(
    ("now", "reasons"),
    [
        ({"points": 80.0, "score": 40.0}, ("points",)),
        ({"headcount": 3, "score": 20.0, "tier": "良好"}, ("headcount",)),
        ({"headcount": 3, "points": 90.0, "rank": 2}, ("headcount", "points")),
        ({"ranking_group": "企业"}, ("group",)),
        ({"tier": "良好"}, ("rules",)),
        ({"rank": 2}, ("others",)),
        ({"consequence": ""}, ("others",)),
        ({"tied": True}, ("others",)),
        ({"headcount": 0, "points": 0.0, "score": None, "tier": "", "rank": None}, ("headcount", "points")),
    ],
)
def test_every_difference_has_a_reason(now: dict[str, object], reasons: tuple[str, ...]) -> None:
    (found,) = revisions(ranking({}), ranking(now))
    assert (found.unit_id, found.unit, found.reasons) == ("U1", "甲", reasons)


def test_what_stayed_is_no_revision() -> None:
    assert revisions(ranking({}), ranking({"unit": "甲（更名）", "near_line": True})) == []
    nobody = {"score": None, "rank": None, "tier": ""}
    assert revisions(ranking(nobody), ranking(nobody)) == []


def test_units_come_and_go() -> None:
    gone, appeared = revisions(ranking({}), ranking({"unit_id": "U9"}))
    assert (gone.unit_id, gone.now, gone.reasons) == ("U1", None, ("gone",))
    assert (appeared.unit_id, appeared.published, appeared.reasons) == ("U9", None, ("appeared",))


def test_a_hair_is_a_difference() -> None:
    (found,) = revisions(ranking({}), ranking({"points": 60.0001, "score": 30.00005}))
    assert found.reasons == ("points",)
