"""What somebody has to decide this period, most pressing first."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.headline import Head, block
from dashboard.components.markup import show, text


@dataclass(frozen=True)
class Decision:
    """A count, what it counts, the sentence and its evidence; `bad` sets the count in violet."""

    count: str
    suffix: str
    sentence: str
    evidence: str = ""
    bad: bool = False


def decision_list(head: Head, decisions: Sequence[Decision]) -> None:
    """The block with one row per decision; a calm district gets one calm sentence."""
    rows = "".join(
        f'<div><div class="cnt{" bad" if decision.bad else ""}">{text(decision.count)}'
        f"<small>{text(decision.suffix)}</small></div><div><p>{text(decision.sentence)}</p>"
        f'<p class="mute">{text(decision.evidence)}</p></div></div>'
        for decision in decisions
    )
    show(block(*head, f'<div class="decisions">{rows}</div>'))
