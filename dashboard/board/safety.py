"""Safety: how long since the last petition, accident and case, how many by month, where?"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from dashboard.board.area_tree import inside, places_of, within
from dashboard.board.door import Serving, answer, ask, fetched, rows, tree_of
from dashboard.board.figures import Figure, Value, by_dimension, figure, monthly_by, trend_months
from dashboard.formats import is_missing, number
from dashboard.table_rows import Row
from pipelines.periods import Period, like_for_like
from pipelines.ranking import competition_ranks

METRIC = "incidents"
KINDS = ("信访", "安全事故", "治安案件")
TIMELINE_MONTHS = 24
MOST_LISTED = 20_000
_COLUMNS = dict(zip(("petitions", "accidents", "cases"), KINDS, strict=True))


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
    last_on = _last_days(serving, area)
    earlier_ones = (period.previous(), period.year_earlier())
    spans = [like_for_like(period, one, serving.last_day) for one in earlier_ones]
    counts = [_counts(serving, one, area) for one in (spans[0][0], spans[0][1], spans[1][1])]
    comparable = [serving.first_day <= one.start for one in earlier_ones]
    found = []
    for kind in KINDS:
        last = last_on.get(kind)
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
def _last_days(serving: Serving, area: str | None) -> dict[str, date]:
    found = fetched(serving, _LAST_DAYS.format(inside=inside(serving, area)))
    return {row["kind"]: row["last_on"] for row in found}


@answer
def _counts(serving: Serving, period: Period, area: str | None) -> dict[str, int]:
    return dict(Counter(row["kind"] for row in _of_period(serving, period, area)))


@answer
def _every(serving: Serving, area: str | None) -> list[Row]:
    """All incidents of an area that have a day, newest first: a few a month, so a period is looked up in them."""
    found = fetched(serving, _LIST.format(inside=inside(serving, area)), [serving.data_until])
    return [row for row in found if row["occurred_on"] is not None]


def _of_period(serving: Serving, period: Period, area: str | None) -> list[Row]:
    return [row for row in _every(serving, area) if period.start <= row["occurred_on"] <= period.end]


@answer
def timeline(serving: Serving, area: str | None) -> Timeline:
    """Every incident of the last two years up to data until."""
    month = Period.containing("month", serving.last_day)
    while month.start > serving.first_day and _months(month.start, serving.last_day) < TIMELINE_MONTHS:
        month = month.previous()
    days: dict[str, list[date]] = {kind: [] for kind in KINDS}
    for row in reversed(_every(serving, area)):
        if row["occurred_on"] >= month.start and row["kind"] in days:
            days[row["kind"]].append(row["occurred_on"])
    return Timeline(month.start, serving.last_day, days)


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


@answer
def month_counts(
    serving: Serving, period: Period, area: str | None
) -> tuple[list[Period], dict[str, list[float]]]:
    """The last twelve finished months, and kind → incidents of each of them."""
    months = trend_months(serving, period)
    frame = ask(serving.root, serving.version, METRIC, "month", by="kind", area=area)
    columns = (frame[name].tolist() for name in ("kind", "period", "value"))
    known = {(kind, month): number(value) or 0.0 for kind, month, value in zip(*columns, strict=True)}
    return months, {kind: [known.get((kind, month.key), 0.0) for month in months] for kind in KINDS}


def by_month(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """The same as a table: months in rows, kinds in columns."""
    wide = monthly_by(serving, METRIC, trend_months(serving, period), "kind", area)
    return wide.reindex(columns=list(KINDS)).fillna(0)


@answer
def subdistricts(serving: Serving, period: Period) -> list[Row]:
    """Every subdistrict, most incidents first: each kind, total, communities, rank (fewest first) and tied."""
    places = tree_of(serving.root, serving.version)
    found = [
        (places.above.get("subdistrict", {}).get(row["community_no"]), row["kind"])
        for row in _of_period(serving, period, None)
    ]
    kinds, whole = Counter(found), Counter(place for place, _kind in found)
    shown: list[Row] = [
        {
            "subdistrict": area.code,
            "subdistrict_name": area.name,
            "communities": sum(
                places.areas[inner].level == "community" for inner in places.within.get(place, [])
            ),
            **{column: kinds[place, kind] for column, kind in _COLUMNS.items()},
            "incidents": whole[place],
        }
        for place, area in places.areas.items()
        if area.level == "subdistrict"
    ]
    shown.sort(key=lambda row: (-row["incidents"], row["subdistrict"]))
    ranks = competition_ranks([-row["incidents"] for row in shown])
    return [
        row | {"rank": one.rank if one else None, "tied": bool(one and one.tied)}
        for row, one in zip(shown, ranks, strict=True)
    ]


def by_area(serving: Serving, period: Period) -> pd.DataFrame:
    """The same as a table."""
    names = ["subdistrict", "subdistrict_name", "communities", *_COLUMNS, "incidents", "rank", "tied"]
    frame = pd.DataFrame(subdistricts(serving, period), columns=names)
    return frame.astype({"rank": "Int64", "tied": bool})


@answer
def calm_communities(serving: Serving, period: Period, area: str | None) -> Value:
    """Communities without any incident in the period."""
    frame = by_dimension(serving, METRIC, period, "community", area)
    communities = _communities(serving, area)
    calm = communities - sum(value > 0 for value in frame["value"].tolist())
    return Value(calm / communities, calm, communities) if communities else Value()


def _communities(serving: Serving, area: str | None) -> int:
    areas = tree_of(serving.root, serving.version).areas
    numbers = areas if area is None else within(serving, area)
    return sum(areas[place].level == "community" for place in numbers)


def listed(serving: Serving, period: Period, area: str | None) -> list[Row]:
    """The incidents of the period, newest first, with place, days to close or days open."""
    found = _of_period(serving, period, area)[:MOST_LISTED]
    known = places_of(serving, (row["community_no"] for row in found))
    named = [(row, known[row["community_no"]]) for row in found]
    return [row | {"community": place.name, "subdistrict": place.subdistrict} for row, place in named]


def listed_to_download(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """The same as a table, with community and subdistrict (names)."""
    statement = _LIST.format(inside=inside(serving, area))
    every = rows(serving.root, serving.version, statement, (serving.data_until,))
    days = every["occurred_on"].to_numpy("datetime64[D]")
    within_period = (days >= np.datetime64(period.start)) & (days <= np.datetime64(period.end))
    shown = every[within_period].head(MOST_LISTED).reset_index(drop=True)
    numbers = [None if is_missing(place) else int(place) for place in shown["community_no"].tolist()]
    known = places_of(serving, numbers)
    return shown.assign(
        community=pd.Series([known[number].name for number in numbers], dtype=object),
        subdistrict=pd.Series([known[number].subdistrict for number in numbers], dtype=object),
    )


_LAST_DAYS = """
SELECT code AS kind, max(last_on) AS last_on
FROM marts.incidents
WHERE grain = 'month' AND dimension = 'kind' AND {inside}
GROUP BY code
"""

_LIST = """
SELECT
    incident_id, kind, community_no, occurred_on, closed_on,
    date_diff('day', occurred_on, coalesce(closed_on, CAST(CAST(? AS TIMESTAMP) AS DATE))) AS days
FROM facts.incidents
WHERE {inside}
ORDER BY occurred_on DESC, incident_id
"""
