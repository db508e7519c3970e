"""Publishing 公布: what may be published, by whom, what was, and what has changed since."""

from pathlib import Path

from dashboard.board.authority import may_change
from dashboard.board.door import Serving
from dashboard.board.units import Standing, live_ranking
from pipelines.faults import Fault
from pipelines.periods import Period
from pipelines.publication import publish_ranking
from pipelines.revisions import Revision, revisions
from pipelines.state import FixedRanking
from pipelines.warehouse import Warehouse

__all__ = ["changes", "may_change", "publications", "publish"]


def publish(serving: Serving, quarter: Period, who: str) -> str:
    """Publishes the ranking of the version on the screen; gives a sentence when it was not, nothing when it was."""
    try:
        publish_ranking(Warehouse(Path(serving.root)), quarter, serving.version, who)
    except Fault as fault:
        return str(fault)
    return ""


def publications(serving: Serving) -> list[FixedRanking]:
    """All published rankings, the latest quarter first; none where the record cannot be read."""
    state = Warehouse(Path(serving.root)).state
    try:
        found = [state.fixed_ranking(quarter) for quarter in state.fixed_versions()]
    except Fault:
        return []
    return sorted((one for one in found if one is not None), key=lambda one: one.quarter, reverse=True)


def changes(serving: Serving, quarter: Period, standing: Standing) -> list[Revision]:
    """What the data of the serving version would change in a published ranking; nothing in one that is not."""
    if standing.fixed is None:
        return []
    return revisions(standing.ranking, live_ranking(serving, quarter))
