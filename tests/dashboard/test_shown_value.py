"""A box whose choice stands is sent as it was: what is set is drawn anew by the browser, all its options with it."""

import pytest
from boards import opened
from streamlit.testing.v1 import AppTest

AUGUST = {"grain": "month", "period": "2023-08"}


def _set(at: AppTest) -> set[str | None]:
    """The keys of the boxes and segments that the last run set."""
    return {one.key for one in [*at.selectbox, *at.get("button_group")] if one.proto.set_value}


def _shown(at: AppTest) -> dict[str | None, object]:
    return {box.key: box.value for box in at.selectbox}


@pytest.mark.parametrize("screen", ["overview", "units", "stewards", "communities", "tasks", "points"])
def test_a_choice_sets_only_what_it_changes(small_board, serve, screen):
    serve(small_board)
    at = opened(screen, AUGUST)
    before = _shown(at)
    key = next(box.key for box in at.selectbox if len(box.options) > 1)
    at.selectbox(key=key).select_index(0 if at.selectbox(key=key).index else 1).run()
    assert not at.exception
    changed = {one for one, value in _shown(at).items() if value != before.get(one)}
    assert key in changed
    assert _set(at) <= changed - {key}
    assert not _set(at.run())


def test_a_box_is_set_where_the_address_says_something_else(small_board, serve):
    serve(small_board)
    at = opened("overview", AUGUST)
    before = at.selectbox(key="choice_period_month").value
    at.query_params["period"] = "2023-07"
    at.run()
    assert (before, at.selectbox(key="choice_period_month").value) == ("2023-08", "2023-07")
    assert _set(at) == {"choice_period_month"}
