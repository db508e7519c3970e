"""A small printed table from ready cells: lists that are read, not sorted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.components.headline import block
from dashboard.components.markup import cell, name, position, show, table, text
from dashboard.components.own_links import ScreenLink, screen_link


@dataclass(frozen=True)
class Bar:
    """A number drawn as a bar with its figure after it; `mood` is bad, warn, deep or nothing."""

    value: float
    words: str
    mood: str = ""


@dataclass(frozen=True)
class Column:
    """Header and class of a column: r (right), mute, strong, wide (hidden below 720 px), mid (below 480 px), long (never cut)."""

    name: str
    kind: str = ""


Cell = str | Bar | ScreenLink
# Title, subtitle, columns, rows and note of a table.
Table = tuple[str, str, Sequence[Column], Sequence[Sequence[str | Bar]], str]


def plain_table(
    title: str,
    subtitle: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    note: str = "",
    selected: int | None = None,
) -> None:
    """Draw block head, table and a note on what is left out; `selected` is the row that is open elsewhere."""
    largest = [
        max((value.value for row in rows if isinstance(value := row[n], Bar)), default=1)
        for n in range(len(columns))
    ]
    drawn = [
        f"<tr{' class=sel' if n == selected else ''}>"
        + "".join(_cell(value, column, top) for value, column, top in zip(row, columns, largest, strict=True))
        + "</tr>"
        for n, row in enumerate(rows)
    ]
    head = [(column.name, column.kind.replace("mute", "").replace("strong", "")) for column in columns]
    below = f'<p class="sub" style="padding:6px">{text(note)}</p>' if note else ""
    show(block(title, subtitle), f'<div style="margin-top:8px">{table(head, drawn)}{below}</div>')


def plain_tables(tables: Iterable[Table]) -> None:
    """Tables below each other."""
    for one in tables:
        plain_table(*one)


def _cell(value: Cell, column: Column, largest: float) -> str:
    if isinstance(value, ScreenLink):
        return cell(screen_link(value), column.kind)
    if isinstance(value, str):
        return cell(text(value) if "long" in column.kind else name(value), column.kind)
    width = position(value.value, 0, largest or 1) * 0.7
    bar = f'<span class="track"><i class="{value.mood}" style="width:{width}%"></i><b>{text(value.words)}</b></span>'
    return f'<td class="{column.kind}" style="width:26%">{bar}</td>'
