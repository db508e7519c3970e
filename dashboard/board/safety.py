"""Safety: how long since the last petition, accident and case, how many by month, where?"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from dashboard.board.area_tree import inside
from dashboard.board.door import Serving, answer, rows
from dashboard.board.figures import Figure, Value, by_dimension, figure, monthly_by, trend_months
from pipelines.periods import Period, like_for_like
from pipelines.ranking import competition_ranks

METRIC = "incidents"
KINDS = ("信访", "安全事故", "治安案件")
TIMELINE_MONTHS = 24
MOST_LISTED = 20_000


@dataclass(frozen=True)
class Zero:
    """One of the three zeros: its last day (None: never), and its count in the period, before and a year earlier."""

    kind: str
    last_on: date | None
    days: int | None
    now: float
    previous: float | None
    year_earlier: float | None


@dataclass(frozen=True)
class Timeline:
    """The days of every incident by kind, from the first day shown to data until."""

    first: date
    last: date
    days: dict[str, list[date]]


def are_delivered(serving: Serving) -> bool:
    """Whether an export of incidents came in; without incidents in it the district is calm."""
    found = rows(
        serving.root, serving.version, "SELECT count(*) AS n FROM meta.files WHERE export = 'incidents'"
    )
    return bool(found["n"].iloc[0])


def total(serving: Serving, period: Period, area: str | None) -> Figure:
    """All incidents of the period with 环比 and 同比."""
    return figure(serving, METRIC, period, area)


@answer
def zeros(serving: Serving, period: Period, area: str | None) -> list[Zero]:
    """The three zeros in fixed order. Days count from the last one to data until, whatever the period."""
    last_days = rows(serving.root, serving.version, _LAST_DAYS.format(inside=inside(serving, area)))
    last_on = dict(zip(last_days["kind"], last_days["last_on"], strict=True))
    earlier_ones = (period.previous(), period.year_earlier())
    spans = [like_for_like(period, one, serving.last_day) for one in earlier_ones]
    counts = [_counts(serving, one, area) for one in (spans[0][0], spans[0][1], spans[1][1])]
    comparable = [serving.first_day <= one.start for one in earlier_ones]
    found = []
    for kind in KINDS:
        last = last_on[kind].date() if kind in last_on else None
        now, previous, earlier = (float(count.get(kind, 0)) for count in counts)
        found.append(
            Zero(
                kind,
                last,
                (serving.last_day - last).days if last else None,
                now,
                previous if comparable[0] else None,
                earlier if comparable[1] else None,
            )
        )
    return found


@answer
def _counts(serving: Serving, period: Period, area: str | None) -> dict[str, int]:
    return dict(Counter(_in_period(_every(serving, area), period)["kind"]))


def _every(serving: Serving, area: str | None) -> pd.DataFrame:
    """All incidents of an area with place and days, newest first: a few a month, so a period is looked up in them."""
    return rows(serving.root, serving.version, _LIST.format(inside=inside(serving, area, "i.community_no")))


def _in_period(incidents: pd.DataFrame, period: Period) -> pd.DataFrame:
    days = incidents["occurred_on"].to_numpy("datetime64[D]")
    return incidents[(days >= np.datetime64(period.start)) & (days <= np.datetime64(period.end))]


@answer
def timeline(serving: Serving, area: str | None) -> Timeline:
    """Every incident of the last two years up to data until."""
    month = Period.containing("month", serving.last_day)
    while month.start > serving.first_day and _months(month.start, serving.last_day) < TIMELINE_MONTHS:
        month = month.previous()
    frame = _every(serving, area).iloc[::-1]
    frame = frame[frame["occurred_on"] >= pd.Timestamp(month.start)]
    days = {kind: [day.date() for day in frame.loc[frame["kind"] == kind, "occurred_on"]] for kind in KINDS}
    return Timeline(month.start, serving.last_day, days)


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


@answer
def by_month(serving: Serving, period: Period, area: str | None) -> tuple[list[Period], pd.DataFrame]:
    """The last twelve finished months, and incidents per month (rows) and kind (columns)."""
    months = trend_months(serving, period)
    wide = monthly_by(serving, METRIC, months, "kind", area)
    return months, wide.reindex(columns=list(KINDS)).fillna(0)


@answer
def by_area(serving: Serving, period: Period) -> pd.DataFrame:
    """Every subdistrict, most incidents first: each kind, total, communities, rank (fewest first) and tied."""
    found = _in_period(_every(serving, None), period)
    kinds = Counter(zip(found["subdistrict_code"], found["kind"], strict=True))
    whole = Counter(found["subdistrict_code"])
    frame = rows(serving.root, serving.version, _SUBDISTRICTS)
    codes = frame["subdistrict"].tolist()
    columns = dict(zip(("petitions", "accidents", "cases"), KINDS, strict=True))
    frame = frame.assign(
        **{name: [kinds[code, kind] for code in codes] for name, kind in columns.items()},
        incidents=[whole[code] for code in codes],
    ).sort_values("incidents", ascending=False, kind="stable", ignore_index=True)
    ranks = competition_ranks([-int(incidents) for incidents in frame["incidents"]])
    return frame.assign(
        rank=pd.array([one.rank if one else None for one in ranks], dtype="Int64"),
        tied=[bool(one and one.tied) for one in ranks],
    )


@answer
def calm_communities(serving: Serving, period: Period, area: str | None) -> Value:
    """Communities without any incident in the period."""
    frame = by_dimension(serving, METRIC, period, "community", area)
    whole = rows(serving.root, serving.version, _COMMUNITIES.format(inside=inside(serving, area, "area_no")))
    communities = int(whole["n"].iloc[0])
    calm = communities - len(frame[frame["value"] > 0])
    return Value(calm / communities, calm, communities) if communities else Value()


def listed(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """The incidents of the period, newest first, with place, days to close or days open."""
    return _in_period(_every(serving, area), period).head(MOST_LISTED).reset_index(drop=True)


_LAST_DAYS = """
SELECT code AS kind, max(last_on) AS last_on
FROM marts.incidents
WHERE grain = 'month' AND dimension = 'kind' AND {inside}
GROUP BY code
"""

_SUBDISTRICTS = """
SELECT
    a.area_code AS subdistrict, a.name AS subdistrict_name,
    count(CASE WHEN c.level = 'community' THEN 1 END) AS communities
FROM facts.areas AS a
JOIN facts.area_paths AS p ON p.ancestor_no = a.area_no
JOIN facts.areas AS c ON c.area_no = p.area_no
WHERE a.level = 'subdistrict'
GROUP BY a.area_code, a.name
ORDER BY a.area_code
"""

_COMMUNITIES = "SELECT count(*) AS n FROM facts.areas WHERE level = 'community' AND {inside}"

_LIST = """
SELECT
    i.incident_id, i.kind, c.name AS community, s.name AS subdistrict, i.occurred_on, i.closed_on,
    date_diff('day', i.occurred_on, coalesce(i.closed_on, CAST(r.data_until AS DATE))) AS days,
    s.area_code AS subdistrict_code
FROM facts.incidents AS i
CROSS JOIN meta.rules AS r
LEFT JOIN facts.areas AS c ON c.area_no = i.community_no
LEFT JOIN facts.area_paths AS p ON p.area_no = i.community_no AND p.level = 'subdistrict'
LEFT JOIN facts.areas AS s ON s.area_no = p.ancestor_no
WHERE {inside}
ORDER BY i.occurred_on DESC, i.incident_id
"""
