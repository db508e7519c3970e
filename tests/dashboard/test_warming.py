"""What a server makes ready while the first reader's browser fetches the page."""

import subprocess
import sys
from pathlib import Path

import pytest

# In a process of its own: in this one other tests have loaded everything already.
_WARM = """
import sys
from dashboard import server, warming
before = set(sys.modules)
warming.warm_up().join()
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
    } <= found
