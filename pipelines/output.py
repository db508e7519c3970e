"""What the commands print: sentences, JSON for programs, how far a build is."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipelines.opening import Progress as ReportProgress


def say(sentence: str, *, error: bool = False) -> None:
    """One sentence; errors go to stderr."""
    print(sentence, file=sys.stderr if error else sys.stdout)


def print_json(value: Mapping[str, Any]) -> None:
    """One JSON object on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


@contextmanager
def progress_bar() -> Iterator["ReportProgress"]:
    """A progress line on stderr, on a terminal only; what draws it is imported by whoever builds."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("准备", total=None)

        def report(step: str, done: int, total: int) -> None:
            bar.update(task, description=step, completed=done, total=total if total > 1 else None)

        yield report
