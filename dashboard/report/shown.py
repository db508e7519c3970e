"""How a cell of an annex table is written, the same in every file of the pack and in the check of numerals."""

from functools import lru_cache

from dashboard import formats
from dashboard.report.model import Cell, Kind, Table

# Tables of the reports that are being read: the check of numerals and the screen write the same cells.
KEPT_TABLES = 48
# Counts and shares of one decimal come again from row to row and from month to month.
_REMEMBERED = 8192


def shown(cell: Cell, kind: Kind) -> str:
    """A cell as readers see it: 33,180, 90.0%, +6.8%, −2.4, — for None; a text, empty or not, as it is."""
    if cell is None:
        return formats.NOTHING
    return cell if isinstance(cell, str) else _number(cell, kind)


@lru_cache(_REMEMBERED)
def _number(cell: float, kind: Kind) -> str:
    if kind == "percent":
        return formats.percent(cell)
    if kind == "change":
        return f"{formats.signed(cell * 100)}%"
    if kind == "points":
        return formats.signed(cell * 100)
    return formats.integer(cell) if kind == "integer" else formats.decimal(cell)


@lru_cache(KEPT_TABLES)
def shown_rows(table: Table) -> list[tuple[str, ...]]:
    """All rows of a table as they are written."""
    kinds = [column.kind for column in table.columns]
    return [tuple(shown(cell, kind) for cell, kind in zip(row, kinds, strict=True)) for row in table.rows]
