"""Work beside a session: what it gives, why it failed, and errors that are ours."""

from threading import Event

import pytest

from dashboard.board.background import Background
from pipelines.faults import DiskFull


def ended(work) -> Background:
    """The work, waited for."""
    background: Background = Background()
    background.begin("test", work)
    background.future.exception(timeout=10)
    return background


def test_its_result_is_there_at_the_end_and_not_before():
    go_on = Event()
    background: Background[int] = Background()
    background.begin("test", lambda: 7 if go_on.wait(10) else 0)
    assert background.is_running
    assert (background.result, background.fault) == (None, "")
    go_on.set()
    assert background.future.result(10) == 7
    assert not background.is_running
    assert (background.result, background.fault) == (7, "")


def test_a_fault_is_a_sentence(tmp_path):
    def failing() -> None:
        raise DiskFull(tmp_path)

    background = ended(failing)
    assert background.result is None
    assert background.fault == str(DiskFull(tmp_path))


def test_an_error_of_ours_is_raised():
    background = ended(lambda: 1 // 0)
    assert background.result is None
    with pytest.raises(ZeroDivisionError):
        _ = background.fault
