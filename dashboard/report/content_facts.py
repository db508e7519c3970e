"""Everything the report of a month rests on, asked of the board once; sentences, tables and charts read it."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dashboard.board import areas, report, surveys, units
from dashboard.board.door import Serving, answer, metrics
from dashboard.board.figures import Value, by_dimension
from dashboard.board.thresholds import FEWEST_TO_RANK, is_settled
from dashboard.board.units import Standing
from dashboard.formats import is_missing
from dashboard.report.content_figures import Item, Movement, item
from dashboard.table_rows import rows_of
from pipelines.faults import MonthOnly, PeriodWithoutData
from pipelines.periods import Period
from pipelines.relief import counts_checkins
from pipelines.surveys import Difference, Interval, is_suppressed, wilson

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
# Rates whose bounds are remembered; a report asks for each of its two hundred several times.
_REMEMBERED = 4096
Row = dict[Hashable, Any]
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
    """Rows have name, value, numerator, denominator unless they say otherwise; `ranking` are those of `standing`.

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
    return whole is not None and _high(row["value"], row["denominator"]) < whole


@lru_cache(_REMEMBERED)
def _high(value: float, base: float) -> float:
    return float(wilson(value, base).high)


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
    ranking = rows_of(standing.ranking)
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
    places = _subdistricts(board)
    kinds = report.most_late(board, month, [str(row["code"]) for row in tied])
    return [
        {
            **row,
            "subdistrict": places.get(row["code"], ""),
            "late": row["denominator"] - row["numerator"],
            "late_kind": kind,
            "late_of_kind": count,
        }
        for row, (kind, count) in zip(tied, kinds, strict=True)
    ]


@answer
def _subdistricts(board: Serving) -> dict[str, str]:
    """Area code → the name of its subdistrict."""
    found = rows_of(areas.subdistricts_and_communities(board))
    return {row["area_code"]: row["subdistrict"] or "" for row in found}


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
    begun = report.waves_begun(board, month.end)
    return {name: _survey(board, name, tuple(sorted(begun))) for name in surveys.held(board)}


@answer
def _survey(board: Serving, name: str, begun: tuple[str, ...]) -> Survey:
    waves = surveys.waves(board, name, None)
    waves = waves[waves["period"].isin(begun)]
    label = metrics()[surveys.METRIC_OF[name]].label
    if waves.empty:
        return Survey(name, label, (), ())
    known = rows_of(waves)
    latest = surveys.LatestWave(str(known[-1]["period"]), float(known[-1]["value"]))
    found = surveys.by_area(board, name, latest, "subdistrict").rename(columns={"subdistrict_name": "name"})
    hidden = is_suppressed(
        found["n"],
        Interval(found["low"].to_numpy(float), found["high"].to_numpy(float)),
        board.district.surveys.minimum_n,
    )
    rows = [
        {**row, "shown": not hides}
        for row, hides in zip(rows_of(found), hidden, strict=True)
        if row["subdistrict"] != ""
    ]
    rows.sort(key=lambda row: (row["value"], row["subdistrict"]))
    return Survey(name, label, known, rows, surveys.change(waves))
