"""A month of the ledger that was handed over wrong, and its corrected re-export with a column 作废."""

import numpy as np
import pyarrow as pa

from pipelines.sample.columns import codes, texts, whole

_TOO_HIGH, _TWICE = 40, 12


def with_mistakes(rng: np.random.Generator, ledger: pa.Table) -> tuple[pa.Table, pa.Table]:
    """The ledger as handed over first, and as corrected: some points ten times too high, some entries twice."""
    size = ledger.num_rows
    points = ledger["points"].to_numpy().copy()
    low = np.flatnonzero((points > 0) & (points <= 60))
    slips = rng.choice(low, min(_TOO_HIGH, len(low)), replace=False)
    points[slips] *= 10
    at = ledger.column_names.index("points")
    wrong = ledger.set_column(at, "points", whole(points))
    again = np.sort(rng.choice(size, min(_TWICE, size), replace=False))
    last = int(ledger["entry_id"][size - 1].as_py()[1:])
    twice = ledger.take(pa.array(again)).set_column(
        0, "entry_id", codes("P", last + 1 + np.arange(len(again)))
    )
    both = pa.concat_tables([ledger, twice]).combine_chunks()
    void = texts(["否", "是"], (np.arange(both.num_rows) >= size).astype(np.int64))
    return pa.concat_tables([wrong, twice]), both.append_column("voided", void)
