"""The ledger of points: earned by tasks, check-ins, volunteering and bonuses, spent in shops and lotteries."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.sample.claims import Claims
from pipelines.sample.columns import codes, moments_column, running_numbers, texts, whole
from pipelines.sample.geography import Floats
from pipelines.sample.people import People
from pipelines.sample.plan import Plan, end_of, last_day, month_code
from pipelines.sample.seasons import moments, monthly

Ints = NDArray[np.int64]
Moments = NDArray[np.datetime64]

KINDS = ("派单任务", "突发任务", "日常任务", "打卡", "志愿服务", "奖励", "兑换", "抽奖", "扣减")
CHECKIN, VOLUNTEERING, BONUS, REDEMPTION, LOTTERY, DEDUCTION = range(3, 9)
POINTS_PER_CHECKIN = 10
_VOLUNTEERING_A_YEAR, _BONUSES_A_YEAR, _DEDUCTIONS_A_YEAR = 2.1, 1.0, 0.07
_REDEEMING, _DRAWING = 0.09, 0.10
_OFF_RULE = 0.001


@dataclass(frozen=True)
class Entries:
    """Entries of the ledger; `task` and `merchant` are -1 without."""

    steward: Ints
    occurred_at: Moments
    points: Ints
    kind: Ints
    task: Ints
    merchant: Ints

    @classmethod
    def of(
        cls, steward: Ints, occurred_at: Moments, points: Ints, kind: Ints | int, task: Ints | int = -1
    ) -> "Entries":
        """Entries without a merchant."""
        size = len(steward)
        none = np.full(size, -1)
        return cls(
            steward, occurred_at, points, np.broadcast_to(kind, size), np.broadcast_to(task, size), none
        )  # fmt: skip

    def where(self, kept: NDArray[np.bool_] | Ints) -> "Entries":
        """Some of the entries, or all in another order."""
        return Entries(*(getattr(self, name)[kept] for name in Entries.__dataclass_fields__))


def together(parts: list[Entries]) -> Entries:
    """Entries one after the other."""
    return Entries(*(np.concatenate([getattr(p, n) for p in parts]) for n in Entries.__dataclass_fields__))


@dataclass
class Ledger:
    """What carries over from month to month: task points still to be booked, and what each person can spend."""

    balance: Ints
    waiting: list[Entries] = field(default_factory=list)

    def task_points(self, claims: Claims, month: np.datetime64) -> Entries:
        """Points of the claims verified in this month; those verified later wait."""
        rows = np.flatnonzero(claims.passed)
        new = Entries.of(
            claims.steward[rows], claims.verified_at[rows], claims.points[rows], claims.task_kind[rows], claims.task[rows]
        )  # fmt: skip
        known = together([*self.waiting, new])
        due = known.occurred_at <= end_of(last_day(month))
        self.waiting = [known.where(~due)]
        return known.where(due)

    def book(self, entries: Entries) -> None:
        """Add the entries of a month to the balances."""
        taken = np.isin(entries.kind, (REDEMPTION, LOTTERY, DEDUCTION))
        earned = np.where(taken, -np.abs(entries.points), entries.points)
        np.add.at(self.balance, entries.steward, earned)


def filled_up(
    rng: np.random.Generator, people: People, month: np.datetime64, quota: Ints, booked: list[Entries]
) -> list[Entries]:
    """What the cadres still need to reach their quota of the month: volunteering, a bonus, a deduction."""
    cadres = people.cadres
    have = np.zeros(people.count, dtype=np.int64)
    for entries in booked:
        np.add.at(have, entries.steward, entries.points)
    missing = quota - have[cadres]
    deducted = (rng.random(len(cadres)) < _DEDUCTIONS_A_YEAR / 12) & (quota > 20)
    loss = np.where(deducted, rng.integers(1, 6, len(cadres)), 0)
    bonus = np.where((rng.random(len(cadres)) < 0.12) & (missing >= 12), rng.integers(5, 11, len(cadres)), 0)
    rest = missing + loss - bonus
    pieces = -(-rest // 18)
    who = np.repeat(np.arange(len(cadres)), pieces)
    nth = np.arange(len(who)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    each = rest[who] // pieces[who] + (nth < rest[who] % pieces[who])
    found = []
    for rows, values, kind in (
        (who, each, VOLUNTEERING),
        (np.flatnonzero(bonus), bonus[bonus > 0], BONUS),
        (np.flatnonzero(loss), -loss[loss > 0], DEDUCTION),
    ):
        at = rng.permutation(moments(rng, month, len(rows)))
        found.append(Entries.of(cadres[rows], at, values, kind))
    return found


def of_the_others(
    rng: np.random.Generator,
    plan: Plan,
    people: People,
    month: np.datetime64,
    active: NDArray[np.bool_],
    eager: Floats,
) -> list[Entries]:
    """Volunteering, bonuses and deductions of everybody but the cadres."""
    weight = np.where(active & (people.unit < 0), eager, 0.0)
    if not weight.any():
        return []
    found = []
    for kind, a_year, low, high in (
        (VOLUNTEERING, _VOLUNTEERING_A_YEAR, 8, 31),
        (BONUS, _BONUSES_A_YEAR, 10, 41),
        (DEDUCTION, _DEDUCTIONS_A_YEAR, 1, 11),
    ):
        count = monthly(round(plan.figures.stewards * a_year), month)
        liking = weight * np.where(people.number == 3, 3.0, 1.0) if kind == BONUS else weight
        who = rng.choice(people.count, size=count, p=liking / liking.sum())
        points = rng.integers(low, high, count)
        # Some offices write deductions as negative numbers, some as positive ones.
        sign = np.where(rng.random(count) < 0.8, -1, 1) if kind == DEDUCTION else 1
        found.append(Entries.of(who, moments(rng, month, count), points * sign, kind))
    return found


def spent(
    rng: np.random.Generator,
    people: People,
    month: np.datetime64,
    ledger: Ledger,
    claims: Claims,
    merchants: int,
) -> list[Entries]:
    """Redeemed at merchants, and lottery draws of those with five-star tasks; nobody spends what is not there."""
    able = np.flatnonzero((ledger.balance >= 20) & ~(people.left_on <= last_day(month)))
    who = able[rng.random(len(able)) < _REDEEMING]
    amount = np.minimum(ledger.balance[who] // 2, rng.integers(2, 13, len(who)) * 5)
    at = rng.permutation(moments(rng, month, len(who)))
    redeemed = Entries.of(who, at, -amount, REDEMPTION)
    merchant = rng.integers(0, max(1, merchants), len(who))
    shops = Entries(
        redeemed.steward, redeemed.occurred_at, redeemed.points, redeemed.kind, redeemed.task, merchant
    )  # fmt: skip
    left = ledger.balance.copy()
    left[who] -= amount
    stars = np.unique(claims.steward[claims.stars == 5])
    lucky = stars[(rng.random(len(stars)) < _DRAWING) & (left[stars] >= 5)]
    draws = Entries.of(lucky, moments(rng, month, len(lucky)), np.full(len(lucky), -5), LOTTERY)
    return [shops, draws]


def off_rule(rng: np.random.Generator, plan: Plan, people: People, entries: Entries) -> Entries:
    """A few task entries with points outside the rule of their kind; never of cadres, whose sums are fixed."""
    slip = (
        (rng.random(len(entries.steward)) < plan.flaw(_OFF_RULE))
        & (entries.kind <= 1)
        & (people.unit[entries.steward] < 0)
    )
    wrong = np.where(
        rng.random(len(slip)) < 0.5, rng.integers(1, 5, len(slip)), rng.integers(41, 61, len(slip))
    )
    points = np.where(slip, wrong, entries.points)
    return Entries(
        entries.steward, entries.occurred_at, points, entries.kind, entries.task, entries.merchant
    )  # fmt: skip


def ledger_table(
    plan: Plan, people: People, merchant_codes: list[str], month: np.datetime64, entries: Entries
) -> pa.Table:
    """The export 积分 of a month, in the order of time."""
    entries = entries.where(np.argsort(entries.occurred_at, kind="stable"))
    count = len(entries.steward)
    return pa.table(
        {
            "entry_id": codes("P", running_numbers(month_code(month), plan.sequence_width, count)),
            "steward_id": people.steward_id.take(pa.array(entries.steward)),
            "occurred_at": moments_column(entries.occurred_at),
            "points": whole(entries.points),
            "kind": texts(KINDS, entries.kind),
            "task_id": codes("T", entries.task),
            "merchant_id": texts(merchant_codes, entries.merchant),
        }
    )
