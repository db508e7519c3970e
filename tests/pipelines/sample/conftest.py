"""The full-size sample, written and read once for all its golden tests."""

from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pytest

from pipelines.sample import write_sample
from tests.pipelines.sample.exports_by_hand import read_exports


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The clean rows of the sample at scale 1.0, one table per export."""
    folder = tmp_path_factory.mktemp("golden") / "exports"
    write_sample(folder)
    with read_exports(folder) as con:
        yield con


@pytest.fixture
def rows(district: duckdb.DuckDBPyConnection) -> Callable[[str], list[tuple[Any, ...]]]:
    """The rows that a query gives."""
    return lambda sql: district.execute(sql).fetchall()


@pytest.fixture
def one(district: duckdb.DuckDBPyConnection) -> Callable[[str], Any]:
    """The one value that a query gives."""
    return lambda sql: district.execute(sql).fetchall()[0][0]
