"""Claims: who took up which task, when it was done, who verified it; a fixed number of each a year."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.sample.columns import codes, missing_moments, moments_column, running_numbers, texts, whole
from pipelines.sample.geography import Floats
from pipelines.sample.people import People
from pipelines.sample.plan import Plan, end_of, first_day, last_day, month_code, year_of
from pipelines.sample.seasons import moments, monthly
from pipelines.sample.stories import Stories
from pipelines.sample.tasks import Tasks

Ints = NDArray[np.int64]
Moments = NDArray[np.datetime64]

_HOUR = np.timedelta64(3600, "s")
_DAYS_TO_CLAIM = 1.1
_SELF_VERIFIED = 0.001
_PASSED, _RETURNED = 0, 1
# How eagerly each class takes up tasks, relative to its number; index = steward number.
_EAGER = np.array([0, 0.7, 4.0, 2.4, 0.85, 0.85, 1.0])
_NEVER_ACTIVE = 0.13


@dataclass(frozen=True)
class Claims:
    """Claims of one month in the order of claiming; `task` is the number of a task, `stars` 0 without."""

    steward: Ints
    task: Ints
    task_kind: Ints
    points: Ints
    verified_at: Moments
    passed: NDArray[np.bool_]
    stars: Ints


def eagerness(plan: Plan, people: People) -> Floats:
    """How often each person takes up a task, for life; some residents never do."""
    rng = plan.stream("eagerness")
    own = rng.lognormal(0, 0.5, people.count)
    sleeping = (rng.random(people.count) < _NEVER_ACTIVE) & (people.number >= 4)
    cadre = people.unit >= 0
    return np.where(sleeping, 0.0, _EAGER[people.number] * np.where(cadre, 1.0, own))


def make_claims(
    plan: Plan,
    people: People,
    stories: Stories,
    tasks: list[Tasks],
    month: np.datetime64,
    weight: Floats,
    allowance: Ints,
) -> tuple[Claims, pa.Table]:
    """The claims of a month and their export.

    `tasks` are those of the month and of the one before; `weight` is how eagerly each person claims in
    this month; `allowance` is how many task points each cadre may earn in it (others: -1, no limit).
    """
    rng = plan.stream("claims", month_code(month))
    count = monthly(plan.figures.claims, month)
    window = _Window.of(tasks)
    claimed_at, at = _picked(rng, window, moments(rng, month, count))
    steward = _distinct(
        window.number[at], _claimants(rng, people, window.community[at], weight), people, weight
    )
    completed_at = _completed(rng, claimed_at, window.closed_at[at])
    diligence = stories.diligence(month)[window.community[at]]
    verified_at = _verified(
        rng, plan, people, month, completed_at, steward, diligence, window.points[at], allowance
    )
    verified = ~np.isnat(verified_at)
    returned = verified & (rng.random(count) < 0.035) & (people.unit[steward] < 0)
    stars = np.clip(np.round(rng.normal(2.75 + 1.9 * diligence, 0.85)), 1, 5).astype(np.int64)
    verifier = _verifiers(rng, people, month, window.community[at], steward)
    number = running_numbers(month_code(month), plan.sequence_width, count)
    claims = Claims(
        steward, window.number[at], window.kind[at], window.points[at], verified_at, verified & ~returned,
        np.where(verified & ~returned, stars, 0),
    )  # fmt: skip
    table = {
        "claim_id": codes("L", number),
        "task_id": codes("T", claims.task),
        "steward_id": people.steward_id.take(pa.array(steward)),
        "claimed_at": moments_column(claimed_at),
        "completed_at": moments_column(completed_at),
        "verified_at": moments_column(verified_at),
        "verifier_id": texts(people.steward_id, np.where(verified, verifier, -1)),
        "verdict": texts(("通过", "退回"), np.where(verified, np.where(returned, _RETURNED, _PASSED), -1)),
        "stars": whole(claims.stars, claims.stars == 0),
    }
    return claims, pa.table(table)


@dataclass(frozen=True)
class _Window:
    """The claimable tasks of two months, in the order of publishing."""

    number: Ints
    community: Ints
    kind: Ints
    points: Ints
    published_at: Moments
    closed_at: Moments

    @classmethod
    def of(cls, tasks: list[Tasks]) -> "_Window":
        columns = {
            name: np.concatenate([getattr(one, name)[one.tail] for one in tasks])
            for name in cls.__dataclass_fields__
        }
        return cls(**columns)


def _picked(rng: np.random.Generator, window: _Window, wanted: Moments) -> tuple[Moments, Ints]:
    """Which task each claim takes: one published a while ago and still open."""
    latest = np.searchsorted(window.published_at, wanted, side="right") - 1
    a_day = max(1.0, len(window.number) / max(1.0, _days(window.published_at)))
    back = rng.exponential(_DAYS_TO_CLAIM * a_day, len(wanted)).astype(np.int64)
    at = np.maximum(latest - back, 0)
    for _ in range(3):
        closing = window.closed_at[at] < wanted + 2 * _HOUR
        back = np.where(closing, back // 4, back)
        at = np.maximum(latest - back, 0)
    # The first claims of all may come before any task: they wait for the first one.
    return np.maximum(wanted, window.published_at[at] + np.timedelta64(60, "s")), at


def _days(published_at: Moments) -> float:
    span: np.timedelta64 = published_at[-1] - published_at[0]
    return float(span / np.timedelta64(1, "D"))


def _claimants(rng: np.random.Generator, people: People, community: Ints, weight: Floats) -> Ints:
    """A person of the community by weight; of the whole district where nobody is there."""
    reached = np.concatenate([[0.0], np.cumsum(weight)])
    low, high = reached[people.first[community]], reached[people.first[community + 1]]
    nobody = high <= low
    low, high = np.where(nobody, 0.0, low), np.where(nobody, reached[-1], high)
    aim = low + (high - low) * rng.random(len(community))
    found: Ints = np.searchsorted(reached, aim, side="right") - 1
    return np.clip(found, 0, people.count - 1)


def _distinct(task: Ints, steward: Ints, people: People, weight: Floats) -> Ints:
    """Nobody claims a task twice: the second time it is the next person of the district who may."""
    able = np.flatnonzero(weight > 0)
    for _ in range(2):
        pair = task * people.count + steward
        order = np.argsort(pair, kind="stable")
        again = order[1:][pair[order][1:] == pair[order][:-1]]
        following = np.searchsorted(able, steward[again], side="right")
        steward[again] = able[following % len(able)]
    return steward


def _completed(rng: np.random.Generator, claimed_at: Moments, closed_at: Moments) -> Moments:
    """Done hours or days later, before the task is closed; a few never."""
    hours = np.exp(rng.normal(2.5, 0.8, len(claimed_at)))
    completed = claimed_at + (hours * 3600).astype(np.int64).astype("timedelta64[s]")
    left = (closed_at - claimed_at) * 0.95
    completed = np.where(completed > claimed_at + left, claimed_at + left, completed)
    completed = np.maximum(completed, claimed_at + np.timedelta64(300, "s"))
    return np.where(rng.random(len(claimed_at)) < 0.07, np.datetime64("NaT"), completed)


def _verified(
    rng: np.random.Generator,
    plan: Plan,
    people: People,
    month: np.datetime64,
    completed_at: Moments,
    steward: Ints,
    diligence: Floats,
    points: Ints,
    allowance: Ints,
) -> Moments:
    """Verification of a fixed number of claims, within the year of the claim.

    A claim of a cadre is verified within its month while the allowance of the month lasts, because the
    points of units are counted by quarter.
    """
    count = len(steward)
    wanted = monthly(plan.figures.verified, month)
    hours = np.exp(rng.normal(3.3, 0.7, count)) * (1.75 - diligence)
    by_then = completed_at + (hours * 3600).astype(np.int64).astype("timedelta64[s]")
    limited = allowance[steward] >= 0
    month_end, year_end = end_of(last_day(month)), end_of(np.datetime64(f"{year_of(month)}-12-31", "D"))
    last = np.where(limited, month_end, year_end)
    in_time = completed_at + _HOUR < last
    squeezed = completed_at + (last - completed_at) * rng.uniform(0.05, 0.95, count)
    by_then = np.where(by_then > last, squeezed, by_then)
    allowed = np.flatnonzero(in_time & limited)
    kept = _within_allowance(allowed, steward, points, allowance)[:wanted]
    # Diligent communities verify more; those of the lax ones wait.
    keys = np.where(in_time & ~limited, rng.exponential(size=count) / diligence**1.5, np.inf)
    others = np.argsort(keys, kind="stable")[: wanted - len(kept)]
    chosen = np.concatenate([kept, others[np.isfinite(keys[others])]])
    verified_at = missing_moments(count)
    verified_at[chosen] = by_then[chosen]
    return verified_at


def _within_allowance(rows: Ints, steward: Ints, points: Ints, allowance: Ints) -> Ints:
    """The rows whose points, added up person by person in order, stay within the allowance."""
    order = rows[np.argsort(steward[rows], kind="stable")]
    who = steward[order]
    total = np.cumsum(points[order])
    starts = np.searchsorted(who, who)
    before = np.concatenate([[0], total])[starts]
    return np.sort(order[total - before <= allowance[who]])


def _verifiers(
    rng: np.random.Generator, people: People, month: np.datetime64, community: Ints, steward: Ints
) -> Ints:
    """Somebody of the community's staff, not the claimant (but for very few)."""
    staff = np.flatnonzero(people.active(first_day(month), last_day(month)) & (people.number == 3))
    if len(staff) < 2:
        return steward
    low = np.searchsorted(people.community[staff], community)
    high = np.searchsorted(people.community[staff], community, side="right")
    low, high = np.where(high > low, low, 0), np.where(high > low, high, len(staff))
    at = low + np.floor((high - low) * rng.random(len(steward))).astype(np.int64)
    own = staff[at] == steward
    verifier = np.where(own, staff[(at + 1) % len(staff)], staff[at])
    return np.where(rng.random(len(steward)) < _SELF_VERIFIED, steward, verifier)
