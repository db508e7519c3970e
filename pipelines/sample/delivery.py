"""What an office hands over each month: the new records as they stand, and the older ones that changed since."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

# Columns that come with a later event of the record.
_TOLD_WITH = {"verified_at": ("verifier_id", "verdict", "stars"), "adopted_at": ("adopter_id",)}


class Delivery:
    """Keeps the records that will change after the month in which they were handed over first."""

    def __init__(self) -> None:
        self._changing: dict[str, pa.Table] = {}

    def of_month(self, export: str, new: pa.Table, before: np.datetime64, until: np.datetime64) -> pa.Table:
        """The rows of an export for the time after `before` up to `until` (both last seconds of a day).

        `new` holds the records that came up in it, with all that will ever happen to them; nothing
        later than `until` is told.
        """
        older = self._changing.get(export)
        known = new if older is None else pa.concat_tables([older, new])
        changed = np.ones(known.num_rows, dtype=np.bool_)
        if older is not None:
            changed[: older.num_rows] = _any_event(older, before, until)
        self._changing[export] = known.filter(pa.array(_any_event(known, until, None)))
        return _as_of(known.filter(pa.array(changed)), until)


def _any_event(table: pa.Table, after: np.datetime64, until: np.datetime64 | None) -> NDArray[np.bool_]:
    """Rows with an event later than `after`, and not later than `until`."""
    found = np.zeros(table.num_rows, dtype=np.bool_)
    for name in _dated(table):
        moments = table[name].to_numpy().astype("datetime64[s]")
        found |= (moments > after) & ((moments <= until) if until is not None else True)
    return found


def _as_of(table: pa.Table, until: np.datetime64) -> pa.Table:
    """The table as it stood at a moment: later events and what comes with them are not there yet."""
    for name in _dated(table):
        later = pa.array(table[name].to_numpy().astype("datetime64[s]") > until)
        if not pc.any(later).as_py():
            continue
        for column in (name, *_TOLD_WITH.get(name, ())):
            values = table[column].combine_chunks()
            emptied = pc.if_else(later, pa.scalar(None, values.type), values)
            table = table.set_column(table.column_names.index(column), column, emptied)
    return table


def _dated(table: pa.Table) -> list[str]:
    return [field.name for field in table.schema if pa.types.is_temporal(field.type)]
