"""A ranked table that keeps the rows that matter and says how many lie between them."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from dashboard.components.markup import cell, position, show, table, text
from dashboard.components.plain_table import Bar, Column
from dashboard.formats import integer


def folded_table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str | Bar]],
    kept: Collection[int],
    fold: str,
    selected: int | None = None,
) -> None:
    """Rows best first; those not `kept` become one line with `fold` (a template with {count}) each time."""
    shown = {n: row for n, row in enumerate(rows) if n in kept}
    _draw(columns, shown, len(rows), fold, selected, _largest(columns, rows))


def places_table(
    columns: Sequence[Column],
    rows: Mapping[int, Sequence[str | Bar]],
    count: int,
    fold: str,
    selected: int | None = None,
) -> None:
    """The same where only some of `count` rows are known, by their places from 0."""
    _draw(columns, rows, count, fold, selected, _largest(columns, rows.values()))


def _largest(columns: Sequence[Column], rows: Iterable[Sequence[str | Bar]]) -> list[float]:
    read = list(rows)
    return [
        max((value.value for row in read if isinstance(value := row[n], Bar)), default=1.0)
        for n in range(len(columns))
    ]


def _draw(
    columns: Sequence[Column],
    rows: Mapping[int, Sequence[str | Bar]],
    count: int,
    fold: str,
    selected: int | None,
    largest: Sequence[float],
) -> None:
    drawn: list[str] = []
    following = 0
    for n in sorted(rows):
        drawn += _fold(n - following, fold, len(columns))
        following = n + 1
        cells = "".join(
            _cell(value, column, top) for value, column, top in zip(rows[n], columns, largest, strict=True)
        )
        drawn.append(f"<tr{' class=sel' if n == selected else ''}>{cells}</tr>")
    drawn += _fold(count - following, fold, len(columns))
    head = [(column.name, column.kind.replace("mute", "").replace("strong", "")) for column in columns]
    show(table(head, drawn))


def kept_rows(count: int, first: int, last: int, around: int | None = None) -> set[int]:
    """Places of the first and last rows, and of the open one with its neighbours."""
    kept = set(range(first)) | set(range(count - last, count))
    if around is not None:
        kept |= {around - 1, around, around + 1}
    return {n for n in kept if 0 <= n < count}


def _fold(count: int, words: str, columns: int) -> list[str]:
    if not count:
        return []
    return [
        f'<tr class="fold"><td colspan="{columns}">· · ·&emsp;{text(words.format(count=integer(count)))}&emsp;· · ·</td></tr>'
    ]


def _cell(value: str | Bar, column: Column, largest: float) -> str:
    if isinstance(value, str):
        return cell(text(value), column.kind)
    width = position(value.value, 0, largest or 1) * 0.7
    bar = f'<span class="track"><i class="{value.mood}" style="width:{width}%"></i><b>{text(value.words)}</b></span>'
    return f'<td class="{column.kind}" style="width:26%">{bar}</td>'
