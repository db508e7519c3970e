"""Units per tier, one stacked bar per quarter, the latest on top."""

from collections.abc import Sequence

from dashboard.components.headline import Head, block
from dashboard.components.markup import show, text, tier_mark


def tier_bars(head: Head, words: Sequence[str], quarters: Sequence[tuple[str, Sequence[int]]]) -> None:
    """`words` are the tier names, best first; each quarter is its label and the units in each tier."""
    key = "".join(f'<span class="w{n + 1}">{tier_mark(n, word)}</span>' for n, word in enumerate(words))
    rows = "".join(
        f"<div class='tierrow'><span>{text(label)}</span><div>"
        + "".join(
            f'<i class="f{n + 1}" style="flex:{count} 1 0">{count}</i>'
            for n, count in enumerate(counts)
            if count
        )
        + "</div></div>"
        for label, counts in quarters
    )
    drawn = f'<div class="tierkey" style="margin-top:10px">{key}</div>{rows}' if quarters else ""
    show(block(*head, drawn))
