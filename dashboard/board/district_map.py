"""Map: where? any metric of the catalogue on community polygons, and one community's card."""

from dataclasses import dataclass

import pandas as pd

from dashboard.board.areas import subdistricts_and_communities
from dashboard.board.door import Serving, answer, ask, metrics
from dashboard.board.figures import Value, monthly, trend_months, value_of
from pipelines.metrics import Metric
from pipelines.periods import Period

DEFAULT_METRIC = "in_time_rate"
CARD_METRICS = ("stewards", "in_time_rate", "task_claim_rate", "checkin_valid_rate", "stations")
FEWEST = 12


@dataclass(frozen=True)
class AreaLine:
    """A community's and the district's values by month."""

    months: list[Period]
    own: tuple[float | None, ...]
    district: tuple[float | None, ...]


def mappable_metrics() -> dict[str, Metric]:
    """Metrics that can be asked by community, surveys aside (their waves are no periods)."""
    return {
        name: metric
        for name, metric in metrics().items()
        if "community" in metric.dimensions and metric.kind != "survey" and "quarter" in metric.grains
    }


@answer
def values_by_community(serving: Serving, metric: str, period: Period) -> pd.DataFrame:
    """Every community with its value, numerator, denominator (None without base), name, subdistrict and point."""
    places = subdistricts_and_communities(serving)
    values = ask(serving.root, serving.version, metric, period.grain, period.key, "community")
    values = values[["community", "value", "numerator", "denominator"]].rename(
        columns={"community": "area_code"}
    )
    return places[places["level"] == "community"].merge(values, on="area_code", how="left")


@answer
def district_value(serving: Serving, metric: str, period: Period) -> Value:
    """The same metric over the whole district."""
    return value_of(ask(serving.root, serving.version, metric, period.grain, period.key))


@answer
def card_values(serving: Serving, period: Period) -> dict[str, tuple[Metric, pd.DataFrame, Value]]:
    """The metrics of a community's card: every community's value, and the district's."""
    return {
        name: (
            metrics()[name],
            values_by_community(serving, name, period),
            district_value(serving, name, period),
        )
        for name in CARD_METRICS
    }


@answer
def area_line(serving: Serving, metric: str, period: Period, area: str) -> AreaLine:
    """The community's line behind its card."""
    months = trend_months(serving, period)
    return AreaLine(months, monthly(serving, metric, months, area), monthly(serving, metric, months, None))
