"""Honours: stars by month, medals of the year, who has them, and who could have one next.

Counts and the first people of each list come from the marts, so that nothing grows with the number of honours; only
a download reads them one by one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.board.area_tree import inside, places_of
from dashboard.board.door import Serving, answer, connection, fetched
from dashboard.board.figures import Figure, figure, monthly, one_value
from dashboard.formats import is_missing
from dashboard.table_rows import Row
from pipelines.periods import Period, periods_between

HEADLINES = ("stars", "medals", "medal_share")
STAR = "红管家之星"
MEDALS = ("金质", "银质", "铜质")
_OF_CLASS = ["steward_number", "stars", "medals", *MEDALS]
_OF_COMMUNITY = ["area_code", "community", "subdistrict", "months", *_OF_CLASS[1:]]
# So many people of a list are shown: of each community as many are enough.
LISTED = 10

# Community (its number), kind, month and count.
_Month = tuple[int | None, str, date, int]


@dataclass(frozen=True)
class Stars:
    """Stars by month of the year, up to data until, and of the same months a year earlier (None: no data)."""

    months: list[Period]
    now: tuple[float | None, ...]
    earlier: tuple[float | None, ...]

    @property
    def latest(self) -> Period:
        """The last month of the year that has begun."""
        return self.months[-1]

    def month(self, key: str) -> Period:
        """The month of a key."""
        return next(month for month in self.months if month.key == key)


@dataclass(frozen=True)
class Counted:
    """The rows of `by_community` and `by_class`."""

    communities: list[Row]
    classes: list[Row]


@dataclass(frozen=True)
class Choice:
    """A list of people: those with `medals`, with `stars` of a month, or `candidates`; of a year and an area.

    Candidates have stars of the year and no medal of it, wherever; they stand in the community of their latest star.
    """

    name: str
    year: Period
    month: Period
    area: str | None

    @property
    def period(self) -> Period:
        """The period whose honours are listed."""
        return self.month if self.name == "stars" else self.year


@dataclass(frozen=True)
class People:
    """steward_id, steward_number, community, kind, day, stars of the first people of a list, and how many it has."""

    listed: pd.DataFrame
    count: int


@answer
def headline_figures(serving: Serving, year: Period, area: str | None) -> list[Figure]:
    """Stars, medals, and their ratio; of a running year against the same days."""
    return [figure(serving, name, year, area) for name in HEADLINES]


@answer
def kinds(serving: Serving, year: Period, area: str | None) -> dict[str, int]:
    """Kind → honours of the year."""
    found: Counter[str] = Counter()
    for _community, kind, _month, count in _months(serving, year, area):
        found[kind] += count
    return dict(found)


def medal_counts(serving: Serving, year: Period, area: str | None) -> dict[str, int]:
    """Gold, silver and bronze of the year."""
    found = kinds(serving, year, area)
    return {kind: found.get(kind, 0) for kind in MEDALS}


def medal_counts_before(serving: Serving, year: Period, area: str | None) -> dict[str, int]:
    """Medals of the year before; nothing while the year is running, for it has not had the same days yet."""
    return {} if year.is_running(serving.last_day) else medal_counts(serving, year.previous(), area)


@answer
def stars(serving: Serving, year: Period, area: str | None) -> Stars:
    """Every month of the year that has begun."""
    last = min(year.end, serving.last_day)
    months = periods_between("month", max(year.start, serving.first_day), last)
    now = monthly(serving, "stars", months, area)
    earlier = monthly(serving, "stars", [month.year_earlier() for month in months], area)
    return Stars(months, now, earlier)


@answer
def counted(serving: Serving, year: Period, area: str | None) -> Counted:
    """The honours of the year by community and by class."""
    return Counted(_communities(serving, year, area), _classes(serving, year, area))


def by_community(serving: Serving, year: Period, area: str | None) -> pd.DataFrame:
    """Communities by stars: area_code, community, subdistrict, months (with a star), stars, medals, and medals by kind."""
    return pd.DataFrame(counted(serving, year, area).communities, columns=_OF_COMMUNITY)


def by_class(serving: Serving, year: Period, area: str | None) -> pd.DataFrame:
    """Classes: steward_number, stars, medals, and medals by kind."""
    return pd.DataFrame(counted(serving, year, area).classes, columns=_OF_CLASS)


def _communities(serving: Serving, year: Period, area: str | None) -> list[Row]:
    found: defaultdict[int | None, dict[str, int]] = defaultdict(dict)
    months: defaultdict[int | None, set[date]] = defaultdict(set)
    for community, kind, month, count in _months(serving, year, area):
        held = found[community]
        held[kind] = held.get(kind, 0) + count
        if kind == STAR:
            months[community].add(month)
    places = places_of(serving, found)
    counts = [(places[one], len(months[one]), _counts(held)) for one, held in found.items()]
    # Most stars first, then most medals, then by code, those without one last.
    counts.sort(key=lambda row: (-row[2][0], -row[2][1], row[0].code is None, row[0].code or ""))
    rows = ((one.code, one.name, one.subdistrict, named, *sums) for one, named, sums in counts)
    return [dict(zip(_OF_COMMUNITY, row, strict=True)) for row in rows]


def _classes(serving: Serving, year: Period, area: str | None) -> list[Row]:
    found: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    for start, number, kind, count in _by_class(serving, area):
        if start == year.start:
            found[number][kind] += count
    counts = [(number, *_counts(one)) for number, one in found.items()]
    counts.sort(key=lambda row: (row[0] is None, row[0]))
    return [dict(zip(_OF_CLASS, row, strict=True)) for row in counts]


@answer
def communities_with_a_star(serving: Serving, month: Period, area: str | None) -> tuple[int, int]:
    """Communities that named a star in a month, and all of them."""
    found = one_value(serving, "communities", Period.containing("month", serving.last_day), area)
    stars = (row[0] for row in _months(serving, month, area) if row[1] == STAR)
    return len({community for community in stars if community is not None}), int(found.value or 0)


@answer
def first_people(serving: Serving, choice: Choice) -> People:
    """The first LISTED people of a list, and how many it has."""
    count = fetched(serving, _COUNT.format(inside=inside(serving, choice.area)), _values(choice))[0]["people"]
    return People(_people(serving, choice, f"AND place <= {LISTED}", f"LIMIT {LISTED}"), int(count))


def everyone(serving: Serving, choice: Choice) -> pd.DataFrame:
    """All people of a list, for a download."""
    return _people(serving, choice)


def _people(serving: Serving, choice: Choice, most: str = "", limit: str = "") -> pd.DataFrame:
    """The list in its order; of each community `most`, of all `limit`."""
    statement = _PEOPLE.format(
        inside=inside(serving, choice.area), most=most, order=_ORDER[choice.name], limit=limit
    )
    people = connection(serving.root, serving.version).cursor().execute(statement, _values(choice)).df()
    numbers = [None if is_missing(number) else int(number) for number in people["community_no"].tolist()]
    places = places_of(serving, numbers)
    return people.assign(community=pd.Series([places[number].name for number in numbers], dtype=object))


def _values(choice: Choice) -> list[object]:
    return [choice.name, choice.period.start]


def _counts(kinds: Mapping[str, int]) -> list[int]:
    """Stars, medals, medals by kind."""
    medals = [kinds.get(kind, 0) for kind in MEDALS]
    return [kinds.get(STAR, 0), sum(medals), *medals]


def _months(serving: Serving, period: Period, area: str | None) -> Iterator[_Month]:
    """Community (its number), kind, month and count of the honours of a period."""
    for month, found in _by_month(serving, inside(serving, area)).items():
        if period.start <= month <= period.end:
            yield from found


@answer
def _by_month(serving: Serving, where: str) -> dict[date, list[_Month]]:
    found: defaultdict[date, list[_Month]] = defaultdict(list)
    asked = connection(serving.root, serving.version).cursor().execute(_BY_MONTH.format(inside=where))
    for row in asked.fetchall():
        found[row[2]].append(row)
    return dict(found)


@answer
def _by_class(serving: Serving, area: str | None) -> list[tuple[date, int | None, str, int]]:
    """First day of a year, class, kind and count."""
    cursor = connection(serving.root, serving.version).cursor()
    return cursor.execute(_BY_CLASS.format(inside=inside(serving, area))).fetchall()


_BY_MONTH = """
SELECT community_no, code, period_start, honours
FROM marts.honours
WHERE grain = 'month' AND dimension = 'kind' AND {inside}
"""

_BY_CLASS = """
SELECT period_start, steward_number, kind, CAST(sum(honours) AS BIGINT)
FROM marts.honour_years
WHERE {inside}
GROUP BY ALL
"""


# The numbers of the roster's rows run in the order of the codes, the classes from gold to bronze.
_ORDER = {
    "medals": "class, area_code, roster_no, day DESC",
    "stars": "day DESC, area_code, roster_no",
    "candidates": "stars DESC, day DESC, roster_no",
}
_PEOPLE = """
SELECT steward_id, steward_number, community_no, kind, day, stars
FROM marts.honour_lists
WHERE list = ? AND period_start = ? AND {inside} {most}
ORDER BY {order}
{limit}
"""
_COUNT = """
SELECT coalesce(sum(every), 0) AS people FROM marts.honour_lists
WHERE list = ? AND period_start = ? AND {inside} AND place = 1
"""
