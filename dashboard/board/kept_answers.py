"""Answers kept for all sessions: a question of one version is asked once, however many readers look.

Streamlit's `cache_data` pickles what it keeps and hands out a fresh copy, about a millisecond for each answer; a screen
takes fifty. Here the answer itself is kept. Tables are handed out as pandas' copies on write, so that whoever sets a
column of his copy changes nobody else's; everything else that a question gives must be left as it is.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

import pandas as pd

P = ParamSpec("P")
R = TypeVar("R")

MOST = 4096
_lock = Lock()
_kept: OrderedDict[Hashable, "Future[Any]"] = OrderedDict()


def answer(question: Callable[P, R]) -> Callable[P, R]:
    """Keeps the answers of a question by its arguments; the least used ones are forgotten.

    An argument that has `root` and `version` stands for the version of the warehouse that it serves; all others must be
    hashable, sequences aside. Readers who ask the same at the same time wait for one answer. Nothing is kept of a
    question that raises.
    """

    @wraps(question)
    def asked(*arguments: P.args, **options: P.kwargs) -> R:
        key = (question, *map(_part, arguments), *((name, _part(value)) for name, value in options.items()))
        with _lock:
            found = _kept.get(key)
            if mine := found is None:
                found = _kept[key] = Future()
                if len(_kept) > MOST:
                    _kept.popitem(last=False)
            else:
                _kept.move_to_end(key)
        if mine:
            _fill(found, key, lambda: question(*arguments, **options))
        kept: R = _handed(found.result())
        return kept

    return asked


def _fill(place: "Future[Any]", key: Hashable, ask: Callable[[], object]) -> None:
    try:
        place.set_result(ask())
    except BaseException as error:
        with _lock:
            _kept.pop(key, None)
        place.set_exception(error)
        raise


def _part(value: object) -> Hashable:
    if hasattr(value, "version") and hasattr(value, "root"):
        return value.root, value.version
    return tuple(value) if isinstance(value, list) else value


def _handed(kept: Any) -> Any:
    if isinstance(kept, pd.DataFrame | pd.Series):
        return kept.copy(deep=False)
    return type(kept)(kept) if type(kept) in (list, dict) else kept
