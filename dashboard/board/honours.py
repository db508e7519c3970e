"""Honours: stars by month, medals of the year, who has them, and who could have one next."""

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.board.area_tree import inside
from dashboard.board.door import Serving, answer, rows
from dashboard.board.figures import Figure, figure, monthly, one_value
from pipelines.periods import Period, periods_between

HEADLINES = ("stars", "medals", "medal_share")
STAR = "红管家之星"
MEDALS = ("金质", "银质", "铜质")


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
    """Honours of a year: see `by_community`, `by_class` and `candidates`."""

    communities: pd.DataFrame
    classes: pd.DataFrame
    candidates: pd.DataFrame


@answer
def headline_figures(serving: Serving, year: Period, area: str | None) -> list[Figure]:
    """Stars, medals, and their ratio; of a running year against the same days."""
    return [figure(serving, name, year, area) for name in HEADLINES]


@answer
def medal_counts(serving: Serving, year: Period, area: str | None) -> dict[str, int]:
    """Gold, silver and bronze of the year."""
    found = awards(serving, year, area)["kind"].value_counts()
    return {kind: int(found.get(kind, 0)) for kind in MEDALS}


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
def awards(serving: Serving, year: Period, area: str | None) -> pd.DataFrame:
    """Every honour of the year: steward_id, kind, day, steward_number, area_code, community, subdistrict; newest first."""
    every = rows(
        serving.root, serving.version, _AWARDS.format(inside=inside(serving, area, "h.community_no"))
    )
    days = every["day"].to_numpy("datetime64[D]")
    return every[(days >= np.datetime64(year.start)) & (days <= np.datetime64(year.end))]


@answer
def counted(serving: Serving, year: Period, area: str | None) -> Counted:
    """The honours of the year by community and class, and who could be next."""
    frame = awards(serving, year, area)
    return Counted(by_community(frame), by_class(frame), candidates(frame))


def by_community(frame: pd.DataFrame) -> pd.DataFrame:
    """Communities by stars: area_code, community, subdistrict, stars, months with a star, and medals by kind."""
    return _counted(frame, ["area_code", "community", "subdistrict"]).sort_values(
        ["stars", "medals", "area_code"], ascending=[False, False, True]
    )


def by_class(frame: pd.DataFrame) -> pd.DataFrame:
    """Classes: steward_number, stars, medals by kind."""
    return _counted(frame, ["steward_number"]).sort_values("steward_number")


def candidates(frame: pd.DataFrame) -> pd.DataFrame:
    """Stewards with stars of the year and no medal of it, most stars first: steward_id, class, community, stars, latest."""
    awarded = set(frame.loc[frame["kind"].isin(MEDALS), "steward_id"])
    starred = frame[(frame["kind"] == STAR) & ~frame["steward_id"].isin(awarded)]
    # Newest first, so the first row of a person is his latest star.
    first = starred.drop_duplicates("steward_id")
    stars = starred["steward_id"].value_counts()
    found = first[["steward_id", "steward_number", "community"]].assign(
        stars=first["steward_id"].map(stars), latest=first["day"]
    )
    return found.sort_values(["stars", "latest", "steward_id"], ascending=[False, False, True])


@answer
def communities_with_a_star(serving: Serving, month: Period, area: str | None) -> tuple[int, int]:
    """Communities that named a star in a month, and all of them."""
    found = one_value(serving, "communities", Period.containing("month", serving.last_day), area)
    frame = awards(serving, month, area)
    named = frame.loc[frame["kind"] == STAR, "area_code"].dropna().nunique()
    return int(named), int(found.value or 0)


def _counted(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The keys with months (with a star), stars, medals, and medals by kind. Counted in Python: pandas takes a tenth of a second."""
    kinds: defaultdict[tuple[object, ...], Counter[str]] = defaultdict(Counter)
    months: defaultdict[tuple[object, ...], set[tuple[int, int]]] = defaultdict(set)
    groups = zip(*(frame[key].tolist() for key in keys), strict=True)
    for group, kind, day in zip(groups, frame["kind"].tolist(), frame["day"].tolist(), strict=True):
        kinds[group][kind] += 1
        if kind == STAR:
            months[group].add((day.year, day.month))
    counts = [
        (
            *group,
            len(months[group]),
            one[STAR],
            sum(one[kind] for kind in MEDALS),
            *(one[kind] for kind in MEDALS),
        )
        for group, one in kinds.items()
    ]
    return pd.DataFrame(counts, columns=[*keys, "months", "stars", "medals", *MEDALS])


_AWARDS = """
SELECT
    p.steward_id, h.kind, CAST(h.awarded_on AS DATE) AS day, h.steward_number,
    c.area_code, c.name AS community, s.name AS subdistrict
FROM facts.honours AS h
JOIN (SELECT DISTINCT steward_no, steward_id FROM facts.stewards) AS p ON p.steward_no = h.steward_no
LEFT JOIN facts.areas AS c ON c.area_no = h.community_no
LEFT JOIN facts.area_paths AS t ON t.area_no = h.community_no AND t.level = 'subdistrict'
LEFT JOIN facts.areas AS s ON s.area_no = t.ancestor_no
WHERE {inside}
ORDER BY h.awarded_on DESC, c.area_code, p.steward_id, h.kind
"""
