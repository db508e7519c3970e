"""Free passages of the monthly report: the district's own texts of a month, and keeping one."""

from pathlib import Path

from dashboard.board.door import Serving
from pipelines.faults import Fault
from pipelines.passages import LONGEST as LONGEST
from pipelines.passages import keep_passage, passages_of
from pipelines.periods import Period
from pipelines.warehouse import Warehouse


def own_passages(serving: Serving, month: Period) -> dict[str, str]:
    """Name of a free paragraph → the text that the district wrote for this month."""
    return passages_of(Warehouse(Path(serving.root)).state, month.key)


def keep_own(serving: Serving, month: Period, passage: str, words: str, who: str) -> str:
    """Keeps a text, an empty one gives the template's back; a sentence when that failed, nothing when it did not."""
    try:
        keep_passage(Warehouse(Path(serving.root)).state, month.key, passage, words, who)
    except Fault as fault:
        return str(fault)
    return ""
