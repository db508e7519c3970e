"""Views that readers gave a name, kept beside the versions of the warehouse."""

from collections.abc import Callable, Mapping
from pathlib import Path

from dashboard.board.door import Serving
from dashboard.translations import _
from pipelines.faults import Fault
from pipelines.warehouse import Warehouse

LONGEST_NAME = 40


def views(serving: Serving) -> dict[str, dict[str, str]]:
    """Name → choices of each saved view; none where the state file cannot be read."""
    try:
        return {view.name: view.address for view in Warehouse(Path(serving.root)).state.saved_views()}
    except Fault:
        return {}


def address(metric: str, by: str, grain: str, period: str, chart: str, area: str | None) -> dict[str, str]:
    """The choices that lead back to a picture of Explore."""
    chosen = {"metric": metric, "by": by, "grain": grain, "period": period, "chart": chart}
    return chosen | {"area": area or "all"}


def save(serving: Serving, name: str, address: Mapping[str, str]) -> str:
    """Keeps a view; gives a sentence when it could not be kept, nothing when it was."""
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        return _("A view needs a name of 1 to {count} characters.").format(count=LONGEST_NAME)
    return _attempted(lambda: Warehouse(Path(serving.root)).state.save_view(name, address))


def forget(serving: Serving, name: str) -> str:
    """Forgets a view; gives a sentence when that failed."""
    return _attempted(lambda: Warehouse(Path(serving.root)).state.delete_view(name))


def _attempted(act: Callable[[], None]) -> str:
    try:
        act()
    except Fault as fault:
        return str(fault)
    return ""
