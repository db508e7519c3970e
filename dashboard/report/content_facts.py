"""Everything the report of a month rests on, asked of the board once; sentences, tables and charts read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard.board import areas, report, surveys, units
from dashboard.board.area_tree import NOWHERE, places_by_code
from dashboard.board.door import Serving, answer, ask, metrics
from dashboard.board.figures import Value, by_dimension
from dashboard.board.thresholds import FEWEST_TO_RANK, is_settled
from dashboard.board.units import Standing
from dashboard.formats import is_missing
from dashboard.report.content_figures import Item, Movement, item
from dashboard.table_rows import Row, rows_of
from pipelines.faults import MonthOnly, PeriodWithoutData
from pipelines.periods import Period
from pipelines.relief import counts_checkins
from pipelines.surveys import Difference, Interval, difference, is_suppressed, wilson

COUNTS = (
    "stewards", "residents", "tasks_published", "claims", "verifications", "tasks_closed", "points_earned",
    "wishes_collected", "wishes_fulfilled", "valid_checkins", "activities", "incidents",
)  # fmt: skip
RATES = (
    "resident_share", "task_claim_rate", "closing_rate", "in_time_rate", "verification_rate", "wish_adoption_rate",
    "wish_fulfilled_rate", "checkin_valid_rate",
)  # fmt: skip
_RESTS_ON = {"task_claim_rate": "claims"}
LOWEST = 6
LISTED = 12
Rows = Sequence[Row]


@dataclass(frozen=True)
class Survey:
    """A survey up to the month: its waves, oldest first, and the subdistricts in the latest, lowest first.

    `areas` have `shown`: false where so few answered that the rate says nothing. `change` is that of the latest wave
    against the one before.
    """

    name: str
    label: str
    waves: Rows
    areas: Rows
    change: Difference | None = None


@dataclass(frozen=True)
class Facts:
    """Rows have name, value, numerator, denominator and `bound` (the upper one of Wilson's 95 % interval) unless they say
    otherwise; `ranking` are those of `standing`.

    `lowest`: communities with enough cases and the lowest in-time rates, ties at the cut included, with `late` and the
    kind of task of most late ones (`late_kind`, `late_of_kind`). `zero`: unit → people without any point, of the units
    that fail or explain; left out where there are fewer than may be told of.
    """

    board: Serving
    month: Period
    quarter: Period
    days: int | None
    communities: int
    items: Mapping[str, Item]
    channels: Rows
    kinds: Rows
    subdistricts: Rows
    wishes: Rows
    lowest: Rows
    standing: Standing
    ranking: Rows
    zero: Mapping[str, int]
    due: report.Due
    surveys: Mapping[str, Survey]

    @property
    def quarter_over(self) -> bool:
        """Whether the quarter that holds the month had ended at data until."""
        return not self.quarter.is_running(self.board.last_day)

    @property
    def scored(self) -> Rows:
        """The units of the quarter that have a score."""
        return [row for row in self.ranking if not is_missing(row["score"])]

    @property
    def maturing(self) -> tuple[str, ...]:
        """Rates of which the cases of the month are still being dealt with, so soon after its end."""
        return tuple(name for name in RATES if not is_settled(name, self.month, self.board.last_day))

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was counted in the month."""
        return not any(item.value for item in self.items.values() if item.metric.kind == "count")


def is_behind(row: Mapping[Any, Any], whole: float | None) -> bool:
    """Whether a rate lies below that of the whole district by more than chance (Wilson's 95 % bound)."""
    return whole is not None and bool(row["bound"] < whole)


def month_of(board: Serving, text: str) -> Period:
    """The month named by the text; MonthOnly for a quarter or year, PeriodWithoutData outside the data."""
    month = Period.parse(text)
    if month.grain != "month":
        raise MonthOnly(text)
    first, last = (Period.containing("month", day) for day in (board.first_day, board.last_day))
    if not first.start <= month.start <= last.start:
        raise PeriodWithoutData(month.key, first.key, last.key)
    return month


def gathered(board: Serving, month: Period) -> Facts:
    """Asks the board everything."""
    quarter = Period.containing("quarter", month.start)
    standing = units.standing(board, quarter)
    ranking = standing.rows
    names = [
        name for name in (*COUNTS, *RATES) if not (board.district.burden_relief and counts_checkins(name))
    ]
    return Facts(
        board=board,
        month=month,
        quarter=quarter,
        days=month.days_elapsed(board.last_day) if month.is_running(board.last_day) else None,
        communities=areas.community_count(board),
        items={name: _item(board, name, month) for name in names},
        channels=_by(board, "in_time_rate", month, "channel"),
        kinds=_by(board, "in_time_rate", month, "kind"),
        subdistricts=_by(board, "in_time_rate", month, "subdistrict"),
        wishes=_by(board, "wish_fulfilled_rate", month, "subdistrict"),
        lowest=_lowest(board, month),
        standing=standing,
        ranking=ranking,
        zero=_zero_points(board, standing, ranking, quarter),
        due=report.due_and_open(board, min(month.end, board.last_day), LISTED),
        surveys=_surveys(board, month),
    )


def _item(board: Serving, name: str, month: Period) -> Item:
    """A metric of the month; nothing where an export that it rests on was never delivered."""
    found = item(board, name, month)
    nothing = Movement("no_base", points=True)
    return Item(found.metric, Value(), nothing, nothing) if _RESTS_ON.get(name) in board.missing else found


def _by(board: Serving, metric: str, month: Period, by: str) -> list[Row]:
    """Rows with a base in the order of their rate, lowest first; those without a code are left to the total."""
    named = {by: "code", f"{by}_name": "name"}
    found = [
        {named.get(str(column), column): value for column, value in row.items()}
        for row in rows_of(by_dimension(board, metric, month, by))
        if row[by] != "" and row["denominator"] > 0
    ]
    # All bounds at once: the formula takes as long for one.
    bounds = wilson([row["value"] for row in found], [row["denominator"] for row in found]).high.tolist()
    for row, bound in zip(found, bounds, strict=True):
        row["bound"] = bound
    return sorted(found, key=lambda row: (row["value"], row["code"]))


def _lowest(board: Serving, month: Period) -> list[Row]:
    rows = _by(board, "in_time_rate", month, "community")
    rows = [row for row in rows if row["denominator"] >= FEWEST_TO_RANK and row["value"] < 1]
    if board.district.tiers.praise_only or not rows:
        return []
    cut = rows[min(LOWEST, len(rows)) - 1]
    # Crosswise, not by the rates: whole numbers are equal or they are not.
    tied = [
        row for row in rows if row["numerator"] * cut["denominator"] <= cut["numerator"] * row["denominator"]
    ]
    places = places_by_code(board)
    kinds = report.most_late(board, month, [str(row["code"]) for row in tied])
    return [
        {
            **row,
            "subdistrict": places.get(row["code"], NOWHERE).subdistrict or "",
            "late": row["denominator"] - row["numerator"],
            "late_kind": kind,
            "late_of_kind": count,
        }
        for row, (kind, count) in zip(tied, kinds, strict=True)
    ]


def _zero_points(board: Serving, standing: Standing, ranking: Rows, quarter: Period) -> dict[str, int]:
    least = board.district.privacy.minimum_group
    told = [str(row["unit_id"]) for row in ranking if is_told(row) and row["headcount"] >= least]
    counts = report.without_points(standing.board, quarter) if told else {}
    return {unit: counts.get(unit, 0) for unit in told if counts.get(unit, 0) >= least}


def is_told(row: Mapping[Any, Any]) -> bool:
    """Whether a unit explains or loses the award."""
    return has_result(row, "explains") or has_result(row, "ineligible")


def has_result(row: Mapping[Any, Any], word: str) -> bool:
    """Whether a consequence is among those of a unit."""
    consequence = row["consequence"]
    return not is_missing(consequence) and word in str(consequence)


def _surveys(board: Serving, month: Period) -> dict[str, Survey]:
    begun = surveys.begun(board, month.end)
    return {name: _survey(board, name, tuple(begun)) for name in surveys.held(board)}


@answer
def _survey(board: Serving, name: str, begun: tuple[str, ...]) -> Survey:
    label = metrics()[surveys.METRIC_OF[name]].label
    known = [row for row in _waves(board, name) if row["period"] in begun]
    if not known:
        return Survey(name, label, (), ())
    return Survey(
        name, label, known, _areas_by_wave(board, name).get(known[-1]["period"], ()), _change(known)
    )


@answer
def _waves(board: Serving, name: str) -> Rows:
    """All waves of a survey, oldest first."""
    return rows_of(surveys.waves(board, name, None))


def _change(waves: Rows) -> Difference | None:
    """The last wave against the one before."""
    if len(waves) < 2:
        return None
    before, now = waves[-2:]
    return difference(now["value"], now["n"], before["value"], before["n"])


@answer
def _areas_by_wave(board: Serving, name: str) -> dict[str, Rows]:
    """Wave → the subdistricts in it, lowest first: what a month shows of them hangs on nothing but the wave."""
    frame = ask(board.root, board.version, surveys.METRIC_OF[name], "wave", by="subdistrict")
    # Rates that are missing stay where this order leaves them.
    found = rows_of(frame.sort_values(["value", "subdistrict"], ascending=[False, True]))
    low, high, n = (np.array([row[column] for row in found], float) for column in ("low", "high", "n"))
    hidden = is_suppressed(n, Interval(low, high), board.district.surveys.minimum_n)
    waves: dict[str, list[Row]] = {}
    for row, hides in zip(found, hidden, strict=True):
        if row["subdistrict"] != "":
            named = {"name" if key == "subdistrict_name" else key: value for key, value in row.items()}
            waves.setdefault(row["period"], []).append({**named, "shown": not hides})
    return {
        wave: sorted(rows, key=lambda row: (row["value"], row["subdistrict"])) for wave, rows in waves.items()
    }
