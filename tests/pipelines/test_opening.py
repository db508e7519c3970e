"""The settings of a loading connection."""

from pathlib import Path

import duckdb
import pytest

from pipelines.opening import configure

MOST_GIGABYTES = {0: 0.7, 160_000_000: 0.7, 1_000_000_000: 1.0, 50_000_000_000: 1.3}


@pytest.mark.parametrize("size", MOST_GIGABYTES)
def test_memory_follows_the_size_of_the_files_within_bounds(tmp_path: Path, size: int) -> None:
    with duckdb.connect() as con:
        configure(con, tmp_path, size)
        number, unit = con.execute("SELECT current_setting('memory_limit')").fetchall()[0][0].split()
    held = float(number) * {"MiB": 2**20, "GiB": 2**30}[unit]
    assert held / 1e9 == pytest.approx(MOST_GIGABYTES[size], rel=0.05)
