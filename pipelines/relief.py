"""Burden relief 减负模式: a district that sets it sees no check-in counts and no ranking of persons by their points."""

import duckdb

from pipelines.district import District
from pipelines.faults import HiddenInRelief


def counts_checkins(metric: str) -> bool:
    """Whether a metric of this name counts check-ins, or rests on counting them."""
    return "checkin" in metric


def refuse_in_relief(con: duckdb.DuckDBPyConnection, what: str) -> None:
    """Raises HiddenInRelief when the settings of the version ask for burden relief; `what` is named in Chinese."""
    (settings,) = con.execute("SELECT district_json FROM meta.settings").fetchall()
    if District.from_json(settings[0]).burden_relief:
        raise HiddenInRelief(what)
