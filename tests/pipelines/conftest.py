"""Fixtures that several modules share."""

from collections.abc import Iterator

import duckdb
import pytest

from tests.pipelines.staged_district import transformed
from tests.pipelines.tiny_records import DATA_UNTIL, DISTRICT, RECORDS


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The version made of tiny_records; the tests of a module share it and only read."""
    with transformed(tmp_path_factory.mktemp("tiny"), RECORDS, DATA_UNTIL, DISTRICT) as con:
        yield con
