"""Steward classes, each against its own annual target: people by how far they have come."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.headline import Head, block
from dashboard.components.markup import show, text
from dashboard.formats import decimal
from dashboard.translations import _

_PAINT = (
    "background:var(--vfill);color:var(--ontier)",
    "background:var(--bar);color:var(--ink)",
    "background:var(--t2);color:#14110D",
    "background:var(--t1);color:var(--ontier)",
)
_NARROW = 0.06


@dataclass(frozen=True)
class ClassRow:
    """A class: its name, note (target), people by progress (empty: too few to show), fraction and share reached."""

    name: str
    note: str
    parts: Sequence[int]
    fraction: str
    share: str


def class_progress(head: Head, rows: Sequence[ClassRow]) -> None:
    """One bar per class under a key of the four stages, worst first."""
    names = (_("0 or less"), _("less than half"), _("half or more"), _("reached"))
    key = "".join(
        f'<span><i style="{paint}"></i>{text(name)}</span>' for name, paint in zip(names, _PAINT, strict=True)
    )
    drawn = "".join(
        f'<span class="name">{text(row.name)}<small>{text(row.note)}</small></span>'
        f'<span class="num">{text(row.fraction)}</span><b class="num">{text(row.share)}</b>'
        f'<div class="bar">{_parts(row.parts)}</div>'
        for row in rows
    )
    show(block(*head), f'<div class="partkey">{key}</div><div class="classes">{drawn}</div>')


def _parts(counts: Sequence[int]) -> str:
    total = sum(counts) or 1
    return "".join(
        f'<i style="flex:{count / total:.4f} 1 0;{paint}" title="{count}">'
        f"{decimal(count / total * 100, 0) + '%' if count / total >= _NARROW else ''}</i>"
        for count, paint in zip(counts, _PAINT, strict=False)
        if count
    )
