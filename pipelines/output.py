"""What the commands print: sentences, tables for people, CSV and JSON for programs.

Most commands say a sentence; what draws tables and progress is imported where it is drawn.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.opening import Progress as ReportProgress

# So many rows of a long table are shown to people; --csv gives all.
_SHOWN = 200


def say(sentence: str, *, error: bool = False) -> None:
    """One sentence; errors go to stderr."""
    print(sentence, file=sys.stderr if error else sys.stdout)


def print_json(value: Mapping[str, Any]) -> None:
    """One JSON object on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def print_table(table: "pd.DataFrame", *, as_csv: bool = False) -> None:
    """A frame as CSV, nothing rounded; or for people, the first rows and how many there are."""
    import pandas as pd
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

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
    import pandas as pd

    if isinstance(value, list):
        return "、".join(str(part) for part in value)
    return "" if pd.isna(value) else str(value)


def _plain(table: "pd.DataFrame") -> "pd.DataFrame":
    """Truth values as true and false, as every other output writes them."""
    import pandas as pd

    truths = [name for name in table.columns if pd.api.types.is_bool_dtype(table[name])]
    return table.assign(**{name: table[name].map({True: "true", False: "false"}) for name in truths})


@contextmanager
def progress_bar() -> Iterator["ReportProgress"]:
    """A progress line on stderr, on a terminal only."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("准备", total=None)

        def report(step: str, done: int, total: int) -> None:
            bar.update(task, description=step, completed=done, total=total if total > 1 else None)

        yield report
