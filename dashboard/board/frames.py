"""The three frames in which persons are compared: same community, same class, same unit.

They take no area: a frame holds everyone whom it concerns. The first people of a group and what the whole group
comes to stand ready; only somebody who was searched for is looked up among all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

from dashboard.board.door import Serving, answer, connection
from pipelines.periods import Period

Cursor = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Frame:
    """One of the three ways to compare persons: its choice in the address, and its column in the roster."""

    choice: str
    column: str


@dataclass(frozen=True)
class Place:
    """A person in a group: place in the list (from 0), competition rank, shared or not, points of the period."""

    place: int
    rank: int
    tied: bool
    steward_id: str
    points: float


@dataclass(frozen=True)
class Members:
    """A group: its people, their median points, how many have none, and the places that are shown."""

    count: int
    median: float
    zero: int
    places: tuple[Place, ...]

    def place_of(self, code: str) -> int | None:
        """The place of a person who is shown."""
        return next((one.place for one in self.places if one.steward_id == code), None)


@dataclass(frozen=True)
class Person:
    """Points of the period, and frame → (code of the group, rank, people of the group)."""

    steward_id: str
    points: float
    groups: dict[str, tuple[str, int, int]]


FRAMES = (
    Frame("community", "community_no"),
    Frame("number", "steward_number"),
    Frame("unit", "unit_no"),
)
_BY_CHOICE = {frame.choice: frame for frame in FRAMES}


@answer
def groups(serving: Serving, period: Period) -> dict[str, dict[str, str]]:
    """Frame → code → name of all groups with people on the roster at the period's end; names of classes are their numbers."""
    here: dict[str, list[int]] = {frame.choice: [] for frame in FRAMES}
    for choice, number in _heads(serving, period):
        here[choice].append(number)
    named = {
        choice: dict(sorted(known[number] for number in here[choice] if number in known))
        for choice in ("community", "unit")
        for known in [_codes(serving, choice)]
    }
    numbers = {str(number): str(number) for number in sorted(here["number"])}
    return {"community": named["community"], "number": numbers, "unit": named["unit"]}


@answer
def person(serving: Serving, period: Period, code: str) -> Person | None:
    """The person with a steward code on the roster at the period's end; None when nobody has it."""
    cursor = connection(serving.root, serving.version).cursor()
    found = cursor.execute(_PERSON, [code, *_on(serving, period)]).fetchone()
    if found is None:
        return None
    steward_no, *own = found
    sums, span = _sums(period)
    has = cursor.execute(f"SELECT points FROM ({sums}) WHERE steward_no = ?", [*span, steward_no]).fetchone()
    points = has[0] if has else Decimal(0)
    compared = [value for number in own for value in (number, number, points)]
    roster = [*span, own[0], *_on(serving, period)]
    counted = cursor.execute(_COMPARED.format(sums=sums), [*compared, *roster]).fetchall()[0]
    codes = (
        _codes(serving, "community").get(own[0], ("", ""))[0],
        str(own[1]),
        _codes(serving, "unit").get(own[2], ("", ""))[0],
    )
    ranked = {
        frame.choice: (codes[n], counted[2 * n + 1] + 1, counted[2 * n])
        for n, frame in enumerate(FRAMES)
        if own[n] is not None
    }
    return Person(code, float(points), ranked)


@answer
def members(serving: Serving, period: Period, choice: str, group: str, code: str, first: int) -> Members:
    """A group of a frame with its `first` people and the person of a code with neighbours, most points first."""
    cursor = connection(serving.root, serving.version).cursor()
    number = _number_of(serving, choice, group)
    head = _heads(serving, period).get((choice, number))
    if head is None:
        return Members(0, 0.0, 0, ())
    listed = _places(serving, period.grain, choice, number).get(period.start, [])
    points = [has for _, has in listed]
    shown = [
        Place(n, points.index(has) + 1, points.count(has) > 1, steward_id, float(has))
        for n, (steward_id, has) in enumerate(listed)
    ][:first]
    if code and code not in [one.steward_id for one in shown]:
        sums, span = _sums(period)
        everyone = _MEMBERS.format(sums=sums, column=_BY_CHOICE[choice].column)
        near = _around(cursor, everyone, [*span, number, *_on(serving, period)], code)
        shown += [one for one in near if one.place >= first]
    people, median, zero = head
    return Members(people, median, zero, tuple(shown))


def likely_next(serving: Serving, period: Period, choice: str, group: str, first: int) -> Iterator[str]:
    """The first people of a group in the periods around, the nearest one first."""
    listed = _places(serving, period.grain, choice, _number_of(serving, choice, group))
    for start in sorted(listed, key=lambda start: abs(start - period.start)):
        yield from (code for code, _points in listed[start][:first])


def _heads(serving: Serving, period: Period) -> dict[tuple[str, int], tuple[int, float, int]]:
    """Frame and number of every group with its people, their median points, and how many have none."""
    return _heads_of(serving, period.grain).get(period.start, {})


@answer
def _heads_of(serving: Serving, grain: str) -> dict[date, dict[tuple[str, int], tuple[int, float, int]]]:
    """The same of every period of a grain, by its first day: the next one that a reader chooses asks nothing."""
    found: dict[date, dict[tuple[str, int], tuple[int, float, int]]] = {}
    cursor = connection(serving.root, serving.version).cursor()
    for start, choice, number, *head in cursor.execute(_HEADS, [grain]).fetchall():
        found.setdefault(start, {})[choice, number] = tuple(head)
    return found


@answer
def _places(serving: Serving, grain: str, choice: str, number: int) -> dict[date, list[tuple[str, Decimal]]]:
    """First day of a period → codes and points of the first people of a group, in their order."""
    found: dict[date, list[tuple[str, Decimal]]] = {}
    cursor = connection(serving.root, serving.version).cursor()
    for start, code, points in cursor.execute(_PLACES, [grain, choice, number]).fetchall():
        found.setdefault(start, []).append((code, points))
    return found


def _around(cursor: Cursor, people: str, span: list[object], code: str) -> list[Place]:
    """A person with both neighbours; nobody when the group does not have him."""
    near = cursor.execute(_AROUND.format(people), [*span, code]).fetchall()
    return [Place(place, rank, tied, who, float(points)) for place, rank, tied, who, points in near]


def _sums(period: Period) -> tuple[str, list[object]]:
    """steward_no and points of the period, with its parameters: the year stands ready, months are summed."""
    if period.grain == "year":
        return _YEAR, [period.start]
    return _MONTHS, [period.start, period.end]


def _on(serving: Serving, period: Period) -> list[object]:
    """The roster's day, as often as the condition names it."""
    return [min(period.end, serving.last_day)] * 3


@answer
def _codes(serving: Serving, choice: str) -> dict[int, tuple[str, str]]:
    """Number → code and name of communities or units."""
    found = connection(serving.root, serving.version).cursor().execute(_NAMES[choice]).fetchall()
    return {number: (code, name) for number, code, name in found}


def _number_of(serving: Serving, choice: str, group: str) -> int:
    if choice == "number":
        return int(group)
    return next((number for number, (code, _) in _codes(serving, choice).items() if code == group), -1)


# The conditions of `steward rank stewards`: on the roster on the period's last day, a running one's data until.
_ON_ROSTER = "s.joined_on <= ? AND s.valid_to > ? AND (s.left_on IS NULL OR s.left_on > ?)"

_HEADS = "SELECT period_start, frame, group_no, people, median, zero FROM marts.frames WHERE grain = ?"
_PLACES = """
SELECT period_start, steward_id, points FROM marts.frame_places
WHERE grain = ? AND frame = ? AND group_no = ?
ORDER BY period_start, place
"""
_PERSON = f"""
SELECT s.steward_no, s.community_no, s.steward_number, s.unit_no
FROM facts.stewards AS s
WHERE s.steward_id = ? AND {_ON_ROSTER}
"""
_NAMES = {
    "community": "SELECT area_no, area_code, name FROM facts.areas",
    "unit": "SELECT unit_no, unit_id, name FROM facts.units",
}

_YEAR = "SELECT steward_no, earned AS points FROM marts.steward_years WHERE period_start = ?"
_MONTHS = """SELECT steward_no, sum(earned) AS points FROM marts.steward_months
    WHERE period_start BETWEEN ? AND ? AND earned <> 0 GROUP BY steward_no"""
_MEMBERS = f"""SELECT s.steward_id, CAST(coalesce(e.points, 0) AS DECIMAL(18, 4)) AS points
FROM facts.stewards AS s
LEFT JOIN ({{sums}}) AS e ON e.steward_no = s.steward_no
WHERE s.{{column}} = ? AND {_ON_ROSTER}"""

_AROUND = """
WITH placed AS MATERIALIZED (
    SELECT
        steward_id, points, row_number() OVER (ORDER BY points DESC, steward_id) - 1 AS place,
        rank() OVER (ORDER BY points DESC) AS standing, count(*) OVER (PARTITION BY points) > 1 AS tied
    FROM ({})
)
SELECT n.place, n.standing, n.tied, n.steward_id, n.points
FROM placed AS n
JOIN placed AS own ON own.steward_id = ? AND n.place BETWEEN own.place - 1 AND own.place + 1
ORDER BY n.place
"""

# A class is compared within its district, wherever the warehouse holds several.
_COMPARED = f"""
SELECT
    count(CASE WHEN s.community_no = ? THEN 1 END),
    count(CASE WHEN s.community_no = ? AND coalesce(e.points, 0) > ? THEN 1 END),
    count(CASE WHEN s.steward_number = ? AND d.same THEN 1 END),
    count(CASE WHEN s.steward_number = ? AND d.same AND coalesce(e.points, 0) > ? THEN 1 END),
    count(CASE WHEN s.unit_no = ? THEN 1 END),
    count(CASE WHEN s.unit_no = ? AND coalesce(e.points, 0) > ? THEN 1 END)
FROM facts.stewards AS s
LEFT JOIN ({{sums}}) AS e ON e.steward_no = s.steward_no
LEFT JOIN (
    SELECT p.area_no, TRUE AS same
    FROM facts.area_paths AS p
    JOIN facts.area_paths AS o ON o.ancestor_no = p.ancestor_no AND o.level = 'district' AND o.area_no = ?
    WHERE p.level = 'district'
) AS d ON d.area_no = s.community_no
WHERE {_ON_ROSTER}
"""
