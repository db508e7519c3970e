"""Every question that the screens ask, recorded while they are drawn, then asked again without the cache.

Whatever goes through `st.cache_data` is a question; its first two arguments are the warehouse and the version.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.children import ROOT

RUNS = 20
SCREENS = ROOT / "dashboard" / "screens"
_PERIODS = (("month", "2023-12"), ("quarter", "2023Q4"), ("year", "2023"))
_DRAWN_WITHIN = 120


@dataclass(frozen=True)
class Asked:
    """A question: the function behind the cache, who called it, and its arguments after warehouse and version."""

    ask: Callable[..., object]
    caller: str
    arguments: tuple[object, ...]
    options: tuple[tuple[str, object], ...]

    def label(self) -> str:
        """Module and function of the board that ask it, and everything but SQL that it depends on."""
        said = [str(value) for value in self.arguments if not (isinstance(value, str) and "SELECT" in value)]
        said += [f"{name}={value}" for name, value in self.options if value is not None]
        return f"{self.caller}({', '.join(said)})".replace("datetime.date", "")


class _Recorder:
    """Stands in for `st.cache_data` and keeps what is asked instead of the answers."""

    def __init__(self) -> None:
        self.asked: dict[Asked, set[str]] = {}
        self.screen = ""

    def __call__(self, **_settings: object) -> Callable[[Callable[..., object]], Callable[..., object]]:
        def record(function: Callable[..., object]) -> Callable[..., object]:
            def ask(root: str, version: str, *arguments: object, **options: object) -> object:
                caller = sys._getframe(1)
                name = f"{caller.f_globals['__name__'].rsplit('.', 1)[-1]}.{caller.f_code.co_name}"
                asked = Asked(function, name, arguments, tuple(sorted(options.items())))
                self.asked.setdefault(asked, set()).add(self.screen)
                return function(root, version, *arguments, **options)

            return ask

        return record


def ask_all(warehouses: list[str]) -> dict[str, Any]:
    """Record the questions on the first warehouse, then time each on all of them in turn.

    Seconds by question: median and best of 20 for each warehouse; and the screens that ask it.
    """
    recorder = _record(warehouses[0])
    from dashboard.board import door

    served = []
    for warehouse in warehouses:
        os.environ[door.WAREHOUSE_VARIABLE] = warehouse
        board = door.serving()
        served.append((board.root, board.version))
    found = []
    for asked, screens in recorder.asked.items():
        seconds: list[list[float]] = [[] for _ in served]
        for _run in range(RUNS):
            for place, version in enumerate(served):
                start = time.perf_counter()
                asked.ask(*version, *asked.arguments, **dict(asked.options))
                seconds[place].append(time.perf_counter() - start)
        found.append(
            {
                "label": asked.label(),
                "screens": sorted(screens),
                "medians": [statistics.median(times) for times in seconds],
                "best": [min(times) for times in seconds],
            }
        )
    return {"questions": found, "drawn": recorder.screen}


def _record(warehouse: str) -> _Recorder:
    """Draw every screen with every kind of choice that a reader has."""
    import streamlit
    from streamlit.logger import set_log_level

    set_log_level("ERROR")
    recorder = _Recorder()
    # The board takes the decorator by this name when it is imported.
    streamlit.cache_data = recorder
    from dashboard.board import district_map, door

    os.environ[door.WAREHOUSE_VARIABLE] = warehouse
    screens = sorted(path for path in SCREENS.glob("*.py") if not path.stem.startswith("_"))
    if not screens:
        raise FileNotFoundError(SCREENS)
    for screen in screens:
        recorder.screen = screen.stem
        for choices in _choices():
            _draw(screen, choices)
    recorder.screen = "district_map"
    for metric in district_map.mappable_metrics():
        _draw(SCREENS / "district_map.py", {"metric": metric, "grain": "quarter", "period": "2023Q4"})
    recorder.screen = f"{len(screens)} screens"
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


def _draw(screen: Path, choices: dict[str, str]) -> None:
    from streamlit.testing.v1 import AppTest

    drawn = AppTest.from_file(screen, default_timeout=_DRAWN_WITHIN)
    for name, value in choices.items():
        drawn.query_params[name] = value
    drawn.run()
    if drawn.exception:
        raise RuntimeError(f"{screen.name} with {choices}: {drawn.exception[0].value}")
