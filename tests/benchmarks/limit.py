"""The limit: DuckDB reads the same files, every column as text, into memory. No build can do less."""

from pathlib import Path
from typing import Any

from tests.benchmarks.children import timed

# The first reading of a process also pays for its memory, so the limit is the better of these.
READINGS = 2


def prepare(inbox: str, copies: str) -> dict[str, Any]:
    """The statements that read an inbox, one per export and layout, and the number of records in it.

    What DuckDB cannot read as it lies (GB18030, quotes that do not close, rows of too many cells) is written to
    `copies` beforehand, at nobody's cost.
    """
    from pipelines.opening import open_inbox
    from pipelines.source_file import open_source

    folder = Path(copies)
    folder.mkdir()
    sources = [open_source(file, folder) for file in open_inbox([Path(inbox)]).files]
    layouts: dict[tuple[object, ...], list[Any]] = {}
    for source in sources:
        layouts.setdefault((source.export.name, source.layout), []).append(source)
    statements = [_statement(number, files) for number, files in enumerate(layouts.values())]
    return {"statements": statements, "records": sum(source.readable for source in sources)}


def _statement(number: int, files: list[Any]) -> str:
    first = files[0]
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(first.header.grammar.columns))
    paths = ", ".join(f"'{file.path}'" for file in files)
    return (
        f"CREATE TABLE t{number} AS FROM read_csv([{paths}], columns = {{{columns}}}, auto_detect = false, "
        f"header = false, skip = {first.skip}, delim = '{first.header.grammar.delimiter}', quote = '\"', escape = '\"')"
    )


def read(statements: list[str], records: int) -> dict[str, Any]:
    """Read everything into memory with default threads and settings; the better of two readings."""
    import duckdb

    best: dict[str, Any] = {}
    for _reading in range(READINGS):
        with duckdb.connect() as con, timed() as clock:
            found = sum(con.execute(statement).fetchall()[0][0] for statement in statements)
        if found != records:
            raise ValueError(f"the limit read {found} records of {records}")
        if not best or clock.wall < best["wall"]:
            best = {"wall": clock.wall, "cpu": clock.cpu}
    return best
