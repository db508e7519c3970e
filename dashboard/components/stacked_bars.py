"""Two or three bars of shares on top of each other, to set one mix against another."""

from collections.abc import Sequence

from dashboard import formats
from dashboard.components.headline import Head, block
from dashboard.components.markup import show, text

_PAINT = ("background:var(--pale);color:var(--ink)", "background:var(--mid);color:light-dark(#14110D,#fff)", "background:var(--vfill);color:var(--ontier)",
          "background:var(--t3);color:#14110D")  # fmt: skip
_NARROW = 0.05


def stacked_bars(head: Head, names: Sequence[str], bars: Sequence[tuple[str, Sequence[float]]]) -> None:
    """Each bar is a label and the counts of the named parts."""
    if not bars:
        return
    rows = ""
    for label, counts in bars:
        total = sum(counts) or 1
        parts = "".join(
            f'<i style="flex:{count / total:.4f} 1 0;{_PAINT[n % len(_PAINT)]}">'
            f"{_words(names[n], count / total)}</i>"
            for n, count in enumerate(counts)
            if count
        )
        rows += f"<span>{text(label)}</span><div>{parts}</div>"
    show(block(*head, f'<div class="stack" style="margin-top:14px">{rows}</div>'))


def _words(name: str, share: float) -> str:
    number = f"{formats.decimal(share * 100, 0)}%"
    return (
        number
        if share < _NARROW * 2 and share >= _NARROW
        else ("" if share < _NARROW else f"{text(name)} {number}")
    )
