"""How answers are spread: favourable ones to the right of a line, the others to its left, the mildest next to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import formats
from dashboard.components.headline import Head, block
from dashboard.components.markup import show, text

_GOOD = ("background:var(--bar);color:var(--ink)", "background:var(--pale);color:var(--ink)",
         "background:var(--mid);color:light-dark(#14110D,#fff)")  # fmt: skip
_BAD = (
    "background:color-mix(in srgb,var(--vfill) 45%,var(--page));color:var(--ink)",
    "background:var(--vfill);color:var(--ontier)",
)
# Room for the sums at both ends; the share from which a part has room for its name, for its number even on a phone,
# for its number at all.
_ENDS, _NAMED, _NARROW, _NUMBERED = 54, 0.25, 0.2, 0.06


@dataclass(frozen=True)
class AnswerBar:
    """Shares of all answers with an opinion, each with its name; on both sides the mildest first."""

    label: str
    good: Sequence[tuple[str, float]]
    bad: Sequence[tuple[str, float]]


def answer_bars(head: Head, bars: Sequence[AnswerBar]) -> None:
    """One bar below the other on one scale, so that their middle lines meet."""
    if not bars:
        return
    left = max(max(_sum(bar.bad) for bar in bars), 0.01)
    right = max(max(_sum(bar.good) for bar in bars), 0.01)
    rows = "".join(f"<span>{text(bar.label)}</span>{_row(bar, left, right)}" for bar in bars)
    show(block(*head, f'<div class="stack" style="margin-top:12px;row-gap:6px">{rows}</div>'))


def _row(bar: AnswerBar, left: float, right: float) -> str:
    bad = "".join(_part(*one, left, _BAD, n) for n, one in reversed(list(enumerate(bar.bad))))
    good = "".join(_part(*one, right, _GOOD, n) for n, one in enumerate(bar.good))
    zone = "display:flex;gap:1px;min-width:0"
    return (
        f'<div style="height:20px;min-width:0;align-items:stretch">{_end(_sum(bar.bad), "flex-end")}'
        f'<span style="flex:{left:.4f} 1 0;{zone};justify-content:flex-end">{bad}</span>'
        f'<span style="flex:{right:.4f} 1 0;{zone};border-left:2px solid var(--ink)">{good}</span>'
        f"{_end(_sum(bar.good), 'flex-start')}</div>"
    )


def _part(name: str, share: float, most: float, paint: Sequence[str], place: int) -> str:
    words = f"{formats.decimal(share * 100, 0)}%" if share >= _NUMBERED else ""
    if share >= _NAMED:
        words = f'<span class="wide">{text(name)}&nbsp;</span>{words}'
    elif share < _NARROW:
        words = f'<span class="wide">{words}</span>'
    style = f"flex:none;width:{share / most * 100:.2f}%;{paint[min(place, len(paint) - 1)]}"
    said = f"{name} {formats.percent(share)}"
    return f'<i title="{text(said)}" style="{style}">{words}</i>' if share else ""


def _end(share: float, side: str) -> str:
    style = f"flex:none;width:{_ENDS}px;display:flex;align-items:center;justify-content:{side};padding:0 5px"
    return f'<b style="{style}">{formats.percent(share)}</b>'


def _sum(parts: Sequence[tuple[str, float]]) -> float:
    return sum(share for _name, share in parts)
