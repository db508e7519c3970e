"""Tables that the commands print: drawn for people, CSV for programs."""

import sys
from collections.abc import Sequence
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.output import say

# So many rows of a long table are shown to people; --csv gives all.
_SHOWN = 200


def print_table(rows: pd.DataFrame | Sequence[Any], *, as_csv: bool = False) -> None:
    """A frame, or rows by column, as CSV, nothing rounded; or for people, the first ones and how many there are."""
    table = pd.DataFrame(rows)
    if as_csv:
        _plain(table).to_csv(sys.stdout, index=False, lineterminator="\n")
        return
    drawn = Table(box=None, header_style="bold", pad_edge=False)
    for name in table.columns:
        numeric = pd.api.types.is_numeric_dtype(table[name]) and not pd.api.types.is_bool_dtype(table[name])
        drawn.add_column(str(name), justify="right" if numeric else "left", overflow="fold")
    for row in _plain(table.head(_SHOWN)).itertuples(index=False):
        drawn.add_row(*(Text(_shown(value)) for value in row))
    console = Console()
    # A pipe has no width: nothing may be cut off there.
    console.width = console.width if console.is_terminal else 400
    console.print(drawn)
    if len(table) > _SHOWN:
        say(f"共 {len(table):,} 行，这里显示前 {_SHOWN} 行；--csv 输出全部。")


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(str(part) for part in value)
    return "" if pd.isna(value) else str(value)


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Truth values as true and false, as every other output writes them."""
    truths = [name for name in table.columns if pd.api.types.is_bool_dtype(table[name])]
    return table.assign(**{name: table[name].map({True: "true", False: "false"}) for name in truths})
