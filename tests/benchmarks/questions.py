"""Every question that the screens ask, recorded while they are drawn, then asked again without the cache.

Whatever is kept as an answer, or goes through `st.cache_data`, or through `st.cache_resource` and is a table, is a
question, unless it only puts together what others answer.
"""

import inspect
import logging
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pandas

from tests.benchmarks.children import ROOT

RUNS = 20
SCREENS = ROOT / "dashboard" / "screens"
_PERIODS = (("month", "2023-12"), ("quarter", "2023Q4"), ("year", "2023"))
_DRAWN_WITHIN = 120
_WARNS = "streamlit.runtime.scriptrunner_utils.script_run_context"


# What a warehouse is for the board: its folder, the name of its version, and all that the screens need of it.
_Served = tuple[str, str, Any]


@dataclass
class Asked:
    """A question: the function behind the cache, its arguments, who called it and on which screens."""

    ask: Callable[..., object]
    arguments: tuple[object, ...]
    options: dict[str, object]
    caller: str
    screens: set[str] = field(default_factory=set)
    asks_others: bool = False

    def label(self, served: _Served) -> str:
        """Module and function of the board that ask it, and what it depends on apart from the SQL and the version."""
        said = [str(value) for value in self.arguments if value not in served and "SELECT" not in str(value)]
        said += [f"{name}={value}" for name, value in self.options.items() if value is not None]
        return f"{self.caller}({', '.join(said)})".replace("datetime.date", "")


class _Recorder:
    """Stands in for the caches and keeps what is asked; only connections and the like are still cached."""

    def __init__(self, cache_resource: Callable[..., Any]) -> None:
        self._cache_resource = cache_resource
        self.asked: dict[str, Asked] = {}
        self.asking: list[Asked] = []
        self.screen = ""
        self.broken: dict[str, str] = {}

    def answer(self, function: Callable[..., object]) -> Callable[..., object]:
        return partial(self._answer, function)

    def cache_data(self, **_settings: object) -> Callable[[Callable[..., object]], Callable[..., object]]:
        return self.answer

    def cache_resource(self, **settings: Any) -> Callable[[Callable[..., object]], Callable[..., object]]:
        def keep(function: Callable[..., object]) -> Callable[..., object]:
            if inspect.signature(function).return_annotation is pandas.DataFrame:
                return partial(self._answer, function)
            return self._cache_resource(**settings)(function)

        return keep

    def _answer(self, function: Callable[..., object], *arguments: object, **options: object) -> object:
        by = sys._getframe(1)
        caller = f"{by.f_globals['__name__'].rsplit('.', 1)[-1]}.{by.f_code.co_name}"
        key = repr((function, caller, arguments, sorted(options.items())))
        asked = self.asked.setdefault(key, Asked(function, arguments, options, caller))
        asked.screens.add(self.screen)
        for outer in self.asking:
            outer.asks_others = True
        self.asking.append(asked)
        try:
            return function(*arguments, **options)
        finally:
            self.asking.pop()


def ask_all(warehouses: list[str]) -> dict[str, Any]:
    """Record the questions on the first warehouse, then time each on all of them in turn.

    Seconds by question: median and best of 20 for each warehouse; and the screens that ask it. `nothing` is the
    median of a query without work in between, the yardstick of a busy machine; `broken` names the screens that
    raised, with the error.
    """
    recorder = _record(warehouses[0])
    from dashboard.board import door

    served: list[_Served] = []
    for warehouse in warehouses:
        os.environ[door.WAREHOUSE_VARIABLE] = warehouse
        board = door.serving()
        served.append((board.root, board.version, board))
    found, nothing = [], []
    # A list: what is asked now and was not asked while the screens were drawn is noted, too.
    for asked in [one for one in recorder.asked.values() if not one.asks_others]:
        seconds: list[list[float]] = [[] for _ in served]
        for _run in range(RUNS):
            for place, version in enumerate(served):
                arguments = [_instead(value, served[0], version) for value in asked.arguments]
                seconds[place].append(_seconds(asked.ask, *arguments, **asked.options))
            nothing.append(_seconds(door.connection(*served[0][:2]).cursor().sql("SELECT 1").fetchall))
        medians, best = [statistics.median(times) for times in seconds], [min(times) for times in seconds]
        label, screens = asked.label(served[0]), sorted(asked.screens)
        found.append({"label": label, "screens": screens, "medians": medians, "best": best})
    return {"questions": found, "nothing": statistics.median(nothing), "broken": recorder.broken}


def _instead(value: object, recorded: _Served, version: _Served) -> object:
    """The same argument for another version."""
    if isinstance(value, str) and value in recorded[:2]:
        return version[recorded.index(value)]
    return version[2] if isinstance(value, type(recorded[2])) else value


def _seconds(ask: Callable[..., object], *arguments: Any, **options: Any) -> float:
    start = time.perf_counter()
    ask(*arguments, **options)
    return time.perf_counter() - start


def _record(warehouse: str) -> _Recorder:
    """Draw every screen with every kind of choice that a reader has."""
    os.environ |= {"STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": "full"}
    # Screens are drawn without a server here, of which Streamlit warns at every call.
    logging.getLogger(_WARNS).addFilter(lambda record: "missing ScriptRunContext" not in record.getMessage())
    import streamlit

    recorder = _Recorder(streamlit.cache_resource)
    # The board takes the decorators by these names when it is imported.
    streamlit.cache_data, streamlit.cache_resource = recorder.cache_data, recorder.cache_resource
    from dashboard.board import kept_answers

    kept_answers.answer = recorder.answer
    from dashboard.board import district_map, door

    os.environ[door.WAREHOUSE_VARIABLE] = warehouse
    screens = sorted(path for path in SCREENS.glob("*.py") if not path.stem.startswith("_"))
    if not screens:
        raise FileNotFoundError(SCREENS)
    for choices in _choices():
        app = _opened(recorder, choices)
        for screen in screens:
            _draw(recorder, app, screen, choices)
    quarter = {"grain": "quarter", "period": "2023Q4"}
    app = _opened(recorder, quarter)
    for metric in district_map.mappable_metrics():
        _draw(recorder, app, SCREENS / "district_map.py", quarter | {"metric": metric})
    return recorder


def _choices() -> list[dict[str, str]]:
    """Each grain, for the whole district, a subdistrict and a community."""
    from dashboard.board import areas, door

    offered = areas.subdistricts_and_communities(door.serving())
    first = [
        offered[offered["level"] == level]["area_code"].iloc[0] for level in ("subdistrict", "community")
    ]
    return [
        {"grain": grain, "period": period, "area": area}
        for grain, period in _PERIODS
        for area in ("all", *first)
    ]


def _opened(recorder: _Recorder, choices: dict[str, str]) -> Any:
    """The app, which opens with its first screen: one that links to others is drawn where they are known."""
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_file(SCREENS.parent / "app.py", default_timeout=_DRAWN_WITHIN)
    app.query_params.update(choices)
    recorder.screen = "overview"
    return app.run()


def _draw(recorder: _Recorder, app: Any, screen: Path, choices: dict[str, str]) -> None:
    """Draw a screen of the opened app; every answer is asked anew, so each screen is drawn once and no more."""
    recorder.screen = screen.stem
    app.query_params.update(choices)
    app.switch_page(f"screens/{screen.name}").run()
    if app.exception:
        recorder.broken[screen.stem] = f"{choices}: {app.exception[0].value}"
