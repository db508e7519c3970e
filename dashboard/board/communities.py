"""Communities: which leads, who moved, how do subdistricts compare, and what stands behind one community?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.board.area_tree import NOWHERE, number_of, places_by_code
from dashboard.board.district_map import AreaLine, Spread, area_line, district_value, spread
from dashboard.board.door import Serving, answer, ask, connection, fetched
from dashboard.board.figures import Figure, Value, by_dimension, figure
from dashboard.table_rows import Row, rows_of
from pipelines.faults import PeriodWithoutData
from pipelines.metrics import load_dimensions
from pipelines.periods import Grain, Period
from pipelines.ranking_inputs import CommunityTables, community_tables
from pipelines.ranking_tables import communities_ranked

HEADLINES = (
    "stewards",
    "stewards_per_community",
    "points_per_steward",
    "stations",
    "communities_without_station",
    "activities",
)
CARD_METRICS = (
    "points_per_steward",
    "stewards",
    "resident_share",
    "task_claim_rate",
    "in_time_rate",
    "wish_fulfilled_rate",
    "stations",
    "merchants",
    "activities",
)
SCORE = "points_per_steward"
RANKING_COLUMNS = ["rank", "tied", "area_code", "community", "stewards", "points", "score", "previous_rank"]


@dataclass(frozen=True)
class ClassPeople:
    """A class: its stewards at the period's end, and of the year's `base` those who reached their target."""

    steward_number: str
    stewards: int
    reached: int
    base: int


@dataclass(frozen=True)
class Card:
    """What stands behind one community: its line, its metrics among all, its people by class, its sites."""

    line: AreaLine
    values: dict[str, Spread]
    classes: list[ClassPeople]
    sites: dict[str, int]


@answer
def headline_figures(serving: Serving, period: Period, area: str | None) -> list[Figure]:
    """People, points, places and activities."""
    return [figure(serving, name, period, area) for name in HEADLINES]


@answer
def ranking(serving: Serving, period: Period) -> pd.DataFrame:
    """The ranking as `steward rank communities` prints it, with subdistrict_code and subdistrict; ranks of the district."""
    found, known = _ranking(serving, period), places_by_code(serving)
    places = [known.get(code, NOWHERE) for code in found["area_code"].tolist()]
    # Texts of Python's own, also where no community is left.
    return found.assign(
        subdistrict_code=pd.Series([place.subdistrict_code for place in places], found.index, dtype=object),
        subdistrict=pd.Series([place.subdistrict for place in places], found.index, dtype=object),
    )


@answer
def ranking_rows(serving: Serving, period: Period) -> list[Row]:
    """The same, one by one: sentences and pictures look at it again and again."""
    return rows_of(ranking(serving, period))


def _ranking(serving: Serving, period: Period) -> pd.DataFrame:
    try:
        return communities_ranked(_tables(serving, period.grain), period)
    except PeriodWithoutData:
        return pd.DataFrame(columns=RANKING_COLUMNS)


@answer
def _tables(serving: Serving, grain: Grain) -> CommunityTables:
    return community_tables(connection(serving.root, serving.version).cursor(), grain)


def in_area(frame: pd.DataFrame, area: str | None) -> pd.DataFrame:
    """The rows of an area; their ranks stay those of the district."""
    if area is None:
        return frame
    return frame[(frame["area_code"] == area) | (frame["subdistrict_code"] == area)]


def rows_in_area(rows: Sequence[Row], area: str | None) -> Sequence[Row]:
    """The same of rows."""
    if area is None:
        return rows
    return [row for row in rows if area in (row["area_code"], row["subdistrict_code"])]


@answer
def codes(serving: Serving, period: Period, area: str | None) -> list[str]:
    """The communities of an area by their codes, in the order of the ranking."""
    return [str(row["area_code"]) for row in rows_in_area(ranking_rows(serving, period), area)]


@answer
def by_subdistrict(serving: Serving, period: Period) -> pd.DataFrame:
    """subdistrict (code), subdistrict_name, numerator (points), denominator (stewards) and value, best first."""
    frame = by_dimension(serving, SCORE, period, "subdistrict")
    return frame[frame["subdistrict"] != ""].sort_values("value", ascending=False, kind="stable")


@answer
def subdistrict_rows(serving: Serving, period: Period) -> list[Row]:
    """The same, one by one."""
    return rows_of(by_subdistrict(serving, period))


def district(serving: Serving, period: Period) -> Value:
    """Points per steward over the whole district, with points and stewards."""
    return district_value(serving, SCORE, period)


@answer
def without_station(serving: Serving, area: str | None) -> list[str]:
    """Area codes of the communities that have no station at data until."""
    frame = ask(
        serving.root, serving.version, "communities_without_station", "all", by="community", area=area
    )
    return frame.loc[frame["value"] > 0, "community"].tolist()


@answer
def card(serving: Serving, period: Period, community: str) -> Card:
    """The card of one community."""
    return Card(
        area_line(serving, SCORE, period, community),
        card_values(serving, period),
        classes(serving, period, community),
        sites(serving, community),
    )


@answer
def card_values(serving: Serving, period: Period) -> dict[str, Spread]:
    """The metrics of a community's card: every community's value, and the district's."""
    return {name: spread(serving, name, period, "community") for name in CARD_METRICS}


def classes(serving: Serving, period: Period, community: str) -> list[ClassPeople]:
    """Stewards of a community by class at the period's end, and those who reached their target of the year."""
    year = Period.containing("year", min(period.end, serving.last_day))
    of_periods = _classes(serving, period.grain, community)
    of_year = {code: (reached, base) for code, base, reached in of_periods.get(("year", year.start), [])}
    return [
        ClassPeople(code, stewards, *of_year.get(code, (0, 0)))
        for code, stewards, _reached in of_periods.get((period.grain, period.start), [])
    ]


@answer
def _classes(
    serving: Serving, grain: str, community: str
) -> dict[tuple[str, date], list[tuple[str, int, int]]]:
    """Class, stewards and those who reached their target, of every period of the grain and every year."""
    found: dict[tuple[str, date], list[tuple[str, int, int]]] = {}
    for row in fetched(serving, _CLASSES, (number_of(serving, community), grain)):
        own = found.setdefault((row["grain"], row["period_start"]), [])
        own.append((str(row["code"]), int(row["stewards"]), int(row["reached"])))
    return found


def sites(serving: Serving, community: str) -> dict[str, int]:
    """Kind of site → how many the community has at data until."""
    return _sites(serving).get(number_of(serving, community), {})


@answer
def _sites(serving: Serving) -> dict[int, dict[str, int]]:
    """Number of a community → kind → sites, in the order of the catalogue."""
    places = {code.code: place for place, code in enumerate(load_dimensions()["kind"].codes)}
    listed = fetched(serving, _SITES)
    found: dict[int, dict[str, int]] = {}
    for row in sorted(listed, key=lambda row: (places.get(row["code"], len(places)), row["code"])):
        found.setdefault(row["community_no"], {})[str(row["code"])] = int(row["sites"])
    return found


_CLASSES = """
SELECT grain, period_start, code, stewards, reached
FROM marts.people
WHERE dimension = 'steward_number' AND community_no = ? AND (grain = ? OR grain = 'year')
ORDER BY code
"""

_SITES = "SELECT community_no, code, sites FROM marts.places WHERE grain = 'all' AND dimension = 'kind'"
