"""The full-size sample, read once for all its golden tests."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.pipelines.sample.exports_by_hand import read_exports


@pytest.fixture(scope="session")
def district(full_sample: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The clean rows of the sample at scale 1.0, one table per export."""
    with read_exports(full_sample) as con:
        yield con


@pytest.fixture
def rows(district: duckdb.DuckDBPyConnection) -> Callable[[str], list[tuple[Any, ...]]]:
    """The rows that a query gives."""
    return lambda sql: district.execute(sql).fetchall()


@pytest.fixture
def one(district: duckdb.DuckDBPyConnection) -> Callable[[str], Any]:
    """The one value that a query gives."""
    return lambda sql: district.execute(sql).fetchall()[0][0]
