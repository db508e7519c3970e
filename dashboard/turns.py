"""Whose turn is it? Few runs of a screen at a time, in the order in which they came.

Python runs one thread at a time. Twenty-five runs at once hand it round every five milliseconds, and each waits for all
others after every question to the database, so that nobody's screen is ready before the last one's.
"""

from collections.abc import Callable
from threading import Semaphore

# One computes while the database answers the others.
AT_ONCE = 2
# Nobody waits longer for a run that takes its time.
PATIENCE = 1.0

_places = Semaphore(AT_ONCE)


def in_turn(run: Callable[[], None]) -> None:
    """Holds one of the places while it runs; after `PATIENCE` seconds it runs without one."""
    has_place = _places.acquire(timeout=PATIENCE)
    try:
        run()
    finally:
        if has_place:
            _places.release()
