"""What a server makes ready while the first reader's browser fetches the page."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard import warming
from dashboard.report import sentences

# In a process of its own: in this one other tests have loaded everything already.
_WARM = """
import sys
from dashboard import server, warming
before = set(sys.modules)
warming.warm_up(meanwhile=0).join()
print(*sorted(set(sys.modules) - before))
"""


def warmed(warehouse: Path) -> set[str]:
    """The modules that warming loads."""
    surroundings = {"STEWARD_WAREHOUSE": str(warehouse), "PATH": ""}
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", _WARM],
        env=surroundings,
        capture_output=True,
        check=True,
        text=True,
    )
    assert "Traceback" not in run.stderr
    return set(run.stdout.split())


@pytest.mark.parametrize("of", ["a warehouse", "no warehouse"])
def test_a_screen_finds_its_parts_loaded(of: str, tiny_warehouse: Path, tmp_path: Path) -> None:
    found = warmed(tiny_warehouse if of == "a warehouse" else tmp_path)
    assert {
        "dashboard.components.kpi_strip",
        "dashboard.wording.overview",
        "dashboard.board.overview",
        "dashboard.report.on_screen",
    } <= found


def test_templates_of_the_report_are_compiled(
    tiny_warehouse: Path, tmp_path: Path, serve: Callable[[Path], None]
) -> None:
    for root, compiled in ((tmp_path, 0), (tiny_warehouse, 1)):
        serve(root)
        sentences.compiled.cache_clear()
        warming.warm_up(meanwhile=0).join()
        assert sentences.compiled.cache_info().currsize == compiled
