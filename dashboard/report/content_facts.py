"""Everything the report of a month rests on, asked of the board once; sentences, tables and charts read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from dashboard.board import areas, report, surveys, units
from dashboard.board.door import Serving, metrics
from dashboard.board.figures import Value, by_dimension
from dashboard.board.thresholds import FEWEST_TO_RANK, is_settled
from dashboard.board.units import Standing
from dashboard.report.content_figures import Item, Movement, item
from pipelines.faults import MonthOnly, PeriodWithoutData
from pipelines.periods import Period
from pipelines.relief import counts_checkins
from pipelines.surveys import Interval, is_suppressed, wilson

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


@dataclass(frozen=True)
class Survey:
    """A survey up to the month: its waves, oldest first, and the subdistricts in the latest, lowest first.

    `areas` has a column `shown`: false where so few answered that the rate says nothing.
    """

    name: str
    label: str
    waves: pd.DataFrame
    areas: pd.DataFrame


@dataclass(frozen=True)
class Facts:
    """Frames have name (of the row), value, numerator, denominator unless they say otherwise.

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
    channels: pd.DataFrame
    kinds: pd.DataFrame
    subdistricts: pd.DataFrame
    wishes: pd.DataFrame
    lowest: pd.DataFrame
    standing: Standing
    zero: Mapping[str, int]
    due: report.Due
    surveys: Mapping[str, Survey]

    @property
    def quarter_over(self) -> bool:
        """Whether the quarter that holds the month had ended at data until."""
        return not self.quarter.is_running(self.board.last_day)

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
    return whole is not None and float(wilson(row["value"], row["denominator"]).high) < whole


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
        zero=_zero_points(board, standing, quarter),
        due=report.due_and_open(board, min(month.end, board.last_day), LISTED),
        surveys={name: _survey(board, name, month) for name in surveys.held(board)},
    )


def _item(board: Serving, name: str, month: Period) -> Item:
    """A metric of the month; nothing where an export that it rests on was never delivered."""
    found = item(board, name, month)
    nothing = Movement("no_base", points=True)
    return Item(found.metric, Value(), nothing, nothing) if _RESTS_ON.get(name) in board.missing else found


def _by(board: Serving, metric: str, month: Period, by: str) -> pd.DataFrame:
    """Rows with a base in the order of their rate, lowest first; those without a code are left to the total."""
    frame = by_dimension(board, metric, month, by)
    frame = frame[(frame[by] != "") & (frame["denominator"] > 0)].rename(
        columns={by: "code", f"{by}_name": "name"}
    )
    return frame.sort_values(["value", "code"], ignore_index=True)


def _lowest(board: Serving, month: Period) -> pd.DataFrame:
    frame = _by(board, "in_time_rate", month, "community")
    frame = frame[(frame["denominator"] >= FEWEST_TO_RANK) & (frame["value"] < 1)]
    if board.district.tiers.praise_only or frame.empty:
        return frame.iloc[:0]
    shares = [Fraction(int(a), int(b)) for a, b in zip(frame["numerator"], frame["denominator"], strict=True)]
    cut = sorted(shares)[min(LOWEST, len(shares)) - 1]
    frame = frame[[share <= cut for share in shares]].reset_index(drop=True)
    places = areas.subdistricts_and_communities(board).set_index("area_code")["subdistrict"]
    kinds = [_most_late(board, month, str(code)) for code in frame["code"]]
    return frame.assign(
        subdistrict=[places.get(code) or "" for code in frame["code"]],
        late=frame["denominator"] - frame["numerator"],
        late_kind=[kind for kind, _count in kinds],
        late_of_kind=[count for _kind, count in kinds],
    )


def _most_late(board: Serving, month: Period, community: str) -> tuple[str, int]:
    """The kind of task with most late ones in a community; no kind where two have as many."""
    frame = by_dimension(board, "in_time_rate", month, "kind", community)
    late = (frame["denominator"] - frame["numerator"]).astype(int)
    if late.empty or (late == late.max()).sum() > 1:
        return "", 0
    return str(frame["kind_name"].iloc[int(late.to_numpy().argmax())]), int(late.max())


def _zero_points(board: Serving, standing: Standing, quarter: Period) -> dict[str, int]:
    ranking, least = standing.ranking, board.district.privacy.minimum_group
    told = ranking[ranking["consequence"].fillna("").astype(str).str.contains("explains|ineligible")]
    told = told[told["headcount"] >= least]
    counts = {str(unit): units.zero_points(standing.board, quarter, str(unit)) for unit in told["unit_id"]}
    return {unit: zero for unit, zero in counts.items() if zero >= least}


def _survey(board: Serving, name: str, month: Period) -> Survey:
    waves = surveys.waves(board, name, None)
    waves = waves[waves["period"].isin(report.waves_begun(board, month.end))].reset_index(drop=True)
    label = metrics()[surveys.METRIC_OF[name]].label
    if waves.empty:
        return Survey(name, label, waves, pd.DataFrame())
    last = waves.iloc[-1]
    latest = surveys.LatestWave(str(last["period"]), float(last["value"]))
    frame = surveys.by_area(board, name, latest, "subdistrict").rename(columns={"subdistrict_name": "name"})
    hidden = is_suppressed(
        frame["n"],
        Interval(frame["low"].to_numpy(float), frame["high"].to_numpy(float)),
        board.district.surveys.minimum_n,
    )
    frame = frame.assign(shown=~hidden)[frame["subdistrict"] != ""].sort_values(["value", "subdistrict"])
    frame = frame.reset_index(drop=True)
    return Survey(name, label, waves, frame)
