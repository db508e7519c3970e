"""Tasks: what was published, where, and how it went through the five steps."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.sample.columns import codes, decimals, either, moments_column, running_numbers, texts, whole
from pipelines.sample.geography import Floats, Geography, to_degrees
from pipelines.sample.names import CHANNELS, TASK_CATEGORY_WEIGHTS, TASK_TITLES
from pipelines.sample.places import Places
from pipelines.sample.plan import Plan, month_code
from pipelines.sample.seasons import moments, monthly
from pipelines.sample.stories import Stories

Ints = NDArray[np.int64]
Moments = NDArray[np.datetime64]

KINDS = ("派单", "突发", "日常")
ASSIGNED, URGENT, ROUTINE = range(3)
DIFFICULTIES = ("易", "实", "难")
_DUE_DAYS = np.array([6, 12, 24])
_UNCLAIMED = 0.045
_FAR_AWAY, _AT_THE_OFFICE = 0.00015, 0.0008


@dataclass(frozen=True)
class Tasks:
    """Tasks of one month in the order of publishing; `claimable` are those that somebody took up."""

    number: Ints
    community: Ints
    kind: Ints
    points: Ints
    published_at: Moments
    closed_at: Moments
    claimable: NDArray[np.bool_]

    @cached_property
    def tail(self) -> Ints:
        """Positions of the claimable tasks."""
        return np.flatnonzero(self.claimable)


def make_tasks(
    plan: Plan, geography: Geography, places: Places, stories: Stories, month: np.datetime64
) -> tuple[Tasks, pa.Table]:
    """The tasks published in a month and their export."""
    rng = plan.stream("tasks", month_code(month))
    count = monthly(plan.figures.tasks, month)
    diligence = stories.diligence(month)
    weight = geography.population * (0.45 + 0.75 * diligence)
    community = rng.choice(geography.count, size=count, p=weight / weight.sum())
    kind = rng.choice(3, size=count, p=[0.46, 0.08, 0.46])
    difficulty = np.where(
        kind == ROUTINE, rng.choice(2, count, p=[0.9, 0.1]), rng.choice(3, count, p=[0.5, 0.38, 0.12])
    )
    reward = np.select(
        [kind == ASSIGNED, kind == URGENT], [5 + 5 * difficulty, 12 + 8 * difficulty], 2 + 2 * difficulty
    )
    points = reward + rng.integers(0, np.select([kind == ASSIGNED, kind == URGENT], [6, 13], 4))
    published_at = moments(rng, month, count)
    channel = rng.choice(4, size=count, p=[0.40, 0.27, 0.20, 0.13])
    claimable = rng.random(count) >= _UNCLAIMED
    steps = _steps(rng, published_at, kind, difficulty, channel, diligence[community], claimable)
    number = running_numbers(month_code(month), plan.sequence_width, count)
    tasks = Tasks(number, community, kind, points, published_at, steps["closed_at"], claimable)
    category = rng.choice(len(TASK_TITLES), size=count, p=TASK_CATEGORY_WEIGHTS)
    place = places.draw(rng, community)
    degrees = _degrees(rng, plan, places.degrees[place])
    title = category * 6 + rng.integers(0, 6, count)
    table = {
        "task_id": codes("T", number),
        "title": texts([title for titles in TASK_TITLES.values() for title in titles], title),
        "category": texts(list(TASK_TITLES), category),
        "kind": texts(KINDS, kind),
        "channel": texts(CHANNELS, channel),
        "difficulty": texts(DIFFICULTIES, difficulty),
        "community_code": texts(geography.codes, community),
        "grid_code": texts(geography.grid_codes, places.grid[place]),
        "place": places.names.take(pa.array(place)),
        "longitude": decimals(degrees[:, 0], np.isnan(degrees[:, 0])),
        "latitude": decimals(degrees[:, 1], np.isnan(degrees[:, 0])),
        "points": whole(points),
        "published_at": moments_column(published_at),
        "due_at": _due(published_at, kind, difficulty),
    }
    return tasks, pa.table(table | {name: moments_column(values) for name, values in steps.items()})


def _steps(
    rng: np.random.Generator,
    published_at: Moments,
    kind: Ints,
    difficulty: Ints,
    channel: Ints,
    diligence: Floats,
    claimable: NDArray[np.bool_],
) -> dict[str, Moments]:
    """Accepted, routed, supervised, feedback, closed, assessed; routine tasks are only closed.

    Accepting happens on the day of publishing. What is slow: hard tasks, online ones, lax communities.
    """
    count = len(published_at)
    pace = np.array([0.62, 1.0, 1.75])[difficulty] * np.where(kind == URGENT, 0.16, 1.0)
    pace = pace * (1.75 - diligence) * np.where(channel == 3, 1.22, 1.0)

    def after(median_hours: float, spread: float) -> NDArray[np.timedelta64]:
        hours = median_hours * pace * np.exp(spread * rng.standard_normal(count))
        return (hours * 3600).astype(np.int64).astype("timedelta64[s]")

    whole_loop = kind != ROUTINE
    days = published_at.astype("datetime64[D]").astype("datetime64[s]")
    accepted = np.minimum(published_at + after(0.9, 0.7), days + 86_399)
    accepted = np.where(whole_loop, accepted, np.datetime64("NaT"))
    routed = accepted + after(9, 0.8)
    supervised = np.where(rng.random(count) < 0.62, routed + after(46, 0.75), np.datetime64("NaT"))
    feedback = np.where(np.isnat(supervised), routed + after(40, 0.8), supervised + after(30, 0.7))
    closed = np.where(whole_loop, feedback + after(18, 0.7), published_at + 4 * 3600 + after(38, 0.8))
    assessed = np.where(
        whole_loop & (rng.random(count) < 0.96), closed + after(11, 0.8), np.datetime64("NaT")
    )
    # Where a task got stuck: 0 before closing, 1 before feedback, 2 before routing.
    stuck = rng.random(count) < np.where(claimable, 0.006 + 0.05 * (1 - diligence) ** 2, 0.3) * (
        1 + 0.6 * difficulty
    )
    where = np.where(stuck, rng.choice(3, size=count, p=[0.45, 0.4, 0.15]), -1)
    steps = {
        "accepted_at": accepted,
        "routed_at": np.where(where == 2, np.datetime64("NaT"), routed),
        "supervised_at": np.where(where == 2, np.datetime64("NaT"), supervised),
        "feedback_at": np.where(where >= 1, np.datetime64("NaT"), feedback),
        "closed_at": np.where(where >= 0, np.datetime64("NaT"), closed),
        "assessed_at": np.where(where >= 0, np.datetime64("NaT"), assessed),
    }
    return {name: values.astype("datetime64[s]") for name, values in steps.items()}


def _due(published_at: Moments, kind: Ints, difficulty: Ints) -> pa.Array:
    """Urgent tasks within days, to the second; others by a date, which means to its end."""
    days = published_at.astype("datetime64[D]") + _DUE_DAYS[difficulty].astype("timedelta64[D]")
    by_day = pa.array(days, pa.date32()).cast(pa.string())
    hours = (36 + 24 * difficulty).astype("timedelta64[h]")
    by_hour = pa.array(published_at + hours, pa.timestamp("s")).cast(pa.string())
    return either(kind == URGENT, by_hour, by_day)


def _degrees(rng: np.random.Generator, plan: Plan, degrees: Floats) -> Floats:
    """Some metres beside the place; some without coordinates, at the default point, or far away."""
    spots = np.round(degrees + rng.normal(0, 8e-5, degrees.shape), 6)
    draw = rng.random(len(spots))
    spots[draw < 0.02] = np.nan
    spots[draw > 1 - plan.flaw(_AT_THE_OFFICE)] = to_degrees(np.zeros(2))
    far = (draw > 0.5) & (draw < 0.5 + plan.flaw(_FAR_AWAY))
    spots[far] = np.round(spots[far] + 0.5, 6)
    return spots
