"""Overview: how are we doing this period, what changed, what needs a decision?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.board.door import Serving, answer, ask, ask_within, rows
from dashboard.board.figures import (
    Figure,
    Value,
    figure,
    lines_by,
    monthly,
    one_value,
    trend_months,
    value_of,
    values_of,
)
from dashboard.board.surveys import begun
from dashboard.board.thresholds import is_settled
from dashboard.board.units import publications, quarter_of, ranking
from dashboard.formats import is_missing
from pipelines.periods import Period
from pipelines.relief import counts_checkins

HEADLINES = ("tasks_published", "claims", "in_time_rate", "wish_fulfilled_rate", "checkin_valid_rate")
FLOWS = ("claims", "verifications", "tasks_published")
AREA_RATE = "wish_fulfilled_rate"


@dataclass(frozen=True)
class Flow:
    """Counts per finished month, and the same days of the running month against the month before."""

    months: list[Period]
    counts: dict[str, tuple[float, ...]]
    running: Period | None
    days: int
    running_claims: Value
    previous_claims: Value


@dataclass(frozen=True)
class AreaRates:
    """The watched rate of the subdistricts of an area: code → a value for each month, NaN without a base; code → name.

    `in_period`: their rates in the whole period. Of the whole district its line `district` and its rate in the period
    `whole`; whether the last month is `settled`.
    """

    lines: Mapping[str, Sequence[float]]
    names: Mapping[str, str]
    months: Sequence[Period]
    in_period: Mapping[str, float]
    district: tuple[float | None, ...]
    whole: float | None
    settled: bool


@dataclass(frozen=True)
class Pending:
    """What waits: old wishes by subdistrict, overdue tasks, findings by check."""

    wishes: pd.DataFrame
    overdue: Value
    findings: pd.DataFrame


@answer
def headline_figures(serving: Serving, period: Period, area: str | None) -> list[Figure]:
    """The headline numbers of the strip, without the survey; relief hides check-ins."""
    shown = [name for name in HEADLINES if not (serving.district.burden_relief and counts_checkins(name))]
    return [figure(serving, name, period, area) for name in shown]


@answer
def verified(serving: Serving, period: Period, area: str | None) -> Value:
    """Verifications of the period, of whichever claims; of a running one up to data until."""
    return one_value(serving, "verifications", period, area)


@answer
def latest_safety(serving: Serving, period: Period, area: str | None) -> list[Value]:
    """Waves of the safety survey up to the period's end that have a value, oldest first."""
    found = _safety(serving, area)
    waves = (found.get(wave) for wave in begun(serving, period.end))
    return [value for value in waves if value is not None and value.value is not None]


@answer
def _safety(serving: Serving, area: str | None) -> dict[str, Value]:
    """Wave → the safety rate."""
    frame = ask(serving.root, serving.version, "safety_rate", "wave", area=area)
    return dict(zip(frame["period"].tolist(), values_of(frame), strict=True))


@answer
def flow(serving: Serving, period: Period, area: str | None) -> Flow:
    """Claims, verifications and published tasks by month."""
    months = trend_months(serving, period)
    counts = {name: tuple(value or 0.0 for value in monthly(serving, name, months, area)) for name in FLOWS}
    current = Period.containing("month", serving.last_day)
    running = current if current.is_running(serving.last_day) and current.previous() == months[-1] else None
    days = current.days_elapsed(serving.last_day)
    return Flow(
        months,
        counts,
        running,
        days,
        one_value(serving, "claims", current, area, days) if running else Value(),
        one_value(serving, "claims", current.previous(), area, days) if running else Value(),
    )


@answer
def rate_by_subdistrict(serving: Serving, period: Period, area: str | None) -> AreaRates:
    """The watched rate of each subdistrict of an area by month."""
    months = trend_months(serving, period)
    lines, names = lines_by(serving, AREA_RATE, months, "subdistrict", area)
    rates = ask_within(serving, AREA_RATE, period, "subdistrict")
    return AreaRates(
        lines,
        names,
        months,
        dict(zip(rates["subdistrict"].tolist(), rates["value"].tolist(), strict=True)),
        monthly(serving, AREA_RATE, months, None),
        one_value(serving, AREA_RATE, period, None).value,
        is_settled(AREA_RATE, months[-1], serving.last_day),
    )


def old_wishes(serving: Serving, area: str | None) -> pd.DataFrame:
    """Wishes of an area open for 30 days or longer at data until, by subdistrict, most first."""
    return rows(
        serving.root,
        serving.version,
        "SELECT a.name, CAST(sum(w.still_open) AS INTEGER) AS wishes FROM marts.wishes AS w "
        "JOIN facts.area_paths AS p ON p.area_no = w.community_no AND p.level = 'subdistrict' "
        "JOIN facts.areas AS a ON a.area_no = p.ancestor_no "
        "WHERE w.grain = 'month' AND w.dimension = 'age' AND w.code IN ('30-89', '90-179', '180+') "
        "AND (CAST(? AS VARCHAR) IS NULL OR w.community_no IN (SELECT i.area_no FROM facts.area_paths AS i "
        "JOIN facts.areas AS o ON o.area_no = i.ancestor_no WHERE o.area_code = ?)) "
        "GROUP BY a.name HAVING sum(w.still_open) > 0 ORDER BY wishes DESC, a.name",
        (area, area),
    )


def findings_by_check(serving: Serving) -> pd.DataFrame:
    """How many warnings each check has, most first."""
    return rows(
        serving.root,
        serving.version,
        'SELECT "check" AS finding, count(*) AS findings FROM meta.findings '
        "WHERE severity = 'warning' GROUP BY 1 ORDER BY 2 DESC, 1",
    )


def overdue_tasks(serving: Serving, area: str | None) -> Value:
    """Tasks past their due time and still open at data until."""
    return value_of(ask(serving.root, serving.version, "tasks_overdue", "all", area=area))


@answer
def pending(serving: Serving, area: str | None) -> Pending:
    """Old wishes, overdue tasks and findings of the whole version."""
    return Pending(old_wishes(serving, area), overdue_tasks(serving, area), findings_by_check(serving))


def tiers_by_quarter(
    serving: Serving, period: Period, quarters: int = 4
) -> list[tuple[Period, dict[str, int]]]:
    """Units per tier in the quarters up to the period's, latest first; quarters without score lines are left out.

    What was published is looked up at every rerun: it may change while the version that serves does not.
    """
    published, quarter, found = publications(serving), quarter_of(period, serving), []
    for _step in range(quarters):
        if quarter.end >= serving.first_day:
            counts = _tiers(serving, quarter, published)
            if counts:
                found.append((quarter, counts))
        quarter = quarter.previous()
    return found


@answer
def _tiers(serving: Serving, quarter: Period, _published: tuple[tuple[str, str], ...]) -> dict[str, int]:
    """Tier → units in it."""
    tiers = ranking(serving, quarter)["tier"].tolist()
    return dict(Counter(tier for tier in tiers if tier and not is_missing(tier)))
