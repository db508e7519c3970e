"""What a server makes ready while the first reader's browser fetches the page."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from threading import enumerate as threads
from time import monotonic

import pytest
from boards import APP, SCREENS

from dashboard import warming
from dashboard.report import sentences

# In a process of its own: in this one other tests have loaded everything already.
_WARM = """
import sys
from threading import Event
from dashboard import server, warming
before = set(sys.modules)
warming.warm_up(Event(), meanwhile=0)
print(*sorted(set(sys.modules) - before))
"""

# All screens and the meeting, as readers open them.
_DRAW = f"""
import sys
from dashboard import warming
warming.import_pandas_alone()
from streamlit.testing.v1 import AppTest
app = AppTest.from_file({str(APP)!r}, default_timeout=120).run()
for screen in {SCREENS!r}:
    app.switch_page(f"screens/{{screen}}.py").run()
    assert not app.exception, screen
app.query_params["mode"] = "meeting"
assert not app.run().exception
print(*sys.modules)
"""


def run(warehouse: Path, *script: str) -> subprocess.CompletedProcess[str]:
    """What Python says to a script over a warehouse."""
    surroundings = {"STEWARD_WAREHOUSE": str(warehouse), "PATH": ""}
    return subprocess.run(
        [sys.executable, *script], env=surroundings, capture_output=True, check=True, text=True
    )


def warmed(warehouse: Path) -> set[str]:
    """The modules that warming loads."""
    told = run(warehouse, "-W", "error", "-c", _WARM)
    assert "Traceback" not in told.stderr
    return set(told.stdout.split())


def test_no_screen_loads_arrow(tiny_warehouse: Path) -> None:
    """A tenth of what a server may hold: an element that needs it, or a component whose data is a dict of more than texts."""
    found = set(run(tiny_warehouse, "-c", _DRAW).stdout.split())
    assert "dashboard.components.stage" in found
    assert "pyarrow" not in found


@pytest.mark.parametrize("of", ["a warehouse", "no warehouse"])
def test_a_screen_finds_its_parts_loaded(of: str, tiny_warehouse: Path, tmp_path: Path) -> None:
    found = warmed(tiny_warehouse if of == "a warehouse" else tmp_path)
    assert {
        "dashboard.components.kpi_strip",
        "dashboard.wording.overview",
        "dashboard.board.overview",
        "dashboard.report.on_screen",
    } <= found
    assert "pandas" in found
    assert "pyarrow" not in found


def test_templates_of_the_report_are_compiled(
    tiny_warehouse: Path, tmp_path: Path, serve: Callable[[Path], None]
) -> None:
    for root, compiled in ((tmp_path, 0), (tiny_warehouse, 1)):
        serve(root)
        sentences.compiled.cache_clear()
        warming.warm_up(Event(), meanwhile=0)
        assert sentences.compiled.cache_info().currsize == compiled


def test_the_end_waits_for_what_is_begun_and_leaves_the_rest(
    tiny_warehouse: Path, serve: Callable[[Path], None]
) -> None:
    serve(tiny_warehouse)
    began = monotonic()
    with warming.warming(meanwhile=3600):
        assert "warming" in [thread.name for thread in threads()]
    assert monotonic() - began < 60
    assert "warming" not in [thread.name for thread in threads()]
